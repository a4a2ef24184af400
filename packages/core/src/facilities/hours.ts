import { DAY_MS, instantOf, millisOf, MINUTE_MS, type Instant } from "../time.ts";
import type { Hours, OpenState } from "./schema.ts";

/** How far ahead the next change of an open state is looked for. */
const LOOK_AHEAD_DAYS = 8;

/**
 * Whether a place is open at `now`, and until when that stays so.
 *
 * A day with an exception follows the exception alone. Hours that are not known are `unknown`,
 * never guessed: a shut door in an emergency costs more than a call.
 *
 * @param timeZone IANA name of the city's zone, as `Asia/Kolkata`
 */
export function openStateOf(hours: Hours | null, now: Instant, timeZone: string): OpenState {
  if (hours === null) return { state: "unknown", until: null };
  if (hours.kind === "always") return { state: "open", until: null };
  const spans = spansAround(hours, now, timeZone);
  const at = millisOf(now);
  const current = spans.find(({ from, to }) => from <= at && at < to);
  if (current) return { state: "open", until: instantOf(endOfRun(spans, current.to)) };
  const next = spans.find(({ from }) => from > at);
  return { state: "closed", until: next ? instantOf(next.from) : null };
}

type Span = { from: number; to: number };

/** The spans of yesterday to the end of the look-ahead as moments, in order. */
function spansAround(hours: Extract<Hours, { kind: "weekly" }>, now: Instant, timeZone: string): Span[] {
  const exceptions = new Map(hours.exceptions.map((exception) => [exception.date, exception.spans]));
  const spans: Span[] = [];
  for (let day = -1; day <= LOOK_AHEAD_DAYS; day++) {
    const date = dateIn(timeZone, millisOf(now) + day * DAY_MS);
    const weekday = ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
    const ofDay = exceptions.get(date) ?? hours.spans.filter((span) => span.day === weekday);
    for (const { from, to } of ofDay) {
      const start = momentOf(date, from, timeZone);
      const end = momentOf(date, to, timeZone);
      spans.push({ from: start, to: end > start ? end : end + DAY_MS });
    }
  }
  return spans.sort((a, b) => a.from - b.from);
}

/** The end of an opening that goes over from one span into the next, as at midnight. */
function endOfRun(spans: readonly Span[], end: number): number {
  let last = end;
  for (const { from, to } of spans) if (from <= last && to > last) last = to;
  return last;
}

/** The calendar's day in a time zone, as 2026-03-01. */
export function dateIn(timeZone: string, moment: number): string {
  return formatter(timeZone).format(moment).slice(0, 10);
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

/** How far the zone's wall clock is ahead of UTC at a moment, in milliseconds. */
function offsetMs(timeZone: string, moment: number): number {
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
