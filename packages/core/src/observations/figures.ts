import { availabilityOf, isOverOccupied, isUnderPressure } from "../beds/rules.ts";
import { BedType, type BedCounts } from "../beds/schema.ts";
import { bloodAt, bloodUntil } from "../blood/rules.ts";
import type { Facility } from "../facilities/schema.ts";
import { heldAt, heldUntil } from "../holds/rules.ts";
import type { HeldUnits } from "../holds/schema.ts";
import { elapsedMs, MINUTE_MS, type Instant } from "../time.ts";
import { freshnessOf, staleUntil, unlessSilent } from "./freshness.ts";
import { beliefUntil, bedCountsOf, inOrderOfBelief, type Lead } from "./rules.ts";
import {
  bedSubject,
  bedTypeOf,
  kindOf,
  VALUE_BY_KIND,
  type BedFigure,
  type BedNote,
  type Figure,
  type OtherReport,
  type Standing,
  type Subject,
} from "./schema.ts";

/** What each source last said of a facility, by subject. */
export type StandingsBySubject = ReadonlyMap<Subject, readonly Standing[]>;

/** What is kept for people on the way, by subject. */
export type HeldBySubject = ReadonlyMap<Subject, readonly HeldUnits[]>;

/** Everything live about a facility at one moment, and until when it stays so if nothing is heard. */
export interface FacilityFigures {
  beds: BedFigure[];
  figures: Figure[];
  /** The next moment at which time alone changes something here; null when none. */
  until: Instant | null;
}

/** Which source leads for a subject: what is set for it alone, or else for its kind. */
export function leadFor(facility: Pick<Facility, "leads">, subject: Subject): Lead | undefined {
  return (
    facility.leads.find((lead) => lead.subject === subject) ??
    facility.leads.find((lead) => lead.subject === kindOf(subject))
  );
}

/**
 * The figures of a facility as they are to be shown at `now`.
 *
 * An expired number is withdrawn: its value is null and only its age is left, unless
 * `includeStale` asks for it.
 */
export function figuresOf(
  facility: Pick<Facility, "leads" | "bedTypes">,
  standings: StandingsBySubject,
  now: Instant,
  options: { includeStale?: boolean; held?: HeldBySubject } = {},
): FacilityFigures {
  const { includeStale = false, held: heldBySubject } = options;
  const counted = new Map<BedType, Counted>();
  const others: Figure[] = [];
  const moments: (Instant | null)[] = [];
  for (const [subject, said] of standings) {
    if (said.length === 0) continue;
    const lead = leadFor(facility, subject);
    const ordered = inOrderOfBelief(said, lead, now);
    moments.push(beliefUntil(said, lead, now));
    const held = heldBySubject?.get(subject) ?? [];
    moments.push(heldUntil(held, now));
    const type = bedTypeOf(subject);
    if (type) counted.set(type, { ordered, held, counts: bedCountsOf(ordered, now) });
    else {
      others.push(figureOf(subject, ordered, held, now, includeStale));
      if (kindOf(subject) === "blood")
        moments.push(bloodUntil(VALUE_BY_KIND.blood.parse(ordered[0]?.value), now));
    }
  }
  const pressure = { isUnderPressure: isUnderPressure([...counted.values()].map(({ counts }) => counts)) };
  const beds = BedType.options
    .filter((type) => counted.has(type) || facility.bedTypes.includes(type))
    .map((type) => bedFigureOf(type, counted.get(type), now, pressure, includeStale));
  for (const figure of [...beds, ...others]) moments.push(figure.freshUntil);
  return { beds, figures: others, until: earliest(moments) };
}

/** The earliest of some moments; null when there is none. */
export function earliest(moments: readonly (Instant | null)[]): Instant | null {
  let first: Instant | null = null;
  for (const moment of moments) if (moment !== null && (first === null || moment < first)) first = moment;
  return first;
}

/** What is said of the beds of one type, in the order of belief, and what of it is kept for somebody. */
interface Counted {
  ordered: Standing[];
  counts: BedCounts;
  held: readonly HeldUnits[];
}

function figureOf(
  subject: Subject,
  ordered: readonly Standing[],
  held: readonly HeldUnits[],
  now: Instant,
  includeStale: boolean,
): Figure {
  const clocks = clocksOf(subject, ordered[0], now, { isUnderPressure: false });
  const isWithdrawn = clocks.freshness === "expired" && !includeStale;
  const said = isWithdrawn ? null : (ordered[0]?.value ?? null);
  if (kindOf(subject) !== "blood") return { subject, value: said, ...clocks };
  const value = said && bloodAt(VALUE_BY_KIND.blood.parse(said), now);
  return { subject, value, held: heldAt(held, clocks.observedAt, now), ...clocks };
}

function bedFigureOf(
  type: BedType,
  known: Counted | undefined,
  now: Instant,
  pressure: { isUnderPressure: boolean },
  includeStale: boolean,
): BedFigure {
  const clocks = clocksOf(bedSubject(type), known?.ordered[0], now, pressure);
  const isWithdrawn = clocks.freshness === "expired" && !includeStale;
  const others = known ? disagreeing(known.ordered, known.counts) : [];
  const notes: BedNote[] = [];
  if (known && isOverOccupied(known.counts)) notes.push("over-occupied");
  if (others.length > 0) notes.push("sources-disagree");
  return {
    type,
    value:
      known && !isWithdrawn
        ? availabilityOf(known.counts, heldAt(known.held, occupiedSeenAt(known.ordered), now))
        : null,
    ...clocks,
    version: versionOf(known?.ordered ?? []),
    notes: isWithdrawn ? [] : notes,
    others: isWithdrawn ? [] : others,
  };
}

/** When the patients in bed were counted: not always by the source that is believed first. */
function occupiedSeenAt(ordered: readonly Standing[]): Instant | null {
  const counting = ordered.find(({ value }) => VALUE_BY_KIND.bed.parse(value).occupied !== undefined);
  return counting?.observedAt ?? null;
}

/** The version of a figure: that of the newest of the reports it is made from; `0` when there are none. */
export function versionOf(standings: readonly Pick<Standing, "version">[]): string {
  return String(Math.max(0, ...standings.map((one) => one.version)));
}

function clocksOf(
  subject: Subject,
  shown: Standing | undefined,
  now: Instant,
  pressure: { isUnderPressure: boolean },
) {
  const { freshness, until } = unlessSilent(
    freshnessOf(subject, shown?.observedAt, now, pressure),
    shown?.silentFrom,
    now,
    () => (shown ? staleUntil(subject, shown.observedAt, pressure) : null),
  );
  return {
    observedAt: shown?.observedAt ?? null,
    receivedAt: shown?.receivedAt ?? null,
    source: shown?.source ?? null,
    freshness,
    freshUntil: until,
    observation: shown?.observation ?? null,
  };
}

/** Of reports this far apart the older one is only older: patients came and went in between. */
export const DISAGREEMENT_WINDOW_MS = 15 * MINUTE_MS;
/** Counts that differ by no more than this many beds, or this share of them, are taken at different minutes. */
const DISAGREEMENT_BEDS = 2;
const DISAGREEMENT_SHARE = 0.1;

/**
 * What other sources say of the same time and beds that is not what is shown: a question to the
 * ward. A report that is newer than what is shown and not believed is always of the same time.
 */
function disagreeing(ordered: readonly Standing[], shown: BedCounts): OtherReport[] {
  const [first] = ordered;
  return ordered.slice(1).flatMap((standing) => {
    if (!first || elapsedMs(standing.observedAt, first.observedAt) > DISAGREEMENT_WINDOW_MS) return [];
    const value = VALUE_BY_KIND.bed.parse(standing.value);
    const differs = isFarFrom(value.occupied, shown.occupied) || isFarFrom(value.staffed, shown.staffed);
    return differs ? [{ source: standing.source, value, observedAt: standing.observedAt }] : [];
  });
}

function isFarFrom(said: number | undefined, shown: number | undefined): boolean {
  if (said === undefined || shown === undefined) return false;
  return Math.abs(said - shown) > Math.max(DISAGREEMENT_BEDS, DISAGREEMENT_SHARE * shown);
}
