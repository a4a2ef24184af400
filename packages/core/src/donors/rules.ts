import { distanceM, type Position } from "../geo.ts";
import { DAY_MS, elapsedMs, HOUR_MS, MINUTE_MS, type Day, type Instant } from "../time.ts";
import type { DonorProfile, DonorSex } from "./schema.ts";

/**
 * Days between two donations of whole blood.
 *
 * Facts: Drugs and Cosmetics Rules, 1945 (India), Schedule F, Part XII-B, criteria for blood donation, as
 * amended by G.S.R. 166(E) of 11 March 2020. Written from knowledge of them, 2026-11-28; to be compared
 * with the text before a city relies on it. The same is asked before any component,
 * which is never too short. Age (18 to 65), weight and health are declared, and examined at the bank.
 */
export const DONATION_INTERVAL_DAYS: Record<DonorSex, number> = { male: 90, female: 120 };

/** Nobody is asked again within this, whoever calls. */
export const ASK_EVERY_MS = 7 * DAY_MS;
/** How long a call lasts. */
export const CALL_MS = 6 * HOUR_MS;
/** A call asks in circles that grow: so far around, each for so long. */
export const CIRCLES_KM: readonly number[] = [3, 6, 12, 25];
export const CIRCLE_MS = 15 * MINUTE_MS;
/** Volunteers that are asked in a circle for each donor that is still needed: most cannot come. */
export const ASKED_FOR_EACH = 4;
/** Calls that a bank may have open, and begin in a day. */
export const CALLS_OPEN_MAX = 3;
export const CALLS_A_DAY_MAX = 10;

/** Degrees to which a place is kept: about 1.1 km north to south, less east to west. */
const PLACE_STEP = 0.01;

/** A place no finer than about a kilometre. Of the same square everybody has the same. */
export function coarsePlace({ lat, lon }: Position): Position {
  const coarse = (degrees: number) => Number((Math.round(degrees / PLACE_STEP) * PLACE_STEP).toFixed(2)) || 0;
  return { lat: coarse(lat), lon: coarse(lon) };
}

/** The first day on which somebody may give again; null when nothing stands against today. */
export function eligibleFrom(
  { sex, lastDonatedOn }: Pick<DonorProfile, "sex" | "lastDonatedOn">,
  today: Day,
): Day | null {
  if (lastDonatedOn === null) return null;
  const next = new Date(Date.parse(`${lastDonatedOn}T00:00:00Z`) + DONATION_INTERVAL_DAYS[sex] * DAY_MS)
    .toISOString()
    .slice(0, 10);
  // Days as text are in the order of the calendar.
  return next > today ? (next as Day) : null;
}

/** How far around a call asks at `now`, in kilometres. */
export function reachKmAt(startedAt: Instant, now: Instant): number {
  const circle = Math.floor(Math.max(0, elapsedMs(startedAt, now)) / CIRCLE_MS);
  return CIRCLES_KM[Math.min(circle, CIRCLES_KM.length - 1)] ?? 0;
}

/** Whether a time of day is within quiet hours; they may go over midnight. The same twice: none. */
export function isQuiet(
  { quietFrom, quietTo }: Pick<DonorProfile, "quietFrom" | "quietTo">,
  time: string,
): boolean {
  if (quietFrom === quietTo) return false;
  return quietFrom < quietTo ? time >= quietFrom && time < quietTo : time >= quietFrom || time < quietTo;
}

/** What a call needs and when. */
export interface CallNow {
  from: Position;
  reachKm: number;
  /** By the city's clock. */
  today: Day;
  time: string;
  now: Instant;
}

/** A volunteer with when they were asked last, by any bank. */
export interface Candidate extends DonorProfile {
  askedAt: Instant | null;
}

/** Whether a volunteer may be asked now: everything they said is respected. */
export function mayAsk(donor: Candidate, { from, reachKm, today, time, now }: CallNow): boolean {
  if (!donor.isAvailable || isQuiet(donor, time)) return false;
  if (donor.askedAt !== null && elapsedMs(donor.askedAt, now) < ASK_EVERY_MS) return false;
  if (eligibleFrom(donor, today) !== null) return false;
  return distanceM(from, donor.place) <= Math.min(reachKm, donor.withinKm) * 1000;
}

/** Whom a call asks next: the nearest first, no more than could be needed. */
export function nextToAsk<T extends Candidate>(
  donors: readonly T[],
  call: CallNow,
  { wanted, coming, waiting }: { wanted: number; coming: number; waiting: number },
): T[] {
  const room = Math.max(0, (wanted - coming) * ASKED_FOR_EACH - waiting);
  return donors
    .filter((donor) => mayAsk(donor, call))
    .sort((a, b) => distanceM(call.from, a.place) - distanceM(call.from, b.place))
    .slice(0, room);
}
