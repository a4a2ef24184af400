import { z } from "zod";
import { endpoint, pageOf, pageQuery } from "../endpoint.ts";
import { FacilityId, FeedId } from "../ids.ts";
import { Instant } from "../time.ts";
import {
  Feed,
  FeedCounts,
  FeedCredentials,
  FeedLimits,
  FeedMatch,
  FeedPatch,
  FeedRun,
  FeedShape,
  FeedSource,
  MappingDocument,
  NewFeed,
  Notice,
  PoisonFinding,
  ReasonCount,
} from "./schema.ts";

const params = z.object({ id: FeedId });
const signedIn = { access: "signed-in", noun: "feeds" } as const;

export const listFeeds = endpoint({
  ...signedIn,
  method: "GET",
  path: "/feeds",
  summary: "The feeds of the facilities that I administer, by name",
  query: z.strictObject({ facility: FacilityId.optional(), ...pageQuery }),
  reply: pageOf(Feed),
});

/** Largest mapping document, with everything around it, in bytes. */
const FEED_BODY_MAX_BYTES = 2 * 1024 * 1024;

export const createFeed = endpoint({
  ...signedIn,
  method: "POST",
  path: "/feeds",
  summary: "Make a feed; its credentials are kept encrypted and never shown again",
  body: NewFeed,
  bodyMaxBytes: FEED_BODY_MAX_BYTES,
  reply: Feed,
  status: 201,
});

export const getFeed = endpoint({
  ...signedIn,
  method: "GET",
  path: "/feeds/:id",
  summary: "A feed, with what came of it last; the ETag is what If-Match takes",
  params,
  reply: Feed,
});

export const changeFeed = endpoint({
  ...signedIn,
  method: "PATCH",
  path: "/feeds/:id",
  summary: "Change a feed; a new mapping becomes its next version",
  params,
  body: FeedPatch,
  bodyMaxBytes: FEED_BODY_MAX_BYTES,
  reply: Feed,
});

export const deleteFeed = endpoint({
  ...signedIn,
  method: "DELETE",
  path: "/feeds/:id",
  summary: "Take a feed away with its credentials; what it has told stays in the ledger",
  params,
});

export const listMappings = endpoint({
  ...signedIn,
  method: "GET",
  path: "/feeds/:id/mappings",
  summary: "Every version of a feed's mapping, newest first",
  params,
  query: z.strictObject(pageQuery),
  reply: pageOf(
    z.object({ version: z.int(), document: MappingDocument, madeAt: Instant, madeBy: z.string() }),
  ),
});

export const runFeedNow = endpoint({
  ...signedIn,
  method: "POST",
  path: "/feeds/:id/run",
  summary: "Fetch and take in now; 409 when it is running already, or stopped",
  params,
  reply: FeedRun,
});

export const stopFeed = endpoint({
  ...signedIn,
  method: "POST",
  path: "/feeds/:id/stop",
  summary: "Stop a feed; its figures stay and age",
  params,
  body: z.strictObject({ reason: z.string().trim().min(1).max(300) }),
  reply: Feed,
});

export const startFeed = endpoint({
  ...signedIn,
  method: "POST",
  path: "/feeds/:id/start",
  summary: "Let a stopped feed go on",
  params,
  body: z
    .strictObject({
      acceptShape: z
        .boolean()
        .default(false)
        .describe("What stopped it is how it looks from now on: hold the next delivery against that one"),
    })
    .optional(),
  reply: Feed,
});

export const listFeedRuns = endpoint({
  ...signedIn,
  method: "GET",
  path: "/feeds/:id/runs",
  summary: "What came of a feed's runs, newest first",
  params,
  query: z.strictObject(pageQuery),
  reply: pageOf(FeedRun),
});

export const listFeedMatches = endpoint({
  ...signedIn,
  method: "GET",
  path: "/feeds/:id/matches",
  summary: "What a feed calls facilities, and which of ours is meant",
  params,
  query: z.strictObject({ state: z.enum(["open", "matched", "ignored"]).optional(), ...pageQuery }),
  reply: pageOf(FeedMatch),
});

export const decideFeedMatch = endpoint({
  ...signedIn,
  method: "POST",
  path: "/feeds/:id/matches/:match",
  summary: "Say which facility is meant, or that none is; lines that waited are applied",
  params: z.object({ id: FeedId, match: z.string().regex(/^[0-9]{1,19}$/) }),
  body: z.strictObject({ facility: FacilityId.nullable().describe("Null: none of ours, leave it out") }),
  reply: z.object({ match: FeedMatch, applied: FeedCounts }),
});

/** Bytes of a request that brings a sample along, as base64 or text. */
const SAMPLE_BODY_MAX_BYTES = 12 * 1024 * 1024;

export const FeedSample = z.strictObject({
  name: z.string().max(200).nullable().default(null).describe("The file's name, from which its form is told"),
  text: z.string().optional(),
  base64: z.base64().optional().describe("For what is no text, as XLSX"),
});
export type FeedSample = z.infer<typeof FeedSample>;

const draft = {
  facility: FacilityId.nullable(),
  source: FeedSource,
  credentials: FeedCredentials.optional(),
  feed: FeedId.optional().describe("The feed whose kept credentials are used where none are given"),
  sample: FeedSample.optional().describe("Instead of asking the source"),
  limits: FeedLimits.optional(),
};

/** One cell or record that was not taken, as a preview shows it. */
export const RefusedLine = z.object({
  place: z.string(),
  field: z.string().nullable(),
  text: z.string().nullable(),
  code: z.string(),
  reason: z.string(),
});
export type RefusedLine = z.infer<typeof RefusedLine>;

/** What a record became, as a preview shows it. */
export const PreviewLine = z.object({
  place: z.string(),
  facility: z.string().describe("As the source names it, or of whom it is"),
  match: z.enum(["sure", "open", "own", "refused"]),
  facilityId: FacilityId.nullable(),
  facilityName: z.string().nullable(),
  subject: z.string(),
  value: z.record(z.string(), z.unknown()),
  observedAt: Instant,
  timeFrom: z.enum(["source", "source-day", "fetch"]),
  questions: z.array(z.string()),
});
export type PreviewLine = z.infer<typeof PreviewLine>;

export const FeedPreview = z.object({
  bytes: z.int(),
  records: z.int(),
  head: z.string().describe("How the delivery begins; empty when it is no text"),
  counts: z.object({
    observations: z.int(),
    refused: z.int(),
    skipped: z.int(),
    facilities: z.int(),
    undecided: z.int(),
  }),
  lines: z.array(PreviewLine).describe("The first of what it becomes"),
  reasons: z.array(ReasonCount),
  refused: z.array(RefusedLine).describe("The first of each reason"),
  shape: FeedShape,
  findings: z
    .array(PoisonFinding)
    .describe("What would stop the feed, held against its last good delivery when it has one"),
});
export type FeedPreview = z.infer<typeof FeedPreview>;

export const tryFeed = endpoint({
  ...signedIn,
  method: "POST",
  path: "/feeds/draft/try",
  summary: "What a source or a sample would become by a mapping; nothing is recorded",
  body: z.strictObject({ ...draft, mapping: MappingDocument }),
  bodyMaxBytes: SAMPLE_BODY_MAX_BYTES,
  reply: FeedPreview,
});

export const suggestMapping = endpoint({
  ...signedIn,
  method: "POST",
  path: "/feeds/draft/suggest",
  summary: "A mapping that fits a source or a sample, to be looked at",
  body: z.strictObject(draft),
  bodyMaxBytes: SAMPLE_BODY_MAX_BYTES,
  reply: z.object({
    mapping: MappingDocument,
    notes: z.array(z.string()).describe("What was guessed and why, for a person to look at"),
    head: z.string(),
  }),
});

export const listNotices = endpoint({
  ...signedIn,
  method: "GET",
  path: "/notices",
  summary: "What I should know of: silent feeds, stopped feeds, facilities to be told apart",
  query: z.strictObject({
    facility: FacilityId.optional(),
    state: z.enum(["open", "resolved"]).default("open"),
    ...pageQuery,
  }),
  reply: pageOf(Notice),
});
