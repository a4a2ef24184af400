import { FacilityId } from "@ihims/core/ids.ts";
import { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";

/** Which doctors the reader looks for, as it stands in the address. */
export interface DoctorTerms {
  /** Words of the name. */
  q: string | null;
  specialty: SpecialtyId | null;
  /** A language that they should speak, by its code; `lang` is the reader's own. */
  spoken: string | null;
  isOnDuty: boolean;
  facility: FacilityId | null;
}

export const NO_DOCTOR_TERMS: DoctorTerms = {
  q: null,
  specialty: null,
  spoken: null,
  isOnDuty: false,
  facility: null,
};

/** Languages that are offered; any other can stand in the address. */
export const OFFERED_LANGUAGES = ["mr", "hi", "en", "ur", "gu", "kn", "te", "ta", "ml", "bn", "pa"] as const;

const Q_MAX_CHARS = 100;

/** Read the filters of an address. What is not understood is left out: an old link still opens. */
export function readDoctorTerms(search: string): DoctorTerms {
  const given = new URLSearchParams(search);
  const spoken = given.get("spoken");
  return {
    q: given.get("q")?.trim().slice(0, Q_MAX_CHARS) || null,
    specialty: SpecialtyId.safeParse(given.get("specialty")).data ?? null,
    spoken: spoken !== null && /^[a-z]{2,3}$/.test(spoken) ? spoken : null,
    isOnDuty: given.get("duty") === "now",
    facility: FacilityId.safeParse(given.get("facility")).data ?? null,
  };
}

/** Write filters for an address; `readDoctorTerms` reads the same back. */
export function writeDoctorTerms({ q, specialty, spoken, isOnDuty, facility }: DoctorTerms): URLSearchParams {
  const search = new URLSearchParams();
  if (q) search.set("q", q);
  if (specialty) search.set("specialty", specialty);
  if (spoken) search.set("spoken", spoken);
  if (isOnDuty) search.set("duty", "now");
  if (facility) search.set("facility", facility);
  return search;
}
