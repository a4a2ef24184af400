import { DAY_PART_WORDS, hourOf24, monthOf } from "./date-words.ts";
import { plainDigits } from "./digits.ts";

/** A time of day as a clock on the wall shows it. */
export interface ClockTime {
  hour: number;
  minute: number;
  second: number;
}

/** Two figures of a date whose order the text does not tell: 5/4 is in April or in May. */
export interface Unordered {
  a: number;
  b: number;
}

/** What a text says of a moment; what it leaves out is absent. */
export interface DateText {
  year?: number;
  month?: number;
  day?: number;
  /** In place of month and day. */
  unordered?: Unordered;
  /** The text has a month's name and one figure of two digits: a day, or a year. */
  dayOrYear?: number;
  time?: ClockTime;
  /** Minutes that its clock is ahead of UTC, where the text says so. */
  offsetMinutes?: number;
  /** In place of all others: milliseconds since 1970 (UTC). */
  epochMs?: number;
  /** In place of all others: so long before the file was fetched, in milliseconds. */
  agoMs?: number;
}

export type DateTextReading = { ok: true; date: DateText } | { ok: false; reason: string };

/** Longest text that is looked through for a date. */
const DATE_MAX_CHARS = 300;

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/iu;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?)?(Z)?$/u;
const ASP_NET = /^\/?Date\((-?\d{8,14})(?:[+-]\d{4})?\)\/?$/u;
const AGO = /^(?:\D*?\b)?(\d{1,4}|an?)\s*(sec|second|min|minute|hr|hour|day)s?\.?\s+ago\b\D*$/iu;
const AGO_MS: Record<string, number> = {
  sec: 1000,
  second: 1000,
  min: 60_000,
  minute: 60_000,
  hr: 3_600_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/**
 * Find what a text says of a moment: `2026-03-01T11:50+05:30`, `2 May 2021, 500PM`, `Updated On:
 * 2:26 PM 30th Apr,21`, `30-04-2021 18:25`, `३० एप्रिल २०२१ दुपारी ३:३०`, `12 minutes ago`. Words
 * around it are passed over; figures that are no part of it are not: they refuse the text.
 */
export function readDateText(raw: string): DateTextReading {
  if (raw.length > DATE_MAX_CHARS) return { ok: false, reason: "is too long to be a date" };
  const text = plainDigits(raw).replace(/\s+/gu, " ").trim();
  const whole = wholeDate(text);
  if (whole) return { ok: true, date: whole };
  const zoned = takeOffset(text);
  const timed = takeTime(zoned.rest);
  if (timed.problem !== undefined) return { ok: false, reason: timed.problem };
  const found = calendarPart(timed.rest);
  if (!found.ok) return found;
  return {
    ok: true,
    date: {
      ...found.date,
      ...(timed.time && { time: timed.time }),
      ...(zoned.offsetMinutes !== undefined && { offsetMinutes: zoned.offsetMinutes }),
    },
  };
}

/** Read a time of day that stands by itself: `14:05`, `2.05 pm`, `500PM`, `1430 hrs`, `0.604` of a day. */
export function readClockText(
  raw: string,
): { ok: true; time: ClockTime; offsetMinutes?: number } | { ok: false; reason: string } {
  const text = plainDigits(raw).replace(/\s+/gu, " ").trim();
  const fraction = /^0?\.\d{2,}$/u.exec(text);
  if (fraction) return { ok: true, time: clockOfDay(Number(text)) };
  const zoned = takeOffset(text);
  const timed = takeTime(zoned.rest);
  if (timed.problem !== undefined) return { ok: false, reason: timed.problem };
  if (!timed.time || /\d/u.test(timed.rest)) return { ok: false, reason: "is no time of day" };
  return {
    ok: true,
    time: timed.time,
    ...(zoned.offsetMinutes !== undefined && { offsetMinutes: zoned.offsetMinutes }),
  };
}

/** The time of day that a fraction of a day is, to the second. */
export function clockOfDay(fraction: number): ClockTime {
  const seconds = Math.round(fraction * 86_400);
  return {
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
  };
}

/** Texts that are a date from end to end. */
function wholeDate(text: string): DateText | undefined {
  const iso = ISO.exec(text);
  if (iso) {
    const [, year, month, day, hour, minute, second = "0", zone] = iso;
    return {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      ...(hour !== undefined && {
        time: { hour: Number(hour), minute: Number(minute), second: Number(second) },
      }),
      ...(zone !== undefined && { offsetMinutes: offsetOf(zone) }),
    };
  }
  const aspNet = ASP_NET.exec(text);
  if (aspNet) return { epochMs: Number(aspNet[1]) };
  const ago = AGO.exec(text);
  if (ago) {
    const count = /^an?$/iu.test(ago[1] ?? "") ? 1 : Number(ago[1]);
    return { agoMs: count * (AGO_MS[(ago[2] ?? "").toLowerCase()] ?? Number.NaN) };
  }
  const compact = COMPACT.exec(text);
  if (compact) {
    const [, year, month, day, hour, minute, second = "0", zone] = compact;
    // Ten digits and more are seconds or milliseconds unless they are a day that can be.
    if (Number(year) < 1900 || Number(year) > 2199 || Number(month) > 12 || Number(day) > 31)
      return undefined;
    return {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      ...(hour !== undefined && {
        time: { hour: Number(hour), minute: Number(minute), second: Number(second) },
      }),
      ...(zone !== undefined && { offsetMinutes: 0 }),
    };
  }
  return undefined;
}

function offsetOf(zone: string): number {
  if (/^z$/iu.test(zone)) return 0;
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d{2}):?(\d{2})?$/u.exec(zone) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  return sign === "-" ? -total : total;
}

/** `GMT+0530`, `UTC`, `+05:30` behind a time. Letters such as IST name several zones and are passed over. */
function takeOffset(text: string): { rest: string; offsetMinutes?: number } {
  const match =
    /\b(?:GMT|UTC)\s*([+-]\d{2}:?\d{2})\b/iu.exec(text) ??
    /(?<=\d\s?)([+-]\d{2}:\d{2})(?![\d/-])/u.exec(text) ??
    /(?<=\d{2}:\d{2}\s?)([+-]\d{4})\b/u.exec(text) ??
    /(?:\b(?:UTC|GMT)\b|(?<=\d)Z\b)/u.exec(text);
  if (!match) return { rest: text };
  const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
  return { rest, offsetMinutes: match[1] === undefined ? 0 : offsetOf(match[1]) };
}

const PARTS = DAY_PART_WORDS.map((word) => word.replaceAll(".", "\\.")).join("|");
const BEHIND = `(?:\\s*(${PARTS})(?![\\p{L}\\p{M}]))`;
const BEFORE = `(?:(?<![\\p{L}\\p{M}])(${PARTS})\\s*)`;
const INDIC = DAY_PART_WORDS.filter((word) => /\p{Script=Devanagari}/u.test(word)).join("|");
const BEFORE_INDIC = `(?:(?<![\\p{L}\\p{M}])(${INDIC})\\s*)`;
const HOURS = "(?:\\s*(?:hrs?|hours|uhr|बजे|वाजता)\\.?(?![\\p{L}\\p{M}]))";

/** The ways to write a time: part of the day before, hour, minute, second, part of the day behind. */
const TIMES: readonly RegExp[] = [
  new RegExp(
    `${BEFORE}?(?<!\\d)(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d{1,9})?)?(?![\\d:])${BEHIND}?${HOURS}?`,
    "iu",
  ),
  new RegExp(
    `${BEFORE}?(?<![\\d.])(\\d{1,2})\\.(\\d{2})(?![\\d.])(?:\\.(\\d{2}))?(?:${BEHIND}${HOURS}?|()${HOURS})`,
    "iu",
  ),
  new RegExp(`()(?<!\\d)(\\d{1,2})\\s?h\\s?(\\d{2})(?!\\d)()()`, "iu"),
  // "शाम 5 बजे": words of Hindi and Marathi stand before the hour. "am" does not: "10 am 30 Apr".
  new RegExp(`${BEFORE_INDIC}(?<!\\d)(\\d{1,2})()()(?!\\d)()${HOURS}?`, "iu"),
  new RegExp(`${BEFORE}?(?<!\\d)(\\d{1,2})(\\d{2})(?!\\d)()(?:${BEHIND}${HOURS}?|()${HOURS})`, "iu"),
  new RegExp(`${BEFORE}?(?<!\\d)(\\d{1,2})()()(?!\\d)(?:${BEHIND}${HOURS}?|()${HOURS})`, "iu"),
];

function takeTime(text: string): { rest: string; time?: ClockTime; problem?: string } {
  for (const pattern of TIMES) {
    const match = pattern.exec(text);
    if (!match) continue;
    const [whole, before, hour = "", minute = "", second = "", behind] = match;
    const part = before || behind || undefined;
    const hour24 = hourOf24(Number(hour), part);
    const time = { hour: hour24 ?? 99, minute: Number(minute), second: Number(second) };
    const isTime =
      hour24 !== undefined &&
      time.minute < 60 &&
      time.second < 60 &&
      (time.hour < 24 || time.minute + time.second === 0);
    const rest = `${text.slice(0, match.index)} ${text.slice(match.index + whole.length)}`;
    return isTime ? { rest, time } : { rest, problem: `has no time of day in "${whole.trim()}"` };
  }
  return { rest: text };
}

/** Year, month and day from what is left once the time has been taken out. */
function calendarPart(text: string): DateTextReading {
  const tokens = text.match(/\p{L}[\p{L}\p{M}]*|\d+|[^\s\p{L}\d]/gu) ?? [];
  const monthAt = tokens.findIndex((token) => monthOf(token) !== undefined);
  const numbers = tokens.flatMap((token, at) => (/^\d+$/u.test(token) ? [{ at, token }] : []));
  if (monthAt === -1) return figuresOnly(text, numbers.length);
  const month = monthOf(tokens[monthAt] ?? "");
  if (month === undefined || tokens.some((token, at) => at !== monthAt && monthOf(token) !== undefined))
    return { ok: false, reason: "names two months" };
  const [first, second, third] = numbers;
  if (!first) return { ok: false, reason: "names a month, but neither day nor year" };
  if (third) return { ok: false, reason: "holds more figures than one date and time" };
  if (!second) {
    if (first.token.length === 4) return { ok: true, date: { month, year: Number(first.token) } };
    return first.token.length > 2
      ? { ok: false, reason: "holds a figure that is neither day nor year" }
      : { ok: true, date: { month, dayOrYear: Number(first.token) } };
  }
  const isYearFirst = first.token.length === 4;
  const [day, year] = isYearFirst ? [second, first] : [first, second];
  if (day.token.length > 2 || (year.token.length !== 4 && year.token.length !== 2))
    return { ok: false, reason: "holds a figure that is neither day nor year" };
  return { ok: true, date: { year: fullYear(year.token), month, day: Number(day.token) } };
}

function figuresOnly(text: string, count: number): DateTextReading {
  const match = /(?<!\d)(\d{1,4})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)/u.exec(text);
  if (match) {
    if (count > 3) return { ok: false, reason: "holds more figures than one date and time" };
    const [, a = "", , b = "", c = ""] = match;
    if (a.length === 4) return { ok: true, date: { year: Number(a), month: Number(b), day: Number(c) } };
    if (a.length <= 2 && (c.length === 4 || c.length === 2))
      return { ok: true, date: { year: fullYear(c), unordered: { a: Number(a), b: Number(b) } } };
    return { ok: false, reason: "is no date of the calendar" };
  }
  const short = /(?<!\d)(\d{1,2})[/-](\d{1,2})(?!\d)/u.exec(text);
  if (short && count === 2)
    return { ok: true, date: { unordered: { a: Number(short[1]), b: Number(short[2]) } } };
  return { ok: false, reason: count === 0 ? "holds no date" : "holds figures, but no date" };
}

/** `21` is 2021, `85` 1985: the hundred years to 2069. */
function fullYear(digits: string): number {
  const year = Number(digits);
  return digits.length === 4 ? year : year < 70 ? 2000 + year : 1900 + year;
}
