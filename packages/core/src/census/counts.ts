import { BEDS_MAX, type BedCounts } from "../beds/schema.ts";
import { elapsedMs, later, MINUTE_MS, type Instant } from "../time.ts";
import type { Census, Ward } from "./schema.ts";

/**
 * An event this long before a declared count was in it already. Within this time nobody can tell
 * which came first (many systems write their moments to the minute), and the event counts.
 */
export const COUNT_OVERLAP_MS = 2 * MINUTE_MS;

/** Nothing is known of the beds of this type. */
export const NO_CENSUS: Census = { unattributed: 0, anchoredAt: null, countedAt: null };

/** What a person or another system says of the beds of a type: patients in bed, and when they were counted. */
export interface Declared {
  occupied: number;
  observedAt: Instant;
}

/**
 * Take a declared figure as the new start: who is in it and not among the known visits is a patient
 * in bed of whom no message has spoken. A figure that is not newer than the last one taken, or that
 * was counted before an event that has been applied since, changes nothing.
 *
 * @param known visits in beds of this type, before the next event is applied
 */
export function anchor(census: Census, declared: Declared | undefined, known: number): Census {
  if (!declared) return census;
  if (census.anchoredAt !== null && elapsedMs(census.anchoredAt, declared.observedAt) <= 0) return census;
  if (census.countedAt !== null && elapsedMs(census.countedAt, declared.observedAt) < 0) return census;
  return { ...census, unattributed: Math.max(0, declared.occupied - known), anchoredAt: declared.observedAt };
}

/** What one event did to the beds of one type. */
export interface Movement {
  occurredAt: Instant;
  /** Visits in beds of the type before and after it. */
  knownBefore: number;
  knownAfter: number;
  /**
   * Patients who left of whom no message had spoken; below 0 when it turns out of some who were
   * counted so that they had not been there.
   */
  unseenLeft: number;
}

/** Whether a declared count had seen the event already. */
export function isInDeclared(census: Census, occurredAt: Instant): boolean {
  return census.anchoredAt !== null && elapsedMs(occurredAt, census.anchoredAt) > COUNT_OVERLAP_MS;
}

/**
 * Reckon the patients of whom no message has spoken after an event. One who leaves is one fewer,
 * never below 0. An event that a declared count had seen already moves somebody between the two
 * groups, and the sum stays.
 *
 * @param now our own clock: a hospital's clock that runs ahead does not make later counts look old
 */
export function settle(census: Census, movement: Movement, now: Instant): Census {
  const { occurredAt, knownBefore, knownAfter, unseenLeft } = movement;
  const fewer = isInDeclared(census, occurredAt) ? knownAfter - knownBefore : unseenLeft;
  const at = elapsedMs(occurredAt, now) < 0 ? now : occurredAt;
  const countedAt = census.countedAt !== null && elapsedMs(census.countedAt, at) < 0 ? census.countedAt : at;
  return { ...census, unattributed: Math.max(0, census.unattributed - fewer), countedAt };
}

/**
 * The moment for which the figure stands after an event. A census is a state: a message that comes
 * late tells of the past, and what is reckoned with it is still the newest that we know.
 *
 * @param last `observedAt` of what the feed last said of these beds
 */
export function observedAtOf(census: Census, occurredAt: Instant, last: Instant | undefined): Instant {
  const moments = [occurredAt];
  if (last !== undefined) moments.push(last);
  // One millisecond after the count that it goes on from: of the same moment the person would be believed.
  if (census.anchoredAt !== null && !isInDeclared(census, occurredAt))
    moments.push(later(census.anchoredAt, 1));
  return moments.reduce((a, b) => (elapsedMs(a, b) > 0 ? b : a));
}

/** Beds of one type that have a status from the hospital. */
export interface KnownStatuses {
  /** Beds with any status. */
  known: number;
  /** Of those, the ones that are not for the next patient, and that no known visit occupies. */
  blocking: number;
}

/**
 * What the feed says of the beds of one type. Staffed beds are those of the ward map, when it gives
 * them for every ward of the type, and only once somebody has declared how many patients there
 * are: before that the beds of all who came before the first message would look free.
 *
 * @param wards those of this type
 */
export function figureOf(
  census: Census,
  known: number,
  statuses: KnownStatuses,
  wards: readonly Ward[],
): BedCounts {
  const figure: BedCounts = { occupied: Math.min(BEDS_MAX, known + census.unattributed) };
  if (statuses.known > 0) figure.blocked = Math.min(BEDS_MAX, statuses.blocking);
  if (census.anchoredAt === null || wards.length === 0) return figure;
  let staffed = 0;
  for (const ward of wards) {
    if (ward.staffed === null) return figure;
    staffed += ward.staffed;
  }
  return { ...figure, staffed: Math.min(BEDS_MAX, staffed) };
}
