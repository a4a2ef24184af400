import { staleUntil } from "../observations/freshness.ts";
import { VALUE_BY_KIND, type BedFigure, type Figure, type Freshness } from "../observations/schema.ts";
import { bedSubject, kindOf, type Subject } from "../observations/schema.ts";
import { elapsedMs, HOUR_MS, later, type Instant } from "../time.ts";

/**
 * What a figure asks of those who report it. `red`: readers see it marked as stale or withdrawn
 * already, or will within the hour; `due`: it is no longer live, or was never reported; `fine`: nothing.
 */
export type Due = "red" | "due" | "fine";

/** A figure that turns stale within this is on the red list before it does. */
export const RED_AHEAD_MS = HOUR_MS;

/** What is needed of a figure to say when it is due. */
export interface Ageing {
  freshness: Freshness;
  freshUntil: Instant | null;
}

/** @param freshness as it is at `now` */
export function dueOf({ freshness, freshUntil }: Ageing, now: Instant): Due {
  switch (freshness) {
    case "stale":
    case "expired":
      return "red";
    case "recent":
      return freshUntil !== null && elapsedMs(now, freshUntil) <= RED_AHEAD_MS ? "red" : "due";
    case "unknown":
      return "due";
    case "live":
      return "fine";
  }
}

/** The subject of a figure of either shape. */
export function subjectOf(figure: BedFigure | Figure): Subject {
  return "type" in figure ? bedSubject(figure.type) : figure.subject;
}

/**
 * When readers no longer see the number if nobody says anything; null: they do not see it now, or
 * it is never withdrawn. Of a figure that is not stale yet the usual limit is told: where little is
 * free limits are halved, and the number goes up to half of that limit earlier.
 */
export function withdrawnAt(figure: BedFigure | Figure): Instant | null {
  const { observedAt, freshness, freshUntil } = figure;
  if (observedAt === null || freshness === "expired" || freshness === "unknown") return null;
  if (freshness === "stale") return freshUntil;
  return staleUntil(subjectOf(figure), observedAt);
}

/** Whether a figure still says something: a diversion or a duty that was set until a moment is over then. */
export function isOver(figure: Figure, now: Instant): boolean {
  const kind = kindOf(figure.subject);
  if (figure.value === null || (kind !== "duty" && kind !== "diversion" && kind !== "service")) return false;
  const until = VALUE_BY_KIND[kind].safeParse(figure.value).data?.until;
  return until !== undefined && until <= later(now, 0);
}
