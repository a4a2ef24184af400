import { bedSubject, type BedFigure } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { freshnessNow } from "@ihims/ui/freshness.ts";

/**
 * What a figure asks of the ward now. `overdue`: readers already see it marked as stale, or
 * withdrawn; `due`: it is no longer live, or was never reported; `fine`: nothing.
 */
export type Due = "overdue" | "due" | "fine";

export function dueOf(figure: Pick<BedFigure, "freshness">): Due {
  switch (figure.freshness) {
    case "stale":
    case "expired":
      return "overdue";
    case "recent":
    case "unknown":
      return "due";
    case "live":
      return "fine";
  }
}

/** How many figures are due and overdue, and which one is the next that will be. */
export interface DueSummary {
  due: number;
  overdue: number;
  /** The figure to look at first: the most overdue, or the one that will be due next. Undefined without figures. */
  first: BedFigure | undefined;
}

const URGENCY: Record<BedFigure["freshness"], number> = {
  expired: 0,
  stale: 1,
  recent: 2,
  unknown: 3,
  live: 4,
};

/** The more urgent first: what readers see as worse, then what turns worse earlier, then what was seen earlier. */
export function byUrgency(a: BedFigure, b: BedFigure): number {
  return (
    URGENCY[a.freshness] - URGENCY[b.freshness] ||
    compareMoments(a.freshUntil, b.freshUntil) ||
    compareMoments(a.observedAt, b.observedAt)
  );
}

function compareMoments(a: Instant | null, b: Instant | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

export function dueSummaryOf(figures: readonly BedFigure[]): DueSummary {
  return {
    due: figures.filter((figure) => dueOf(figure) === "due").length,
    overdue: figures.filter((figure) => dueOf(figure) === "overdue").length,
    first: [...figures].sort(byUrgency)[0],
  };
}

/**
 * The figures as old as they are at `now`. The server says how old they were when it answered; a
 * board that stays open over a shift ages by itself.
 */
export function aged(figures: readonly BedFigure[], now: Instant): BedFigure[] {
  return figures.map((figure) => {
    const freshness = freshnessNow(bedSubject(figure.type), figure, now);
    return freshness === figure.freshness ? figure : { ...figure, freshness, freshUntil: null };
  });
}
