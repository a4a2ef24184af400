import type { BedCounts, BedType } from "../beds/schema.ts";
import type { Instant } from "../time.ts";
import { anchor, figureOf, NO_CENSUS, observedAtOf, settle, type Declared } from "./counts.ts";
import { decideAdt, locationKey, placeOf, type CensusChange, type CensusDecision } from "./rules.ts";
import {
  BLOCKING_STATUSES,
  type AdtEvent,
  type BedPlace,
  type BedStatus,
  type Census,
  type EndedVisit,
  type Visit,
  type Ward,
} from "./schema.ts";

/** How many visits and beds with a status a ward has; `blocking`: beds that are not for the next patient, and that nobody is in. */
export interface WardCounts {
  ward: string;
  visits: number;
  statuses: number;
  blocking: number;
}

/** What is said of the beds of a type beside the census. */
export interface Said {
  /** The newest figure of patients in bed that is not the feed's own. */
  declared: Declared | undefined;
  /** `observedAt` of what the feed last said. */
  lastSaid: Instant | undefined;
}

/** The status of a bed, and when it was recorded. */
export interface StatusOfBed {
  place: BedPlace;
  status: BedStatus;
  at: Instant;
}

/** What a book begins with. Visits, ends and statuses: at least all that the events to come can touch. */
export interface BookStart {
  wards: readonly Ward[];
  visits: readonly Visit[];
  ended: readonly EndedVisit[];
  statuses: readonly StatusOfBed[];
  /** Of every ward of the types that are touched; one that is not here has nobody. */
  counts: readonly WardCounts[];
  census: ReadonlyMap<BedType, Census>;
  said: ReadonlyMap<BedType, Said>;
}

/** What the feed says of the beds of one type after an event. */
export interface CensusFigure {
  type: BedType;
  value: BedCounts;
  observedAt: Instant;
}

/** What is different from the start, to be written at once. */
export interface BookChanges {
  /** Visits as they are now, and the names under which none is any more. */
  visits: readonly Visit[];
  gone: readonly string[];
  ended: readonly EndedVisit[];
  /** Visits that were over and are not. */
  reopened: readonly string[];
  statuses: readonly StatusOfBed[];
  census: ReadonlyMap<BedType, Census>;
}

/**
 * The census of one facility in memory, for as long as a few events are applied to it: read once,
 * kept current event by event, written once. Any division of a stream of events into such runs ends
 * in the same census.
 */
export class CensusBook {
  readonly #wards: readonly Ward[];
  readonly #byCode: ReadonlyMap<string, Ward>;
  readonly #visits: Map<string, Visit>;
  readonly #occupants = new Map<string, string>();
  readonly #ended: Map<string, EndedVisit>;
  readonly #statuses: Map<string, StatusOfBed>;
  readonly #counts: Map<string, WardCounts>;
  readonly #census: Map<BedType, Census>;
  readonly #said: Map<BedType, Said>;
  readonly #changed = {
    visits: new Set<string>(),
    ended: new Set<string>(),
    statuses: new Set<string>(),
    types: new Set<BedType>(),
  };

  constructor(start: BookStart) {
    this.#wards = start.wards;
    this.#byCode = new Map(start.wards.map((ward) => [ward.code, ward]));
    this.#visits = new Map(start.visits.map((visit) => [visit.key, visit]));
    for (const { key, location } of start.visits)
      if (location.bed !== null) this.#occupants.set(locationKey(location), key);
    this.#ended = new Map(start.ended.map((ended) => [ended.key, ended]));
    this.#statuses = new Map(start.statuses.map((status) => [locationKey(status.place), status]));
    this.#counts = new Map(start.counts.map((counts) => [counts.ward, { ...counts }]));
    this.#census = new Map(start.census);
    this.#said = new Map(start.said);
  }

  get visits(): ReadonlyMap<string, Visit> {
    return this.#visits;
  }

  get statuses(): ReadonlyMap<string, StatusOfBed> {
    return this.#statuses;
  }

  censusOf(type: BedType): Census {
    return this.#census.get(type) ?? NO_CENSUS;
  }

  /** Visits in beds of a type. */
  knownIn(type: BedType): number {
    return this.#total(type, "visits");
  }

  /** Somebody else has said something of the beds of a type. */
  declare(type: BedType, declared: Declared): void {
    this.#said.set(type, { lastSaid: this.#said.get(type)?.lastSaid, declared });
  }

  /**
   * Apply one event.
   *
   * @param event with visits under the names that they are kept by
   * @param now our own clock
   * @returns what was decided, and the figures of every type that it touches
   */
  apply(event: AdtEvent, now: Instant): { decision: CensusDecision; figures: readonly CensusFigure[] } {
    const decision = decideAdt(event, {
      visit: (key) => this.#visits.get(key),
      ended: (key) => this.#ended.get(key),
      occupant: (place) => this.#visits.get(this.#occupants.get(locationKey(place)) ?? ""),
      ward: (code) => this.#byCode.get(code),
      statusAt: (place) => this.#statuses.get(locationKey(place))?.at,
    });
    if (decision.kind !== "changed" && decision.kind !== "conflict") return { decision, figures: [] };
    return { decision, figures: this.#take(event, decision.change, now) };
  }

  changes(): BookChanges {
    const { visits, ended, statuses, types } = this.#changed;
    const stand = [...visits].flatMap((key) => this.#visits.get(key) ?? []);
    return {
      visits: stand,
      gone: [...visits].filter((key) => !this.#visits.has(key)),
      ended: [...ended].flatMap((key) => this.#ended.get(key) ?? []),
      reopened: [...ended].filter((key) => !this.#ended.has(key)),
      statuses: [...statuses].flatMap((key) => this.#statuses.get(key) ?? []),
      census: new Map([...types].map((type) => [type, this.censusOf(type)])),
    };
  }

  #take(event: AdtEvent, change: CensusChange, now: Instant): CensusFigure[] {
    const types = this.#typesOf(change.wards);
    const before = new Map(types.map((type) => [type, this.knownIn(type)]));
    this.#move(change, event.recordedAt);
    return types.map((type) => {
      const isOfType = (ward: string) => this.#byCode.get(ward)?.bedType === type;
      const knownBefore = before.get(type) ?? 0;
      const knownAfter = this.knownIn(type);
      const said = this.#said.get(type);
      const anchored = anchor(this.censusOf(type), said?.declared, knownBefore);
      const unseenLeft =
        change.unseenLeft.filter(isOfType).length - change.unseenBack.filter(isOfType).length;
      const { occurredAt } = event;
      const census = settle(anchored, { occurredAt, knownBefore, knownAfter, unseenLeft }, now);
      this.#census.set(type, census);
      this.#changed.types.add(type);
      // Nobody was there to be counted as one who left: an admission that comes late has nothing to take back.
      if (census.unattributed >= anchored.unattributed) this.#leftNobody(change.ended, isOfType);
      const observedAt = observedAtOf(anchored, occurredAt, said?.lastSaid);
      this.#said.set(type, { declared: said?.declared, lastSaid: observedAt });
      return { type, value: this.#figureOf(type, census), observedAt };
    });
  }

  #leftNobody(ended: readonly EndedVisit[], isOfType: (ward: string) => boolean): void {
    for (const one of ended)
      if (one.unseenIn !== null && isOfType(one.unseenIn))
        this.#ended.set(one.key, { ...one, unseenIn: null });
  }

  #figureOf(type: BedType, census: Census): BedCounts {
    const statuses = { known: this.#total(type, "statuses"), blocking: this.#total(type, "blocking") };
    return figureOf(
      census,
      this.knownIn(type),
      statuses,
      this.#wards.filter(({ bedType }) => bedType === type),
    );
  }

  /** Write visits and statuses over. All go before any comes: two may exchange their beds. */
  #move({ removed, saved, ended, statuses }: CensusChange, at: Instant): void {
    const before = [...removed, ...saved].flatMap(({ key }) => this.#visits.get(key) ?? []);
    const touched = new Map<string, BedPlace>();
    for (const { location } of [...before, ...saved]) {
      const place = placeOf(location);
      if (place) touched.set(locationKey(place), place);
    }
    for (const { place } of statuses) touched.set(locationKey(place), place);
    for (const [key, { ward }] of touched) if (this.#isBlocking(key)) this.#count(ward).blocking--;

    for (const { key, location } of before) {
      this.#visits.delete(key);
      this.#occupants.delete(locationKey(location));
      this.#count(location.ward).visits--;
      this.#changed.visits.add(key);
    }
    for (const visit of saved) {
      this.#visits.set(visit.key, visit);
      if (visit.location.bed !== null) this.#occupants.set(locationKey(visit.location), visit.key);
      this.#count(visit.location.ward).visits++;
      this.#changed.visits.add(visit.key);
      if (this.#ended.delete(visit.key)) this.#changed.ended.add(visit.key);
    }
    for (const one of ended) {
      this.#ended.set(one.key, one);
      this.#changed.ended.add(one.key);
    }
    for (const { place, status } of statuses) {
      const key = locationKey(place);
      if (!this.#statuses.has(key)) this.#count(place.ward).statuses++;
      this.#statuses.set(key, { place, status, at });
      this.#changed.statuses.add(key);
    }
    for (const [key, { ward }] of touched) if (this.#isBlocking(key)) this.#count(ward).blocking++;
  }

  #isBlocking(place: string): boolean {
    const status = this.#statuses.get(place)?.status;
    return status !== undefined && BLOCKING_STATUSES.includes(status) && !this.#occupants.has(place);
  }

  #count(ward: string): WardCounts {
    const known = this.#counts.get(ward) ?? { ward, visits: 0, statuses: 0, blocking: 0 };
    this.#counts.set(ward, known);
    return known;
  }

  #typesOf(codes: readonly string[]): BedType[] {
    const types = this.#wards.filter(({ code }) => codes.includes(code)).map(({ bedType }) => bedType);
    return [...new Set(types.filter((type) => type !== null))];
  }

  #total(type: BedType, what: "visits" | "statuses" | "blocking"): number {
    let sum = 0;
    for (const { code, bedType } of this.#wards)
      if (bedType === type) sum += this.#counts.get(code)?.[what] ?? 0;
    return sum;
  }
}
