import { DoctorProfile, type DutySpan, type Leave, type Roster } from "@ihims/core/doctors/schema.ts";
import type { Hours } from "@ihims/core/facilities/schema.ts";
import { DAY_MS, type Day } from "@ihims/core/time.ts";
import { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import type { ModelCity } from "./city.ts";
import { DEMO_SYSTEM, type ModelFacility, type ModelHospital } from "./facilities.ts";
import { happens, pick, randomOf, shuffled, wholeBetween, type Random } from "./random.ts";
import { DOCTORS_FEMALE, DOCTORS_MALE, FAMILY_NAMES } from "./words/people.ts";
import { compose, word, type Word } from "./words/words.ts";

/** A doctor of the model city. Their posts name facilities by the model city's references. */
export interface ModelDoctor {
  ref: string;
  profile: DoctorProfile;
  posts: (Roster & { facility: string })[];
}

/** Doctors of one specialty at a hospital. */
const COUNTS = { large: [2, 4], middle: [1, 2], small: [1, 2] } as const;
/** Somebody of these is in the house at every hour where there is an emergency department. */
const ROUND_THE_CLOCK: readonly SpecialtyId[] = ["emergency-medicine", "critical-care"];
/** Three shifts, as the wards have them. */
const SHIFTS = [
  { from: "07:00", to: "14:00" },
  { from: "14:00", to: "21:00" },
  { from: "21:00", to: "07:00" },
] as const;
/** Hours of out-patients at hospitals. */
const CLINIC_SESSIONS = [
  { from: "09:00", to: "13:00" },
  { from: "10:00", to: "14:00" },
  { from: "09:30", to: "16:00" },
] as const;
const NIGHT = { from: "20:00", to: "08:00" } as const;
const WORKDAYS = [1, 2, 3, 4, 5, 6] as const;
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** Of so many doctors one is away just now, or will be soon. */
const ON_LEAVE = 0.05;
/** Of so many hospital doctors one has an evening at a clinic as well. */
const ALSO_AT_CLINIC = 0.15;

const PATTERN = word("Dr {0} {1}", "डॉ. {0} {1}");

/**
 * The doctors of a model city, with their rosters. The same seed and day, the same doctors.
 *
 * @param today from which leave is reckoned
 */
export function makeDoctors(city: ModelCity, today: Day): ModelDoctor[] {
  const random = randomOf(city.seed, "doctors");
  const register = new DoctorRegister(random, today);
  const clinics = city.facilities.filter(({ profile }) => profile.kind === "clinic");
  return [
    ...city.hospitals.flatMap((hospital) => doctorsOfHospital(register, hospital, clinics)),
    ...clinics.flatMap((clinic) => doctorOfClinic(register, clinic)),
  ];
}

class DoctorRegister {
  readonly random: Random;
  readonly #today: Day;
  readonly #names = new Set<string>();
  #count = 0;

  constructor(random: Random, today: Day) {
    this.random = random;
    this.#today = today;
  }

  /** @param family of the family name, where the clinic says it */
  enter(specialty: SpecialtyId, posts: ModelDoctor["posts"], family?: Word): ModelDoctor {
    const { name, gender } = this.#freeName(family);
    this.#count += 1;
    const ref = `doctor-${String(this.#count).padStart(4, "0")}`;
    const languages = [
      "mr",
      "hi",
      ...(happens(this.random, 0.8) ? ["en"] : []),
      ...(happens(this.random, 0.1) ? ["ur"] : []),
    ];
    const profile = DoctorProfile.parse({
      name: name.en,
      names: { ...name },
      specialties: [specialty],
      languages,
      gender,
      qualifications: QUALIFICATIONS[specialty] ?? "MBBS, MD",
      externalIds: [{ system: DEMO_SYSTEM, value: ref }],
    });
    const leave = this.#leave();
    return { ref, profile, posts: posts.map((post) => ({ ...post, leave })) };
  }

  #freeName(family: Word | undefined): { name: Word; gender: "female" | "male" } {
    for (let tries = 0; ; tries += 1) {
      const gender = happens(this.random, 0.42) ? "female" : "male";
      const given = pick(this.random, gender === "female" ? DOCTORS_FEMALE : DOCTORS_MALE);
      const name = compose(PATTERN, given, family ?? pick(this.random, FAMILY_NAMES));
      if (this.#names.has(name.en) && tries < 20) continue;
      this.#names.add(name.en);
      return { name, gender };
    }
  }

  #leave(): Leave[] {
    if (!happens(this.random, ON_LEAVE)) return [];
    const from = wholeBetween(this.random, -3, 12);
    return [
      {
        from: dayAfter(this.#today, from),
        to: dayAfter(this.#today, from + wholeBetween(this.random, 1, 7)),
      },
    ];
  }
}

const QUALIFICATIONS: Partial<Record<SpecialtyId, string>> = {
  "general-surgery": "MBBS, MS (General Surgery)",
  "obstetrics-gynaecology": "MBBS, MS (Obstetrics and Gynaecology)",
  orthopaedics: "MBBS, MS (Orthopaedics)",
  ophthalmology: "MBBS, MS (Ophthalmology)",
  ent: "MBBS, MS (ENT)",
  cardiology: "MBBS, MD, DM (Cardiology)",
  neurology: "MBBS, MD, DM (Neurology)",
  nephrology: "MBBS, MD, DM (Nephrology)",
  urology: "MBBS, MS, MCh (Urology)",
  neurosurgery: "MBBS, MS, MCh (Neurosurgery)",
  dentistry: "BDS, MDS",
  physiotherapy: "BPT, MPT",
  "family-medicine": "MBBS",
};

function doctorsOfHospital(
  register: DoctorRegister,
  hospital: ModelHospital,
  clinics: readonly ModelFacility[],
): ModelDoctor[] {
  const { random } = register;
  return hospital.profile.specialties.flatMap((id) => {
    const specialty = SpecialtyId.parse(id);
    const isRoundTheClock = ROUND_THE_CLOCK.includes(specialty);
    const [from, to] = COUNTS[hospital.size];
    const count = isRoundTheClock ? SHIFTS.length : wholeBetween(random, from, to);
    return Array.from({ length: count }, (_, place) => {
      const spans = isRoundTheClock ? shiftsOf(place, count) : clinicAndCall(random, place, count);
      const posts: ModelDoctor["posts"] = [{ facility: hospital.ref, spans, exceptions: [], leave: [] }];
      const evening =
        happens(random, ALSO_AT_CLINIC) && clinics.find(({ profile }) => profile.specialties.includes(id));
      if (evening && !isRoundTheClock)
        posts.push({ facility: evening.ref, spans: twoEvenings(random), exceptions: [], leave: [] });
      return register.enter(specialty, posts);
    });
  });
}

/** Doctors go round the shifts, day by day, so that each is taken by somebody. */
function shiftsOf(place: number, count: number): DutySpan[] {
  return ALL_DAYS.flatMap((day) =>
    SHIFTS.flatMap((shift, at) =>
      (at + day) % count === place ? [{ day, ...shift, mode: "on-site" as const }] : [],
    ),
  );
}

/** Out-patients by day, and on call for some of the nights. */
function clinicAndCall(random: Random, place: number, count: number): DutySpan[] {
  const session = pick(random, CLINIC_SESSIONS);
  const days = shuffled(random, WORKDAYS).slice(0, wholeBetween(random, 4, 6));
  return [
    ...days.toSorted((a, b) => a - b).map((day) => ({ day, ...session, mode: "on-site" as const })),
    ...ALL_DAYS.filter((day) => day % count === place % count).map((day) => ({
      day,
      ...NIGHT,
      mode: "on-call" as const,
    })),
  ];
}

function twoEvenings(random: Random): DutySpan[] {
  const days = shuffled(random, WORKDAYS)
    .slice(0, 2)
    .toSorted((a, b) => a - b);
  return days.map((day) => ({ day, from: "18:00", to: "20:30", mode: "on-site" }));
}

/** Whoever gives the clinic its name, in its hours. */
function doctorOfClinic(register: DoctorRegister, { ref, profile }: ModelFacility): ModelDoctor[] {
  const specialty = SpecialtyId.safeParse(profile.specialties[0]);
  if (!specialty.success) return [];
  const family = FAMILY_NAMES.find(({ en }) => profile.name.includes(en));
  return [
    register.enter(
      specialty.data,
      [{ facility: ref, spans: spansOf(profile.hours), exceptions: [], leave: [] }],
      family,
    ),
  ];
}

function spansOf(hours: Hours | null): DutySpan[] {
  if (hours?.kind !== "weekly") return [];
  return hours.spans.map((span) => ({ ...span, mode: "on-site" }));
}

function dayAfter(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
