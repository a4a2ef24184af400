import type { BedType } from "@ihims/core/beds/schema.ts";

/**
 * LOINC codes of the US Situational Awareness Framework for Reporting (HL7 us-safr, value set
 * bed-capacity-loinc, read in 2026): occupied, and unoccupied = staffed and not blocked. Psychiatric
 * beds are those of adults there; ours are not told apart.
 */
export const LOINC_BY_BED_TYPE: Partial<Record<BedType, { occupied: string; unoccupied?: string }>> = {
  general: { occupied: "112568-1", unoccupied: "112567-3" },
  icu: { occupied: "112575-6", unoccupied: "112574-9" },
  hdu: { occupied: "112570-7", unoccupied: "112569-9" },
  nicu: { occupied: "112545-9", unoccupied: "112544-2" },
  picu: { occupied: "112562-4", unoccupied: "112561-6" },
  paediatric: { occupied: "112564-0", unoccupied: "112563-2" },
  maternity: { occupied: "112547-5", unoccupied: "112546-7" },
  emergency: { occupied: "112508-7" },
  burns: { occupied: "112516-0", unoccupied: "112515-2" },
  psychiatric: { occupied: "112531-9", unoccupied: "112530-1" },
  "negative-pressure": { occupied: "112514-5", unoccupied: "112513-7" },
};

/** What SANER calls the counts of some bed types (HL7 fhir-saner, MeasuredValues, read in 2026). */
export const SANER_BY_BED_TYPE: Partial<
  Record<BedType, { staffed: string; occupied: string; free: string }>
> = {
  icu: { staffed: "numICUBeds", occupied: "numICUBedsOcc", free: "numICUBedsAvail" },
  ventilator: { staffed: "numVent", occupied: "numVentUse", free: "numVentAvail" },
};
/** And those of all beds together. */
export const SANER_OF_TOTAL = {
  staffed: "numTotBeds",
  occupied: "numTotBedsOcc",
  free: "numTotBedsAvail",
} as const;
