import type { BedType } from "../beds/schema.ts";
import { DAY_MS, HOUR_MS, later, elapsedMs, MINUTE_MS, SECOND_MS, type Instant } from "../time.ts";
import { kindOf, type Freshness, type Subject } from "./schema.ts";

/** How long what was seen stays worth showing, in milliseconds after `observedAt`. */
export interface FreshnessLimits {
  live: number;
  recent: number;
  /** After this the number is withdrawn. `null`: never, it is shown with a warning. */
  stale: number | null;
}

/**
 * The classes and their limits. They follow what has worked elsewhere: a 24 hour line for beds
 * (NHS Directory of Services), minutes for vehicles, a day and a half for shelves.
 */
export const FRESHNESS_CLASSES = {
  flash: { live: 30 * MINUTE_MS, recent: 2 * HOUR_MS, stale: 4 * HOUR_MS },
  vehicle: { live: 60 * SECOND_MS, recent: 5 * MINUTE_MS, stale: 15 * MINUTE_MS },
  shift: { live: 4 * HOUR_MS, recent: 12 * HOUR_MS, stale: 24 * HOUR_MS },
  daily: { live: 12 * HOUR_MS, recent: 36 * HOUR_MS, stale: 72 * HOUR_MS },
  weekly: { live: 30 * DAY_MS, recent: 90 * DAY_MS, stale: null },
  durable: { live: 180 * DAY_MS, recent: 365 * DAY_MS, stale: null },
} as const satisfies Record<string, FreshnessLimits>;
export type FreshnessClass = keyof typeof FRESHNESS_CLASSES;

const FLASH_BEDS: readonly BedType[] = ["icu", "ventilator", "hdu", "nicu", "picu"];

/** The class that a subject's figures age by. */
export function freshnessClassOf(subject: Subject): FreshnessClass {
  switch (kindOf(subject)) {
    case "bed":
      return FLASH_BEDS.some((type) => subject === `bed:${type}`) ? "flash" : "shift";
    case "diversion":
      return "flash";
    case "vehicle":
      return "vehicle";
    case "duty":
    case "waiting":
      return "shift";
    case "blood":
    case "medicine":
      return "daily";
    case "service":
      return "weekly";
  }
}

/** What makes figures age faster than their class says. */
export interface Pressure {
  /** Over 90 % full, or an incident is open: the limits halve. */
  isUnderPressure: boolean;
}

/**
 * How far a figure can be relied on at `now`, and until when that stays so.
 *
 * @param observedAt when it was seen; undefined when nobody ever said: `unknown`
 * @returns `until` null when it does not change by itself any more
 */
export function freshnessOf(
  subject: Subject,
  observedAt: Instant | undefined,
  now: Instant,
  pressure: Pressure = { isUnderPressure: false },
): { freshness: Freshness; until: Instant | null } {
  if (observedAt === undefined) return { freshness: "unknown", until: null };
  const limits: FreshnessLimits = FRESHNESS_CLASSES[freshnessClassOf(subject)];
  const share = pressure.isUnderPressure ? 0.5 : 1;
  const age = elapsedMs(observedAt, now);
  for (const freshness of ["live", "recent", "stale"] as const) {
    const limit = limits[freshness];
    if (limit === null) return { freshness, until: null };
    // A limit belongs to the better side: exactly 30 minutes old is still live.
    if (age <= limit * share) return { freshness, until: later(observedAt, limit * share) };
  }
  return { freshness: "expired", until: null };
}

/**
 * Freshness of what a feed told. A feed that is silent looks like a calm hospital, so from
 * `silentFrom` on its figures are stale, whatever their own age says.
 *
 * @param silentFrom when the feed counts as silent; undefined or null: it is no feed's figure
 */
export function unlessSilent(
  fresh: { freshness: Freshness; until: Instant | null },
  silentFrom: Instant | null | undefined,
  now: Instant,
  whenStale: () => Instant | null,
): { freshness: Freshness; until: Instant | null } {
  if (!silentFrom || (fresh.freshness !== "live" && fresh.freshness !== "recent")) return fresh;
  if (silentFrom <= now) return { freshness: "stale", until: whenStale() };
  const last = later(silentFrom, -1);
  return fresh.until !== null && fresh.until <= last ? fresh : { ...fresh, until: last };
}

/** When a figure is withdrawn, whatever was heard of its sender; null: never. */
export function staleUntil(
  subject: Subject,
  observedAt: Instant,
  pressure: Pressure = { isUnderPressure: false },
): Instant | null {
  const { stale }: FreshnessLimits = FRESHNESS_CLASSES[freshnessClassOf(subject)];
  return stale === null ? null : later(observedAt, stale * (pressure.isUnderPressure ? 0.5 : 1));
}

/** Best first: what is fresher stands higher, other things equal. */
export const FRESHNESS_RANK: Record<Freshness, number> = {
  live: 0,
  recent: 1,
  stale: 2,
  expired: 3,
  unknown: 4,
};
