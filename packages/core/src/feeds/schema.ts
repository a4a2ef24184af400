import { z } from "zod";
import { FacilityId, FeedId } from "../ids.ts";
import { Instant } from "../time.ts";

/** Rows of one delivery that a feed may have at most, whatever its own limit says. */
export const FEED_ROWS_MAX = 200_000;
/** Bytes of one delivery, unpacked, that a feed may have at most. */
export const FEED_BYTES_MAX = 200 * 1024 * 1024;
/** Seconds that a run may take at most. */
export const FEED_SECONDS_MAX = 1800;
/** A feed that was not heard of for this many of its usual intervals is silent. */
export const SILENT_INTERVALS = 3;

const name = z.string().trim().min(1).max(120);
const host = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9._:-]{1,253}$/, "not the name or address of a host");
const port = z.int().min(1).max(65_535);
const filePattern = z
  .string()
  .max(120)
  .regex(/^[^/\\]+$/, "a file's name, with * for any letters")
  .default("*");

/** Where the data comes from. What is secret of it is in the credentials. */
export const FeedSource = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("http"),
    url: z.url({ protocol: /^https?$/ }).max(2000),
    headers: z
      .record(z.string().regex(/^[A-Za-z0-9-]{1,60}$/), z.string().max(500))
      .default({})
      .describe("Sent with each request; what is secret belongs into the credentials"),
    auth: z
      .enum(["none", "basic", "bearer"])
      .default("none")
      .describe("basic: credentials user and password; bearer: token"),
  }),
  z.strictObject({
    kind: z.literal("fhir"),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .describe("Base of a FHIR R4 server"),
    read: z
      .enum(["beds", "encounters", "measure-reports"])
      .describe(
        "beds: Locations that are beds, counted by their operational status; encounters: patients in bed by Location; measure-reports: SANER bed counts",
      ),
    search: z
      .string()
      .max(500)
      .default("")
      .describe("Further search parameters, as organization=Organization/7&_count=100"),
    since: z
      .boolean()
      .default(false)
      .describe("Read only what changed, from _history?_since; measure-reports only"),
    auth: z.enum(["none", "basic", "bearer"]).default("none"),
  }),
  z.strictObject({
    kind: z.literal("sql"),
    engine: z.enum(["postgresql", "mysql", "sqlserver"]).describe("mysql reads MariaDB too"),
    host,
    port: port.optional(),
    database: z.string().min(1).max(120),
    user: z.string().min(1).max(120),
    query: z.string().min(1).max(20_000).describe("One SELECT; it is run in a session that cannot write"),
    tls: z
      .enum(["off", "on", "unverified"])
      .default("on")
      .describe("unverified: encrypted, whoever's certificate it is"),
  }),
  z.strictObject({
    kind: z.literal("sftp"),
    host,
    port: port.default(22),
    user: z.string().min(1).max(120),
    hostKey: z
      .string()
      .regex(/^SHA256:[A-Za-z0-9+/]{43}=?$/, "as ssh-keygen -lf shows it: SHA256:...")
      .describe("Fingerprint of the server's key; another is refused"),
    folder: z.string().min(1).max(500),
    pattern: filePattern,
    moveTo: z
      .string()
      .max(500)
      .optional()
      .describe("Folder into which a file goes when it was read; it stays when absent"),
  }),
  z.strictObject({
    kind: z.literal("folder"),
    folder: z.string().min(1).max(500).describe("Below the folder that the operator sets aside for feeds"),
    pattern: filePattern,
  }),
  z.strictObject({ kind: z.literal("push") }),
]);
export type FeedSource = z.infer<typeof FeedSource>;

/** What a source is opened with. Kept encrypted, used by the server, never given out again. */
export const FeedCredentials = z.strictObject({
  user: z.string().max(200).optional(),
  password: z.string().max(1000).optional(),
  token: z.string().max(8000).optional(),
  privateKey: z.string().max(20_000).optional(),
  passphrase: z.string().max(1000).optional(),
});
export type FeedCredentials = z.infer<typeof FeedCredentials>;

/** Minute, hour, day, month, weekday. */
const Cron = z
  .string()
  .trim()
  .regex(/^\S+( \S+){4}$/, "five fields: minute hour day month weekday, as */15 * * * *")
  .max(100);

export const FeedSchedule = z.strictObject({
  cron: Cron,
  timeZone: z.string().min(1).max(60).optional().describe("IANA name; the city's when absent"),
});
export type FeedSchedule = z.infer<typeof FeedSchedule>;

export const FeedLimits = z.strictObject({
  rows: z.int().min(1).max(FEED_ROWS_MAX).default(50_000),
  bytes: z
    .int()
    .min(1)
    .max(FEED_BYTES_MAX)
    .default(20 * 1024 * 1024),
  seconds: z.int().min(1).max(FEED_SECONDS_MAX).default(120),
});
export type FeedLimits = z.infer<typeof FeedLimits>;

/** What makes a delivery one that nothing is taken from. */
export const PoisonCode = z.enum([
  "unreadable",
  "nothing-read",
  "columns-gone",
  "rows-gone",
  "all-zero",
  "mass-change",
  "mostly-refused",
]);
export type PoisonCode = z.infer<typeof PoisonCode>;

export const PoisonFinding = z.object({
  code: PoisonCode,
  detail: z.string().describe("What was found, in words"),
});
export type PoisonFinding = z.infer<typeof PoisonFinding>;

/** What a delivery looks like, to hold the next one against. */
export const FeedShape = z.object({
  columns: z.array(z.string().max(200)).max(500).describe("Fields that nearly every record has, digits as #"),
  records: z.int().min(0),
  observations: z.int().min(0),
  refused: z.int().min(0),
  /** Largest number in any value; 0 when all are 0, null when nothing is a number. */
  largest: z.number().nullable(),
});
export type FeedShape = z.infer<typeof FeedShape>;

export const FeedStop = z.object({
  kind: z.enum(["by-hand", "poisoned"]),
  detail: z.string().max(500),
  findings: z.array(PoisonFinding),
  at: Instant,
  run: z.string().nullable().describe("The run that was poisoned"),
});
export type FeedStop = z.infer<typeof FeedStop>;

/** A document in the mapping language (docs/mapping.md); the server says what is wrong with one. */
export const MappingDocument = z.record(z.string(), z.unknown());

const settings = {
  name,
  facility: FacilityId.nullable().describe("The facility that it is of and speaks for; null: the city's"),
  source: FeedSource,
  schedule: FeedSchedule.nullable().describe("Null: only when asked to, or pushed"),
  limits: FeedLimits.prefault({}),
  usualIntervalS: z
    .int()
    .min(60)
    .max(90 * 86_400)
    .describe("Every so many seconds something is heard; three of them without is silence"),
  delivers: z
    .enum(["all", "changes"])
    .optional()
    .describe(
      "all: each delivery is the whole list, so that lost rows are noticed; changes: only what is new. Pulls: all; push: changes",
    ),
  repeats: z
    .enum(["ignore", "confirm"])
    .optional()
    .describe(
      "What the very same bytes again mean. ignore: nothing was said since, the figures go on ageing; confirm: seen again now. Files: ignore; queries and push: confirm",
    ),
};

export const NewFeed = z.strictObject({
  ...settings,
  credentials: FeedCredentials.optional(),
  mapping: MappingDocument,
  isOn: z.boolean().default(true),
});
export type NewFeed = z.infer<typeof NewFeed>;

export const FeedPatch = z.strictObject({
  name: settings.name.optional(),
  source: settings.source.optional(),
  schedule: settings.schedule.optional(),
  limits: FeedLimits.optional(),
  usualIntervalS: settings.usualIntervalS.optional(),
  delivers: settings.delivers,
  repeats: settings.repeats,
  credentials: FeedCredentials.nullable()
    .optional()
    .describe("Replaces those kept; null forgets them; absent leaves them"),
  mapping: MappingDocument.optional().describe("A new version of it; those before are kept"),
});
export type FeedPatch = z.infer<typeof FeedPatch>;

export const FeedRunOutcome = z.enum([
  "running",
  "applied",
  "unchanged",
  "failed",
  "poisoned",
  "interrupted",
]);
export type FeedRunOutcome = z.infer<typeof FeedRunOutcome>;

export const ReasonCount = z.object({ code: z.string(), reason: z.string(), lines: z.int() });
export type ReasonCount = z.infer<typeof ReasonCount>;

/** How many lines came to what. `read` counts records of the source, the others what was made of them. */
export const FeedCounts = z.object({
  read: z.int(),
  applied: z.int().describe("Observations that changed what is shown"),
  unchanged: z.int().describe("Observations that confirmed what is shown, or are known already"),
  superseded: z.int().describe("Older than what is known, or another source is believed"),
  refused: z.int(),
  undecided: z.int().describe("Kept until somebody says which facility is meant"),
  skipped: z.int().describe("The mapping says that they are none of ours"),
});
export type FeedCounts = z.infer<typeof FeedCounts>;

export const FeedRun = z.object({
  id: z.string(),
  trigger: z.enum(["schedule", "by-hand", "push", "retry", "decision"]),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  outcome: FeedRunOutcome,
  counts: FeedCounts,
  bytes: z.int(),
  lagS: z
    .int()
    .nullable()
    .describe("Seconds from the newest moment that the data speaks of to when it was fetched"),
  reasons: z.array(ReasonCount).describe("Refused lines, grouped, most first"),
  questions: z.int().describe("Lines that were taken with a question"),
  error: z.string().nullable(),
  findings: z.array(PoisonFinding),
  mappingVersion: z.int(),
});
export type FeedRun = z.infer<typeof FeedRun>;

export const Feed = z.object({
  id: FeedId,
  ...settings,
  limits: FeedLimits,
  delivers: z.enum(["all", "changes"]),
  repeats: z.enum(["ignore", "confirm"]),
  credentials: z.array(z.string()).describe("Names of the credentials that are kept"),
  mappingVersion: z.int(),
  state: z.enum(["on", "stopped"]),
  stop: FeedStop.nullable(),
  createdAt: Instant,
  lastSuccessAt: Instant.nullable(),
  silentFrom: Instant.describe("When it counts as silent if nothing is heard"),
  isSilent: z.boolean(),
  nextRunAt: Instant.nullable(),
  lastRun: FeedRun.nullable(),
  errorRate: z.number().min(0).max(1).nullable().describe("Of its last 50 runs, the share that failed"),
  openMatches: z.int(),
  version: z.string().describe("Send it as If-Match"),
});
export type Feed = z.infer<typeof Feed>;

/** What a feed calls a facility, and which of ours is meant. */
export const FeedMatch = z.object({
  id: z.string(),
  name: z.string().nullable(),
  locality: z.string().nullable(),
  ids: z.array(z.object({ system: z.string(), value: z.string() })),
  state: z.enum(["open", "matched", "ignored"]),
  facility: FacilityId.nullable(),
  facilityName: z.string().nullable(),
  candidates: z.array(
    z.object({
      facility: FacilityId,
      name: z.string(),
      locality: z.string().nullable(),
      similarity: z.number(),
      distanceM: z.int().nullable(),
    }),
  ),
  waiting: z.int().describe("Lines that are kept until it is decided"),
  decidedBy: z.string().nullable().describe("Null: found without asking"),
  notedAt: Instant,
});
export type FeedMatch = z.infer<typeof FeedMatch>;

/** Something that an owner should know. */
export const Notice = z.object({
  id: z.string(),
  kind: z.enum(["feed-silent", "feed-poisoned", "feed-failing", "feed-columns", "feed-matches"]),
  facility: FacilityId.nullable(),
  feed: FeedId,
  feedName: z.string(),
  detail: z.string(),
  notedAt: Instant,
  resolvedAt: Instant.nullable(),
});
export type Notice = z.infer<typeof Notice>;
