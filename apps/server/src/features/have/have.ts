import { z } from "zod";
import { figuresToldBy, hospitalOf } from "@ihims/connectors/have/facility.ts";
import { readHave, type HospitalRead } from "@ihims/connectors/have/read.ts";
import { writeHaveSecond } from "@ihims/connectors/have/second.ts";
import { writeHave } from "@ihims/connectors/have/write.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import { FacilityId, ObservationId } from "@ihims/core/ids.ts";
import { kindOf, Subject, type Observation } from "@ihims/core/observations/schema.ts";
import { mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import type { Board } from "../board/board.ts";
import { findDescribed } from "../imports/imports.ts";
import { recordObservations, senderOf, type Recorded } from "../observations/observations.ts";

/** What of the city a HAVE report is asked of. */
export interface HaveQuery {
  facility: FacilityId | undefined;
  box: { southWest: Position; northEast: Position } | undefined;
  /** Only hospitals of which something was seen at or after it. */
  since: Instant | undefined;
}

/**
 * A HAVE report of the city's hospitals, or of one facility.
 *
 * @returns undefined when nothing fits: the standard knows no report without a hospital
 * @throws Problem `not-found` for a facility that does not exist
 */
export function haveReport(
  board: Board,
  version: "1.0" | "2.0",
  query: HaveQuery,
  now: Instant,
): string | undefined {
  const records = recordsOf(board, query, now);
  if (version === "2.0") return records.length > 0 ? writeHaveSecond(records) : undefined;
  const { since } = query;
  const hospitals = records
    .map(hospitalOf)
    .filter(({ lastUpdateTime }) => since === undefined || lastUpdateTime >= since);
  return hospitals.length > 0 ? writeHave(hospitals) : undefined;
}

function recordsOf(board: Board, { facility, box }: HaveQuery, now: Instant): FacilityRecord[] {
  const record = (entry: Parameters<Board["record"]>[0]) => board.record(entry, now, false);
  if (facility !== undefined) {
    const entry = board.entry(facility);
    if (!entry) throw new Problem("not-found", "There is no such facility");
    return [record(entry)];
  }
  return board
    .byName()
    .filter((entry) => box === undefined || isWithin(entry.facility.position, box))
    .map(record)
    .filter(({ kind, beds }) => kind === "hospital" || beds.length > 0);
}

function isWithin({ lat, lon }: Position, { southWest, northEast }: NonNullable<HaveQuery["box"]>): boolean {
  if (lat < southWest.lat || lat > northEast.lat) return false;
  // A box over the date line ends further west than it begins.
  return southWest.lon <= northEast.lon
    ? lon >= southWest.lon && lon <= northEast.lon
    : lon >= southWest.lon || lon <= northEast.lon;
}

const FigureOutcome = z.object({
  subject: Subject,
  outcome: z.enum(["changed", "confirmed", "superseded", "duplicate", "rejected"]),
  observation: ObservationId.optional(),
  reason: z.string().optional(),
});
type FigureOutcome = z.infer<typeof FigureOutcome>;

/** What came of one hospital of a report that was sent. */
export const HospitalOutcome = z.object({
  line: z.int().describe("In which the hospital begins, from 1"),
  name: z.string().nullable(),
  outcome: z
    .enum(["accepted", "rejected"])
    .describe("accepted: matched, and each figure is answered by itself"),
  reason: z.string().optional().describe("Why it was rejected"),
  facility: FacilityId.optional(),
  matchedBy: z.enum(["id", "name"]).optional(),
  figures: z
    .array(FigureOutcome)
    .describe("superseded: older than what is known, or another source leads: kept in the ledger, not shown"),
  rejected: z
    .array(z.object({ part: z.string(), reason: z.string() }))
    .describe("Parts of the report that were refused"),
  notes: z.array(z.string()).describe("What was read with doubt, or is kept nowhere"),
});
export type HospitalOutcome = z.infer<typeof HospitalOutcome>;

export const HaveOutcome = z.object({
  version: z.enum(["1.0", "2.0"]),
  accepted: z.int(),
  rejected: z.int(),
  hospitals: z.array(HospitalOutcome).describe("In the order of the report"),
});
export type HaveOutcome = z.infer<typeof HaveOutcome>;

/**
 * Take in a HAVE report. Each hospital is answered by itself; what is older than what is known goes
 * into the ledger and changes nothing that is shown.
 *
 * @throws Problem `bad-input` when it is no HAVE report at all
 */
export async function receiveHave(ctx: Context, board: Board, text: string): Promise<HaveOutcome> {
  const read = readHave(text);
  if (!read.ok) throw new Problem("bad-input", read.problem);
  const among = facilitiesOf(ctx, board);
  const hospitals: HospitalOutcome[] = [];
  for (const one of read.hospitals) hospitals.push(await receiveHospital(ctx, board, among, one));
  const accepted = hospitals.filter(({ outcome }) => outcome === "accepted").length;
  return { version: read.version, accepted, rejected: hospitals.length - accepted, hospitals };
}

/** The facilities that somebody may speak of. @throws Problem `not-allowed` when there are none */
function facilitiesOf({ actor }: Context, board: Board): Facility[] {
  const kinds = ["bed", "service", "diversion"] as const;
  const mine = [...board.facilities()]
    .map(({ facility }) => facility)
    .filter(({ id }) => kinds.some((kind) => mayReport(actor, id, kind)));
  if (mine.length === 0) throw new Problem("not-allowed", "You report for no facility");
  return mine;
}

async function receiveHospital(
  ctx: Context,
  board: Board,
  among: readonly Facility[],
  read: HospitalRead,
): Promise<HospitalOutcome> {
  const { line } = read;
  const nothing = { line, figures: [], rejected: [], notes: [] };
  if (!read.ok) return { ...nothing, name: read.name ?? null, outcome: "rejected", reason: read.problem };
  const { hospital, notes } = read;
  const { id, name, position } = hospital.organization;
  const match = await findDescribed(ctx, { id, name, position }, among);
  if (match.kind === "unknown") return { ...nothing, name, outcome: "rejected", reason: match.reason, notes };
  const { facility } = match;
  const entry = board.entry(facility);
  const told = figuresToldBy(hospital, (type) =>
    entry ? board.bedFigure(entry, type, ctx.now(), true)?.value?.staffed : undefined,
  );
  const allowed = told.figures.filter(({ subject }) => mayReport(ctx.actor, facility, kindOf(subject)));
  const recorded = await recordObservations(
    ctx,
    allowed.map((figure): Observation => ({ facility, ...figure, ...senderOf(ctx.actor) })),
  );
  const outcomes = new Map(allowed.map((figure, place) => [figure.subject, recorded[place]]));
  return {
    line,
    name,
    outcome: "accepted",
    facility,
    matchedBy: match.by,
    figures: told.figures.map(({ subject }) => outcomeOf(subject, outcomes.get(subject))),
    rejected: told.rejected,
    notes: [...notes, ...told.notes],
  };
}

function outcomeOf(subject: Subject, recorded: Recorded | undefined): FigureOutcome {
  if (!recorded)
    return { subject, outcome: "rejected", reason: `you may not report ${kindOf(subject)} of this facility` };
  if (recorded.kind === "refused") return { subject, outcome: "rejected", reason: recorded.reason };
  const outcome = recorded.kind === "unchanged" ? "confirmed" : recorded.kind;
  return { subject, outcome, observation: recorded.observation };
}
