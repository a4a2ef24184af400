import type { Resource } from "@medplum/fhirtypes";

/** How a parameter is compared (FHIR R4, 3.1.1.4). */
export type ParameterType = "token" | "string" | "reference" | "date" | "special";

/** A code with the system that it is of. */
export interface Token {
  system?: string | undefined;
  code: string;
}

/** A span of time; an open end is undefined. A moment is a span of no length. */
export interface Span {
  from: number | undefined;
  to: number | undefined;
}

/** What a parameter finds in a resource. */
export type Found = { tokens: Token[] } | { texts: string[] } | { references: string[] } | { spans: Span[] };

/** A test of one resource. */
export type Test = (resource: Resource) => boolean;

/** Either how to test, or what is wrong with the value as it was given. */
export type Reading<T> = { ok: true; value: T } | { ok: false; problem: string };

const bad = (problem: string): { ok: false; problem: string } => ({ ok: false, problem });

/** Text for comparison: lower case, without the marks that are left out in writing. */
function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFC")
    .toLowerCase();
}

/** Values of one parameter: those between commas, `\` before a comma, bar, dollar or itself. */
export function alternativesOf(value: string): string[] {
  return value.split(/(?<!\\)(?:\\\\)*,/).map((one) => one.trim());
}

function unescaped(text: string): string {
  return text.replace(/\\([\\,|$])/g, "$1");
}

/** `code`, `system|code`, `|code` (of no system), `system|` (any of it). */
export function readToken(given: string): Reading<(token: Token) => boolean> {
  const [left = "", right, ...more] = given.split(/(?<!\\)\|/).map(unescaped);
  if (more.length > 0) return bad("has more than one |: write it as system|code");
  if (right === undefined)
    return left === "" ? bad("is empty") : { ok: true, value: ({ code }) => code === left };
  if (left === "" && right === "") return bad("is empty");
  return {
    ok: true,
    value: ({ system, code }) =>
      (right === "" || code === right) && (left === "" ? system === undefined : system === left),
  };
}

/** The beginning of a text; with `:exact` all of it as it is written, with `:contains` any part. */
export function readText(given: string, modifier: string | undefined): Reading<(text: string) => boolean> {
  const sought = unescaped(given);
  if (sought === "") return bad("is empty");
  if (modifier === "exact") return { ok: true, value: (text) => text === sought };
  const part = folded(sought);
  if (modifier === "contains") return { ok: true, value: (text) => folded(text).includes(part) };
  return { ok: true, value: (text) => folded(text).startsWith(part) };
}

/** `id`, `Type/id` or an address of this server that ends so. */
export function readReference(given: string, targets: readonly string[], base: string): Reading<string[]> {
  const own = given.startsWith(`${base}/`) ? given.slice(base.length + 1) : given;
  if (/^[A-Za-z0-9.-]{1,64}$/.test(own)) return { ok: true, value: targets.map((type) => `${type}/${own}`) };
  const [, type = ""] = /^([A-Z][A-Za-z]+)\/[A-Za-z0-9.-]{1,64}$/.exec(own) ?? [];
  if (targets.includes(type)) return { ok: true, value: [own] };
  return bad(`is not a reference to ${targets.join(" or ")}: write it as ${targets[0]}/id`);
}

const PREFIXES = ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb"] as const;
type Prefix = (typeof PREFIXES)[number];

const MOMENT =
  /^(?<prefix>[a-z]{2})?(?<year>\d{4})(?:-(?<month>\d\d)(?:-(?<day>\d\d)(?:T(?<time>\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?<zone>Z|[+-]\d\d:\d\d)?)?)?)?$/;

/** A moment or a day, month, year with a prefix as `ge2026-03`; without a zone it is UTC. */
export function readDate(given: string): Reading<(span: Span) => boolean> {
  const parts = MOMENT.exec(given)?.groups;
  const prefix = (parts?.["prefix"] ?? "eq") as Prefix; // Checked on the next line.
  if (!parts || !PREFIXES.includes(prefix))
    return bad(
      "is not a date: write it as 2026-03-01 or 2026-03-01T12:00:00Z, with gt, lt, ge, le, sa or eb before it",
    );
  const span = spanOf(parts);
  if (Number.isNaN(span.from) || Number.isNaN(span.to) || !isOfCalendar(parts))
    return bad("is not a day of the calendar");
  return { ok: true, value: (other) => compare(prefix, span, other) };
}

function spanOf(parts: Record<string, string | undefined>): { from: number; to: number } {
  const { year = "", month, day, time, zone = "Z" } = parts;
  if (time !== undefined) {
    const from = Date.parse(`${year}-${month}-${day}T${time}${zone}`);
    const precision = time.length <= 5 ? 60_000 : time.includes(".") ? 1 : 1000;
    return { from, to: from + precision };
  }
  const from = Date.parse(`${year}-${month ?? "01"}-${day ?? "01"}T00:00:00Z`);
  if (day !== undefined) return { from, to: from + 86_400_000 };
  const next = month === undefined ? Date.UTC(Number(year) + 1, 0) : Date.UTC(Number(year), Number(month));
  return { from, to: next };
}

/** Date.parse takes a 31 February for a day of March. */
function isOfCalendar({ year, month = "01", day = "01" }: Record<string, string | undefined>): boolean {
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
}

/** What was asked is `[from, to)`; what is found may have open ends. */
function compare(prefix: Prefix, asked: { from: number; to: number }, found: Span): boolean {
  const from = found.from ?? Number.NEGATIVE_INFINITY;
  // A moment is as long as nothing: its end is itself.
  const to = found.to ?? Number.POSITIVE_INFINITY;
  switch (prefix) {
    case "eq":
      return from >= asked.from && to < asked.to;
    case "ne":
      return !(from >= asked.from && to < asked.to);
    case "gt":
      return to >= asked.to;
    case "lt":
      return from < asked.from;
    case "ge":
      return to >= asked.from;
    case "le":
      return from < asked.to;
    case "sa":
      return from >= asked.to;
    case "eb":
      return to < asked.from;
  }
}

/** A FHIR date or moment as a span: a day lasts to its end. */
export function spanIn(from: string | undefined, to: string | undefined): Span {
  return {
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to) + (to.length <= 10 ? 86_400_000 - 1 : 0),
  };
}

/** A place and how far around it, as `near` asks. */
export interface Near {
  lat: number;
  lon: number;
  radiusM: number;
}

const METRES: Record<string, number> = {
  km: 1000,
  m: 1,
  "[mi_i]": 1609.344,
  "[mi_us]": 1609.347,
  "[ft_i]": 0.3048,
};
/** How far is looked when nothing is said, in metres. */
export const NEAR_DEFAULT_M = 20_000;
/** Furthest that is looked, in metres. */
export const NEAR_MAX_M = 500_000;

/** `latitude|longitude`, and with it `|distance` and `|unit` (UCUM; km when it is left out). Several are alternatives. */
export function readNear(given: string): Reading<Near[]> {
  const places: Near[] = [];
  for (const one of given.split(",")) {
    const [lat = "", lon = "", distance = "", unit = "", ...more] = one.split("|").map((text) => text.trim());
    if (more.length > 0 || ![lat, lon].every(isDecimal))
      return bad("is not latitude|longitude|distance|unit, as 18.52|73.85|5|km");
    if (Math.abs(Number(lat)) > 90 || Math.abs(Number(lon)) > 180)
      return bad("latitude is -90 to 90, longitude -180 to 180");
    const metres = METRES[unit === "" ? "km" : unit];
    if (metres === undefined) return bad(`its unit is none of ${Object.keys(METRES).join(", ")}`);
    if (distance !== "" && !isDecimal(distance)) return bad("its distance is not a number");
    const radiusM = distance === "" ? NEAR_DEFAULT_M : Number(distance) * metres;
    if (radiusM < 0 || radiusM > NEAR_MAX_M) return bad(`its distance is 0 to ${NEAR_MAX_M / 1000} km`);
    places.push({ lat: Number(lat), lon: Number(lon), radiusM });
  }
  return { ok: true, value: places };
}

function isDecimal(text: string): boolean {
  return /^-?\d{1,6}(\.\d{1,12})?$/.test(text);
}
