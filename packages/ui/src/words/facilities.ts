import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import type { Facility, FacilityKind, Ownership } from "@ihims/core/facilities/schema.ts";

/** One facility of a kind. */
export const KIND_WORDS: Record<FacilityKind, MessageDescriptor> = {
  hospital: msg`Hospital`,
  clinic: msg`Clinic`,
  "health-centre": msg`Health centre`,
  "diagnostic-laboratory": msg`Laboratory`,
  "imaging-centre": msg`Imaging centre`,
  "blood-bank": msg`Blood bank`,
  pharmacy: msg`Pharmacy`,
  dispensary: msg`Dispensary`,
  "ambulance-service": msg`Ambulance service`,
  "dialysis-centre": msg`Dialysis centre`,
  "maternity-home": msg`Maternity home`,
  hospice: msg`Hospice`,
  "mental-health": msg`Mental health centre`,
  rehabilitation: msg`Rehabilitation centre`,
  dental: msg`Dental clinic`,
  eye: msg`Eye clinic`,
  ayush: msg`AYUSH centre`,
  "vaccination-centre": msg`Vaccination centre`,
  "emergency-control": msg`Emergency control room`,
};

export const OWNERSHIP_WORDS: Record<Ownership, MessageDescriptor> = {
  government: msg`Government`,
  municipal: msg`Municipal`,
  trust: msg`Charitable trust`,
  private: msg`Private`,
  "armed-forces": msg`Armed forces`,
  employer: msg`Employer`,
};

export const WHEELCHAIR_WORDS: Record<NonNullable<Facility["wheelchair"]>, MessageDescriptor> = {
  yes: msg`Wheelchair accessible`,
  limited: msg`Partly wheelchair accessible`,
  no: msg`Not wheelchair accessible`,
};
