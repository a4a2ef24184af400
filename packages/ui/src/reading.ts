import { bedSubject, type BedFigure, type Freshness } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { freshnessNow } from "./freshness.ts";

/** With as many free or fewer, the last bed may be gone on the way: the figure says so instead of a number. */
export const FEW_MAX = 2;

/** What may be shown of a figure now. */
export type Reading =
  | { kind: "free"; freshness: Freshness; free: number; of: number }
  /** 1 or 2 are left: call first. */
  | { kind: "few"; freshness: Freshness; of: number }
  /** Reported, but not how many are free. */
  | { kind: "uncounted"; freshness: Freshness }
  /** Too old to be shown, or never said. `since`: when it was last seen to be so. */
  | { kind: "withdrawn"; freshness: "expired" | "unknown"; since: Instant | null };

/** What may be shown of the beds of one type at `now`; the page may have read them some time ago. */
export function readFigure(figure: BedFigure, now: Instant): Reading {
  const freshness = freshnessNow(bedSubject(figure.type), figure, now);
  const { value, observedAt } = figure;
  if (freshness === "expired") return { kind: "withdrawn", freshness, since: observedAt };
  if (freshness === "unknown" || value === null)
    return { kind: "withdrawn", freshness: "unknown", since: observedAt };
  if (value.free === null || value.staffed === undefined) return { kind: "uncounted", freshness };
  if (value.free > 0 && value.free <= FEW_MAX) return { kind: "few", freshness, of: value.staffed };
  return { kind: "free", freshness, free: value.free, of: value.staffed };
}
