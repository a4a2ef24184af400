import type { BedCounts, BedType } from "@ihims/core/beds/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { ModelCity } from "../city.ts";
import type { ModelHospital } from "../facilities.ts";
import type { HospitalWard } from "../hospitals.ts";
import { between, randomOf, shuffled, type Random } from "../random.ts";
import { makePatient, type BedPlace, type Patient } from "./adt.ts";
import { occupancyAt } from "./stays.ts";

/** A bed that patients are sent to by message, and who lies in it. */
export interface Slot {
  place: BedPlace;
  /**
   * The visit's number is the bed's, so that a simulator that is started again, and knows nothing
   * of those before, agrees with the platform again on each bed as soon as somebody moves there.
   */
  visit: string;
  patient: Patient | undefined;
  /** Kept free until a mistake is put right. */
  isReserved: boolean;
}

/** A ward as the simulator knows it. */
export interface SimulatedWard {
  hospital: ModelHospital;
  ward: HospitalWard;
  /** Its beds one by one, and trolleys; empty where beds are only counted. */
  slots: Slot[];
  occupied: number;
  blocked: number;
  /** What was last told of it, where a person tells. */
  told: number;
  /** When it fills and empties, in radians. */
  phase: number;
  /** Of one patient's coming, one's leaving and the telling of it: how often a second they happen. */
  rates: [admission: number, departure: number, telling: number];
  /** Whether the rates are those of another number of patients. */
  isStirred: boolean;
}

/** Trolleys in the corridor of an emergency ward, as a share of its beds. */
const TROLLEYS = 0.1;
/** Beds in one room. */
const ROOM_BEDS = 4;

/** Patients in bed at a hospital by type of bed; absent: not known, as many as usual. */
export type OpeningCensus = (ref: string, type: BedType) => number | undefined;

/**
 * The wards of the city at a moment. Of a type that is spread over several wards, each has its share.
 *
 * @param census what the platform shows now, so that a simulator goes on from there
 */
export function openWards(
  city: ModelCity,
  seed: number,
  at: Instant,
  census: OpeningCensus,
): SimulatedWard[] {
  const random = randomOf(seed, "wards");
  const homes = city.wards.map(({ name }) => name);
  return city.hospitals.flatMap((hospital) => {
    const wards = hospital.wards
      .filter(({ door }) => door !== "never")
      .map((ward) => emptyWard(random, hospital, ward));
    for (const [type, ofType] of Map.groupBy(wards, ({ ward }) => ward.type)) {
      const staffed = ofType.reduce((sum, { ward }) => sum + ward.staffed, 0);
      let left = census(hospital.ref, type) ?? usual(random, type, staffed, ofType[0]?.phase ?? 0, at);
      let beds = staffed;
      for (const one of ofType) {
        fill(random, one, Math.round((left * one.ward.staffed) / beds), homes);
        left -= one.occupied;
        beds -= one.ward.staffed;
      }
    }
    return wards;
  });
}

function usual(random: Random, type: BedType, staffed: number, phase: number, at: Instant): number {
  return Math.round(
    Math.min(staffed, staffed * (occupancyAt(type, phase, at) + between(random, -0.08, 0.08))),
  );
}

function emptyWard(random: Random, hospital: ModelHospital, ward: HospitalWard): SimulatedWard {
  const trolleys = ward.type === "emergency" && ward.door === "hl7" ? Math.ceil(ward.staffed * TROLLEYS) : 0;
  const prefix = hospital.sender?.facility ?? hospital.ref;
  const beds = ward.beds.map((bed, i): Slot => ({
    place: { ward: ward.code, room: `R${Math.floor(i / ROOM_BEDS) + 1}`, bed },
    visit: `${prefix}-${bed}`,
    patient: undefined,
    isReserved: false,
  }));
  const corridor = Array.from({ length: trolleys }, (_, i): Slot => ({
    place: { ward: ward.code, room: "", bed: "" },
    visit: `${prefix}-${ward.code}-T${i + 1}`,
    patient: undefined,
    isReserved: false,
  }));
  return {
    hospital,
    ward,
    slots: [...beds, ...corridor],
    occupied: 0,
    blocked: 0,
    told: 0,
    phase: between(random, 0, 2 * Math.PI),
    rates: [0, 0, 0],
    isStirred: true,
  };
}

function fill(random: Random, one: SimulatedWard, patients: number, homes: readonly string[]): void {
  if (one.ward.door !== "hl7") {
    one.occupied = Math.max(0, patients);
  } else {
    const beds = one.slots.filter(({ place }) => place.bed !== "");
    for (const slot of shuffled(random, beds).slice(0, Math.max(0, patients)))
      slot.patient = makePatient(random, homes);
    one.occupied = one.slots.filter(({ patient }) => patient).length;
  }
  one.told = one.occupied;
}

/** Patients that a ward can take at most: its staffed beds, and trolleys where it has any. */
export function capacityOf({ ward, slots }: SimulatedWard): number {
  return ward.door === "hl7" ? slots.length : ward.staffed;
}

/** What a ward that is counted says of itself. */
export function countsOf({ ward, occupied, blocked }: SimulatedWard): BedCounts {
  return {
    licensed: ward.licensed,
    physical: ward.physical,
    staffed: ward.staffed,
    occupied,
    blocked: Math.min(blocked, Math.max(0, ward.staffed - occupied)),
  };
}
