import { spansAround, type Moments } from "../calendar.ts";
import type { Figure } from "../observations/schema.ts";
import { VALUE_BY_KIND } from "../observations/schema.ts";
import { instantOf, millisOf, type Day, type Instant } from "../time.ts";
import type { Duty, DutyMode, Roster } from "./schema.ts";

type Planned = Moments & { span: { mode: DutyMode } };

/**
 * Whether a doctor is on duty at `now`. Leave outranks an exception, an exception the week's plan;
 * and what somebody said live outranks all of it, until the moment that was said with it or until it
 * expires.
 *
 * @param live the figure `duty:<doctor>` of the facility; undefined when nobody ever said
 * @param timeZone IANA name of the city's zone
 */
export function dutyOf(roster: Roster, live: Figure | undefined, now: Instant, timeZone: string): Duty {
  const said = saidLive(live, now);
  const planned = plannedAround(roster, now, timeZone);
  const next = nextStart(planned, now);
  if (said) {
    const { onDuty, onCall, until = null } = said;
    if (onDuty)
      return { state: "on-duty", mode: onCall ? "on-call" : "on-site", until, next: null, from: "live" };
    return { state: "off-duty", mode: null, until: until ?? next, next, from: "live" };
  }
  const isPlanned = roster.spans.length > 0 || roster.exceptions.length > 0;
  if (!isPlanned) return { state: "unknown", mode: null, until: null, next: null, from: "roster" };
  const at = millisOf(now);
  const current = planned.filter(({ from, to }) => from <= at && at < to);
  const shown = current.find(({ span }) => span.mode === "on-site") ?? current[0];
  if (!shown) return { state: "off-duty", mode: null, until: next, next, from: "roster" };
  const until = instantOf(endOfRun(planned, shown));
  return { state: "on-duty", mode: shown.span.mode, until, next: null, from: "roster" };
}

/** What was said and still holds: not expired, and not past the end that was said with it. */
function saidLive(live: Figure | undefined, now: Instant) {
  const said = VALUE_BY_KIND.duty.safeParse(live?.value);
  if (!said.success || live?.freshness === "expired") return undefined;
  return said.data.until !== undefined && said.data.until <= now ? undefined : said.data;
}

/** The spans of a roster from yesterday to eight days ahead; a day of leave has none that begin on it. */
export function plannedAround(roster: Roster, now: Instant, timeZone: string): Planned[] {
  const exceptions = new Map(roster.exceptions.map(({ date, spans }) => [date, spans]));
  const isAway = (date: Day) => roster.leave.some(({ from, to }) => from <= date && date <= to);
  return spansAround<{ from: string; to: string; mode: DutyMode }>(
    (date, weekday) => {
      if (isAway(date)) return [];
      return exceptions.get(date) ?? roster.spans.filter(({ day }) => day === weekday);
    },
    now,
    timeZone,
  );
}

function nextStart(planned: readonly Planned[], now: Instant): Instant | null {
  const at = millisOf(now);
  const next = planned.find(({ from }) => from > at);
  return next ? instantOf(next.from) : null;
}

/** The end of a duty that goes over from one span into the next of the same mode, as at midnight. */
function endOfRun(planned: readonly Planned[], shown: Planned): number {
  let end = shown.to;
  for (const { from, to, span } of planned)
    if (span.mode === shown.span.mode && from <= end && to > end) end = to;
  return end;
}
