import { Alert } from "@ihims/core/alerts/schema.ts";
import { Doctor } from "@ihims/core/doctors/schema.ts";
import { Facility, LeadSetting } from "@ihims/core/facilities/schema.ts";
import { FacilityId, FeedId, type ObservationId } from "@ihims/core/ids.ts";
import { HeldUnits } from "@ihims/core/holds/schema.ts";
import { figuresOf, leadFor, type FacilityFigures } from "@ihims/core/observations/figures.ts";
import { decideObservation } from "@ihims/core/observations/rules.ts";
import { medicineOf, Standing, Subject, Source, type Observation } from "@ihims/core/observations/schema.ts";
import type { Actor } from "@ihims/core/people/schema.ts";
import { Problem } from "@ihims/core/problem.ts";
import { Instant } from "@ihims/core/time.ts";
import { z } from "zod";
import { appendChanges } from "../../platform/changes.ts";
import type { Context } from "../../platform/context.ts";
import type { GroupWork } from "../../platform/group-commit.ts";
import { StockChange, StockNamesChange } from "./stock-changes.ts";
import { recordStockObservations } from "./stock-observations.ts";
import {
  appendToLedger,
  ensurePartition,
  findAllStandings,
  findHeld,
  findLeads,
  findRecorded,
  findStandingsOf,
  keyOf,
  lockFacilities,
  saveStandings,
  takeNumbers,
  type Held,
  type LedgerRow,
} from "./store.ts";

export { lockFacilities } from "./store.ts";
export { momentOfSecond, secondOf, unpackLines } from "./stock-changes.ts";
export type { StockChange, StockNamesChange } from "./stock-changes.ts";
export {
  confirmShelf,
  findStockFigure,
  FULL_LIST_MAX,
  recordStock,
  STOCK_LINES_MAX,
  type SaidLine,
  type StandingStock,
  type StockOutcome,
  type StockReport,
} from "./stock.ts";

/** Most observations that are taken in at a time. */
export const RECORD_MAX = 10_000;

/**
 * What the stream carries. `standing`: a source's last word on a subject; `withdrawn`: it has none
 * any more, its reports were retracted; `held`: what is kept of it for people on the way; `facility`,
 * `doctor`: the page as it is now; `stock`: a source has spoken of a shelf; `stock-names`: medicines
 * were given numbers; `alert`: a warning, or the end of one; `medicines`: the
 * catalogue was written, up to this revision; `feed`: a feed was
 * heard of, and counts as silent from a moment on.
 */
export const CityChange = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("standing"), standing: Standing }),
  z.object({
    kind: z.literal("withdrawn"),
    facility: FacilityId,
    subject: Subject,
    source: Source,
    version: z.int(),
  }),
  z.object({
    kind: z.literal("held"),
    facility: FacilityId,
    subject: Subject,
    held: z.array(HeldUnits),
    version: z.int(),
  }),
  z.object({ kind: z.literal("facility"), facility: Facility }),
  z.object({ kind: z.literal("doctor"), doctor: Doctor }),
  StockChange,
  StockNamesChange,
  z.object({ kind: z.literal("alert"), alert: Alert }),
  z.object({ kind: z.literal("medicines"), revision: z.int() }),
  z.object({ kind: z.literal("feed"), feed: FeedId, silentFrom: Instant }),
]);
export type CityChange = z.infer<typeof CityChange>;
/** What is kept of a subject for people on the way, as it stands now. */
export type HeldChange = Extract<CityChange, { kind: "held" }>;
/** What the board takes in. */
export type BoardChange = Extract<
  CityChange,
  { kind: "standing" | "withdrawn" | "held" | "facility" | "feed" }
>;

export type Recorded =
  | { kind: "changed" | "unchanged" | "superseded" | "duplicate"; observation: ObservationId }
  | { kind: "refused"; reason: "from-the-future" | "no-such-facility" };

/**
 * Take in observations, from whichever door they came. This is the only way into the ledger.
 *
 * All of them or none are written, in one transaction (the caller's, when one is open); what comes
 * of each is a value. After it is committed the board of this process shows it.
 *
 * Who may report what is for the door to decide before; here everything is believed to be said by
 * its `sender`.
 */
export async function recordObservations(
  ctx: Context,
  observations: readonly Observation[],
): Promise<Recorded[]> {
  if (observations.length === 0) return [];
  if (observations.length > RECORD_MAX)
    throw new Error(`at most ${RECORD_MAX} observations are taken in at a time`);
  if (observations.some(isOfStock)) return ctx.transaction((tx) => recordMixed(tx, observations));
  return ctx.transaction((tx) => recordLocked(tx, observations));
}

/** Most callers whose observations one transaction takes. */
const CALLS_MAX = 256;

/** Observations of many callers in one transaction: for doors through which they come one by one. */
export const recordTogether: GroupWork<Observation, Recorded> = {
  callsMax: CALLS_MAX,
  run: recordObservations,
};

/** Shelves have a store of their own; what is said of the rest goes where it always does. */
async function recordMixed(ctx: Context, observations: readonly Observation[]): Promise<Recorded[]> {
  await lockFacilities(ctx.db, [...new Set(observations.map(({ facility }) => facility))]);
  const stock = await recordStockObservations(ctx, observations.filter(isOfStock));
  const rest = observations.filter((one) => !isOfStock(one));
  const others = rest.length > 0 ? await recordLocked(ctx, rest) : [];
  const [ofStock, ofOthers] = [stock.values(), others.values()];
  return observations.map((one) => {
    const recorded = (isOfStock(one) ? ofStock : ofOthers).next().value;
    if (!recorded) throw new Error("fewer answers than observations");
    return recorded;
  });
}

function isOfStock({ subject }: Observation): boolean {
  return medicineOf(subject) !== undefined;
}

/** Under which name an actor's reports stand in the ledger. */
export function senderOf(actor: Actor): { source: Source; sender: string } {
  switch (actor.kind) {
    case "person":
      return { source: "staff", sender: `person:${actor.id}` };
    case "key":
      return { source: "api", sender: `key:${actor.id}` };
    case "door":
      return { source: "hl7", sender: `hl7:${actor.id}` };
    case "operator":
      return { source: "file", sender: "operator" };
    case "anonymous":
      throw new Problem("not-signed-in", "Nobody reports without a name");
  }
}

/** Under which name a feed's reports stand in the ledger. */
export function senderOfFeed(feed: FeedId): string {
  return `feed:${feed}`;
}

/** Whether a report was told by a feed. */
export function isOfFeed(sender: string): boolean {
  return sender.startsWith("feed:");
}

/** What each source last said of one subject of a facility. */
export function findStandings(ctx: Context, facility: FacilityId, subject: Subject): Promise<Standing[]> {
  return findStandingsOf(ctx.db, [{ facility, subject }]);
}

/** What each source last said of some subjects. */
export function findStandingsOfSubjects(
  ctx: Context,
  subjects: readonly { facility: FacilityId; subject: Subject }[],
): Promise<Standing[]> {
  return findStandingsOf(ctx.db, subjects);
}

/** Everything that sources last said of a facility, by subject. */
export async function findStandingsOfFacility(
  ctx: Context,
  facility: FacilityId,
): Promise<Map<Subject, Standing[]>> {
  return Map.groupBy(await findAllStandings(ctx.db, facility), ({ subject }) => subject);
}

/** The figures of a facility as they stand in the database at this moment. */
export async function findFigures(ctx: Context, facility: Facility): Promise<FacilityFigures> {
  const standings = await findStandingsOfFacility(ctx, facility.id);
  return figuresOf(facility, standings, ctx.now(), { held: await findHeldAt(ctx, facility.id) });
}

/** What is kept at a facility for people on the way, by subject. */
export async function findHeldAt(ctx: Context, facility: FacilityId): Promise<Map<Subject, HeldUnits[]>> {
  const held = await findHeld(ctx.db, facility, ctx.now());
  return new Map(held.map((one) => [one.subject, one.held]));
}

/** All that is kept in the city for people on the way. */
export function listAllHeld(ctx: Context): Promise<Held[]> {
  return findHeld(ctx.db, undefined, ctx.now());
}

/** Tell everybody what is kept of a subject, after it was changed in this transaction. */
export async function announceHeld(ctx: Context, facility: FacilityId, subject: Subject): Promise<void> {
  const [numbers] = await takeNumbers(ctx.db, 1);
  if (!numbers) throw new Error("no number for what is held");
  const held = (await findHeldAt(ctx, facility)).get(subject) ?? [];
  const change: CityChange = { kind: "held", facility, subject, held, version: numbers.version };
  await appendChanges(ctx, [change]);
}

/** Everything that stands in the city. */
export function listAllStandings(ctx: Context): Promise<Standing[]> {
  return findAllStandings(ctx.db);
}

async function recordLocked(ctx: Context, observations: readonly Observation[]): Promise<Recorded[]> {
  const now = ctx.now();
  await ensurePartition(ctx.db, "observation", now);
  const facilities = [...new Set(observations.map(({ facility }) => facility))];
  const existing = await lockFacilities(ctx.db, facilities);
  const keys = observations.map(keyOf);
  const recorded = await findRecorded(ctx.db, [...new Set(keys)]);
  const leads = await findLeads(ctx.db, facilities);
  const standing = groupBySubject(await findStandingsOf(ctx.db, subjectsOf(observations)));
  const numbers = await takeNumbers(ctx.db, observations.length);

  const ledger: LedgerRow[] = [];
  const written = new Map<string, Standing>();
  const results = observations.map((observation, place): Recorded => {
    const key = keys[place] ?? keyOf(observation);
    const number = numbers[place];
    if (!number) throw new Error("fewer numbers than observations");
    if (!existing.has(observation.facility)) return { kind: "refused", reason: "no-such-facility" };
    const before = recorded.get(key);
    if (before) return { kind: "duplicate", observation: before };

    const path = `${observation.facility} ${observation.subject}`;
    const known = standing.get(path) ?? [];
    const lead = leadFor(
      { leads: z.array(LeadSetting).parse(leads.get(observation.facility) ?? []) },
      observation.subject,
    );
    const decision = decideObservation(known, observation, lead, now);
    if (decision.kind === "refused") return decision;

    recorded.set(key, number.id);
    ledger.push({
      id: number.id,
      observation,
      receivedAt: now,
      key,
      outcome: decision.kind === "unchanged" ? "confirmed" : decision.kind,
    });
    if (decision.standing) {
      const row: Standing = { ...decision.standing, observation: number.id, version: number.version };
      standing.set(path, [...known.filter((one) => one.source !== row.source), row]);
      written.set(`${path} ${row.source}`, row);
    }
    return { kind: decision.kind, observation: number.id };
  });

  if (ledger.length > 0) await appendToLedger(ctx.db, ledger);
  await saveStandings(ctx.db, [...written.values()]);
  await appendChanges(
    ctx,
    [...written.values()].map((row): CityChange => ({ kind: "standing", standing: row })),
  );
  return results;
}

function subjectsOf(observations: readonly Observation[]): { facility: FacilityId; subject: Subject }[] {
  return [
    ...new Map(
      observations.map(({ facility, subject }) => [`${facility} ${subject}`, { facility, subject }]),
    ).values(),
  ];
}

function groupBySubject(standings: readonly Standing[]): Map<string, Standing[]> {
  return Map.groupBy(standings, ({ facility, subject }) => `${facility} ${subject}`);
}
