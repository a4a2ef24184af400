import type { BedType } from "../../beds/schema.ts";
import { Instant } from "../../time.ts";
import {
  CensusBook,
  type BookChanges,
  type BookStart,
  type CensusFigure,
  type Said as SaidOfBeds,
  type StatusOfBed,
} from "../book.ts";
import type { Declared } from "../counts.ts";
import { EFFECT_BY_EVENT, isSameLocation, locationKey, type CensusDecision } from "../rules.ts";
import {
  BLOCKING_STATUSES,
  type AdtEvent,
  type BedPlace,
  type Census,
  type EndedVisit,
  type Location,
  type PatientClass,
  type Visit,
  type Ward,
} from "../schema.ts";

/** One hospital's census in memory, with nobody in it at first. */
export interface Hospital {
  book: CensusBook;
  visits: ReadonlyMap<string, Visit>;
  statuses: ReadonlyMap<string, StatusOfBed>;
  declared: { set(type: BedType, declared: Declared): void };
}

export function aHospital(wards: readonly Ward[]): Hospital {
  const book = new CensusBook({
    wards,
    visits: [],
    ended: [],
    statuses: [],
    counts: [],
    census: new Map(),
    said: new Map(),
  });
  return {
    book,
    visits: book.visits,
    statuses: book.statuses,
    declared: { set: (type, declared) => book.declare(type, declared) },
  };
}

/** `W1/2/3` is ward W1, room 2, bed 3; `W1//3` has no room; `W1` no bed. */
export function aPlace(text: string): Location {
  const [ward = "", room = "", bed = ""] = text.split("/");
  return { ward, room: room || null, bed: bed || null };
}

/** The minute of the day of the tests. */
export function at(clock: string): Instant {
  return Instant.parse(`2026-03-01T${clock}:00Z`);
}

export interface Said {
  at?: string;
  occurred?: string;
  to?: string;
  from?: string;
  class?: PatientClass;
}

/** `anEvent("A01", "v1", { to: "W1/1/1" })`: at 12:00, an inpatient, unless said otherwise. */
export function anEvent(event: string, visit: string, said: Said = {}): AdtEvent {
  return {
    event,
    effect: EFFECT_BY_EVENT.get(event) ?? "none",
    recordedAt: at(said.at ?? "12:00"),
    occurredAt: at(said.occurred ?? said.at ?? "12:00"),
    visits: [
      {
        visit,
        class: said.class ?? "inpatient",
        location: said.to ? aPlace(said.to) : null,
        prior: said.from ? aPlace(said.from) : null,
      },
    ],
    renamed: [],
    statuses: [],
  };
}

export function knownIn({ book }: Hospital, type: BedType): number {
  return book.knownIn(type);
}

export function occupiedIn({ book }: Hospital, type: BedType): number {
  return book.knownIn(type) + book.censusOf(type).unattributed;
}

export function apply({ book }: Hospital, event: AdtEvent, now: Instant = at("23:59")): CensusDecision {
  return book.apply(event, now).decision;
}

/** Keeps what runs of events leave behind, as a database does, and counts wards anew for each. */
export function keeperOf(wards: readonly Ward[]): {
  start(): BookStart;
  said(figures: readonly CensusFigure[]): void;
  write(changes: BookChanges): void;
} {
  const visits = new Map<string, Visit>();
  const ended = new Map<string, EndedVisit>();
  const statuses = new Map<string, StatusOfBed>();
  const census = new Map<BedType, Census>();
  const said = new Map<BedType, SaidOfBeds>();
  const inWard = <T>(of: ReadonlyMap<string, T>, wardOf: (one: T) => string, ward: string) =>
    [...of.values()].filter((one) => wardOf(one) === ward);
  const isFree = (place: BedPlace) =>
    [...visits.values()].every(({ location }) => !isSameLocation(location, place));
  return {
    start: () => ({
      wards,
      visits: [...visits.values()],
      ended: [...ended.values()],
      statuses: [...statuses.values()],
      census,
      said,
      counts: wards.map(({ code }) => {
        const ofWard = inWard(statuses, ({ place }) => place.ward, code);
        return {
          ward: code,
          visits: inWard(visits, ({ location }) => location.ward, code).length,
          statuses: ofWard.length,
          blocking: ofWard.filter(({ place, status }) => BLOCKING_STATUSES.includes(status) && isFree(place))
            .length,
        };
      }),
    }),
    said(figures) {
      for (const { type, observedAt } of figures)
        said.set(type, { declared: undefined, lastSaid: observedAt });
    },
    write(changes) {
      for (const key of changes.gone) visits.delete(key);
      for (const visit of changes.visits) visits.set(visit.key, visit);
      for (const key of changes.reopened) ended.delete(key);
      for (const one of changes.ended) ended.set(one.key, one);
      for (const one of changes.statuses) statuses.set(locationKey(one.place), one);
      for (const [type, one] of changes.census) census.set(type, one);
    },
  };
}
