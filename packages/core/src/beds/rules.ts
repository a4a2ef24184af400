import type { BedAvailability, BedCounts } from "./schema.ts";

/** Over this share of its staffed beds a facility is under pressure, and its figures age twice as fast. */
export const PRESSURE_OCCUPANCY = 0.9;

/**
 * What is left of the beds of one type.
 *
 * More patients than staffed beds happens (a corridor, a surge) and is a question to the ward, not
 * an error: nothing is free then.
 *
 * @param held beds promised to somebody on the way, 0 or more
 */
export function availabilityOf(counts: BedCounts, held: number): BedAvailability {
  const { staffed, occupied, blocked = 0 } = counts;
  const free =
    staffed === undefined || occupied === undefined ? null : Math.max(0, staffed - blocked - occupied - held);
  return { ...counts, held, free };
}

/** Whether more beds are in use than are staffed: shown beside the figure, and asked of the ward. */
export function isOverOccupied(counts: BedCounts): boolean {
  return counts.staffed !== undefined && (counts.occupied ?? 0) + (counts.blocked ?? 0) > counts.staffed;
}

/** Whether so few beds are left over all types that the figures are to be confirmed twice as often. */
export function isUnderPressure(types: readonly BedCounts[]): boolean {
  let staffed = 0;
  let used = 0;
  for (const counts of types) {
    if (counts.staffed === undefined || counts.occupied === undefined) continue;
    staffed += counts.staffed;
    used += counts.occupied + (counts.blocked ?? 0);
  }
  return staffed > 0 && used / staffed > PRESSURE_OCCUPANCY;
}
