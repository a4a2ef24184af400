import opening_hours from "opening_hours";
import type { Position } from "@ihims/core/geo.ts";
import { Hours, type OpeningException, type OpeningSpan } from "@ihims/core/facilities/schema.ts";
import type { ReadingOptions } from "./row.ts";

/** More exceptions than this are a season, which a week with exceptions cannot say. */
const EXCEPTIONS_MAX = 100;
const YEARS = 2;

/** OpenStreetMap allows 255; the library's parser takes minutes for a text of a thousand times that. */
const TEXT_MAX_CHARS = 400;
/** Countries of which opening_hours 3.15.0 knows the public holidays. It complains on the console about others. */
const HOLIDAY_COUNTRIES = new Set(
  (
    "AR AT AU BE BG BR BY CA CH CI CN CZ DE DK EE ES FI FR GE GG GI GR HR HU IE IM IT JE JP LT LU LV MC MD MT MX " +
    "NA NF NL NO NZ PL PM PT RO RS RU SE SI SJ SK SM UA US VN ZA"
  ).split(" "),
);
/** School holidays differ by district, and the library takes a sun that rises at six. */
const NOT_READ = /\bSH\b|sunrise|sunset|dawn|dusk/u;

interface Span {
  start: Date;
  from: string;
  to: string;
}

/**
 * Read the opening hours of OpenStreetMap's `opening_hours` tag.
 *
 * Holidays become exceptions by their dates, for this year and the next, where the library knows
 * the country's. Hours that are not the same every week, that depend on the sun, on an appointment
 * or on a holiday that the library does not know are null: hours that are guessed send somebody to
 * a shut door. The library works with the wall clock of the machine, so results do not depend on
 * its time zone.
 *
 * @see https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
 */
export function readOpeningHours(text: string, position: Position, options: ReadingOptions): Hours | null {
  if (text.length > TEXT_MAX_CHARS || NOT_READ.test(text)) return null;
  if (/\bPH\b/u.test(text) && !HOLIDAY_COUNTRIES.has(options.countryCode)) return null;
  try {
    const place = {
      ...position,
      address: { country_code: options.countryCode.toLowerCase(), state: "" },
    };
    return hoursOf(new opening_hours(text, place), options.year);
  } catch {
    // It throws on what it cannot parse and on holidays that it does not know: neither is ours to mend.
    return null;
  }
}

function hoursOf(parsed: opening_hours, year: number): Hours | null {
  const days = daysOf(year, parsed.isWeekStable() ? 7 : YEARS * 366);
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return null;
  const open = parsed.getOpenIntervals(dayAfter(first, -1), dayAfter(last, 2));
  if (open.length === 0 || open.some(([, , isUnknown]) => isUnknown)) return null;
  const [only] = open;
  if (open.length === 1 && only && only[0] < first && only[1] > last) return { kind: "always" };

  const spansOfDay = groupByDay(open.flatMap(([from, to]) => spansBetween(from, to)));
  const week = weekOf(days, spansOfDay);
  const exceptions = days
    .filter((day) => written(spansOfDay.get(keyOf(day))) !== written(week.get(weekdayOf(day))))
    .map((day): OpeningException => ({
      date: keyOf(day),
      spans: (spansOfDay.get(keyOf(day)) ?? []).map(plain),
    }));
  if (exceptions.length > EXCEPTIONS_MAX) return null;
  const spans = [...week].flatMap(([day, of]) => of.map((span): OpeningSpan => ({ day, ...plain(span) })));
  const hours = Hours.safeParse({ kind: "weekly", spans: spans.sort(inOrder), exceptions });
  return hours.success && spans.length > 0 ? hours.data : null;
}

/** The days of the calendar from the first Monday of a year. */
function daysOf(year: number, count: number): Date[] {
  const newYear = new Date(year, 0, 1);
  const monday = dayAfter(newYear, (8 - weekdayOf(newYear)) % 7);
  const from = count === 7 ? monday : newYear;
  return Array.from({ length: count }, (_, at) => dayAfter(from, at));
}

/** One opening as spans that each begin on a day; one over a whole day is cut at midnight. */
function spansBetween(from: Date, to: Date): Span[] {
  const nextMidnight = dayAfter(from, 1);
  const isWithinADay = to <= nextMidnight || to.getTime() - from.getTime() < 86_400_000;
  if (isWithinADay) {
    const end = clockOf(to);
    return [{ start: from, from: clockOf(from), to: end === "00:00" ? "24:00" : end }];
  }
  return [{ start: from, from: clockOf(from), to: "24:00" }, ...spansBetween(nextMidnight, to)];
}

function groupByDay(spans: readonly Span[]): Map<string, Span[]> {
  return Map.groupBy(spans, ({ start }) => keyOf(start));
}

/** For each weekday the spans that it has most often. */
function weekOf(days: readonly Date[], spansOfDay: Map<string, Span[]>): Map<number, Span[]> {
  const week = new Map<number, Span[]>();
  for (const [weekday, same] of Map.groupBy(days, weekdayOf)) {
    const patterns = Map.groupBy(
      same.map((day) => spansOfDay.get(keyOf(day)) ?? []),
      written,
    );
    const [usual = []] = [...patterns.values()].sort((a, b) => b.length - a.length)[0] ?? [];
    week.set(weekday, usual);
  }
  return week;
}

function written(spans: readonly Span[] = []): string {
  return spans.map(({ from, to }) => `${from}-${to}`).join();
}

function plain({ from, to }: Span): { from: string; to: string } {
  return { from, to };
}

function inOrder(a: OpeningSpan, b: OpeningSpan): number {
  return a.day - b.day || (a.from < b.from ? -1 : 1);
}

function weekdayOf(day: Date): number {
  return ((day.getDay() + 6) % 7) + 1;
}

/** Midnight so many days after the day of a moment, by the wall clock. */
function dayAfter(moment: Date, days: number): Date {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + days);
}

function keyOf(moment: Date): string {
  return [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()].map(twoDigits).join("-");
}

function clockOf(moment: Date): string {
  return [moment.getHours(), moment.getMinutes()].map(twoDigits).join(":");
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
