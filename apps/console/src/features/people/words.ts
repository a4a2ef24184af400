import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { CityRole, FacilityRole } from "@ihims/core/people/schema.ts";

export const FACILITY_ROLE_WORDS: Record<FacilityRole, MessageDescriptor> = {
  administrator: msg`Administrator`,
  "bed-manager": msg`Bed manager`,
  pharmacist: msg`Pharmacist`,
  "blood-bank-officer": msg`Blood bank officer`,
  "roster-manager": msg`Roster manager`,
  dispatcher: msg`Ambulance dispatcher`,
  crew: msg`Ambulance crew`,
  "data-entry": msg`Data entry`,
  viewer: msg`May look, not change`,
};

export const CITY_ROLE_WORDS: Record<CityRole, MessageDescriptor> = {
  "platform-administrator": msg`Platform administrator`,
  "health-officer": msg`Health officer`,
  epidemiologist: msg`Epidemiologist`,
  "scheme-administrator": msg`Scheme administrator`,
  moderator: msg`Moderator`,
};
