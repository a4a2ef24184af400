import type { Identifier, MeasureReport, Reference, Resource } from "@medplum/fhirtypes";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { bedSubject } from "@ihims/core/observations/schema.ts";
import { mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import { instantOf, type Instant } from "@ihims/core/time.ts";
import type { StatedBeds } from "@ihims/connectors/fhir/beds.ts";
import { partId, targetOf } from "@ihims/connectors/fhir/elements.ts";
import { readBedReport } from "@ihims/connectors/fhir/measure-readings.ts";
import { bedMeasureOf, bedReportOf, csvOfBeds } from "@ihims/connectors/fhir/measures.ts";
import { OWN_ID, REGISTER } from "@ihims/connectors/fhir/systems.ts";
import type { Context } from "../../platform/context.ts";
import type { Board, Entry } from "../board/board.ts";
import { recordObservations, senderOf } from "../observations/observations.ts";
import type { Row } from "./directory.ts";
import { FhirRefusal } from "./outcome.ts";
import type { Pairs } from "./searches.ts";

/** When the measure was last changed. */
const MEASURE_SINCE: Instant = instantOf(Date.parse("2026-11-28T00:00:00Z"));

/** The measures that are reported here. */
export const MEASURE_ROWS: readonly Row[] = [{ resource: bedMeasureOf(MEASURE_SINCE) }];

/** Reports by what they were made from: they are made again when a figure changes or grows older. */
const made = new WeakMap<object, Row | "none">();

/** A report for each facility that ever spoke of its beds, by id. */
export function reportRows(board: Board, now: Instant): Row[] {
  const rows: Row[] = [];
  for (const entry of board.facilities()) {
    if (!entry.facility.isActive) continue;
    const view = board.view(entry, now);
    const known = made.get(view) ?? rowOf(entry.facility, view.record.beds);
    made.set(view, known);
    if (known !== "none") rows.push(known);
  }
  return rows.sort(({ resource: { id: a = "" } }, { resource: { id: b = "" } }) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
}

function rowOf(facility: Facility, beds: Parameters<typeof bedReportOf>[1]): Row | "none" {
  const resource = bedReportOf(facility, beds);
  return resource ? { resource, position: facility.position } : "none";
}

/**
 * `$evaluate-measure` of the beds of one facility: what stands of them now, when it was counted within the
 * period. Of the time before only the ledger knows, which FHIR does not show.
 *
 * @param find reports by parameters of their search
 * @throws FhirRefusal 400 for a parameter that is missing, not known or cannot be read; 404 when nothing was counted then
 */
export function evaluateBeds(find: (pairs: Pairs) => Row[], pairs: Pairs): Resource {
  const given = new Map(pairs);
  const [start, end, subject] = ["periodStart", "periodEnd", "subject"].map((name) => {
    const value = given.get(name);
    if (value) return value;
    throw new FhirRefusal(400, [{ code: "required", details: `${name}: has to be said`, expression: name }]);
  });
  const isOrganization = subject?.includes("Organization/");
  const [found] = find([
    [isOrganization ? "reporter" : "subject", subject ?? ""],
    ["period", `ge${start}`],
    ["period", `le${end}`],
  ]);
  if (found) return found.resource;
  throw new FhirRefusal(404, [
    {
      code: "not-found",
      details: `no beds of ${subject} that stand now were counted from ${start} to ${end}`,
    },
  ]);
}

/** The beds of some reports as CSV, in their order. */
export function csvOfReports(board: Board, reports: readonly Row[], now: Instant): string {
  return csvOfBeds(
    reports.flatMap(({ resource }) => {
      const entry = entryByFhirId(board, resource.id ?? "");
      return entry ? [{ facility: entry.facility, figures: board.view(entry, now).record.beds }] : [];
    }),
  );
}

/**
 * Take in a report of beds: each of its counts becomes an observation of the facility that it is
 * about. All of them are taken or none.
 *
 * @param isLenient take what is understood although something else is not (Prefer: handling=lenient)
 * @throws FhirRefusal 422 that names every place that is not understood; Problem `not-allowed`
 */
export async function takeReport(
  ctx: Context,
  board: Board,
  report: MeasureReport,
  isLenient: boolean,
): Promise<FacilityId> {
  const { facility } = entryOfReport(board, report);
  if (!mayReport(ctx.actor, facility.id, "bed"))
    throw new Problem("not-allowed", `You do not report beds of ${facility.id}`);
  const { beds, problems } = readBedReport(report);
  if (problems.length > 0 && !isLenient) throw refusedFor(problems);
  if (beds.length === 0) throw refusedFor([...problems, "MeasureReport.group: no count of beds is in it"]);
  await recordBeds(ctx, facility.id, beds);
  return facility.id;
}

/** Record what a sender of FHIR says of the beds of a facility, all of it or nothing. */
export async function recordBeds(
  ctx: Context,
  facility: FacilityId,
  beds: readonly StatedBeds[],
): Promise<void> {
  const { sender } = senderOf(ctx.actor);
  await ctx.transaction(async (tx) => {
    const recorded = await recordObservations(
      tx,
      beds.map(({ type, counts, observedAt }) => ({
        facility,
        subject: bedSubject(type),
        value: counts,
        observedAt: observedAt ?? tx.now(),
        source: "fhir" as const,
        sender,
      })),
    );
    const refused = recorded.findIndex(({ kind }) => kind === "refused");
    if (refused < 0) return;
    const reason =
      recorded[refused]?.kind === "refused" ? "seen more than five minutes ahead of our clock" : "";
    throw refusedFor([`${beds[refused]?.type}: ${reason}`]);
  });
}

function refusedFor(problems: readonly string[]): FhirRefusal {
  return new FhirRefusal(
    422,
    problems.map((details) => ({ code: "business-rule", details, expression: details.split(": ")[0] })),
  );
}

function entryOfReport(board: Board, { subject, reporter }: MeasureReport): Entry {
  const named = [subject, reporter].filter((one) => one !== undefined);
  for (const one of named) {
    const entry = entryNamed(board, one);
    if (entry) return entry;
  }
  throw new FhirRefusal(422, [
    {
      code: "not-found",
      details: "MeasureReport.subject: names no facility that is known, by reference or identifier",
      expression: "MeasureReport.subject",
    },
  ]);
}

/** The facility that a reference names by our id, or by an identifier of ours or of another register. */
function entryNamed(board: Board, one: Reference): Entry | undefined {
  const target = targetOf(one);
  if (target && (target.type === "Location" || target.type === "Organization"))
    return entryByFhirId(board, target.id);
  return one.identifier && entryByIdentifier(board, one.identifier);
}

function entryByIdentifier(board: Board, { system = "", value = "" }: Identifier): Entry | undefined {
  for (const entry of board.facilities()) {
    if (system === OWN_ID && entry.facility.id === value) return entry;
    if (entry.facility.externalIds.some((one) => REGISTER + one.system === system && one.value === value))
      return entry;
  }
  return undefined;
}

/** A facility by the id of its resources. */
export function entryByFhirId(board: Board, id: string): Entry | undefined {
  // Ids of ours have no `_`; those that came from elsewhere may.
  for (const candidate of [id, id.replaceAll(".", "_")]) {
    const entry = board.entry(candidate as FacilityId); // Only a key to look up by.
    if (entry && partId(entry.facility.id) === id) return entry;
  }
  return undefined;
}
