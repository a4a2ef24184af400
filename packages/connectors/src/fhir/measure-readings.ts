import type {
  Coding,
  MeasureReport,
  MeasureReportGroup,
  MeasureReportGroupPopulation,
} from "@medplum/fhirtypes";
import { BedCounts, BedType } from "@ihims/core/beds/schema.ts";
import { Instant, type Instant as Moment } from "@ihims/core/time.ts";
import type { StatedBeds } from "./beds.ts";
import { LOINC_BY_BED_TYPE, SANER_BY_BED_TYPE, SANER_OF_TOTAL } from "./bed-codes.ts";
import { codesOf, part, stated } from "./elements.ts";
import { BED_LAYER, BED_TYPE, FIGURE_AGE, LOINC, SANER_VALUES } from "./systems.ts";

/** The layers that a source can state; what is computed from them is not taken. */
const STATABLE = ["licensed", "physical", "staffed", "blocked", "occupied", "surge"] as const;
type Statable = (typeof STATABLE)[number];
/** Computed here, so a sender's own are passed over without a word. */
const COMPUTED = ["held", "free", "unoccupied"];

/** What one count of a report is about. */
interface Meaning {
  type: BedType;
  layer: Statable | "unoccupied" | "computed";
}

/** The counts of a report by bed type, and what was not understood: `MeasureReport.group[1].population[0]: ...`. */
export interface BedReading {
  beds: StatedBeds[];
  problems: string[];
}

/** Codes of others by what they mean. Sums over all types say nothing of one, and are computed here. */
const MEANINGS = new Map<string, Meaning>();
const OF_TOTALS = new Set(Object.values(SANER_OF_TOTAL).map((code) => `${SANER_VALUES}|${code}`));
for (const type of BedType.options) {
  const saner = SANER_BY_BED_TYPE[type];
  if (saner) {
    MEANINGS.set(`${SANER_VALUES}|${saner.staffed}`, { type, layer: "staffed" });
    MEANINGS.set(`${SANER_VALUES}|${saner.occupied}`, { type, layer: "occupied" });
    MEANINGS.set(`${SANER_VALUES}|${saner.free}`, { type, layer: "computed" });
  }
  const loinc = LOINC_BY_BED_TYPE[type];
  if (loinc) MEANINGS.set(`${LOINC}|${loinc.occupied}`, { type, layer: "occupied" });
  if (loinc?.unoccupied) MEANINGS.set(`${LOINC}|${loinc.unoccupied}`, { type, layer: "unoccupied" });
}

/**
 * Read a bed report: ours, one with SANER's codes or one with LOINC's of US-SAFR. Where only
 * occupied and unoccupied are counted, staffed is what they are together.
 */
export function readBedReport(report: MeasureReport): BedReading {
  const byType = new Map<BedType, { counts: Record<string, number>; observedAt: Moment | undefined }>();
  const problems: string[] = [];
  const reported = momentIn(report.date ?? report.period?.end);
  for (const [at, group] of (report.group ?? []).entries()) {
    const where = `MeasureReport.group[${at}]`;
    if (isTotal(group)) continue;
    const [code] = codesOf(group.code ? [group.code] : [], BED_TYPE);
    const ofGroup = code === undefined ? undefined : BedType.safeParse(code);
    if (ofGroup && !ofGroup.success) {
      problems.push(`${where}: ${code} is not a bed type`);
      continue;
    }
    for (const [nth, population] of (group.population ?? []).entries()) {
      const place = `${where}.population[${nth}]`;
      const meaning = meaningOf(population, ofGroup?.data);
      if (meaning === "total") continue;
      if (!meaning) problems.push(`${place}: none of its codes is a count of beds here`);
      else if (population.count === undefined || population.count < 0)
        problems.push(`${place}: has no count`);
      else if (meaning.layer !== "computed") {
        const known = byType.get(meaning.type) ?? { counts: {}, observedAt: momentOf(group) ?? reported };
        known.counts[meaning.layer] = population.count;
        byType.set(meaning.type, known);
      }
    }
  }
  const beds = [...byType].flatMap(([type, { counts, observedAt }]): StatedBeds[] => {
    const read = countsIn(counts);
    if (!read) problems.push(`${type}: one of its counts is more than any hospital has`);
    return read && Object.keys(read).length > 0 ? [{ type, counts: read, observedAt }] : [];
  });
  return { beds, problems };
}

function isTotal({ code }: MeasureReportGroup): boolean {
  return codesOf(code ? [code] : [], BED_LAYER).includes("total");
}

function meaningOf(
  { code }: MeasureReportGroupPopulation,
  type: BedType | undefined,
): Meaning | "total" | undefined {
  const codings = code?.coding ?? [];
  const layer = codings.find(({ system }) => system === BED_LAYER)?.code;
  if (type && layer !== undefined) {
    if (COMPUTED.includes(layer)) return { type, layer: "computed" };
    const known = STATABLE.find((one) => one === layer);
    return known && { type, layer: known };
  }
  for (const one of codings) {
    const key = keyOf(one);
    if (OF_TOTALS.has(key)) return "total";
    const meaning = MEANINGS.get(key);
    if (meaning) return meaning;
  }
  return undefined;
}

/** SANER was published for the United States before it was for all. */
function keyOf({ system = "", code = "" }: Coding): string {
  return `${system.replace("/us/saner/", "/uv/saner/")}|${code}`;
}

function countsIn({ unoccupied, ...counts }: Record<string, number>): BedCounts | undefined {
  const { occupied, staffed, blocked = 0 } = counts;
  const together =
    staffed === undefined && occupied !== undefined && unoccupied !== undefined
      ? occupied + unoccupied + blocked
      : staffed;
  return BedCounts.safeParse(stated({ ...counts, staffed: together })).data;
}

function momentOf({ extension }: MeasureReportGroup): Moment | undefined {
  return momentIn(part(part(extension, FIGURE_AGE)?.extension, "observedAt")?.valueInstant);
}

/** A moment with a zone; a day alone is none, because at which hour of it nobody knows. */
function momentIn(text: string | undefined): Moment | undefined {
  return Instant.safeParse(text).data;
}
