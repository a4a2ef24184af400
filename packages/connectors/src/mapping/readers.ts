import type { ExternalId } from "@ihims/core/facilities/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import { instantOf, type Instant } from "@ihims/core/time.ts";
import { readDegrees } from "../csv/positions.ts";
import type { Cell } from "./cell.ts";
import { nameOf, readCell, readText, asText, type CellContext } from "./cells.ts";
import type { Scope } from "./fields.ts";
import type { FacilityReference, MappingOptions } from "./line.ts";
import { orderOfStyle, readMoment, type DateOrder, type MomentStyle } from "./moments.ts";
import { ABSENT, refused, valueOf, type Reading } from "./reading.ts";
import type { FacilitySpec, MomentSpec } from "./schema.ts";
import { flagOf } from "./words.ts";

/** What reading one part of a mapping needs to know. */
export interface PartContext extends CellContext {
  /** With the time zone that the mapping means. */
  options: MappingOptions;
  /** The order that the dates of a spec turned out to have, where the mapping says to infer it. */
  inferred: ReadonlyMap<MomentSpec, DateOrder | null>;
}

const NAME_MAX_CHARS = 300;

/** Whether a cell says yes or no. */
export function readFlag(cell: Cell, scope: Scope, ctx: PartContext): Reading<boolean> {
  const read = readCell(cell, scope, ctx);
  if (read.kind !== "value") return read;
  if (typeof read.value === "boolean") return valueOf(read.value);
  const text = asText(read.value);
  const flag = text === undefined ? undefined : flagOf(text);
  return flag === undefined
    ? refused(
        nameOf(cell),
        read.value,
        "unknown-word",
        "says neither yes nor no: a list can say what is meant",
      )
    : valueOf(flag);
}

const STATES: readonly (readonly [RegExp, "open" | "diverting" | "closed"])[] = [
  [/^(open|normal|green|accepting|no diversion)$/iu, "open"],
  [/^(divert\w*|diversion|on diversion|bypass|yellow|red)$/iu, "diverting"],
  [/^(closed|black|shut)$/iu, "closed"],
];

export function readState(
  cell: Cell,
  scope: Scope,
  ctx: PartContext,
): Reading<"open" | "diverting" | "closed"> {
  const text = readText(cell, scope, ctx);
  if (text.kind !== "value") return text;
  const state = STATES.find(([pattern]) => pattern.test(text.value))?.[1];
  return state === undefined
    ? refused(
        nameOf(cell),
        text.value,
        "unknown-word",
        "is not open, diverting or closed: a list can say what is meant",
      )
    : valueOf(state);
}

/** The ids of a record that have a value, each with its system; absent when none has. */
export function readIds(
  ids: readonly { system: string; value: Cell }[],
  scope: Scope,
  ctx: CellContext,
): Reading<ExternalId[]> {
  const found: ExternalId[] = [];
  for (const { system, value } of ids) {
    const read = readText(value, scope, ctx);
    if (read.kind === "refused") return read;
    if (read.kind === "value") found.push({ system, value: read.value.slice(0, 200) });
  }
  return found.length > 0 ? valueOf(found) : ABSENT;
}

/** What a spec declares of its dates. */
export function styleOf(spec: MomentSpec, ctx: PartContext): MomentStyle {
  const { style, dateOnlyAt = "00:00" } = spec;
  const [hours = 0, minutes = 0] = dateOnlyAt.split(":").map(Number);
  const isNumber = style === "epoch-seconds" || style === "epoch-milliseconds" || style === "excel";
  return {
    order: style === "infer" ? (ctx.inferred.get(spec) ?? null) : orderOfStyle(style),
    number: isNumber ? style : null,
    timeZone: spec.timeZone ?? ctx.options.timeZone,
    dateOnlyAtMinutes: hours * 60 + minutes,
    year: spec.year ?? null,
    monthOnly: spec.monthOnly ?? null,
    fetchedAt: ctx.options.fetchedAt,
  };
}

/** A moment, and whether the source said only the day. */
export interface SaidMoment {
  moment: Instant;
  isDayOnly: boolean;
}

/** Read the moment that a spec names; absent when its date is. */
export function readSaidMoment(spec: MomentSpec, scope: Scope, ctx: PartContext): Reading<SaidMoment> {
  const date = readCell(spec.date, scope, ctx);
  if (date.kind !== "value") return date;
  const time = spec.time === undefined ? ABSENT : readCell(spec.time, scope, ctx);
  if (time.kind === "refused") return time;
  const raw = typeof date.value === "object" ? asText(date.value) : date.value;
  const read = readMoment(raw, time.kind === "value" ? time.value : undefined, styleOf(spec, ctx));
  return read.kind === "refused"
    ? refused(nameOf(spec.date), date.value, read.code, read.reason)
    : valueOf({ moment: read.moment, isDayOnly: read.isDayOnly });
}

/** As `readSaidMoment`, for moments of which only the moment matters. */
export function readMomentCell(spec: MomentSpec, scope: Scope, ctx: PartContext): Reading<Instant> {
  const read = readSaidMoment(spec, scope, ctx);
  return read.kind === "value" ? valueOf(instantOf(Date.parse(read.value.moment))) : read;
}

/** Which facility a record is about, as the source names it. */
export function readFacility(
  spec: FacilitySpec | undefined,
  scope: Scope,
  ctx: PartContext,
): Extract<Reading<FacilityReference>, { kind: "value" | "refused" }> {
  if (!spec) return { kind: "value", value: { kind: "own" } };
  if (spec.fixed !== undefined) return { kind: "value", value: { kind: "fixed", id: spec.fixed } };
  const ids = readIds(spec.ids ?? [], scope, ctx);
  if (ids.kind === "refused") return ids;
  const texts: { name: string | null; locality: string | null; address: string | null } = {
    name: null,
    locality: null,
    address: null,
  };
  for (const field of ["name", "locality", "address"] as const) {
    const cell = spec[field];
    const read = cell === undefined ? ABSENT : readText(cell, scope, ctx);
    if (read.kind === "refused") return read;
    if (read.kind === "value")
      texts[field] = read.value.replace(/\s+/gu, " ").slice(0, field === "address" ? 500 : NAME_MAX_CHARS);
  }
  const known = ids.kind === "value" ? ids.value : [];
  if (known.length === 0 && texts.name === null) {
    const cell = spec.name ?? spec.ids?.[0]?.value;
    return {
      kind: "refused",
      fault: {
        field: cell === undefined ? null : nameOf(cell),
        text: null,
        code: "no-facility",
        reason: "names no facility",
      },
    };
  }
  return {
    kind: "value",
    value: { kind: "named", ids: known, ...texts, position: readPosition(spec.position, scope, ctx) },
  };
}

/** A position that cannot be read is none: figures are not refused for where a facility lies. */
function readPosition(spec: FacilitySpec["position"], scope: Scope, ctx: PartContext): Position | null {
  if (!spec) return null;
  const text = (cell: Cell): string => {
    const read = readText(cell, scope, ctx);
    return read.kind === "value" ? read.value : "";
  };
  let [lat, lon] = [Number.NaN, Number.NaN];
  if ("lat" in spec) [lat, lon] = [readDegrees(text(spec.lat)), readDegrees(text(spec.lon))];
  else {
    const [first = "", second = ""] = text(spec.text)
      .replace(/[()[\]]/gu, "")
      .split(/\s*[,;]\s*|\s+/u);
    const pair = [readDegrees(first), readDegrees(second)] as const;
    [lat, lon] = spec.order === "lat-lon" ? pair : [pair[1], pair[0]];
  }
  const isOnEarth = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat !== 0 || lon !== 0);
  return isOnEarth ? { lat, lon } : null;
}
