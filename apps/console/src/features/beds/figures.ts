import { BedCounts } from "@ihims/core/beds/schema.ts";
import { canonical } from "@ihims/core/observations/rules.ts";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import { CLOCK_SKEW_MAX_MS } from "@ihims/core/observations/rules.ts";
import { elapsedMs, later, type Instant } from "@ihims/core/time.ts";
import type { BedType } from "@ihims/core/beds/schema.ts";

/** One of the counts that are never mixed: licensed, physical, staffed, blocked, occupied, surge. */
export type Layer = keyof BedCounts;

/** The layers that a source states, without what follows from them (held, free). */
export function countsOf(figure: Pick<BedFigure, "value">): BedCounts {
  return BedCounts.parse(figure.value ?? {});
}

export function isSameCounts(a: BedCounts, b: BedCounts): boolean {
  return canonical(a) === canonical(b);
}

/** A figure that nobody has reported yet: a row to begin with. */
export function unreported(type: BedType): BedFigure {
  return {
    type,
    value: null,
    observedAt: null,
    receivedAt: null,
    source: null,
    freshness: "unknown",
    freshUntil: null,
    observation: null,
    version: "0",
    notes: [],
    others: [],
  };
}

/**
 * A figure after news of it. The public is told of an expired figure without its number; the ward
 * needs the number it last gave, so it stays as long as it is the same report.
 */
export function merged(known: BedFigure | undefined, news: BedFigure): BedFigure {
  const isWithdrawn =
    news.value === null && news.observation !== null && news.observation === known?.observation;
  return isWithdrawn ? { ...news, value: known.value } : news;
}

/** The figures of a facility after news of some of them, in the order that they had; new types at the end. */
export function mergedFigures(known: readonly BedFigure[], news: readonly BedFigure[]): BedFigure[] {
  const byType = new Map(news.map((figure) => [figure.type, figure]));
  const kept = known.map((figure) => {
    const one = byType.get(figure.type);
    byType.delete(figure.type);
    return one ? merged(figure, one) : figure;
  });
  return [...kept, ...byType.values()];
}

/**
 * The moment to report a count as seen at. Our estimate of the server's time can be a second
 * early; a count made after looking at a figure is nevertheless newer than that figure, and would
 * be put aside as older without this.
 *
 * @param before when the figure on the screen was seen; null when there is none
 */
export function seenAt(now: Instant, before: Instant | null): Instant {
  if (before === null) return now;
  const ahead = elapsedMs(now, before);
  return ahead >= 0 && ahead < CLOCK_SKEW_MAX_MS ? later(before, 1) : now;
}
