import type { Ownership } from "@ihims/core/facilities/schema.ts";
import type { Empanelment, SchemeId } from "@ihims/core/schemes/schema.ts";
import { Day } from "@ihims/core/time.ts";
import type { ServiceId, SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import type { PlannedHospital } from "./hospitals.ts";
import { happens, pick, shuffled, type Random } from "./random.ts";

/** What a hospital can do, and who pays for it there. */
export interface Capabilities {
  specialties: SpecialtyId[];
  services: ServiceId[];
  schemes: Empanelment[];
}

/** What the hospitals that teach have beside the common specialties. */
const OF_TEACHING: readonly SpecialtyId[] = [
  "urology",
  "gastroenterology",
  "endocrinology",
  "medical-oncology",
  "surgical-oncology",
  "neurosurgery",
  "cardiothoracic-surgery",
  "plastic-surgery",
  "burns",
  "paediatric-surgery",
  "neonatology",
  "haematology",
  "rheumatology",
  "infectious-diseases",
  "dentistry",
  "radiology",
  "physiotherapy",
  "geriatrics",
  "toxicology",
];
/** Some of these are at each hospital of middle size. */
const OF_MIDDLE: readonly SpecialtyId[] = [
  "urology",
  "gastroenterology",
  "neurosurgery",
  "endocrinology",
  "medical-oncology",
  "plastic-surgery",
  "cardiothoracic-surgery",
  "neonatology",
  "rheumatology",
  "spine-surgery",
  "surgical-oncology",
  "haematology",
];
const SERVICES_OF_LARGE: readonly ServiceId[] = [
  "x-ray",
  "ultrasound",
  "ct-scan",
  "mri",
  "laboratory",
  "blood-bank",
  "cath-lab",
  "endoscopy",
  "operating-theatre",
  "labour-room",
  "stroke-unit",
  "trauma-centre",
  "antivenom",
  "anti-rabies-vaccine",
  "vaccination",
  "physiotherapy",
  "echo",
  "eeg",
  "chemotherapy",
];
/** Services of a hospital of middle size, with how many of 100 have them. */
const SERVICES_OF_MIDDLE: readonly (readonly [ServiceId, number])[] = [
  ["x-ray", 100],
  ["ultrasound", 100],
  ["laboratory", 100],
  ["ct-scan", 80],
  ["mri", 40],
  ["endoscopy", 60],
  ["cath-lab", 35],
  ["operating-theatre", 100],
  ["labour-room", 90],
  ["echo", 80],
  ["physiotherapy", 70],
  ["antivenom", 30],
  ["anti-rabies-vaccine", 50],
  ["vaccination", 60],
  ["blood-bank", 20],
  ["chemotherapy", 20],
  ["stroke-unit", 25],
];
const SERVICES_OF_SMALL: readonly (readonly [ServiceId, number])[] = [
  ["x-ray", 60],
  ["laboratory", 70],
  ["ultrasound", 50],
  ["echo", 15],
];

/** Draw what a hospital can do from what it is. What it says of its wards is true: an ICU is a service too. */
export function capabilitiesOf(hospital: Omit<PlannedHospital, "name">, random: Random): Capabilities {
  const { size, hasEmergency, ownership } = hospital;
  const specialties = [...hospital.specialties];
  if (hasEmergency) specialties.push("emergency-medicine", "critical-care");
  if (size === "large") specialties.push(...OF_TEACHING);
  if (size === "middle") specialties.push(...shuffled(random, OF_MIDDLE).slice(0, 5), "anaesthesiology");
  return {
    specialties: [...new Set(specialties)],
    services: [...new Set([...drawServices(hospital, random), ...servicesOfWards(hospital)])],
    schemes: schemesOf(size, ownership, specialties, random),
  };
}

function drawServices(
  { size, specialties }: Pick<PlannedHospital, "size" | "specialties">,
  random: Random,
): ServiceId[] {
  if (size === "large") return [...SERVICES_OF_LARGE];
  const some = size === "middle" ? SERVICES_OF_MIDDLE : SERVICES_OF_SMALL;
  const drawn = some.filter(([, share]) => happens(random, share / 100)).map(([service]) => service);
  if (specialties.includes("obstetrics-gynaecology") && size === "small")
    drawn.push("labour-room", "operating-theatre");
  if (specialties[0] === "ophthalmology") drawn.push("eye-theatre");
  if (specialties[0] === "paediatrics") drawn.push("vaccination");
  return drawn;
}

/** A ward that is a service as well. */
function servicesOfWards({ wards }: Pick<PlannedHospital, "wards">): ServiceId[] {
  const types = new Set(wards.map(({ type }) => type));
  const services: ServiceId[] = [];
  if (types.has("dialysis")) services.push("dialysis");
  if (types.has("icu")) services.push("icu");
  if (types.has("ventilator")) services.push("ventilator");
  if (types.has("nicu")) services.push("nicu");
  if (types.has("picu")) services.push("picu");
  if (types.has("burns")) services.push("burns-unit");
  if (types.has("psychiatric")) services.push("de-addiction");
  return services;
}

/** How many of 100 hospitals treat under a scheme, by who owns them. */
const SCHEMES: Record<"public" | "trust" | "private", readonly (readonly [SchemeId, number])[]> = {
  public: [
    ["pm-jay", 100],
    ["mjpjay", 100],
    ["esic", 50],
    ["cghs", 75],
    ["echs", 50],
  ],
  trust: [
    ["pm-jay", 70],
    ["mjpjay", 70],
    ["cghs", 40],
    ["echs", 30],
    ["mediclaim-cashless", 60],
  ],
  private: [
    ["pm-jay", 25],
    ["mjpjay", 20],
    ["cghs", 25],
    ["mediclaim-cashless", 75],
  ],
};
/** Government pays everywhere for everything that its own hospitals do; elsewhere for some specialties. */
const EVERYTHING: readonly SchemeId[] = ["cghs", "echs", "mediclaim-cashless"];

/** Since when hospitals treat under a scheme: agreements begin with a year of accounts. */
const SINCE: readonly (Day | null)[] = ["2021-04-01", "2023-04-01", "2024-07-01", "2025-04-01", null].map(
  (day) => (day === null ? null : Day.parse(day)),
);

function schemesOf(
  size: PlannedHospital["size"],
  ownership: Ownership,
  specialties: readonly SpecialtyId[],
  random: Random,
): Empanelment[] {
  const isPublic = ownership === "government" || ownership === "municipal";
  const chances = SCHEMES[isPublic ? "public" : ownership === "trust" ? "trust" : "private"];
  return chances.flatMap(([scheme, share]) => {
    if (!happens(random, (size === "small" ? share / 2 : share) / 100)) return [];
    const isWhole = isPublic || EVERYTHING.includes(scheme);
    const covered = isWhole ? [] : shuffled(random, specialties).slice(0, Math.ceil(specialties.length / 2));
    const from = pick(random, SINCE);
    return [{ scheme, specialties: covered, from, to: null }];
  });
}
