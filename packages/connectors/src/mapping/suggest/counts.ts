import type { BedType } from "@ihims/core/beds/schema.ts";
import type { BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import type { Cell } from "../cell.ts";
import type { Group, Layer, ObservationSpec } from "../schema.ts";
import { bedTypeOf, bloodComponentOf, bloodGroupOf, layerOf } from "../words.ts";
import type { Column } from "./columns.ts";
import type { Finding, Remark } from "./findings.ts";

interface BedColumn {
  column: Column;
  type: BedType | undefined;
  layer: Layer | undefined;
}

type BedsSpec = Extract<ObservationSpec, { kind: "bed" }>;

const NOT_COUNTS =
  /(?:^| )(?:sr|s|sl|serial)? ?(?:no|number|id|pk|code|pin|pincode|zip|lat|long|latitude|longitude|rate|percent|percentage|pct|coverage|phone|mobile|fips|अ क्र|cases?|deaths?|positive|tests?|staff|nurses?|doctors?|cylinders?|hospitals)$|%/u;

/** What the beds of a sample are counted by, and what of them could not be told. */
export function suggestBeds(
  columns: readonly Column[],
  about: string,
): { specs: BedsSpec[]; findings: Finding[]; remarks: Remark[]; used: Set<Column> } {
  const around = { type: bedTypeOf(about), layer: layerOf(about) };
  const beds = columns
    .filter((column) => column.isNumeric && !column.isDate && !NOT_COUNTS.test(column.words))
    .map((column): BedColumn => ({ column, type: bedTypeOf(column.field), layer: layerOf(column.field) }))
    .filter(
      ({ column, type, layer }) =>
        type !== undefined || layer !== undefined || /bed|खाट|बेड|बिस्तर/u.test(column.words),
    );
  const isTyped = beds.some(({ type }) => type !== undefined);
  const groups = new Map<BedType, BedColumn[]>();
  const remarks: Remark[] = [];
  for (const bed of beds) {
    const type = bed.type ?? (isTyped ? undefined : (around.type ?? "general"));
    if (type === undefined)
      remarks.push({
        field: bed.column.field,
        reason: "counts beds of all kinds together, which are not kept: their kinds are",
      });
    else groups.set(type, [...(groups.get(type) ?? []), bed]);
  }
  const specs: BedsSpec[] = [];
  const findings: Finding[] = [];
  const used = new Set<Column>();
  for (const [type, group] of groups) {
    const found = layersOf(group, around.layer);
    for (const { field, reason } of found.remarks) remarks.push({ field, reason: `${type}: ${reason}` });
    const layers = Object.entries(found.layers);
    if (layers.length === 0) continue;
    const isAlone = found.layers.vacant && layers.length === 1;
    const cells = layers.map(
      ([layer, column]) => [layer, cellFor(column, layer === "occupied" ? "up" : "down")] as const,
    );
    specs.push({
      kind: "bed",
      type,
      ...Object.fromEntries(cells),
      ...(isAlone && { vacantAlone: "count-as-staffed" }),
    });
    for (const [layer, column] of layers) {
      used.add(column);
      const isSure =
        found.reason !== undefined || group.every((bed) => bed.layer !== undefined && bed.type !== undefined);
      findings.push({
        what: `${layer} ${type} beds`,
        field: column.field,
        confidence: isAlone ? "guess" : found.reason !== undefined ? "sure" : isSure ? "likely" : "guess",
        reason: isAlone
          ? "only the free beds are there: counted as all there are, look at this"
          : (found.reason ?? "by its name"),
      });
    }
  }
  return { specs, findings, remarks, used };
}

/** The cell of a count, with what its numbers ask for. */
export function cellFor(column: Column, round: "up" | "down"): Cell {
  const decimal = column.decimal === "," ? { decimal: "," as const } : {};
  if (!column.hasDecimals && column.decimal === ".") return column.field;
  return { field: column.field, ...decimal, ...(column.hasDecimals && { round }) };
}

type Layers = Partial<Record<Layer, Column>>;

/** Which column is which layer, by names, and by sums where names leave it open. */
function layersOf(
  group: readonly BedColumn[],
  around: Layer | undefined,
): { layers: Layers; reason?: string; remarks: Remark[] } {
  const layers: Layers = {};
  const remarks: Remark[] = [];
  const open: Column[] = [];
  for (const { column, layer } of group) {
    if (layer === undefined) open.push(column);
    else if (layers[layer])
      remarks.push({
        field: column.field,
        reason: `there is another column of ${layer} beds, "${layers[layer].field}"`,
      });
    else layers[layer] = column;
  }
  for (const column of open) {
    const bySum = openBySum(column, layers);
    const { staffed, occupied } = layers;
    const isAll = open.length === 1 && !staffed && occupied && isNeverLess(column, occupied);
    const layer =
      bySum ??
      (isAll ? ("staffed" as const) : undefined) ??
      (open.length === 1 && around && !layers[around] ? around : undefined);
    if (layer && !layers[layer]) layers[layer] = column;
    else
      remarks.push({
        field: column.field,
        reason: "its name does not say whether it counts all, the occupied or the free beds",
      });
  }
  const { staffed, occupied, vacant } = layers;
  if (staffed && occupied && vacant && adds(staffed, occupied, vacant) >= 0.9)
    return {
      layers,
      reason: `"${staffed.field}" = "${occupied.field}" + "${vacant.field}" in the sample`,
      remarks,
    };
  if (!staffed && occupied && vacant && isNeverLess(vacant, occupied)) {
    // "Available" beside "occupied", never smaller: what is meant are the beds that are available to be used.
    const { vacant: all, ...rest } = layers;
    return {
      layers: { ...rest, ...(all && { staffed: all }) },
      reason: `"${vacant.field}" is never less than "${occupied.field}": all beds, not the free ones`,
      remarks,
    };
  }
  return { layers, remarks };
}

function openBySum(column: Column, { staffed, occupied, vacant }: Layers): Layer | undefined {
  if (!staffed && occupied && vacant && adds(column, occupied, vacant) >= 0.9) return "staffed";
  if (!occupied && staffed && vacant && adds(staffed, column, vacant) >= 0.9) return "occupied";
  if (!vacant && staffed && occupied && adds(staffed, occupied, column) >= 0.9) return "vacant";
  return undefined;
}

/** In which share of the records a whole is the sum of two parts. */
function adds(whole: Column, a: Column, b: Column): number {
  const rows = rowsOf([whole, a, b]);
  return rows.length < 2
    ? 0
    : rows.filter(([sum = 0, one = 0, two = 0]) => Math.abs(sum - one - two) < 1e-6).length / rows.length;
}

function isNeverLess(a: Column, b: Column): boolean {
  const rows = rowsOf([a, b]);
  return (
    rows.length >= 5 && rows.every(([one = 0, two = 0]) => one >= two) && rows.some(([, two = 0]) => two > 0)
  );
}

function rowsOf(columns: readonly Column[]): number[][] {
  const length = columns[0]?.numbers.length ?? 0;
  return Array.from({ length }, (_, row) => columns.map(({ numbers }) => numbers[row])).filter(
    (row): row is number[] => row.every((number) => number !== undefined),
  );
}

/** The blood group and component that a header names, one of which may be missing. */
function bloodOf(field: string): { group: BloodGroup | undefined; component: BloodComponent | undefined } {
  const match =
    /^(.*?)[\s_:-]*\b((?:AB|A|B|O)\s*[(_ ]*(?:\+|-|pos\w*|neg\w*)\s*(?:ve)?\)?)[\s_:-]*(.*)$/iu.exec(field);
  const group = bloodGroupOf(match?.[2] ?? field);
  return { group, component: bloodComponentOf(match ? `${match[1] ?? ""} ${match[3] ?? ""}` : field) };
}

/** What the blood of a sample is counted by, where each group has a column. */
export function suggestBlood(
  columns: readonly Column[],
  about: string,
): { specs: ObservationSpec[]; findings: Finding[]; remarks: Remark[]; used: Set<Column> } {
  const around = bloodComponentOf(about);
  const specs: ObservationSpec[] = [];
  const findings: Finding[] = [];
  const used = new Set<Column>();
  for (const column of columns) {
    if (!column.isNumeric && column.texts.length > 0) continue;
    const { group, component = around } = bloodOf(column.field);
    if (!group) continue;
    const isSaid = component !== undefined;
    specs.push({ kind: "blood", group, component: component ?? "whole-blood", units: column.field });
    used.add(column);
    findings.push({
      what: `units of ${component ?? "whole-blood"} ${group}`,
      field: column.field,
      confidence: isSaid ? "sure" : "guess",
      reason: isSaid
        ? "by its name"
        : "by its name; which component is not said: whole blood is assumed, look at this",
    });
  }
  return {
    specs: specs.length >= 2 ? specs : [],
    findings: specs.length >= 2 ? findings : [],
    remarks: [],
    used: specs.length >= 2 ? used : new Set(),
  };
}

/** Several groups in one text, as `Available, AB+Ve:6, O-Ve:2`. */
const GROUPS_IN_TEXT = "(?P<group>(?:AB|A|B|O) ?[+-] ?(?:ve)?) ?[:=] ?(?P<units>\\d+)";
const GROUP_AND_UNITS = /(?:AB|A|B|O) ?[+-] ?(?:ve)? ?[:=] ?\d+/giu;

/** Blood whose groups stand in one text of each record. */
export function suggestBloodInText(
  columns: readonly Column[],
  about: string,
): { group: Group; findings: Finding[]; used: Set<Column> } | undefined {
  const column = columns.find(
    ({ texts }) =>
      texts.length > 0 &&
      texts.filter((text) => (text.match(GROUP_AND_UNITS) ?? []).length >= 2).length >= 0.3 * texts.length,
  );
  if (!column) return undefined;
  const component = bloodComponentOf(about);
  const isHtml = column.texts.some((text) => /<\w/u.test(text));
  return {
    group: {
      each: { cell: isHtml ? { field: column.field, html: true } : column.field, pattern: GROUPS_IN_TEXT },
      observations: [
        { kind: "blood", group: { field: "group" }, component: component ?? "whole-blood", units: "units" },
      ],
    },
    findings: [
      {
        what: "units of each blood group",
        field: column.field,
        confidence: "sure",
        reason: "its texts list groups and counts",
      },
      ...(component
        ? []
        : [
            {
              what: "the component",
              field: "",
              confidence: "guess" as const,
              reason: "is not said: whole blood is assumed, look at this",
            },
          ]),
    ],
    used: new Set([column]),
  };
}
