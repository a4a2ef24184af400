import type { BedType } from "@ihims/core/beds/schema.ts";
import type { Ownership } from "@ihims/core/facilities/schema.ts";
import type { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import { happens, pick, randomOf, shuffled, wholeBetween, type Random } from "./random.ts";
import {
  CHILDRENS_HOSPITAL,
  CIVIL_HOSPITAL,
  EYE_HOSPITAL,
  HOSPITAL_STEMS,
  MATERNITY_HOME,
  MEDICAL_COLLEGE,
  MISSION_HOSPITAL,
  MUNICIPAL_HOSPITAL,
  NURSING_HOME,
  PRIVATE_HOSPITALS,
  TRUST_COLLEGE,
  TRUST_HOSPITAL,
} from "./words/institutions.ts";
import { FOUNDERS } from "./words/people.ts";
import { CITY_NAME } from "./words/places.ts";
import { compose, type Word } from "./words/words.ts";

/** How a ward's figures come to the platform. `never`: nobody sends them, so that silence is seen. */
export type Door = "hl7" | "api" | "staff" | "never";

/** How faithfully a hospital's staff type. Of the less faithful, figures grow stale and expire. */
export type Habit = "faithful" | "daily" | "rarely";

/** Beds of one type that are counted together: a ward, or all of that type where the sender counts no finer. */
export interface HospitalWard {
  /** PV1-3.1 where it is sent by HL7 v2; unique within the hospital. */
  code: string;
  type: BedType;
  door: Door;
  licensed: number;
  physical: number;
  staffed: number;
  /** PV1-3.3 of each staffed bed; empty where beds are only counted. */
  beds: string[];
}

/** A hospital before it has a place. */
export interface PlannedHospital {
  size: "large" | "middle" | "small";
  name: Word;
  ownership: Ownership;
  door: Door;
  habit: Habit;
  /** MSH-3 and MSH-4 of its interface; absent where there is none. */
  sender: { application: string; facility: string } | undefined;
  hasEmergency: boolean;
  specialties: SpecialtyId[];
  wards: HospitalWard[];
}

export const HOSPITAL_COUNT = 40;
const MIDDLE_COUNT = 14;
/** Beds of one ward; a large hospital has several wards of a type. */
const WARD_MAX_BEDS = 36;
/** Ways in which beds are used that a patient's movements do not tell: they are counted at another desk. */
const NOT_IN_ADT: readonly BedType[] = [
  "ventilator",
  "negative-pressure",
  "oxygen",
  "operating-theatre",
  "dialysis",
  "day-care",
];

/** Staffed beds by type. */
type Mix = Partial<Record<BedType, number>>;

const LARGE: Mix = {
  general: 270,
  emergency: 26,
  icu: 30,
  hdu: 18,
  ventilator: 22,
  nicu: 16,
  picu: 8,
  paediatric: 42,
  maternity: 46,
  labour: 12,
  isolation: 14,
  "negative-pressure": 6,
  burns: 10,
  psychiatric: 20,
  dialysis: 12,
  oxygen: 120,
  "operating-theatre": 10,
  "day-care": 16,
};
const MIDDLE: Mix = {
  general: 52,
  emergency: 8,
  icu: 12,
  hdu: 6,
  ventilator: 6,
  nicu: 4,
  paediatric: 8,
  maternity: 10,
  labour: 3,
  isolation: 3,
  dialysis: 5,
  oxygen: 20,
  "operating-theatre": 3,
  "day-care": 6,
};
const NURSING: Mix = { general: 14, icu: 3, oxygen: 4, "operating-theatre": 1 };
const MATERNITY: Mix = { maternity: 12, labour: 3, nicu: 3, "operating-theatre": 1 };
const CHILDREN: Mix = { paediatric: 16, nicu: 6, picu: 4, emergency: 2 };
const EYE: Mix = { general: 12, "day-care": 10, "operating-theatre": 3 };

/**
 * The 40 hospitals: 4 that teach or serve everybody, 14 of middle size, 22 small ones. 18 send
 * HL7 v2, 12 call the API, 8 type, 2 are silent.
 */
export function planHospitals(seed: number): PlannedHospital[] {
  const random = randomOf(seed, "hospitals");
  const stems = shuffled(random, HOSPITAL_STEMS);
  const [founder, ...founders] = shuffled(random, FOUNDERS);
  const take = <T>(list: T[]): T => list.shift() ?? pick(random, list);
  const kinds = [
    ...largeHospitals(founder ?? CITY_NAME),
    ...Array.from({ length: MIDDLE_COUNT }, (_, i) =>
      middleHospital(random, i, () => take(i < 5 ? founders : stems)),
    ),
    ...smallHospitals(random, () => take(stems)),
  ];
  const doors = doorsOf(random);
  const habits: Habit[] = shuffled(random, [
    "faithful",
    "faithful",
    "faithful",
    "faithful",
    "faithful",
    "daily",
    "daily",
    "rarely",
  ]);
  return kinds.map((kind, i) => {
    const door = doors[i] ?? "never";
    const habit = door === "staff" ? (habits.shift() ?? "faithful") : "faithful";
    const sender =
      door === "hl7"
        ? {
            application: pick(random, ["HIS", "MEDISUITE", "CAREFLOW", "SWASTHHIS"]),
            facility: `MGP${String(i + 1).padStart(3, "0")}`,
          }
        : undefined;
    return { ...kind, door, habit, sender, wards: wardsOf(random, kind.mix, kind.scale, door) };
  });
}

/** Who reports how, in the order of the hospitals: the larger have the better systems. */
function doorsOf(random: Random): Door[] {
  const middle: Door[] = [...Array<Door>(9).fill("hl7"), ...Array<Door>(4).fill("api"), "staff"];
  const small: Door[] = [
    ...Array<Door>(5).fill("hl7"),
    ...Array<Door>(8).fill("api"),
    ...Array<Door>(7).fill("staff"),
    "never",
    "never",
  ];
  return [...Array<Door>(4).fill("hl7"), ...shuffled(random, middle), ...shuffled(random, small)];
}

type Kind = Omit<PlannedHospital, "door" | "habit" | "sender" | "wards"> & { mix: Mix; scale: number };

const TEACHING: SpecialtyId[] = [
  "general-medicine",
  "general-surgery",
  "paediatrics",
  "obstetrics-gynaecology",
  "orthopaedics",
  "cardiology",
  "neurology",
  "nephrology",
  "psychiatry",
  "ent",
  "ophthalmology",
  "dermatology",
  "pulmonology",
];
const COMMON: SpecialtyId[] = [
  "general-medicine",
  "general-surgery",
  "paediatrics",
  "obstetrics-gynaecology",
  "orthopaedics",
];

function largeHospitals(founder: Word): Kind[] {
  const large = { size: "large", mix: LARGE, hasEmergency: true, specialties: TEACHING } as const;
  return [
    {
      ...large,
      specialties: [...TEACHING],
      name: compose(MEDICAL_COLLEGE, CITY_NAME),
      ownership: "government",
      scale: 1.3,
    },
    {
      ...large,
      specialties: [...TEACHING],
      name: compose(CIVIL_HOSPITAL, CITY_NAME),
      ownership: "government",
      scale: 0.75,
    },
    {
      ...large,
      specialties: [...TEACHING],
      name: compose(MUNICIPAL_HOSPITAL, CITY_NAME),
      ownership: "municipal",
      scale: 0.65,
    },
    {
      ...large,
      specialties: [...TEACHING],
      name: compose(TRUST_COLLEGE, founder),
      ownership: "trust",
      scale: 0.9,
    },
  ];
}

function middleHospital(random: Random, place: number, nextName: () => Word): Kind {
  const isTrust = place < 5;
  const name =
    place === 0
      ? MISSION_HOSPITAL
      : compose(isTrust ? TRUST_HOSPITAL : pick(random, PRIVATE_HOSPITALS), nextName());
  return {
    size: "middle",
    name,
    ownership: isTrust ? "trust" : "private",
    mix: MIDDLE,
    scale: 0.7 + random.next() * 0.75,
    hasEmergency: true,
    specialties: [...COMMON, ...shuffled(random, TEACHING.slice(COMMON.length)).slice(0, 3)],
  };
}

function smallHospitals(random: Random, nextStem: () => Word): Kind[] {
  const small = (pattern: Word, mix: Mix, specialties: SpecialtyId[]): Kind => ({
    size: "small",
    name: compose(pattern, nextStem()),
    ownership: "private",
    mix,
    scale: 0.75 + random.next() * 0.9,
    hasEmergency: mix.emergency !== undefined || (mix === NURSING && happens(random, 0.3)),
    specialties,
  });
  return [
    ...Array.from({ length: 11 }, () =>
      small(NURSING_HOME, NURSING, ["general-medicine", "general-surgery"]),
    ),
    ...Array.from({ length: 7 }, () =>
      small(MATERNITY_HOME, MATERNITY, ["obstetrics-gynaecology", "neonatology"]),
    ),
    ...Array.from({ length: 3 }, () => small(CHILDRENS_HOSPITAL, CHILDREN, ["paediatrics", "neonatology"])),
    small(EYE_HOSPITAL, EYE, ["ophthalmology"]),
  ];
}

/** The wards of a hospital: split into real wards where patients' movements are sent, one for a type otherwise. */
function wardsOf(random: Random, mix: Mix, scale: number, door: Door): HospitalWard[] {
  return Object.entries(mix).flatMap(([key, usual]) => {
    // The keys of a Mix are bed types; Object.entries forgets that.
    const type = key as BedType;
    const staffed = Math.max(1, Math.round(usual * scale * (0.9 + random.next() * 0.2)));
    const isMoved = door === "hl7" && !NOT_IN_ADT.includes(type);
    const count = isMoved ? Math.ceil(staffed / WARD_MAX_BEDS) : 1;
    return Array.from({ length: count }, (_, i): HospitalWard => {
      const share = Math.floor(staffed / count) + (i < staffed % count ? 1 : 0);
      const code = WARD_CODES[type] + (count > 1 ? String(i + 1) : "");
      const physical = share + wholeBetween(random, 0, Math.ceil(share / 12));
      return {
        code,
        type,
        door: door === "hl7" && !isMoved ? "api" : door,
        licensed: physical + (happens(random, 0.4) ? Math.ceil(share / 10) : 0),
        physical,
        staffed: share,
        beds: isMoved
          ? Array.from({ length: share }, (_, bed) => `${code}-${String(bed + 1).padStart(2, "0")}`)
          : [],
      };
    });
  });
}

/** What wards are called in messages. */
const WARD_CODES: Record<BedType, string> = {
  general: "GW",
  emergency: "ED",
  icu: "ICU",
  hdu: "HDU",
  ventilator: "VENT",
  nicu: "NICU",
  picu: "PICU",
  paediatric: "PAED",
  maternity: "MAT",
  labour: "LAB",
  isolation: "ISO",
  "negative-pressure": "NEG",
  burns: "BURN",
  psychiatric: "PSY",
  dialysis: "DIAL",
  oxygen: "OXY",
  "operating-theatre": "OT",
  "day-care": "DAY",
};
