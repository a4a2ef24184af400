import type { ExternalId, FacilityKind } from "@ihims/core/facilities/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import { kindFromCategory, kindFromName } from "../facilities/kind-words.ts";
import { readOpeningHours } from "../facilities/opening-hours.ts";
import { readOwnership } from "../facilities/ownership.ts";
import { readPhones } from "../facilities/phones.ts";
import { rowOf, tidy, type ImportRow, type ReadingOptions } from "../facilities/row.ts";
import { readSpecialties } from "../facilities/specialties.ts";
import { readWebsite } from "../facilities/website.ts";
import { guessColumns, plainHeader, readColumnMap, type Columns, type ListField } from "./columns.ts";
import { checkPosition, middleOf, readDegrees, readPosition, type PositionReading } from "./positions.ts";

/** Longer than anything that belongs in one field: a quote that was never closed has swallowed the lines after it. */
export const FIELD_MAX_CHARS = 4000;
const NAME_MAX_CHARS = 300;
const ADDRESS_MAX_CHARS = 500;

/** One record of a list, its fields as text in the order of the header. */
export interface ListRecord {
  /** `line 12`: where a person finds it. */
  place: string;
  fields: readonly string[];
  /** From a geometry rather than from columns; null when the geometry is missing or empty. */
  position?: Position | null;
  /** Why the record could not be taken apart; the fields are then what could be saved of it. */
  fault?: string;
}

export interface ListOptions extends ReadingOptions {
  /** `name=Hospital_Name,lat=Y`; the rest is guessed. */
  map?: string;
  /** What places are whose kind the list does not state. */
  kind?: FacilityKind;
  /** The register that the list's ids are from, as `hfr`: ids of two registers are told apart by it. */
  register: string;
  /** Where the places are expected, as the city's centre; the middle of the list otherwise. */
  near?: Position | null;
  attribution?: string | null;
}

export type FacilityList =
  | { ok: true; columns: Record<string, string>; rows: Iterable<ImportRow> }
  | { ok: false; problem: string };

/**
 * Read a table of facilities: find out what its columns hold, then read it record by record.
 *
 * Each record comes back once, as a facility or rejected with the place, the field and the reason.
 */
export function readFacilityList(
  headers: readonly string[],
  records: readonly ListRecord[],
  options: ListOptions,
): FacilityList {
  const given = readColumnMap(options.map ?? "", headers);
  if (!given.ok) return given;
  const columns = guessColumns(
    headers,
    records.map(({ fields }) => fields),
    given.columns,
    options.near ?? null,
  );
  const hasGeometry = records.some(({ position }) => position !== undefined);
  for (const field of hasGeometry ? (["name"] as const) : (["name", "lat", "lon"] as const)) {
    if (columns[field] !== undefined) continue;
    return {
      ok: false,
      problem: `no column looks like the ${field}: say which with --map ${field}=COLUMN; columns are ${headers.join(", ")}`,
    };
  }
  const around = expectedPlace(records, columns, options.near ?? null);
  const names = Object.entries(columns).flatMap(([field, column]) =>
    column === undefined ? [] : [[field, headers[column] ?? ""]],
  );
  const register = registerOf(columns.id === undefined ? "" : (headers[columns.id] ?? ""), options.register);
  const reader = { headers, columns, around, register, options };
  return { ok: true, columns: Object.fromEntries(names), rows: rowsOf(records, reader) };
}

interface Reader {
  headers: readonly string[];
  columns: Columns;
  around: Position | null;
  register: string;
  options: ListOptions;
}

function* rowsOf(records: readonly ListRecord[], reader: Reader): Generator<ImportRow> {
  for (const record of records) yield rowOfRecord(record, reader);
}

/** What a spreadsheet writes where it has nothing. */
const NOTHING = /^(-+|n\/?a|#n\/a|null|none|nil|nan|undefined|not available|unknown)$/iu;

function rowOfRecord(record: ListRecord, reader: Reader): ImportRow {
  const { columns, options, headers } = reader;
  const field = (name: ListField): string => {
    const column = columns[name];
    const text = column === undefined ? "" : (record.fields[column] ?? "").trim();
    return NOTHING.test(text) ? "" : text;
  };
  const name = tidy(field("name"), NAME_MAX_CHARS);
  const rejected = (at: string | null, reason: string): ImportRow => ({
    kind: "rejected",
    place: record.place,
    name,
    field: at,
    reason,
  });
  if (record.fault !== undefined) return rejected(null, record.fault);
  const long = record.fields.findIndex((text) => text.length > FIELD_MAX_CHARS);
  if (long !== -1)
    return rejected(
      headers[long] ?? null,
      `is longer than ${FIELD_MAX_CHARS} characters: a quote that is not closed?`,
    );
  const extra = record.fields.slice(headers.length).filter((text) => text.trim() !== "");
  if (extra.length > 0)
    return rejected(
      null,
      `has ${record.fields.length} fields under ${headers.length} columns: a separator without quotes?`,
    );
  if (name === null) return rejected(headerOf(reader, "name"), "is missing");

  const placed = positionOf(record, field("lat"), field("lon"), reader);
  if (!placed.ok)
    return rejected(headerOf(reader, placed.field === "lon" ? "lon" : "lat") ?? "geometry", placed.reason);
  const category = field("kind");
  const kind = kindFromCategory(category) ?? options.kind ?? kindFromName(name);
  if (!kind) {
    const reason =
      category === ""
        ? "the kind is not stated: say it with --kind"
        : `"${category.slice(0, 60)}" names no kind that is known`;
    return rejected(headerOf(reader, "kind"), reason);
  }
  const { notes, ...details } = readDetails(field, placed.position, options);
  if (placed.note) notes.unshift(placed.note);
  const identity = identityOf(field("id"), reader.register);
  if (identity === "too long") return rejected(headerOf(reader, "id"), "is longer than 200 characters");
  const draft = { ...details, name, names: namesOf(record, headers), kind, position: placed.position };
  const ownership = readOwnership(field("ownership")) ?? readOwnership(category);
  return rowOf(
    record.place,
    {
      ...draft,
      ownership,
      externalIds: identity ? [identity] : [],
      attribution: options.attribution ?? null,
    },
    { identity, notes },
  );
}

function headerOf({ columns, headers }: Reader, field: ListField): string | null {
  const column = columns[field];
  return column === undefined ? null : (headers[column] ?? null);
}

function positionOf(record: ListRecord, lat: string, lon: string, { around }: Reader): PositionReading {
  if (record.position) return checkPosition(record.position, around);
  if (record.position === null && lat === "")
    return { ok: false, field: "geometry", reason: "has no position" };
  return readPosition(lat, lon, around);
}

function readDetails(field: (name: ListField) => string, position: Position, options: ListOptions) {
  const notes: string[] = [];
  const { specialties, unknown } = readSpecialties(field("specialties"));
  if (unknown.length > 0) notes.push(`specialties not known here: ${unknown.join("; ")}`);
  const hours = field("hours") === "" ? null : readOpeningHours(field("hours"), position, options);
  if (field("hours") !== "" && hours === null) notes.push(`hours not understood: ${field("hours")}`);
  const website = readWebsite(field("website"));
  if (field("website") !== "" && website === null) notes.push(`website not understood: ${field("website")}`);
  if (field("beds") !== "")
    notes.push(`beds ${field("beds")} (licensed, as the list says): not taken as a live figure`);
  const address = [field("address"), field("city"), field("postcode")].filter(
    (part, at) => part !== "" && (at === 0 || !field("address").includes(part)),
  );
  return {
    notes,
    specialties,
    hours,
    website,
    address: tidy(address.join(", "), ADDRESS_MAX_CHARS),
    locality: tidy(field("locality"), 120),
    phones: readPhones([field("phone")], options.countryCode),
    emergencyPhone: readPhones([field("emergencyPhone")], options.countryCode)[0]?.number ?? null,
    hasEmergency: yesOrNo(field("emergency")),
    wheelchair: wheelchairOf(field("wheelchair")),
  };
}

function yesOrNo(text: string): boolean | null {
  if (/^(y|yes|true|1|24\/?7|24x7|available)$/iu.test(text)) return true;
  return /^(n|no|false|0|not available)$/iu.test(text) ? false : null;
}

function wheelchairOf(text: string): "yes" | "limited" | "no" | null {
  if (/^(limited|partial|partly)$/iu.test(text)) return "limited";
  const answer = yesOrNo(text);
  return answer === null ? null : answer ? "yes" : "no";
}

/** Names in other languages, from columns as `name_hi` or `name:te`. */
function namesOf(record: ListRecord, headers: readonly string[]): Record<string, string> {
  const names: Record<string, string> = {};
  for (const [column, header] of headers.entries()) {
    const language = /^name[:_ ]([a-z]{2,3})$/iu.exec(header.trim())?.[1]?.toLowerCase();
    const name = tidy(record.fields[column], NAME_MAX_CHARS);
    if (language !== undefined && name !== null && !NOTHING.test(name)) names[language] = name;
  }
  return names;
}

/** Columns named after a register say of which one their ids are, whatever the file is called. */
const REGISTER_BY_HEADER: readonly [RegExp, string][] = [
  [/^hfr\b/u, "hfr"],
  [/^nin\b/u, "nin"],
  [/^rohini\b/u, "rohini"],
  [/^hem\b/u, "hem"],
];

function registerOf(header: string, register: string): string {
  return REGISTER_BY_HEADER.find(([word]) => word.test(plainHeader(header)))?.[1] ?? register;
}

function identityOf(id: string, register: string): ExternalId | null | "too long" {
  if (id === "") return null;
  return id.length > 200 ? "too long" : { system: register, value: id };
}

/** Where the list's places are: near the city when some are, otherwise in the middle of themselves. */
function expectedPlace(
  records: readonly ListRecord[],
  columns: Columns,
  near: Position | null,
): Position | null {
  const positions = records.map(({ position, fields }): Position => {
    if (position) return position;
    return {
      lat: readDegrees(fields[columns.lat ?? -1] ?? ""),
      lon: readDegrees(fields[columns.lon ?? -1] ?? ""),
    };
  });
  if (
    near &&
    positions.some(
      (position) => isPlace(position) && checkPosition(position, near).ok && !hasNote(position, near),
    )
  )
    return near;
  const middle = middleOf(positions);
  // A whole list with its columns swapped agrees with itself: only the city can tell.
  if (
    middle &&
    near &&
    isPlace({ lat: middle.lon, lon: middle.lat }) &&
    !hasNote({ lat: middle.lon, lon: middle.lat }, near)
  )
    return near;
  return middle;
}

function isPlace({ lat, lon }: Position): boolean {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
}

function hasNote(position: Position, near: Position): boolean {
  const checked = checkPosition(position, near);
  return !checked.ok || checked.note !== undefined;
}
