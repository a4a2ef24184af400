import { createHash } from "node:crypto";
import type { FacilityRow, ImportRow } from "@ihims/connectors/facilities/row.ts";
import {
  FacilityProfile,
  type ExternalId,
  type Facility,
  type FacilityKind,
} from "@ihims/core/facilities/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Context } from "../../platform/context.ts";
import {
  createFacility,
  findFacility,
  listAllFacilities,
  lockFacility,
  updateFacility,
} from "../facilities/facilities.ts";
import { foldName } from "../matching/matching.ts";
import { isSameProfile, mergeProfile, statedSoFar } from "./merge.ts";
import { keyOf, planImport, ROW_SYSTEM, type Incoming, type Plan, type Side, type Target } from "./plan.ts";
import {
  findAllIdentities,
  findMatches,
  moveIdentities,
  noteLikeness,
  saveDecision,
  saveIdentity,
  whileImportingAlone,
  type Identity,
  type Match,
} from "./store.ts";

export { findAllIdentities } from "./store.ts";
export { findDescribed, type Described, type DescribedMatch } from "./described.ts";

/** More facilities than the largest city has; a file with more is not a list of them. */
export const IMPORT_ROWS_MAX = 200_000;
/** Facilities that one transaction writes: enough to be quick, few enough that nobody waits for it. */
const BATCH_ROWS = 100;

export interface ImportOptions {
  /** Find out what would happen and write nothing. */
  dryRun: boolean;
  /** What the report calls the file. */
  source: string;
  onProgress?: (done: number, total: number) => void;
}

export interface ReportLine {
  place: string;
  name: string | null;
  reason: string;
}

/** A facility in a report; without an id when it is only to be created. */
export interface ReportSide {
  id: FacilityId | null;
  name: string;
}

/** What came of an import. `read` = created + updated + unchanged + skipped. */
export interface ImportReport {
  source: string;
  dryRun: boolean;
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Facilities by kind, whether created, updated or unchanged. */
  byKind: Partial<Record<FacilityKind, number>>;
  skipped: ReportLine[];
  /** What was read with doubt or left out of rows that were taken in. */
  notes: ReportLine[];
  /** Rows that were taken for a facility that another register knew, and which. */
  matched: { place: string; name: string; facility: ReportSide; distanceM: number }[];
  /** Pairs that look alike and were left as two: a person decides. */
  doubtful: { one: ReportSide; other: ReportSide; nameSimilarity: number; distanceM: number }[];
}

/**
 * Take in the facilities of a register's file: new ones are created, known ones updated, and the
 * same file again changes nothing, whatever its order. All rows are read before the first is
 * written, so a file that turns out unreadable half-way leaves no half.
 *
 * Waits while another process imports. Not within a transaction: it makes many short ones.
 *
 * @throws Problem `not-allowed` to anybody but the operator or a platform administrator; `too-large`
 */
export async function importFacilities(
  ctx: Context,
  rows: AsyncIterable<ImportRow>,
  options: ImportOptions,
): Promise<ImportReport> {
  mustBeOperator(ctx);
  const report = emptyReport(options);
  const incoming = await readAll(rows, report);
  return whileImportingAlone(ctx.db, async () => {
    const facilities = await listAllFacilities(ctx);
    const identities = await findAllIdentities(ctx.db);
    const plan = planImport(incoming, { facilities, identities, matches: await findMatches(ctx.db) });
    const work = {
      plan,
      facilities: new Map(facilities.map((one) => [one.id, one])),
      identities: new Map(identities.map((one) => [keyOf(one.id), one])),
      report,
    };
    if (options.dryRun) rehearse(incoming, work);
    else await apply(ctx, incoming, work, options.onProgress ?? (() => undefined));
    return report;
  });
}

function mustBeOperator({ actor }: Context): void {
  const isAllowed =
    actor.kind === "operator" ||
    (actor.kind === "person" && actor.cityRoles.includes("platform-administrator"));
  if (!isAllowed)
    throw new Problem("not-allowed", "Only the operator and platform administrators import facilities");
}

function emptyReport({ source, dryRun }: ImportOptions): ImportReport {
  return {
    source,
    dryRun,
    read: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    byKind: {},
    skipped: [],
    notes: [],
    matched: [],
    doubtful: [],
  };
}

/** Read every row; the second of two with one id is left out by name. */
async function readAll(rows: AsyncIterable<ImportRow>, report: ImportReport): Promise<Incoming[]> {
  const incoming = new Map<string, Incoming>();
  for await (const row of rows) {
    if (++report.read > IMPORT_ROWS_MAX)
      throw new Problem(
        "too-large",
        `More than ${IMPORT_ROWS_MAX} rows: this is not a list of one city's facilities`,
      );
    if (row.kind === "rejected") {
      const { place, name, field, reason } = row;
      report.skipped.push({ place, name, reason: field === null ? reason : `${field} ${reason}` });
      continue;
    }
    const { place, notes, profile } = row;
    const id = row.identity ?? fingerprintOf(row);
    const first = incoming.get(keyOf(id));
    if (first)
      report.skipped.push({ place, name: profile.name, reason: `is the same as ${first.row.place}` });
    else incoming.set(keyOf(id), { row, id });
    if (!first) report.notes.push(...notes.map((reason) => ({ place, name: profile.name, reason })));
  }
  return [...incoming.values()];
}

/** The name of a row whose register gives it none: what it is called, where it is, and its address. */
function fingerprintOf({ profile }: FacilityRow): ExternalId {
  const { name, position, address } = profile;
  const words = [foldName(name), position.lat.toFixed(5), position.lon.toFixed(5), foldName(address ?? "")];
  return {
    system: ROW_SYSTEM,
    value: createHash("sha256").update(words.join("\n")).digest("hex").slice(0, 32),
  };
}

interface Work {
  plan: Plan;
  facilities: Map<FacilityId, Facility>;
  identities: Map<string, Identity>;
  report: ImportReport;
}

/** What the register stated of it last, under this id or the one that it had before. */
function statedBefore(
  { identities }: Work,
  { id }: Incoming,
  { formerId }: Target,
): FacilityProfile | undefined {
  return (identities.get(keyOf(id)) ?? (formerId && identities.get(keyOf(formerId))))?.stated;
}

function count(report: ImportReport, outcome: "created" | "updated" | "unchanged", kind: FacilityKind): void {
  report[outcome]++;
  report.byKind[kind] = (report.byKind[kind] ?? 0) + 1;
}

/** Count what would come of it. */
function rehearse(incoming: readonly Incoming[], work: Work): void {
  const { plan, report, facilities } = work;
  const profiles = new Map<FacilityId, FacilityProfile>(
    [...facilities].map(([id, facility]) => [id, FacilityProfile.parse(facility)]),
  );
  for (const one of incoming) {
    const target = plan.targets.get(one);
    const known = target?.facility && profiles.get(target.facility);
    if (!target?.facility || !known) {
      count(report, "created", one.row.profile.kind);
      continue;
    }
    const merged = mergeProfile(known, statedBefore(work, one, target), one.row.profile);
    count(report, isSameProfile(known, merged) ? "unchanged" : "updated", merged.kind);
    profiles.set(target.facility, merged);
    noteMatch(report, one, target, known.name);
  }
  const sideOf = (side: Side): ReportSide =>
    typeof side === "string"
      ? { id: side, name: facilities.get(side)?.name ?? "" }
      : { id: null, name: side.row.profile.name };
  for (const { one, other, likeness } of plan.doubts) {
    report.doubtful.push({
      one: sideOf(one),
      other: sideOf(other),
      nameSimilarity: rounded(likeness.similarity),
      distanceM: Math.round(likeness.distance),
    });
  }
}

async function apply(
  ctx: Context,
  incoming: readonly Incoming[],
  work: Work,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const made = new Map<Incoming, ReportSide & { id: FacilityId }>();
  const changed: Incoming[] = [];
  for (const one of incoming) {
    const facility = facilityAsBefore(work, one);
    if (facility) {
      count(work.report, "unchanged", facility.kind);
      made.set(one, { id: facility.id, name: facility.name });
    } else changed.push(one);
  }
  // In the order of ids, as all who lock several facilities do: nobody waits in a circle.
  const inOrder = changed.toSorted((a, b) => compareText(targetOf(work, a) ?? "", targetOf(work, b) ?? ""));
  for (let at = 0; at < inOrder.length; at += BATCH_ROWS) {
    const batch = inOrder.slice(at, at + BATCH_ROWS);
    const outcomes = await ctx.transaction(async (tx) => {
      const results: Outcome[] = [];
      for (const one of batch) results.push(await applyRow(tx, one, work));
      return results;
    });
    for (const { incoming: one, outcome, facility } of outcomes) {
      count(work.report, outcome, facility.kind);
      made.set(one, { id: facility.id, name: facility.name });
      const target = work.plan.targets.get(one);
      if (target) noteMatch(work.report, one, target, facility.name);
    }
    onProgress(Math.min(at + BATCH_ROWS, inOrder.length), inOrder.length);
  }
  await noteDoubts(ctx, work, made);
}

function targetOf({ plan }: Work, one: Incoming): FacilityId | undefined {
  return plan.targets.get(one)?.facility;
}

/** The facility of a row that says what it said last time: whatever was changed since stays, so nothing is to be done. */
function facilityAsBefore(work: Work, one: Incoming): Facility | undefined {
  const { facility } = work.plan.targets.get(one) ?? {};
  const stated = work.identities.get(keyOf(one.id))?.stated;
  if (facility === undefined || !stated || !isSameProfile(stated, one.row.profile)) return undefined;
  return work.facilities.get(facility);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Outcome {
  incoming: Incoming;
  outcome: "created" | "updated" | "unchanged";
  facility: Facility;
}

async function applyRow(tx: Context, incoming: Incoming, work: Work): Promise<Outcome> {
  const { row, id } = incoming;
  const target = work.plan.targets.get(incoming) ?? { facility: undefined };
  const before = statedBefore(work, incoming, target);
  const written = await writeFacility(tx, row.profile, target.facility, before);
  const stated = statedSoFar(before, row.profile);
  await saveIdentity(tx.db, { id, facility: written.facility.id, stated }, tx.now());
  for (const other of row.profile.externalIds) {
    if (keyOf(other) !== keyOf(id))
      await saveIdentity(tx.db, { id: other, facility: written.facility.id, stated: undefined }, tx.now());
  }
  return { incoming, ...written };
}

async function writeFacility(
  tx: Context,
  stated: FacilityProfile,
  id: FacilityId | undefined,
  before: FacilityProfile | undefined,
): Promise<Omit<Outcome, "incoming">> {
  if (id === undefined) return { outcome: "created", facility: await createFacility(tx, stated) };
  // Read again under the lock: somebody may have corrected the page since the plan was made.
  const facility = await lockFacility(tx, id);
  const known = FacilityProfile.parse(facility);
  const merged = mergeProfile(known, before, stated);
  if (isSameProfile(known, merged)) return { outcome: "unchanged", facility };
  return { outcome: "updated", facility: await updateFacility(tx, id, merged) };
}

function noteMatch(report: ImportReport, { row }: Incoming, target: Target, name: string): void {
  if (!target.facility || !target.likeness) return;
  report.matched.push({
    place: row.place,
    name: row.profile.name,
    facility: { id: target.facility, name },
    distanceM: Math.round(target.likeness.distance),
  });
}

async function noteDoubts(
  ctx: Context,
  { plan, report, facilities }: Work,
  made: Map<Incoming, ReportSide & { id: FacilityId }>,
): Promise<void> {
  const sideOf = (side: Side) =>
    typeof side === "string" ? { id: side, name: facilities.get(side)?.name ?? "" } : made.get(side);
  await ctx.transaction(async (tx) => {
    for (const { one, other, likeness } of plan.doubts) {
      const [a, b] = [sideOf(one), sideOf(other)];
      if (!a || !b) continue;
      const likeAs = {
        nameSimilarity: rounded(likeness.similarity),
        distanceM: Math.round(likeness.distance),
      };
      await noteLikeness(tx.db, { one: a.id, other: b.id, ...likeAs }, tx.now());
      report.doubtful.push({ one: a, other: b, ...likeAs });
    }
  });
}

function rounded(similarity: number): number {
  return Math.round(similarity * 100) / 100;
}

/** The pairs that look alike and of which nobody has said yet whether they are one. */
export function listOpenMatches(ctx: Context): Promise<Match[]> {
  return findMatches(ctx.db, "open");
}

/**
 * Say whether two facilities are one; never asked again. With `same`, the registers' names of
 * `other` stand for `one` from then on, so every later import goes to `one`, which takes over what
 * only `other` knew; the page of `other` and its figures are left, for whoever closes them.
 *
 * @throws Problem `not-allowed`; `not-found`; `bad-input` for a facility and itself; `conflict`
 *   when `one` was joined to another before
 */
export async function decideMatch(
  ctx: Context,
  one: FacilityId,
  other: FacilityId,
  verdict: "same" | "different",
): Promise<void> {
  mustBeOperator(ctx);
  if (one === other) throw new Problem("bad-input", "These are two names of one facility already");
  await ctx.transaction(async (tx) => {
    const [kept, gone] = [await findFacility(tx, one), await findFacility(tx, other)];
    if (!kept || !gone) throw new Problem("not-found", `There is no facility ${kept ? other : one}`);
    const joined = (await findMatches(tx.db, "same")).find(
      (match) => match.kept !== one && [match.one, match.other].includes(one),
    );
    if (verdict === "same" && joined) {
      throw new Problem("conflict", `${one} was joined to ${joined.kept} before: name that one`);
    }
    const by = tx.actor.kind === "person" ? tx.actor.id : "operator";
    await saveDecision(tx.db, { one, other, verdict, by }, tx.now());
    if (verdict === "different") return;
    await moveIdentities(tx.db, other, one);
    await writeFacility(tx, FacilityProfile.parse(gone), one, undefined);
  });
}
