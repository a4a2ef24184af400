import { z } from "zod";
import { FacilityId } from "../ids.ts";
import { DAY_MS, Instant, instantOf, millisOf } from "../time.ts";
import type { HoldState } from "../holds/schema.ts";

/**
 * What looks like things that are kept for those who are not on the way. `few-holders`: an officer
 * accepts many holds of few people within a day; `at-night`: most of what an officer accepts is
 * between midnight and five; `repeated`: one holder asks the same facility again and again and never
 * comes; `nobody-comes`: a facility accepts and hardly anybody comes. A question, not a finding.
 */
export const AnomalyKind = z.enum(["few-holders", "at-night", "repeated", "nobody-comes"]);
export type AnomalyKind = z.infer<typeof AnomalyKind>;

export const Anomaly = z.object({
  kind: AnomalyKind,
  facility: FacilityId,
  facilityName: z.string(),
  officer: z.string().nullable().describe("Name of the officer; null where it is not about one"),
  holds: z.int().describe("How many holds it is about"),
  holders: z.int().describe("Of how many people"),
  from: Instant,
  to: Instant,
});
export type Anomaly = z.infer<typeof Anomaly>;

/** A hold that is looked at. */
export interface Watched {
  facility: FacilityId;
  holder: string;
  officer: string | null;
  state: HoldState;
  requestedAt: Instant;
  /** When it was accepted or refused. */
  answeredAt: Instant | null;
}

/** An officer of a busy hospital accepts as many in a day, of as many people: it is the repetition that counts. */
const ACCEPTED_A_DAY_MIN = 5;
const HOLDS_PER_HOLDER_MIN = 2.5;
const AT_NIGHT_MIN = 5;
const NIGHT_ENDS_HOUR = 5;
const REPEATED_MIN = 4;
const NOBODY_MIN = 10;
const NOBODY_SHARE = 0.2;

type Found = Omit<Anomaly, "facilityName" | "officer"> & { officer: string | null };

/**
 * What stands out among holds.
 *
 * @param hourOf the hour of the city's clock at a moment, 0 to 23
 */
export function anomaliesIn(holds: readonly Watched[], hourOf: (moment: Instant) => number): Found[] {
  const accepted = holds.filter(
    (one) => one.officer !== null && one.answeredAt !== null && one.state !== "refused",
  );
  const byOfficer = Map.groupBy(accepted, ({ facility, officer }) => `${facility} ${officer}`);
  const byHolder = Map.groupBy(holds, ({ facility, holder }) => `${facility} ${holder}`);
  const byFacility = Map.groupBy(accepted, ({ facility }) => facility);
  return [
    ...[...byOfficer.values()].flatMap((some) => [...fewHolders(some), ...atNight(some, hourOf)]),
    ...[...byHolder.values()].flatMap(repeated),
    ...[...byFacility.values()].flatMap(nobodyComes),
  ];
}

/** The window of a day in which most were accepted of few. */
function fewHolders(accepted: readonly Watched[]): Found[] {
  const inOrder = [...accepted].sort((a, b) => momentOf(a) - momentOf(b));
  let worst: Watched[] = [];
  for (const [at, first] of inOrder.entries()) {
    const day = inOrder.slice(at).filter((one) => momentOf(one) - momentOf(first) < DAY_MS);
    const isMany = day.length >= ACCEPTED_A_DAY_MIN && day.length / holdersOf(day) >= HOLDS_PER_HOLDER_MIN;
    if (isMany && day.length > worst.length) worst = day;
  }
  return found("few-holders", worst, worst[0]?.officer ?? null);
}

function atNight(accepted: readonly Watched[], hourOf: (moment: Instant) => number): Found[] {
  const night = accepted.filter((one) => hourOf(instantOf(momentOf(one))) < NIGHT_ENDS_HOUR);
  const isMost = night.length >= AT_NIGHT_MIN && night.length * 2 > accepted.length;
  return isMost ? found("at-night", night, night[0]?.officer ?? null) : [];
}

function repeated(ofOne: readonly Watched[]): Found[] {
  const hasCome = ofOne.some(({ state }) => state === "fulfilled");
  return !hasCome && ofOne.length >= REPEATED_MIN ? found("repeated", ofOne, null) : [];
}

function nobodyComes(accepted: readonly Watched[]): Found[] {
  const over = accepted.filter(({ state }) => state !== "accepted" && state !== "cancelled");
  const come = over.filter(({ state }) => state === "fulfilled").length;
  return over.length >= NOBODY_MIN && come < over.length * NOBODY_SHARE
    ? found("nobody-comes", over, null)
    : [];
}

function found(kind: AnomalyKind, holds: readonly Watched[], officer: string | null): Found[] {
  const [first] = holds;
  if (!first) return [];
  const moments = holds.map(momentOf);
  return [
    {
      kind,
      facility: first.facility,
      officer,
      holds: holds.length,
      holders: holdersOf(holds),
      from: instantOf(Math.min(...moments)),
      to: instantOf(Math.max(...moments)),
    },
  ];
}

function holdersOf(holds: readonly Watched[]): number {
  return new Set(holds.map(({ holder }) => holder)).size;
}

function momentOf({ answeredAt, requestedAt }: Watched): number {
  return millisOf(answeredAt ?? requestedAt);
}
