import {
  FRESHNESS_CLASSES,
  FRESHNESS_RANK,
  freshnessClassOf,
  freshnessOf,
} from "@ihims/core/observations/freshness.ts";
import type { Freshness, Subject } from "@ihims/core/observations/schema.ts";
import { elapsedMs, type Instant } from "@ihims/core/time.ts";

/** The clocks of a figure, as the server gave them. */
export interface Aged {
  observedAt: Instant | null;
  freshness: Freshness;
  freshUntil: Instant | null;
}

/**
 * How far a figure can be relied on now, when it was read some time ago: a page that hears nothing
 * more must not go on calling its numbers live. Never better than the server said.
 *
 * The facility's pressure (which halves the limits) is read off the moment that the server gave:
 * it is earlier than the class alone would make it.
 */
export function freshnessNow(subject: Subject, figure: Aged, now: Instant): Freshness {
  const { observedAt, freshness, freshUntil } = figure;
  if (observedAt === null || freshUntil === null || elapsedMs(freshUntil, now) <= 0) return freshness;
  if (freshness === "expired" || freshness === "unknown") return freshness;
  const limit = FRESHNESS_CLASSES[freshnessClassOf(subject)][freshness];
  const isUnderPressure = limit !== null && elapsedMs(observedAt, freshUntil) < limit;
  const worse = freshnessOf(subject, observedAt, now, { isUnderPressure }).freshness;
  return FRESHNESS_RANK[worse] > FRESHNESS_RANK[freshness] ? worse : freshness;
}
