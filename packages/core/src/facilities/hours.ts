import { spansAround, type Moments } from "../calendar.ts";
import { instantOf, millisOf, type Instant } from "../time.ts";
import type { Hours, OpenState } from "./schema.ts";

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
  const exceptions = new Map(hours.exceptions.map((exception) => [exception.date, exception.spans]));
  const spans = spansAround(
    (date, weekday) => exceptions.get(date) ?? hours.spans.filter(({ day }) => day === weekday),
    now,
    timeZone,
  );
  const at = millisOf(now);
  const current = spans.find(({ from, to }) => from <= at && at < to);
  if (current) return { state: "open", until: instantOf(endOfRun(spans, current.to)) };
  const next = spans.find(({ from }) => from > at);
  return { state: "closed", until: next ? instantOf(next.from) : null };
}

/** The end of an opening that goes over from one span into the next, as at midnight. */
function endOfRun(spans: readonly Moments[], end: number): number {
  let last = end;
  for (const { from, to } of spans) if (from <= last && to > last) last = to;
  return last;
}
