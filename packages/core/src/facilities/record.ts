import { earliest, figuresOf, type HeldBySubject, type StandingsBySubject } from "../observations/figures.ts";
import type { Instant } from "../time.ts";
import type { FacilityRecord } from "./endpoints.ts";
import { openStateOf } from "./hours.ts";
import type { Facility } from "./schema.ts";

/**
 * Everything that is known of a facility at `now`, as the public reads it.
 *
 * @param timeZone IANA name of the city's zone
 * @returns `until`: the next moment at which time alone changes it; null when none
 */
export function recordOf(
  facility: Facility,
  standings: StandingsBySubject,
  now: Instant,
  timeZone: string,
  { includeStale, held }: { includeStale: boolean; held: HeldBySubject },
): { record: FacilityRecord; until: Instant | null } {
  const { beds, figures, until } = figuresOf(facility, standings, now, { includeStale, held });
  const open = openStateOf(facility.hours, now, timeZone);
  return { record: { ...facility, open, beds, figures }, until: earliest([until, open.until]) };
}
