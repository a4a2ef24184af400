import type { Language } from "@ihims/core/languages.ts";
import { DAY_MS, elapsedMs, HOUR_MS, MINUTE_MS, millisOf, Instant } from "@ihims/core/time.ts";

/**
 * The locale by which each language is written, with its numbering system named: left to itself
 * `mr-IN` writes १२ and `hi-IN` writes 12, and a page must not mix the two. Hindi is read with
 * western numerals, Marathi with Devanagari ones (decision 008).
 */
export const LOCALES: Record<Language, string> = {
  en: "en-IN-u-nu-latn",
  hi: "hi-IN-u-nu-latn",
  mr: "mr-IN-u-nu-deva",
};

/** `short` for beside a number, `long` for a sentence and for being read aloud. */
export type TextStyle = "short" | "long";

/** A whole or broken number in the reader's numerals, grouped as India groups: 1,20,000. */
export function numberText(language: Language, value: number, digitsMax = 0): string {
  return numberFormat(language, { maximumFractionDigits: digitsMax }).format(value);
}

/** A price from minor units of its currency: ₹12.50, ₹1,250; paise are left out where there are none. */
export function moneyText(
  language: Language,
  { minor, currency }: { minor: number; currency: string },
): string {
  const digits = Math.round(minor) % 100 === 0 ? 0 : 2;
  const options = {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as const;
  return numberFormat(language, options).format(minor / 100);
}

/**
 * How long ago something was, in words, rounded down: a figure never looks younger than it is.
 *
 * @returns null under a minute and for what is ahead of `now` (clocks drift): "just now", which is
 *   a word of the catalogue
 */
export function ageText(
  language: Language,
  from: Instant,
  now: Instant,
  style: TextStyle = "short",
): string | null {
  const ms = elapsedMs(from, now);
  if (ms < MINUTE_MS) return null;
  if (ms < HOUR_MS) return unitText(language, Math.floor(ms / MINUTE_MS), "minute", style);
  if (ms < DAY_MS) return unitText(language, Math.floor(ms / HOUR_MS), "hour", style);
  return unitText(language, Math.floor(ms / DAY_MS), "day", style);
}

/**
 * How long ago something was, as a part of a sentence: "3 minutes ago". Rounded down.
 *
 * @returns null under a minute and for what is ahead of `now`, as `ageText`
 */
export function agoText(language: Language, from: Instant, now: Instant): string | null {
  const ms = elapsedMs(from, now);
  if (ms < MINUTE_MS) return null;
  const relative = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: "always" });
  if (ms < HOUR_MS) return relative.format(-Math.floor(ms / MINUTE_MS), "minute");
  if (ms < DAY_MS) return relative.format(-Math.floor(ms / HOUR_MS), "hour");
  return relative.format(-Math.floor(ms / DAY_MS), "day");
}

/** How long something takes or lasts, to the nearest minute; at least one. */
export function minutesText(language: Language, seconds: number, style: TextStyle = "short"): string {
  return unitText(language, Math.max(1, Math.round(seconds / 60)), "minute", style);
}

/** From this many seconds on how long something takes is told in hours. */
const HOURS_FROM_S = 90 * 60;

/** How long something takes: minutes, and from an hour and a half on hours, rounded up to a half: 35 min, 2.5 h. */
export function durationText(language: Language, seconds: number, style: TextStyle = "short"): string {
  if (seconds < HOURS_FROM_S) return minutesText(language, seconds, style);
  return unitText(language, Math.ceil(seconds / 1800) / 2, "hour", style, 1);
}

/** The hour of the wall clock, as 14:05, in the city's time zone. */
export function timeText(language: Language, moment: Instant, timeZone: string): string {
  return dateFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(
    millisOf(moment),
  );
}

/** नव॰ is read by few, so the month is written out where its short form has such a mark. */
const MONTH_WIDTH: Record<Language, "short" | "long"> = { en: "short", hi: "long", mr: "long" };

/** The day, as 22 Nov 2026, in the city's time zone. */
export function dateText(language: Language, moment: Instant, timeZone: string): string {
  return dateFormat(language, {
    day: "numeric",
    month: MONTH_WIDTH[language],
    year: "numeric",
    timeZone,
  }).format(millisOf(moment));
}

/** A day of the calendar as it is kept (`2026-11-22`), as 22 Nov 2026. */
export function dayText(language: Language, day: string): string {
  return dateText(language, Instant.parse(`${day}T12:00:00Z`), "UTC");
}

/** A moment as shortly as it stays unmistakable: 14:05 on the same day, otherwise 21 Nov, 14:05. */
export function momentText(language: Language, moment: Instant, now: Instant, timeZone: string): string {
  const time = timeText(language, moment, timeZone);
  const day = dateText(language, moment, timeZone);
  if (day === dateText(language, now, timeZone)) return time;
  const isThisYear = yearOf(moment, timeZone) === yearOf(now, timeZone);
  const date = isThisYear
    ? dateFormat(language, { day: "numeric", month: MONTH_WIDTH[language], timeZone }).format(
        millisOf(moment),
      )
    : day;
  return `${date}, ${time}`;
}

/** The name of a day of the week, 1 Monday to 7 Sunday. */
export function weekdayText(language: Language, day: number, style: TextStyle = "long"): string {
  // 1 January 2024 was a Monday.
  return dateFormat(language, { weekday: style, timeZone: "UTC" }).format(Date.UTC(2024, 0, day));
}

/** A time of day as hours are kept (`09:00`), in the reader's numerals. */
export function clockText(language: Language, clock: string): string {
  const digits = numberFormat(language, { minimumIntegerDigits: 2 });
  return clock
    .split(":")
    .map((part) => digits.format(Number(part)))
    .join(":");
}

/** A distance in metres, as exact as a walk needs it: 350 m, 2.1 km, 12 km. */
export function distanceText(language: Language, metres: number, style: TextStyle = "short"): string {
  const rounded = Math.max(50, Math.round(metres / 50) * 50);
  if (rounded < 1000) return unitText(language, rounded, "meter", style);
  const digits = metres < 9950 ? 1 : 0;
  return unitText(language, metres / 1000, "kilometer", style, digits);
}

type Unit = "minute" | "hour" | "day" | "meter" | "kilometer";

/**
 * The width in which a unit is written beside a number. Hindi and Marathi shorten with a mark
 * (मि॰) that few read at a glance, so the whole word stands there; English "9 hr" becomes "9 h".
 */
const SHORT_WIDTH: Record<Unit, Record<Language, "short" | "long" | "narrow">> = {
  minute: { en: "short", hi: "long", mr: "long" },
  hour: { en: "narrow", hi: "long", mr: "long" },
  day: { en: "long", hi: "long", mr: "long" },
  meter: { en: "short", hi: "long", mr: "long" },
  kilometer: { en: "short", hi: "short", mr: "short" },
};

function unitText(language: Language, value: number, unit: Unit, style: TextStyle, digits = 0): string {
  const unitDisplay = style === "long" ? "long" : SHORT_WIDTH[unit][language];
  const options = { style: "unit", unit, unitDisplay, maximumFractionDigits: digits } as const;
  const parts = (
    unitDisplay === "short" ? shortUnitFormat(language, options) : numberFormat(language, options)
  ).formatToParts(value);
  const number = parts
    .filter((part) => part.type !== "unit" && part.type !== "literal")
    .map((part) => part.value)
    .join("");
  const name = parts
    .filter((part) => part.type === "unit")
    .map((part) => part.value.trim())
    .join("");
  // One no-break space whatever the width: a number and its unit never part at the end of a line.
  return `${number}\u00A0${name}`;
}

/** `en-IN` shortens minutes to "3 mins", where "3 min" says the same. */
function shortUnitFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return language === "en" ? new Intl.NumberFormat("en-US", options) : numberFormat(language, options);
}

function yearOf(moment: Instant, timeZone: string): string {
  return dateFormat("en", { year: "numeric", timeZone }).format(millisOf(moment));
}

const numberFormats = new Map<string, Intl.NumberFormat>();
function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let known = numberFormats.get(key);
  if (!known) numberFormats.set(key, (known = new Intl.NumberFormat(LOCALES[language], options)));
  return known;
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();
function dateFormat(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let known = dateFormats.get(key);
  if (!known) dateFormats.set(key, (known = new Intl.DateTimeFormat(LOCALES[language], options)));
  return known;
}
