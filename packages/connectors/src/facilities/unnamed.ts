import type { FacilityKind } from "@ihims/core/facilities/schema.ts";

/** The kind in words. Only for places of which nobody knows the name; the apps have words of their own. */
const WORDS_BY_KIND: Readonly<Record<FacilityKind, string>> = {
  hospital: "Hospital",
  clinic: "Clinic",
  "health-centre": "Health centre",
  "diagnostic-laboratory": "Diagnostic laboratory",
  "imaging-centre": "Imaging centre",
  "blood-bank": "Blood bank",
  pharmacy: "Pharmacy",
  dispensary: "Dispensary",
  "ambulance-service": "Ambulance station",
  "dialysis-centre": "Dialysis centre",
  "maternity-home": "Maternity home",
  hospice: "Hospice",
  "mental-health": "Mental health centre",
  rehabilitation: "Rehabilitation centre",
  dental: "Dental clinic",
  eye: "Eye clinic",
  ayush: "AYUSH clinic",
  "vaccination-centre": "Vaccination centre",
  "emergency-control": "Emergency control room",
};

/** What a place is called whose name the register does not know: `Pharmacy (unnamed)`. */
export function unnamedLabel(kind: FacilityKind): string {
  return `${WORDS_BY_KIND[kind]} (unnamed)`;
}

/** Whether a name is only a label of that sort, which says nothing of which place it is. */
export function isUnnamedLabel(name: string): boolean {
  return name.endsWith(" (unnamed)");
}
