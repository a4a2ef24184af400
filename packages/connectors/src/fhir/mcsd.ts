import type {
  HealthcareService,
  Location,
  Organization,
  OrganizationAffiliation,
  Resource,
} from "@medplum/fhirtypes";
import { BedType } from "@ihims/core/beds/schema.ts";
import { FacilityProfile, type Facility } from "@ihims/core/facilities/schema.ts";
import type { Day } from "@ihims/core/time.ts";
import { bedLocationOf } from "./beds.ts";
import { codesOf } from "./elements.ts";
import {
  locationOf,
  organizationOf,
  profileInLocation,
  profileInOrganization,
  type Surroundings,
} from "./facility.ts";
import { affiliationsOf, empanelmentIn } from "./schemes.ts";
import { offerIn, servicesOf } from "./services.ts";
import { BED_TYPE, MCSD_TYPES } from "./systems.ts";

/** Everything that mCSD says of one facility: the pair, its beds' places, its services, its empanelments. */
export function mcsdOf(
  facility: Facility,
  around: Surroundings,
  today: Day,
): (Organization | Location | HealthcareService | OrganizationAffiliation)[] {
  return [
    organizationOf(facility, around),
    locationOf(facility, around),
    ...facility.bedTypes.map((type) => bedLocationOf(facility, type)),
    ...servicesOf(facility),
    ...affiliationsOf(facility, today),
  ];
}

/** The page of a facility from its resources; undefined when they do not make one. */
export function facilityInMcsd(resources: readonly Resource[]): FacilityProfile | undefined {
  const organization = resources.find((one): one is Organization => one.resourceType === "Organization");
  const places = resources.filter((one): one is Location => one.resourceType === "Location");
  const place = places.find(({ type }) => codesOf(type, MCSD_TYPES).includes("facility"));
  if (!organization || !place) return undefined;
  const offers = resources
    .filter((one): one is HealthcareService => one.resourceType === "HealthcareService")
    .map(offerIn);
  return FacilityProfile.safeParse({
    ...profileInOrganization(organization),
    ...profileInLocation(place),
    bedTypes: places.flatMap(({ type }) =>
      codesOf(type, BED_TYPE).flatMap((code) => BedType.safeParse(code).data ?? []),
    ),
    specialties: offers.flatMap((one) => (one && "specialty" in one ? [one.specialty] : [])),
    services: offers.flatMap((one) => (one && "service" in one ? [one.service] : [])),
    schemes: resources
      .filter((one): one is OrganizationAffiliation => one.resourceType === "OrganizationAffiliation")
      .flatMap((one) => empanelmentIn(one) ?? []),
  }).data;
}
