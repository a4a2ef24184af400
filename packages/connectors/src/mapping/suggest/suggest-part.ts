import { plainText } from "../digits.ts";
import type { Condition } from "../cell.ts";
import type { SourceRecord } from "../record.ts";
import type { FacilitySpec, Group, MomentSpec, ObservationSpec, ProfileSpec, Records } from "../schema.ts";
import { headerWords } from "../words.ts";
import { bedsByRow, bloodByRow, stockByRow, type Counted } from "./by-row.ts";
import { columnsOf, type Column } from "./columns.ts";
import { suggestBeds, suggestBlood, suggestBloodInText } from "./counts.ts";
import { suggestAbove, suggestMoment } from "./dates.ts";
import { findingOf, type Finding, type Remark } from "./findings.ts";
import { giveRoles, type Given, type Role } from "./roles.ts";

/** The first records at one place of a file. */
export interface Sample {
  records: Records;
  items: readonly SourceRecord[];
}

/** What one place of a file was understood to hold. */
export interface SuggestedPart {
  sample: Sample;
  facility: FacilitySpec | undefined;
  profile: ProfileSpec | undefined;
  observedAt: MomentSpec | undefined;
  where: Condition[];
  absent: string[];
  fill: string[];
  gather: "layers" | "sum" | undefined;
  observations: (ObservationSpec | Group)[];
  findings: Finding[];
  remarks: Remark[];
  /** The fields' names, to tell places of one shape. */
  shape: string;
  /** How well it was understood; 0 when nothing was. */
  score: number;
}

const PLACE_ROLES: readonly Role[] = [
  "name",
  "id",
  "lat",
  "lon",
  "phone",
  "website",
  "address",
  "locality",
  "category",
  "date",
  "time",
];
const TOTAL = "^(grand |sub ?|over ?all )?(total|totals|all|sum|gesamt)( .*)?$|एकूण|कुल|योग";

/** Understand the records at one place of a file, as far as their names and values tell. */
export function suggestPart(sample: Sample): SuggestedPart {
  const columns = columnsOf(sample.items);
  const page = sample.items[0]?.page;
  const path = headerWords((sample.records.path ?? "").replaceAll(/[.*$]/gu, " "));
  const about = [path, page?.sheet ?? ""].join(" ");
  const counted = countsOf(columns, about, `${about} ${page?.above ?? ""}`);
  const roles = giveRoles(
    columns.filter((column) => !counted.used.has(column)),
    PLACE_ROLES,
  );
  const findings: Finding[] = [];
  if (!roles.has("name")) giveUnnamed(columns, counted.used, roles);
  const facility = facilityOf(sample, roles, findings);
  const observedAt = momentOf(sample, roles, findings);
  const known = new Set([...counted.used, ...[...roles.values()].map(({ column }) => column)]);
  const remarks = [
    ...counted.remarks,
    ...columns
      .filter((column) => !known.has(column) && !counted.remarks.some(({ field }) => field === column.field))
      .map(({ field, texts }) => ({
        field,
        reason: texts.length === 0 ? "has no value in the sample" : "names nothing that is known",
      })),
  ];
  const name = roles.get("name")?.column;
  return {
    sample,
    facility,
    profile: profileOf(roles, counted.kind),
    observedAt,
    where: totalsOf(columns, sample, name, findings),
    absent: sentinelsOf([...counted.used], findings),
    fill: fillOf([name, ...counted.used], counted, findings),
    gather: counted.gather,
    observations: counted.specs,
    findings: [...findings, ...counted.findings],
    remarks,
    shape: columns.map(({ field }) => field).join("\n"),
    score: scoreOf(counted.findings, findings, sample.items.length),
  };
}

/** Columns that are numbered only: the texts that all differ are names, a column of dates is when. */
function giveUnnamed(columns: readonly Column[], used: ReadonlySet<Column>, roles: Map<Role, Given>): void {
  if (!columns.every(({ field }) => /^\d+$/u.test(field))) return;
  const open = columns.filter((column) => !used.has(column));
  const name = open.find(
    (column) =>
      !column.isNumeric &&
      !column.isDate &&
      column.different > 0.9 &&
      column.texts.some((text) => /\p{L}{4}/u.test(text)),
  );
  const date = open.find((column) => column.isDate);
  if (name) roles.set("name", { column: name, rank: 4 });
  if (date && !roles.has("date")) roles.set("date", { column: date, rank: 4 });
}

function countsOf(columns: readonly Column[], about: string, around: string): Counted {
  const byRow = stockByRow(columns) ?? bloodByRow(columns, about) ?? bedsByRow(columns);
  if (byRow) return byRow;
  const inText = suggestBloodInText(columns, around);
  if (inText) return { ...inText, kind: "blood-bank", specs: [inText.group], remarks: [], gather: undefined };
  const blood = suggestBlood(columns, around);
  if (blood.specs.length > 0) return { kind: "blood-bank", ...blood, gather: undefined };
  return { kind: "hospital", ...suggestBeds(columns, about), gather: undefined };
}

function facilityOf(
  sample: Sample,
  roles: ReadonlyMap<Role, Given>,
  findings: Finding[],
): FacilitySpec | undefined {
  for (const role of ["name", "id", "locality", "address", "lat", "lon"] as const) {
    const given = roles.get(role);
    if (given) findings.push(findingOf(`the facility's ${role}`, given));
  }
  const field = (role: Role) => roles.get(role)?.column.field;
  const isKeyed =
    sample.records.path?.endsWith("*") === true &&
    sample.items.every(({ key }) => key !== undefined && /\p{L}{2}/u.test(key));
  const name = field("name") ?? (isKeyed ? "$key" : undefined);
  const id = field("id");
  if (name === undefined && id === undefined) return undefined;
  if (name === "$key")
    findings.push({
      what: "the facility's name",
      field: "$key",
      confidence: "likely",
      reason: "the records stand under names",
    });
  const isHtml = roles.get("name")?.column.texts.some((text) => /<\w/u.test(text)) === true;
  const [lat, lon] = [field("lat"), field("lon")];
  const [locality, address] = [field("locality"), field("address")];
  return {
    ...(id !== undefined && { ids: [{ system: "source", value: id }] }),
    ...(name !== undefined && { name: isHtml ? { field: name, html: true, pattern: "^([^\\n]+)" } : name }),
    ...(locality !== undefined && { locality }),
    ...(address !== undefined && { address }),
    ...(lat !== undefined && lon !== undefined && { position: { lat, lon } }),
  };
}

function profileOf(roles: ReadonlyMap<Role, Given>, kind: Counted["kind"]): ProfileSpec | undefined {
  const field = (role: Role) => roles.get(role)?.column.field;
  if (!roles.has("name")) return undefined;
  const [phone, website, category] = [field("phone"), field("website"), field("category")];
  return {
    kind,
    ...(category !== undefined && { ownership: { field: category } }),
    ...(phone !== undefined && { phones: [phone] }),
    ...(website !== undefined && { website }),
  };
}

function momentOf(
  sample: Sample,
  roles: ReadonlyMap<Role, Given>,
  findings: Finding[],
): MomentSpec | undefined {
  const date = roles.get("date")?.column;
  const page = sample.items[0]?.page;
  const said = date
    ? suggestMoment(date, roles.get("time")?.column)
    : (suggestAbove(page?.words ?? "", "$page") ?? suggestAbove(page?.above ?? "", "$above"));
  if (said) findings.push(said.finding);
  else
    findings.push({
      what: "when it was seen",
      field: "",
      confidence: "guess",
      reason: "nothing says it: the time of fetching is taken, and marked so",
    });
  return said?.spec;
}

/** Rows that are sums of the others: left out by their names. */
function totalsOf(
  columns: readonly Column[],
  sample: Sample,
  name: Column | undefined,
  findings: Finding[],
): Condition[] {
  const pattern = new RegExp(TOTAL, "iu");
  const isKeyed = !name && sample.items.some(({ key }) => key !== undefined && pattern.test(plainText(key)));
  if (isKeyed) {
    findings.push({
      what: "rows of totals",
      field: "$key",
      confidence: "sure",
      reason: "left out by their name",
    });
    return [{ cell: "$key", doesNotMatch: TOTAL }];
  }
  const having = [name, ...columns.slice(0, 3)].filter((column) => column !== undefined);
  const found = having.find(
    ({ texts }) =>
      texts.some((text) => pattern.test(plainText(text))) &&
      texts.filter((text) => pattern.test(plainText(text))).length < texts.length / 2,
  );
  if (!found) return [];
  findings.push({
    what: "rows of totals",
    field: found.field,
    confidence: "sure",
    reason: "left out by their name",
  });
  return [{ cell: found.field, doesNotMatch: TOTAL }];
}

/** Large negative numbers that stand for "not said". */
function sentinelsOf(columns: readonly Column[], findings: Finding[]): string[] {
  const found = new Set(
    columns.flatMap(({ numbers }) =>
      numbers.filter((number) => number !== undefined && number <= -99 && /^-9+$/u.test(String(number))),
    ),
  );
  for (const sentinel of found)
    findings.push({
      what: "no value",
      field: String(sentinel),
      confidence: "likely",
      reason: "such a number is no count",
    });
  return [...found].map(String);
}

/** Names and kinds that stand only where they change. */
function fillOf(
  columns: readonly (Column | undefined)[],
  { specs, gather }: Counted,
  findings: Finding[],
): string[] {
  const isLong =
    gather !== undefined || specs.some((spec) => "type" in spec && typeof spec.type === "object");
  if (!isLong) return [];
  const gappy = columns.filter(
    (column) =>
      column !== undefined &&
      !column.isNumeric &&
      !column.isDate &&
      column.filled > 0 &&
      column.filled <= 0.9,
  );
  const fields = gappy.flatMap((column) => column?.field ?? []);
  for (const field of fields)
    findings.push({ what: "empty cells", field, confidence: "likely", reason: "mean: as above" });
  return fields;
}

const WEIGHT = { sure: 3, likely: 2, guess: 1 } as const;

function scoreOf(counts: readonly Finding[], others: readonly Finding[], records: number): number {
  if (counts.length === 0 || records === 0) return 0;
  const weigh = (findings: readonly Finding[]) =>
    findings.reduce((sum, { confidence, field }) => sum + (field === "" ? 0 : WEIGHT[confidence]), 0);
  return (2 * weigh(counts) + weigh(others)) * Math.min(3, 1 + Math.log10(records));
}
