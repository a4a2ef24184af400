import type { CodeableConcept, Coding } from "@medplum/fhirtypes";
import type { BedType } from "@ihims/core/beds/schema.ts";
import type { FacilityKind, Ownership } from "@ihims/core/facilities/schema.ts";
import { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import { SPECIALTIES, specialtyName } from "@ihims/core/vocabulary/specialties.ts";
import { coding, concept } from "./elements.ts";
import {
  BED_TYPE,
  FACILITY_KIND,
  MCSD_TYPES,
  OWNERSHIP,
  ROLE_CODE,
  SERVICE,
  SNOMED,
  SPECIALTY,
} from "./systems.ts";

/** Kinds of facility in HL7's list of places where care is given (v3 RoleCode), where it has them. */
const ROLE_BY_KIND: Partial<Record<FacilityKind, string>> = {
  hospital: "HOSP",
  clinic: "OF",
  "diagnostic-laboratory": "DX",
  "imaging-centre": "RADDX",
  pharmacy: "PHARM",
  dispensary: "PHARM",
  "ambulance-service": "AMB",
  "dialysis-centre": "HD",
  "mental-health": "PSYCHF",
  rehabilitation: "RH",
};

/** Bed types in the same list, as SANER maps HAvBED's; where several of ours are one of theirs, only the plainest. */
const ROLE_BY_BED_TYPE: Partial<Record<BedType, string>> = {
  general: "HU",
  emergency: "ER",
  icu: "ICU",
  nicu: "PEDNICU",
  picu: "PEDICU",
  paediatric: "PEDU",
  psychiatric: "PHU",
  dialysis: "HD",
};

const BED_TYPE_WORDS: Record<BedType, string> = {
  general: "General beds",
  emergency: "Emergency beds",
  icu: "Intensive care beds",
  hdu: "High dependency beds",
  ventilator: "Beds with a ventilator",
  nicu: "Newborn intensive care beds",
  picu: "Children's intensive care beds",
  paediatric: "Children's beds",
  maternity: "Maternity beds",
  labour: "Labour beds",
  isolation: "Isolation beds",
  "negative-pressure": "Negative pressure rooms",
  burns: "Burns beds",
  psychiatric: "Psychiatric beds",
  dialysis: "Dialysis places",
  oxygen: "Beds with oxygen",
  "operating-theatre": "Operating theatres",
  "day-care": "Day care beds",
};

export const FACILITY: CodeableConcept = concept(coding(MCSD_TYPES, "facility", "Facility"));
export const JURISDICTION_TYPE: CodeableConcept = concept(coding(MCSD_TYPES, "jurisdiction", "Jurisdiction"));

function roleCoding(code: string | undefined): Coding | undefined {
  return code === undefined ? undefined : coding(ROLE_CODE, code);
}

export function kindConcept(kind: FacilityKind): CodeableConcept {
  return concept(coding(FACILITY_KIND, kind, wordsOf(kind)), roleCoding(ROLE_BY_KIND[kind]));
}

export function ownershipConcept(ownership: Ownership): CodeableConcept {
  return concept(coding(OWNERSHIP, ownership, wordsOf(ownership)));
}

export function bedTypeConcept(type: BedType): CodeableConcept {
  return concept(coding(BED_TYPE, type, bedTypeWords(type)), roleCoding(ROLE_BY_BED_TYPE[type]));
}

export function bedTypeWords(type: BedType): string {
  return BED_TYPE_WORDS[type];
}

const SNOMED_BY_SPECIALTY = new Map(SPECIALTIES.map(({ id, snomed }) => [id as string, snomed]));

/** A specialty, with its SNOMED CT practice setting code where that list has one. A slug that we do not know is kept. */
export function specialtyConcept(slug: string): CodeableConcept {
  const id = SpecialtyId.safeParse(slug);
  const snomed = SNOMED_BY_SPECIALTY.get(slug);
  return concept(
    coding(SPECIALTY, slug, id.success ? specialtyName(id.data, "en") : wordsOf(slug)),
    snomed ? coding(SNOMED, snomed) : undefined,
  );
}

export function serviceConcept(slug: string): CodeableConcept {
  return concept(coding(SERVICE, slug, wordsOf(slug)));
}

/** `ct-scan` as words. */
export function wordsOf(slug: string): string {
  const words = slug.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
