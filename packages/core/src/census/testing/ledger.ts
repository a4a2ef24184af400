import type { BedType } from "../../beds/schema.ts";
import { Instant } from "../../time.ts";
import { anchor, NO_CENSUS, settle, type Declared } from "../counts.ts";
import { decideAdt, EFFECT_BY_EVENT, isSameLocation, locationKey, type CensusDecision } from "../rules.ts";
import type { AdtEvent, BedStatus, Census, Location, PatientClass, Visit, Ward } from "../schema.ts";

/** One hospital's census in memory: what the server keeps in tables, for tests of the rules. */
export interface Hospital {
  wards: readonly Ward[];
  visits: Map<string, Visit>;
  statuses: Map<string, { status: BedStatus; at: Instant }>;
  census: Map<BedType, Census>;
  declared: Map<BedType, Declared>;
}

export function aHospital(wards: readonly Ward[]): Hospital {
  return { wards, visits: new Map(), statuses: new Map(), census: new Map(), declared: new Map() };
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

export function knownIn(hospital: Hospital, type: BedType): number {
  return [...hospital.visits.values()].filter((visit) => typeOf(hospital, visit.location.ward) === type)
    .length;
}

export function occupiedIn(hospital: Hospital, type: BedType): number {
  return knownIn(hospital, type) + (hospital.census.get(type) ?? NO_CENSUS).unattributed;
}

function typeOf(hospital: Hospital, ward: string): BedType | undefined {
  return hospital.wards.find(({ code }) => code === ward)?.bedType ?? undefined;
}

/** Apply an event as the server does: decide, write, reckon. */
export function apply(hospital: Hospital, event: AdtEvent, now: Instant = at("23:59")): CensusDecision {
  const decision = decideAdt(event, {
    visit: (key) => hospital.visits.get(key),
    occupant: (place) =>
      [...hospital.visits.values()].find(({ location }) => isSameLocation(location, place)),
    ward: (code) => hospital.wards.find((ward) => ward.code === code),
    statusAt: (place) => hospital.statuses.get(locationKey(place))?.at,
  });
  if (decision.kind !== "changed" && decision.kind !== "conflict") return decision;
  const { saved, removed, statuses, unseenLeft, wards } = decision.change;
  const types = new Set(wards.map((ward) => typeOf(hospital, ward)).filter((type) => type !== undefined));
  const before = new Map([...types].map((type) => [type, knownIn(hospital, type)]));
  for (const { key } of removed) hospital.visits.delete(key);
  for (const visit of saved) hospital.visits.set(visit.key, visit);
  for (const { place, status } of statuses)
    hospital.statuses.set(locationKey(place), { status, at: event.recordedAt });
  for (const type of types) {
    const knownBefore = before.get(type) ?? 0;
    const anchored = anchor(hospital.census.get(type) ?? NO_CENSUS, hospital.declared.get(type), knownBefore);
    const left = unseenLeft.filter((ward) => typeOf(hospital, ward) === type).length;
    const movement = {
      occurredAt: event.occurredAt,
      knownBefore,
      knownAfter: knownIn(hospital, type),
      unseenLeft: left,
    };
    hospital.census.set(type, settle(anchored, movement, now));
  }
  return decision;
}
