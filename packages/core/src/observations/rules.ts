import { STANDING_LAYERS, MOVING_LAYERS, type BedCounts } from "../beds/schema.ts";
import { elapsedMs, HOUR_MS, later, MINUTE_MS, type Instant } from "../time.ts";
import { freshnessOf } from "./freshness.ts";
import { Source, type Observation, type Standing, type Value, VALUE_BY_KIND } from "./schema.ts";

/** The clocks of hospitals drift. What was seen further ahead of us than this is refused. */
export const CLOCK_SKEW_MAX_MS = 5 * MINUTE_MS;

/** For how long a person's correction outranks a leading feed, unless the facility says otherwise. */
export const CORRECTION_DEFAULT_S = HOUR_MS / 1000;

/** Which source a facility wants believed for a subject, whatever is newer. */
export interface Lead {
  source: Source;
  /** For how many seconds a person's correction outranks the leading source; 0 to 86,400. */
  correctionS: number;
}

export type Decision =
  /** It leads now, and says something else than what stood before. */
  | { kind: "changed"; standing: Draft }
  /** It leads now, and says the same: the figure is confirmed. */
  | { kind: "unchanged"; standing: Draft }
  /** It enters the ledger and is not what is shown: older than what is known, or led by another. */
  | { kind: "superseded"; standing: Draft | undefined }
  | { kind: "refused"; reason: "from-the-future" };

/** A standing before the ledger has given it its numbers. */
export type Draft = Omit<Standing, "observation" | "version">;

/** The rank of a source, 0 the most believed. */
export function rankOf(source: Source): number {
  return Source.options.indexOf(source);
}

/**
 * Whether `a` is believed before `b` at the same facility and subject: the newer observation, of
 * the same moment the higher ranked source; of the same source the one that came later (`a`).
 */
function isBefore(a: Draft, b: Draft): boolean {
  const ahead = elapsedMs(b.observedAt, a.observedAt);
  if (ahead !== 0) return ahead > 0;
  return rankOf(a.source) <= rankOf(b.source);
}

/**
 * What each source last said, in the order of belief: the first is what is shown, the others fill
 * what it does not say. Without a lead the newest observation comes first. With one, the leading
 * source comes first as long as it is not expired, and a person's correction before it for a time.
 * A person's confirmation of what another source said is as good as the leading source's own word, and
 * no correction: of the two the newer one counts.
 */
export function inOrderOfBelief<T extends Draft>(
  standings: readonly T[],
  lead: Lead | undefined,
  now: Instant,
): T[] {
  const ordered = [...standings].sort((a, b) => (isBefore(a, b) ? -1 : 1));
  if (!lead) return ordered;
  const isLive = (one: T) => freshnessOf(one.subject, one.observedAt, now).freshness !== "expired";
  const isCorrection = (one: T) =>
    isOwnWord(one) && elapsedMs(one.observedAt, now) <= lead.correctionS * 1000;
  const precedence = (one: T) => (isCorrection(one) ? 0 : isOfLead(one, lead) && isLive(one) ? 1 : 2);
  return ordered
    .map((one, order) => ({ one, order }))
    .sort((a, b) => precedence(a.one) - precedence(b.one) || a.order - b.order)
    .map(({ one }) => one);
}

/** What a person saw otherwise, and not only saw to be so. */
function isOwnWord({ source, isConfirmation }: Draft): boolean {
  return source === "staff" && isConfirmation !== true;
}

function isOfLead({ source, isConfirmation }: Draft, lead: Lead): boolean {
  return source === lead.source || isConfirmation === true;
}

/**
 * When the order of belief changes by itself: a correction's time ends, a leading source expires.
 *
 * @returns the next such moment after `now`; null when time alone changes nothing
 */
export function beliefUntil(
  standings: readonly Draft[],
  lead: Lead | undefined,
  now: Instant,
): Instant | null {
  if (!lead || standings.length < 2) return null;
  const moments = standings.flatMap((one) => {
    const ends: Instant[] = [];
    if (isOwnWord(one)) ends.push(later(one.observedAt, lead.correctionS * 1000 + 1));
    if (isOfLead(one, lead)) {
      for (let at = now; ;) {
        const { freshness, until } = freshnessOf(one.subject, one.observedAt, at);
        if (until === null || freshness === "expired") break;
        at = later(until, 1);
        if (freshness === "stale") ends.push(at);
      }
    }
    return ends.filter((moment) => elapsedMs(now, moment) > 0);
  });
  return moments.sort()[0] ?? null;
}

/** Whether two sources say the same of a subject. The order in which fields were written does not count. */
export function isSameValue(a: Value, b: Value): boolean {
  return canonical(a) === canonical(b);
}

/** One text for one value: keys in order, what is undefined left out. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(",")}}`;
}

/**
 * Decide what one observation does to what stands.
 *
 * Sources repeat and reorder: the newest observation of a source is what it says, whatever the
 * order of arrival, so any shuffling of the same set ends in the same state (ties of one source at
 * one moment excepted: there the later arrival is the correction of the earlier).
 *
 * @param known what each source last said of this facility and subject, one for a source
 * @param now our own clock
 */
export function decideObservation(
  known: readonly Draft[],
  observation: Observation,
  lead: Lead | undefined,
  now: Instant,
): Decision {
  if (elapsedMs(now, observation.observedAt) > CLOCK_SKEW_MAX_MS)
    return { kind: "refused", reason: "from-the-future" };
  const before = known.find((one) => one.source === observation.source);
  if (before && elapsedMs(before.observedAt, observation.observedAt) < 0)
    return { kind: "superseded", standing: undefined };

  const { facility, subject, source, sender, value, observedAt, isConfirmation } = observation;
  const standing: Draft = {
    facility,
    subject,
    source,
    sender,
    value,
    observedAt,
    receivedAt: now,
    ...(isConfirmation && { isConfirmation }),
  };
  const others = known.filter((one) => one.source !== observation.source);
  if (inOrderOfBelief([standing, ...others], lead, now)[0] !== standing)
    return { kind: "superseded", standing };
  const shown = inOrderOfBelief(known, lead, now)[0];
  return { kind: shown && isSameValue(shown.value, value) ? "unchanged" : "changed", standing };
}

/**
 * The counts of one bed type from what each source says, the most believed first.
 *
 * A feed that only counts patients does not unsay how many beds the ward has staffed: layers that
 * the first does not state come from the next who does. A layer that moves with every patient is
 * only taken from one that has not expired.
 */
export function bedCountsOf(inOrder: readonly Draft[], now: Instant): BedCounts {
  const counts: BedCounts = {};
  for (const [place, standing] of inOrder.entries()) {
    const said = VALUE_BY_KIND.bed.parse(standing.value);
    const isFirst = place === 0;
    const isExpired =
      !isFirst && freshnessOf(standing.subject, standing.observedAt, now).freshness === "expired";
    for (const layer of STANDING_LAYERS) counts[layer] ??= said[layer];
    if (!isExpired) for (const layer of MOVING_LAYERS) counts[layer] ??= said[layer];
  }
  return counts;
}
