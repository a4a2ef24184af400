import type {
  Coding,
  Extension,
  Measure,
  MeasureGroup,
  MeasureReport,
  MeasureReportGroup,
  MeasureReportGroupPopulation,
} from "@medplum/fhirtypes";
import { BedType, OVERLAPPING_BED_TYPES, type BedAvailability } from "@ihims/core/beds/schema.ts";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { LOINC_BY_BED_TYPE, SANER_BY_BED_TYPE, SANER_OF_TOTAL } from "./bed-codes.ts";
import { bedTypeConcept } from "./codes.ts";
import { coding, concept, partId } from "./elements.ts";
import {
  BED_LAYER,
  BED_MEASURE_URL,
  EXTENSION,
  FIGURE_AGE,
  LOINC,
  MEASURE_POPULATION,
  OWN_ID,
  SANER_VALUES,
  SUM_OF,
} from "./systems.ts";

/** In the order in which they are written. `unoccupied` is staffed - occupied - blocked, held or not. */
const LAYERS = [
  "licensed",
  "physical",
  "staffed",
  "blocked",
  "occupied",
  "surge",
  "held",
  "free",
  "unoccupied",
] as const;
type Layer = (typeof LAYERS)[number];

const LAYER_WORDS: Record<Layer, string> = {
  licensed: "Most beds that the licence allows",
  physical: "Set up and available for use, staffed or not",
  staffed: "Physically available, with staff on hand, occupied or not",
  blocked: "Staffed, but not to be used now",
  occupied: "With a patient in it",
  surge: "Could be opened beyond the staffed ones within 24 hours",
  held: "Promised to somebody on the way",
  free: "Staffed, not blocked, not occupied, not held",
  unoccupied: "Staffed, not blocked, not occupied",
};
/** How SANER's scores read the layers: total, occupied, available. */
const POPULATION_BY_LAYER: Partial<Record<Layer, string>> = {
  staffed: "denominator",
  occupied: "numerator",
  free: "numerator-complement",
};

/** Types that are no beds to stay in, or that cut across the wards: they enter no total. */
const NOT_IN_TOTAL: readonly BedType[] = [
  ...OVERLAPPING_BED_TYPES,
  "operating-theatre",
  "dialysis",
  "day-care",
];

const SUMMABLE = BedType.options.filter((type) => !NOT_IN_TOTAL.includes(type));

/** The id of the measure of beds. */
export const BED_MEASURE_ID = "beds";

/** What is reported of beds: a group for each type, and one of all that may be added up. */
export function bedMeasureOf(updatedAt: Instant): Measure {
  return {
    resourceType: "Measure",
    id: BED_MEASURE_ID,
    meta: { versionId: "1", lastUpdated: updatedAt },
    url: BED_MEASURE_URL,
    identifier: [{ system: OWN_ID, value: BED_MEASURE_ID }],
    version: "1",
    name: "Beds",
    title: "Beds by type: licensed, physical, staffed, blocked, occupied, held, free",
    status: "active",
    description:
      "Live bed counts of a facility with their age. Layers are those of AHRQ's HAvBED and are never mixed. An expired figure has no counts. Types that overlap others (negative pressure, oxygen, ventilator) are in no total.",
    group: [...BedType.options.map(groupOfMeasure), totalOfMeasure()],
  };
}

function groupOfMeasure(type: BedType): MeasureGroup {
  return {
    code: bedTypeConcept(type),
    population: LAYERS.map((layer) => ({
      code: { coding: codingsOf(type, layer) },
      description: LAYER_WORDS[layer],
      criteria: { language: "text/fhirpath", expression: expressionOf(type, layer) },
    })),
  };
}

/** Where a count stands on the Location of a facility, in FHIRPath. */
function expressionOf(type: BedType, layer: Layer): string {
  if (layer === "unoccupied")
    return (["staffed", "occupied", "blocked"] as const)
      .map((one) => `(${expressionOf(type, one)})`)
      .join(" - ");
  return `Location.extension.where(url = '${EXTENSION.beds}' and extension.where(url = 'type').value = '${type}').extension.where(url = '${layer}').value`;
}

function totalOfMeasure(): MeasureGroup {
  return {
    code: concept(coding(BED_LAYER, "total", "All beds that may be added up")),
    population: (["staffed", "occupied", "free"] as const).map((layer) => ({
      code: { coding: codingsOfTotal(layer) },
      description: LAYER_WORDS[layer],
      criteria: {
        language: "text/fhirpath",
        expression: `MeasureReport.group.where(code.coding.code in (${SUMMABLE.map((type) => `'${type}'`).join(" | ")})).population.where(code.coding.code = '${layer}').count.sum()`,
      },
    })),
  };
}

function codingsOf(type: BedType, layer: Layer): Coding[] {
  const population = POPULATION_BY_LAYER[layer];
  const saner =
    layer === "staffed" || layer === "occupied" || layer === "free"
      ? SANER_BY_BED_TYPE[type]?.[layer]
      : undefined;
  const loinc = layer === "occupied" || layer === "unoccupied" ? LOINC_BY_BED_TYPE[type]?.[layer] : undefined;
  return [
    coding(BED_LAYER, layer),
    ...(saner ? [coding(SANER_VALUES, saner)] : []),
    ...(loinc ? [coding(LOINC, loinc)] : []),
    ...(population ? [coding(MEASURE_POPULATION, population)] : []),
  ];
}

function codingsOfTotal(layer: "staffed" | "occupied" | "free"): Coding[] {
  return [
    coding(BED_LAYER, layer),
    coding(SANER_VALUES, SANER_OF_TOTAL[layer]),
    coding(MEASURE_POPULATION, POPULATION_BY_LAYER[layer] ?? "measure-population"),
  ];
}

/** A facility's beds as a report; undefined when nobody ever spoke of them. */
export function bedReportOf(facility: Facility, figures: readonly BedFigure[]): MeasureReport | undefined {
  const known = figures.filter(({ observedAt }) => observedAt !== null);
  const seen = known.flatMap(({ observedAt }) => observedAt ?? []).sort();
  const heard = known.flatMap(({ receivedAt }) => receivedAt ?? []).sort();
  const [oldest] = seen;
  const newest = seen.at(-1);
  if (oldest === undefined || newest === undefined) return undefined;
  const id = partId(facility.id);
  const identifier = { system: OWN_ID, value: facility.id };
  const versions = known.map(({ version }) => Number(version));
  return {
    resourceType: "MeasureReport",
    id,
    meta: { versionId: String(Math.max(...versions)), lastUpdated: heard.at(-1) ?? newest },
    identifier: [identifier],
    status: "complete",
    type: "summary",
    measure: BED_MEASURE_URL,
    subject: { reference: `Location/${id}`, identifier, display: facility.name },
    date: newest,
    reporter: { reference: `Organization/${id}`, identifier, display: facility.name },
    period: { start: oldest, end: newest },
    group: [...known.map(groupOfReport), ...totalOfReport(known)],
  };
}

function groupOfReport(figure: BedFigure): MeasureReportGroup {
  const { type, freshness } = figure;
  const value = freshness === "expired" ? null : figure.value;
  const population = value ? populationsOf(type, value) : [];
  return {
    extension: [ageOf(figure)],
    code: bedTypeConcept(type),
    ...(population.length > 0 ? { population } : {}),
  };
}

function populationsOf(type: BedType, value: BedAvailability): MeasureReportGroupPopulation[] {
  const counts: Partial<Record<Layer, number | null | undefined>> = {
    ...value,
    unoccupied: unoccupiedIn(value),
  };
  return LAYERS.flatMap((layer) => {
    const count = counts[layer];
    return count === undefined || count === null ? [] : [{ code: { coding: codingsOf(type, layer) }, count }];
  });
}

function unoccupiedIn({ staffed, occupied, blocked = 0 }: BedAvailability): number | undefined {
  return staffed === undefined || occupied === undefined
    ? undefined
    : Math.max(0, staffed - occupied - blocked);
}

function ageOf({ observedAt, receivedAt, source, freshness }: BedFigure): Extension {
  return {
    url: FIGURE_AGE,
    extension: [
      ...(observedAt === null ? [] : [{ url: "observedAt", valueInstant: observedAt }]),
      ...(receivedAt === null ? [] : [{ url: "receivedAt", valueInstant: receivedAt }]),
      ...(source === null ? [] : [{ url: "source", valueCode: source }]),
      { url: "freshness", valueCode: freshness },
    ],
  };
}

/** All beds together, with how many types are in the sum: what has expired, or is not known, is not. */
function totalOfReport(figures: readonly BedFigure[]): MeasureReportGroup[] {
  const summable = figures.filter(({ type }) => !NOT_IN_TOTAL.includes(type));
  const total = { staffed: 0, occupied: 0, free: 0 };
  let reporting = 0;
  for (const { value, freshness } of summable) {
    if (!value || freshness === "expired" || value.free === null) continue;
    reporting += 1;
    total.staffed += value.staffed ?? 0;
    total.occupied += value.occupied ?? 0;
    total.free += value.free;
  }
  if (reporting === 0) return [];
  return [
    {
      extension: [
        {
          url: SUM_OF,
          extension: [
            { url: "reporting", valueUnsignedInt: reporting },
            { url: "of", valueUnsignedInt: summable.length },
          ],
        },
      ],
      code: concept(coding(BED_LAYER, "total", "All beds that may be added up")),
      population: (["staffed", "occupied", "free"] as const).map((layer) => ({
        code: { coding: codingsOfTotal(layer) },
        count: total[layer],
      })),
    },
  ];
}

/** One line of the CSV that `$report-csv` gives: a bed type of a facility. */
export function csvOfBeds(rows: readonly { facility: Facility; figures: readonly BedFigure[] }[]): string {
  const header = [
    "facility",
    "name",
    "bed_type",
    ...LAYERS,
    "observed_at",
    "received_at",
    "source",
    "freshness",
  ];
  const lines = rows.flatMap(({ facility, figures }) =>
    figures
      .filter(({ observedAt }) => observedAt !== null)
      .map((figure) => {
        const value = figure.freshness === "expired" ? null : figure.value;
        const counts: Partial<Record<Layer, number | null | undefined>> = value
          ? { ...value, unoccupied: unoccupiedIn(value) }
          : {};
        const { type, observedAt, receivedAt, source, freshness } = figure;
        return [
          facility.id,
          facility.name,
          type,
          ...LAYERS.map((layer) => counts[layer] ?? ""),
          observedAt ?? "",
          receivedAt ?? "",
          source ?? "",
          freshness,
        ];
      }),
  );
  return [header, ...lines].map((line) => `${line.map(csvField).join(",")}\r\n`).join("");
}

/** RFC 4180. A name that a spreadsheet would take for a formula is kept from being one. */
function csvField(value: string | number): string {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
