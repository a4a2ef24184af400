import { offsetMs } from "@ihims/core/calendar.ts";
import { DAY_MS, HOUR_MS, instantOf, millisOf, MINUTE_MS, type Instant } from "@ihims/core/time.ts";
import { clockOfDay, readClockText, readDateText, type ClockTime, type DateText } from "./date-text.ts";
import type { RefusalCode } from "./line.ts";
import type { DateStyle } from "./schema.ts";

/** Order of day and month in a date of figures. */
export type DateOrder = "day-first" | "month-first" | "year-first";

/** What a mapping declares of the dates of a column. */
export interface MomentStyle {
  /** The order, once it is known; null: only what can be read in one way is read. */
  order: DateOrder | null;
  /** What a bare number counts; null: milliseconds of thirteen digits and seconds of ten are known by their length. */
  number: "epoch-seconds" | "epoch-milliseconds" | "excel" | null;
  timeZone: string;
  /** Minutes after midnight that a date alone means. */
  dateOnlyAtMinutes: number;
  /** Which year a date without one is in: a number, or the latest before the fetch. Null: it is refused. */
  year: number | "latest" | null;
  /** Which day a month without one means. Null: it is refused. */
  monthOnly: "first-day" | "last-day" | null;
  fetchedAt: Instant;
}

export type MomentReading =
  | { kind: "moment"; moment: Instant; isDayOnly: boolean }
  | { kind: "refused"; code: RefusalCode; reason: string };

const no = (code: RefusalCode, reason: string): MomentReading => ({ kind: "refused", code, reason });

/** A date further ahead than this is not looked for when the year is not said. */
const LATEST_AHEAD_MS = DAY_MS;

/**
 * Read a moment from the text or number of a date, and from the text of a time where it stands apart.
 *
 * A clock on the wall is read in the style's time zone unless the text has an offset of its own.
 * Where the clock is set forward over it the moment is the one that it would have been; where it is
 * set back the earlier of the two.
 */
export function readMoment(date: unknown, time: unknown, style: MomentStyle): MomentReading {
  const found = dateOf(date, style);
  if (!found.ok) return no("unreadable-date", found.reason);
  const clock = timeOf(time);
  if (!clock.ok) return no("unreadable-date", `the time of day ${clock.reason}`);
  const { epochMs, agoMs } = found.date;
  if (epochMs !== undefined) return momentAt(epochMs, false);
  if (agoMs !== undefined) return momentAt(millisOf(style.fetchedAt) - agoMs, false);
  return momentOf({ ...found.date, ...clock.value }, style);
}

function momentAt(ms: number, isDayOnly: boolean): MomentReading {
  // From 1900 to 2200: outside it something else than a date was read.
  if (!(ms > -2_208_988_800_000 && ms < 7_258_118_400_000))
    return no("unreadable-date", "is no moment between 1900 and 2200");
  return { kind: "moment", moment: instantOf(ms), isDayOnly };
}

type Found = { ok: true; date: DateText } | { ok: false; reason: string };

function dateOf(raw: unknown, style: MomentStyle): Found {
  if (typeof raw === "number" || (typeof raw === "string" && isBareNumber(raw, style)))
    return numberDate(Number(raw), style);
  if (typeof raw !== "string") return { ok: false, reason: "is no date" };
  return readDateText(raw);
}

function isBareNumber(text: string, { number }: MomentStyle): boolean {
  return number === null
    ? /^\s*(\d{10}|\d{13})(\.\d+)?\s*$/u.test(text)
    : /^\s*-?\d{1,16}(\.\d+)?\s*$/u.test(text);
}

function numberDate(number: number, style: MomentStyle): Found {
  if (style.number === "excel") return excelDate(number);
  const digits = String(Math.trunc(Math.abs(number))).length;
  const isMs = style.number === "epoch-milliseconds" || (style.number === null && digits === 13);
  const isS = style.number === "epoch-seconds" || (style.number === null && digits === 10);
  if (isMs) return { ok: true, date: { epochMs: number } };
  if (isS) return { ok: true, date: { epochMs: number * 1000 } };
  // Eight digits can be a day written without anything between.
  const asText = readDateText(String(number));
  return asText.ok && asText.date.year !== undefined
    ? asText
    : { ok: false, reason: "is a bare number: say in the style what it counts" };
}

/** Days since 30 December 1899, as spreadsheets count; the fraction is the time of day. */
function excelDate(serial: number): Found {
  // Before March 1900 spreadsheets count a day that never was.
  if (!(serial >= 61 && serial < 200_000)) return { ok: false, reason: "is no date of a spreadsheet" };
  const day = new Date(Date.UTC(1899, 11, 30) + Math.floor(serial) * DAY_MS);
  const fraction = serial - Math.floor(serial);
  return {
    ok: true,
    date: {
      year: day.getUTCFullYear(),
      month: day.getUTCMonth() + 1,
      day: day.getUTCDate(),
      ...(fraction > 0 && { time: clockOfDay(fraction) }),
    },
  };
}

type Clock =
  | { ok: true; value: { time?: ClockTime; offsetMinutes?: number } }
  | { ok: false; reason: string };

function timeOf(raw: unknown): Clock {
  if (raw === undefined || raw === null || raw === "") return { ok: true, value: {} };
  if (typeof raw === "number" && raw >= 0 && raw < 1) return { ok: true, value: { time: clockOfDay(raw) } };
  // Spreadsheets hand out a time as a moment of their first day.
  const text = String(raw).replace(/^(1899-12-3[01]|1900-01-0[01])[T ]/u, "");
  const read = readClockText(text);
  if (!read.ok) return { ok: false, reason: `"${text.slice(0, 40)}" ${read.reason}` };
  const { time, offsetMinutes } = read;
  return { ok: true, value: { time, ...(offsetMinutes !== undefined && { offsetMinutes }) } };
}

function momentOf(date: DateText, style: MomentStyle): MomentReading {
  const resolved = resolve(date, style);
  if ("kind" in resolved) return resolved;
  const { month, day } = resolved;
  const at = (year: number): MomentReading => {
    const midnight = Date.UTC(year, month - 1, day);
    const check = new Date(midnight);
    if (check.getUTCMonth() !== month - 1 || check.getUTCDate() !== day)
      return no("unreadable-date", `is no day of the calendar: ${year}-${month}-${day}`);
    const { time, offsetMinutes } = date;
    const clockMs = time
      ? time.hour * HOUR_MS + time.minute * MINUTE_MS + time.second * 1000
      : style.dateOnlyAtMinutes * MINUTE_MS;
    const wall = midnight + clockMs;
    const ms = offsetMinutes === undefined ? inZone(wall, style.timeZone) : wall - offsetMinutes * MINUTE_MS;
    return momentAt(ms, time === undefined);
  };
  if (resolved.year !== undefined) return at(resolved.year);
  if (typeof style.year === "number") return at(style.year);
  if (style.year === null) return no("unreadable-date", "does not say the year");
  const fetched = millisOf(style.fetchedAt);
  const thisYear = new Date(fetched).getUTCFullYear();
  // The latest that is not ahead of us; from a leap day's year back at most eight.
  for (let year = thisYear + 1; year > thisYear - 9; year--) {
    const moment = at(year);
    if (moment.kind === "moment" && millisOf(moment.moment) <= fetched + LATEST_AHEAD_MS) return moment;
  }
  return at(thisYear);
}

interface Resolved {
  year?: number;
  month: number;
  day: number;
}

/** Settle what the text leaves open by what the mapping declares. */
function resolve(date: DateText, style: MomentStyle): Resolved | MomentReading {
  const { year, month, day, unordered, dayOrYear } = date;
  if (unordered) return resolveOrder(unordered, year, style.order);
  if (month === undefined) return no("unreadable-date", "holds no date");
  if (month < 1 || month > 12) return no("unreadable-date", `has no month in it: ${month}`);
  if (dayOrYear !== undefined) {
    if (style.year !== null && style.monthOnly === null) return { month, day: dayOrYear };
    if (style.monthOnly !== null && style.year === null)
      return withoutDay(dayOrYear < 70 ? 2000 + dayOrYear : 1900 + dayOrYear, month, style);
    return no("ambiguous-date", `does not say whether ${dayOrYear} is a day or a year`);
  }
  if (day !== undefined) return { ...(year !== undefined && { year }), month, day };
  if (year !== undefined && style.monthOnly !== null) return withoutDay(year, month, style);
  return no("unreadable-date", "says the month, but not the day");
}

function withoutDay(year: number, month: number, { monthOnly }: MomentStyle): Resolved {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { year, month, day: monthOnly === "last-day" ? last : 1 };
}

function resolveOrder(
  { a, b }: { a: number; b: number },
  year: number | undefined,
  order: DateOrder | null,
): Resolved | MomentReading {
  const of = (month: number, day: number): Resolved | MomentReading =>
    month < 1 || month > 12 || day < 1 || day > 31
      ? no("unreadable-date", `is no date${order ? ` ${order}` : ""}: there is no month ${month}`)
      : { ...(year !== undefined && { year }), month, day };
  if (order === "day-first") return of(b, a);
  if (order === "month-first") return of(a, b);
  if (order === "year-first" && year !== undefined) {
    const short = year % 100;
    return { year: a < 70 ? 2000 + a : 1900 + a, month: b, day: short };
  }
  const found = orderOf({ a, b });
  if (found === "day-first" || a === b) return of(b, a);
  if (found === "month-first") return of(a, b);
  return no("ambiguous-date", `can be day ${a} of month ${b} or day ${b} of month ${a}: declare the style`);
}

/** The order that two figures can only have; undefined when they can have both, or none. */
export function orderOf({ a, b }: { a: number; b: number }): DateOrder | undefined {
  const [isDayFirst, isMonthFirst] = [
    a >= 1 && a <= 31 && b >= 1 && b <= 12,
    b >= 1 && b <= 31 && a >= 1 && a <= 12,
  ];
  if (isDayFirst && !isMonthFirst) return "day-first";
  return isMonthFirst && !isDayFirst ? "month-first" : undefined;
}

/** The order that the text of one date tells by itself; undefined when it tells none. */
export function orderInText(raw: unknown): DateOrder | undefined {
  if (typeof raw !== "string") return undefined;
  const read = readDateText(raw);
  return read.ok && read.date.unordered ? orderOf(read.date.unordered) : undefined;
}

/** The order that a declared style says; null when it says none. */
export function orderOfStyle(style: DateStyle | undefined): DateOrder | null {
  return style === "day-first" || style === "month-first" || style === "year-first" ? style : null;
}

/** The moment at which a zone's wall clock shows this time (milliseconds as if it were UTC). */
function inZone(wall: number, timeZone: string): number {
  const candidates = [wall - offsetMs(timeZone, wall - DAY_MS), wall - offsetMs(timeZone, wall + DAY_MS)];
  const shown = candidates.filter((moment) => moment + offsetMs(timeZone, moment) === wall);
  return shown.length > 0 ? Math.min(...shown) : Math.max(...candidates);
}
