import type { FacilityKind } from "@ihims/core/facilities/schema.ts";
import type { Tags } from "./elements.ts";

/** What `amenity` says. These are the ones that count as healthcare, and no others. */
const KIND_BY_AMENITY = new Map<string, FacilityKind>(
  Object.entries({
    hospital: "hospital",
    clinic: "clinic",
    doctors: "clinic",
    dentist: "dental",
    pharmacy: "pharmacy",
  }),
);

/**
 * What `healthcare` says. Values that name a profession are where it is practised.
 *
 * @see https://wiki.openstreetmap.org/wiki/Key:healthcare
 */
const KIND_BY_HEALTHCARE = new Map<string, FacilityKind>(
  Object.entries({
    alternative: "ayush",
    audiologist: "clinic",
    ayurveda: "ayush",
    birthing_center: "maternity-home",
    birthing_centre: "maternity-home",
    blood_bank: "blood-bank",
    blood_donation: "blood-bank",
    centre: "health-centre",
    center: "health-centre",
    clinic: "clinic",
    community_health_worker: "health-centre",
    counselling: "mental-health",
    dentist: "dental",
    dialysis: "dialysis-centre",
    dispensary: "dispensary",
    doctor: "clinic",
    doctors: "clinic",
    health_centre: "health-centre",
    homeopathy: "ayush",
    hospice: "hospice",
    hospital: "hospital",
    laboratory: "diagnostic-laboratory",
    maternity: "maternity-home",
    midwife: "maternity-home",
    medical_imaging: "imaging-centre",
    nurse: "clinic",
    nutrition_counselling: "clinic",
    occupational_therapist: "rehabilitation",
    optometrist: "eye",
    pharmacy: "pharmacy",
    physiotherapist: "rehabilitation",
    podiatrist: "clinic",
    postpartum_care: "maternity-home",
    psychotherapist: "mental-health",
    radiology: "imaging-centre",
    rehabilitation: "rehabilitation",
    sample_collection: "diagnostic-laboratory",
    speech_therapist: "rehabilitation",
    therapist: "rehabilitation",
    vaccination_centre: "vaccination-centre",
  }),
);

/** Kinds that say more than `amenity=clinic` or `amenity=doctors` beside them. */
const MORE_THAN_A_CLINIC: ReadonlySet<FacilityKind> = new Set([
  "ayush",
  "blood-bank",
  "diagnostic-laboratory",
  "dialysis-centre",
  "eye",
  "health-centre",
  "imaging-centre",
  "maternity-home",
  "mental-health",
  "rehabilitation",
  "vaccination-centre",
]);

/** Whether an element is about healthcare at all: the filter that counts are made with. */
export function isHealthcare(tags: Tags | undefined): tags is Tags {
  if (!tags) return false;
  const { amenity, healthcare, emergency } = tags;
  return (
    (amenity !== undefined && KIND_BY_AMENITY.has(amenity)) ||
    healthcare !== undefined ||
    emergency === "ambulance_station"
  );
}

export type KindReading =
  | { ok: true; kind: FacilityKind; note?: string }
  | { ok: false; field: string; reason: string };

/** The kind of facility that the tags of an element state. Where `amenity` and `healthcare` differ, `amenity` is believed. */
export function readKind(tags: Tags): KindReading {
  const { amenity = "", healthcare, emergency } = tags;
  const byAmenity = KIND_BY_AMENITY.get(amenity);
  const byHealthcare = kindOfHealthcare(tags);
  if (byAmenity) {
    if (!byHealthcare || byHealthcare === byAmenity) return { ok: true, kind: byAmenity };
    if (byAmenity === "clinic" && MORE_THAN_A_CLINIC.has(byHealthcare))
      return { ok: true, kind: byHealthcare };
    return {
      ok: true,
      kind: byAmenity,
      note: `healthcare=${healthcare} differs from amenity=${amenity}, which is believed`,
    };
  }
  if (byHealthcare) return { ok: true, kind: byHealthcare };
  if (emergency === "ambulance_station") return { ok: true, kind: "ambulance-service" };
  return {
    ok: false,
    field: "healthcare",
    reason: `healthcare=${healthcare} does not say which kind of facility it is`,
  };
}

function kindOfHealthcare(tags: Tags): FacilityKind | undefined {
  const values = (tags["healthcare"] ?? "").split(";").map((value) => value.trim().toLowerCase());
  const kind = values.map((value) => KIND_BY_HEALTHCARE.get(value)).find((found) => found !== undefined);
  const isImaging = /radiology|imaging/u.test(tags["healthcare:speciality"] ?? "");
  return kind === "diagnostic-laboratory" && isImaging ? "imaging-centre" : kind;
}
