import { DAY_MS, millisOf, MINUTE_MS, type Day, type Instant } from "./time.ts";

/** How far ahead the next change of a week's plan is looked for. */
const LOOK_AHEAD_DAYS = 8;

/** From one time of day to another, as 09:00 and 24:00; past midnight when `to` is not after `from`. */
export interface DaySpan {
  from: string;
  to: string;
}

/** A span of time as milliseconds since 1970 (UTC); `to` is not in it. */
export interface Moments {
  from: number;
  to: number;
}

/**
 * The spans of a plan from yesterday to eight days ahead as moments, in the order of their starts.
 *
 * @param ofDay the spans that begin on a day of the calendar; `weekday` is 1 Monday to 7 Sunday
 * @param timeZone IANA name of the city's zone
 */
export function spansAround<Span extends DaySpan>(
  ofDay: (date: Day, weekday: number) => readonly Span[],
  now: Instant,
  timeZone: string,
): (Moments & { span: Span })[] {
  const spans: (Moments & { span: Span })[] = [];
  for (let day = -1; day <= LOOK_AHEAD_DAYS; day++) {
    const date = dateIn(timeZone, millisOf(now) + day * DAY_MS);
    for (const span of ofDay(date, weekdayOf(date))) {
      const start = momentOf(date, span.from, timeZone);
      const end = momentOf(date, span.to, timeZone);
      spans.push({ span, from: start, to: end > start ? end : end + DAY_MS });
    }
  }
  return spans.sort((a, b) => a.from - b.from);
}

/** 1 Monday to 7 Sunday. */
export function weekdayOf(date: Day): number {
  return ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}

/** The calendar's day in a time zone, as 2026-03-01. */
export function dateIn(timeZone: string, moment: number): Day {
  return formatter(timeZone).format(moment).slice(0, 10);
}

/** The time of day of a wall clock in a time zone, as 14:05. */
export function timeIn(timeZone: string, moment: number): string {
  return formatter(timeZone).format(moment).slice("2026-03-01 ".length, "2026-03-01 14:05".length);
}

/** The moment of a wall clock's time on a day. Where the clock is set forward over it: the moment it would have been. */
function momentOf(date: string, time: string, timeZone: string): number {
  const asUtc = Date.parse(`${date}T00:00:00Z`) + minutesOf(time) * MINUTE_MS;
  let moment = asUtc - offsetMs(timeZone, asUtc);
  moment = asUtc - offsetMs(timeZone, moment);
  return moment;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/**
 * How far the zone's wall clock is ahead of UTC at a moment, in milliseconds.
 *
 * @throws RangeError when there is no such zone
 */
export function offsetMs(timeZone: string, moment: number): number {
  const wall = formatter(timeZone).format(moment).replace(" ", "T").replace("T24:", "T00:");
  return Date.parse(`${wall}Z`) - Math.floor(moment / 1000) * 1000;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(timeZone: string): Intl.DateTimeFormat {
  let known = formatters.get(timeZone);
  if (!known) {
    // The Swedish form is ISO 8601 with a blank, and its parts need no putting together.
    known = new Intl.DateTimeFormat("sv-SE", {
      timeZone,
      dateStyle: "short",
      timeStyle: "medium",
      hourCycle: "h23",
    });
    formatters.set(timeZone, known);
  }
  return known;
}
