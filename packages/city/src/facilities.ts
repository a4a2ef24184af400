import { FacilityProfile, type Hours, type OpeningSpan } from "@ihims/core/facilities/schema.ts";
import { fleetOfHospital, makeFleet, SERVICES } from "./ambulances.ts";
import { capabilitiesOf, type Capabilities } from "./capabilities.ts";
import {
  planHospitals,
  type Door,
  type Habit,
  type HospitalWard,
  type PlannedHospital,
} from "./hospitals.ts";
import { Sites, type Place } from "./places.ts";
import type { Plan, PlannedWard } from "./plan.ts";
import { happens, pick, pickBy, randomOf, shuffled, type Random } from "./random.ts";
import type { Layout } from "./streets.ts";
import {
  BLOOD_BANK,
  BRANCH,
  CLINICS,
  HOSPITAL_BLOOD_BANK,
  PHARMACIES,
  PHARMACY_STEMS,
} from "./words/institutions.ts";
import { FAMILY_NAMES } from "./words/people.ts";
import { CITY_NAME } from "./words/places.ts";
import { compose, word, type Word } from "./words/words.ts";

export const CLINIC_COUNT = 300;
export const PHARMACY_COUNT = 400;
export const BLOOD_BANK_COUNT = 12;

/** A place of the model city as a register would list it. `ref` is its external id in the system `demo`. */
export interface ModelFacility {
  ref: string;
  profile: FacilityProfile;
}

/** A hospital, with what its own systems know: its wards, and how their figures reach the platform. */
export interface ModelHospital extends ModelFacility {
  size: PlannedHospital["size"];
  door: Door;
  habit: Habit;
  sender: PlannedHospital["sender"];
  wards: HospitalWard[];
}

/** The system that the model city's external ids belong to. */
export const DEMO_SYSTEM = "demo";

/** Put all facilities into the city. */
export function buildFacilities(
  plan: Plan,
  layout: Layout,
  seed: number,
): { hospitals: ModelHospital[]; others: ModelFacility[] } {
  const taken = new Set<string>();
  const sites = new Sites(plan, layout, randomOf(seed, "sites"));
  const register = new Register(taken);
  const places: Place[] = [];
  const hospitals = planHospitals(seed).map((hospital, i): ModelHospital => {
    const place =
      i === 0 ? sites.inWard(centralWard(plan)) : sites.apartFrom(places, hospital.size === "middle" ? 6 : 3);
    places.push(place);
    const capabilities = capabilitiesOf(hospital, randomOf(seed, `capabilities ${i}`));
    const vehicles = vehiclesOfHospital(hospital, i, randomOf(seed, `vehicles ${i}`));
    const built = { ...capabilities, vehicles };
    return buildHospital(register, hospital, built, place, i, randomOf(seed, `hospital ${i}`));
  });
  const others = [
    ...buildClinics(register, sites, randomOf(seed, "clinics")),
    ...buildPharmacies(register, sites, places, randomOf(seed, "pharmacies")),
    ...buildBloodBanks(register, sites, places, hospitals, randomOf(seed, "blood banks")),
    ...buildAmbulanceServices(register, sites, places, randomOf(seed, "ambulances")),
  ];
  return { hospitals, others };
}

/** Beside the oldest ward: where the land was cheap when the first hospital was built. */
function centralWard({ wards }: Plan): PlannedWard {
  const ward = wards[1];
  if (!ward) throw new RangeError("a city has more than one ward");
  return ward;
}

/** Gives out the numbers: references, and telephone numbers that ring nowhere. */
class Register {
  readonly #names: Set<string>;
  #phones = 0;

  constructor(names: Set<string>) {
    this.#names = names;
  }

  isFree(name: Word): boolean {
    return !this.#names.has(name.en);
  }

  /**
   * India keeps no range for fiction. A subscriber's number never begins with 0, because 0 is the
   * prefix for calls to elsewhere, so these can be shown and not be dialled.
   */
  nextPhone(): string {
    this.#phones += 1;
    return `+91 20 0555 ${String(this.#phones).padStart(4, "0")}`;
  }

  enter(
    kind: FacilityProfile["kind"],
    ref: string,
    name: Word,
    place: Place,
    more: Partial<FacilityProfile>,
  ): ModelFacility {
    this.#names.add(name.en);
    const phone = this.nextPhone();
    const profile = FacilityProfile.parse({
      name: name.en,
      names: { ...name },
      kind,
      position: place.position,
      address: `${place.address}, ${place.ward.name.en}, ${CITY_NAME.en}`,
      locality: place.ward.name.en,
      localityNames: { ...place.ward.name },
      phones: [{ number: phone }],
      externalIds: [{ system: DEMO_SYSTEM, value: ref }],
      ...more,
    });
    return { ref, profile };
  }
}

function refOf(kind: string, place: number): string {
  return `${kind}-${String(place + 1).padStart(3, "0")}`;
}

function buildHospital(
  register: Register,
  hospital: PlannedHospital,
  capabilities: Capabilities & Pick<FacilityProfile, "vehicles">,
  place: Place,
  i: number,
  random: Random,
): ModelHospital {
  const { size, door, habit, sender, wards } = hospital;
  const isLarge = size === "large";
  const entered = register.enter("hospital", refOf("hospital", i), hospital.name, place, {
    ownership: hospital.ownership,
    hours: { kind: "always" },
    hasEmergency: hospital.hasEmergency,
    emergencyPhone: hospital.hasEmergency ? register.nextPhone() : null,
    wheelchair: isLarge
      ? "yes"
      : pick(random, size === "middle" ? ["yes", "limited"] : ["limited", "limited", "no", null]),
    ...capabilities,
    bedTypes: [...new Set(wards.map(({ type }) => type))],
  });
  return { ...entered, size, door, habit, sender, wards };
}

/** Weekdays and Saturday; Sunday closed. */
function weekly(...sessions: readonly (readonly [string, string])[]): Hours {
  const spans = [1, 2, 3, 4, 5, 6].flatMap((day) =>
    sessions.map(([from, to]): OpeningSpan => ({ day, from, to })),
  );
  return { kind: "weekly", spans, exceptions: [] };
}

const CLINIC_HOURS: readonly Hours[] = [
  weekly(["09:30", "13:00"], ["17:30", "21:00"]),
  weekly(["10:00", "13:30"], ["18:00", "21:30"]),
  weekly(["09:00", "12:30"], ["17:00", "20:00"]),
  weekly(["10:00", "14:00"], ["18:30", "22:00"]),
];

function buildClinics(register: Register, sites: Sites, random: Random): ModelFacility[] {
  return Array.from({ length: CLINIC_COUNT }, (_, i) => {
    const place = sites.anywhere();
    const { name, specialty } = freeName(register, place, () => {
      const kind = pickBy(random, CLINICS, ({ weight }) => weight);
      return { name: compose(kind.name, pick(random, FAMILY_NAMES)), specialty: kind.specialty };
    });
    return register.enter("clinic", refOf("clinic", i), name, place, {
      ownership: "private",
      hours: happens(random, 0.06) ? null : pick(random, CLINIC_HOURS),
      hasEmergency: false,
      wheelchair: pick(random, ["yes", "limited", "no", "no", null]),
      specialties: [specialty],
    });
  });
}

/** A name that nobody has yet; after some tries one with the ward behind it. */
function freeName<T extends { name: Word }>(register: Register, place: Place, next: () => T): T {
  for (let tries = 0; tries < 12; tries++) {
    const one = next();
    if (register.isFree(one.name)) return one;
  }
  for (;;) {
    const one = next();
    const name = compose(BRANCH, one.name, place.ward.name);
    if (register.isFree(name)) return { ...one, name };
  }
}

const PHARMACY_HOURS: readonly Hours[] = [
  weekly(["08:30", "22:30"]),
  weekly(["09:00", "22:00"]),
  weekly(["08:00", "23:00"]),
  weekly(["09:00", "14:00"], ["16:30", "22:00"]),
];

function buildPharmacies(
  register: Register,
  sites: Sites,
  hospitals: readonly Place[],
  random: Random,
): ModelFacility[] {
  return Array.from({ length: PHARMACY_COUNT }, (_, i) => {
    const isAtGate = happens(random, 0.22);
    const place = isAtGate ? sites.near(pick(random, hospitals)) : sites.anywhere();
    const { name } = freeName(register, place, () => ({
      name: compose(pick(random, PHARMACIES), pick(random, PHARMACY_STEMS)),
    }));
    const isAlwaysOpen = happens(random, isAtGate ? 0.4 : 0.04);
    return register.enter("pharmacy", refOf("pharmacy", i), name, place, {
      ownership: happens(random, 0.03) ? "government" : "private",
      hours: isAlwaysOpen ? { kind: "always" } : pick(random, PHARMACY_HOURS),
      hasEmergency: false,
      wheelchair: pick(random, ["yes", "limited", "no", null]),
    });
  });
}

/** Four within the large hospitals, the rest on their own. */
function buildBloodBanks(
  register: Register,
  sites: Sites,
  places: readonly Place[],
  hospitals: readonly ModelHospital[],
  random: Random,
): ModelFacility[] {
  const stems = shuffled(random, PHARMACY_STEMS);
  return Array.from({ length: BLOOD_BANK_COUNT }, (_, i) => {
    const home = i < 4 ? hospitals[i] : undefined;
    const place = (home && places[i]) ?? sites.apartFrom(places, 4);
    const name = home
      ? compose(HOSPITAL_BLOOD_BANK, nameOf(home))
      : compose(BLOOD_BANK, stems[i] ?? CITY_NAME);
    return register.enter("blood-bank", refOf("blood-bank", i), name, place, {
      ownership: home?.profile.ownership ?? (happens(random, 0.6) ? "trust" : "private"),
      hours: home || happens(random, 0.5) ? { kind: "always" } : weekly(["09:00", "20:00"]),
      hasEmergency: false,
      wheelchair: home ? "yes" : pick(random, ["yes", "limited", null]),
    });
  });
}

function nameOf({ profile: { names, name } }: ModelHospital): Word {
  return word(name, names["hi"] ?? name, names["mr"] ?? name);
}

function vehiclesOfHospital(
  { size, hasEmergency, ownership }: PlannedHospital,
  i: number,
  random: Random,
): FacilityProfile["vehicles"] {
  if (!hasEmergency) return [];
  const isFree = ownership === "government" || ownership === "municipal";
  return makeFleet(fleetOfHospital(size, random), { isFree, prefix: `H${i + 1}` }, random);
}

/** Services that send ambulances, each from a place of its own. Government's and trusts' ask for nothing. */
function buildAmbulanceServices(
  register: Register,
  sites: Sites,
  places: readonly Place[],
  random: Random,
): ModelFacility[] {
  return SERVICES.map(({ name, ownership, fleet }, i) =>
    register.enter("ambulance-service", refOf("ambulance-service", i), name, sites.apartFrom(places, 4), {
      ownership,
      hours: { kind: "always" },
      hasEmergency: false,
      vehicles: makeFleet(fleet, { isFree: ownership !== "private", prefix: `A${i + 1}` }, random),
    }),
  );
}
