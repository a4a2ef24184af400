import type { Address, ContactPoint, Extension, Location, Organization, Reference } from "@medplum/fhirtypes";
import {
  FacilityKind,
  Ownership,
  type Facility,
  type FacilityProfile,
  type Phone,
} from "@ihims/core/facilities/schema.ts";
import { FACILITY, kindConcept, ownershipConcept } from "./codes.ts";
import {
  beside,
  codesOf,
  coding,
  concept,
  externalIdsIn,
  identifiersOf,
  metaOf,
  part,
  partId,
  reference,
  stated,
  translationsIn,
  translationsOf,
} from "./elements.ts";
import { hoursFromFhir, hoursToFhir } from "./hours.ts";
import { EXTENSION, FACILITY_KIND, ORGANIZATION_TYPE, OWNERSHIP, PHYSICAL_TYPE } from "./systems.ts";

/** What of the city stands on the resources of its facilities. */
export interface Surroundings {
  /** Name of the city. */
  city: string;
  /** ISO 3166-1, two letters. */
  countryCode: string;
  /** The Location of the ward that the facility lies in; undefined when it is in none that is known. */
  ward: Reference<Location> | undefined;
  /** Where its data can be read. */
  endpoints: Organization["endpoint"];
}

/** The label under which the number of an emergency department stands. */
const EMERGENCY_LABEL = "emergency";

/** The organization of a facility: who it is, as against where. */
export function organizationOf(facility: Facility, around: Surroundings): Organization {
  return stated({
    resourceType: "Organization",
    id: partId(facility.id),
    meta: metaOf(facility, "IHE.mCSD.FacilityOrganization"),
    extension: attributionOf(facility),
    identifier: identifiersOf(facility.id, facility.externalIds),
    active: facility.isActive,
    type: [
      FACILITY,
      kindConcept(facility.kind),
      ...(facility.ownership ? [ownershipConcept(facility.ownership)] : []),
      concept(coding(ORGANIZATION_TYPE, "prov", "Healthcare Provider")),
    ],
    name: facility.name,
    _name: translationsOf(facility.names),
    alias: [...new Set(Object.values(facility.names))].filter((name) => name !== facility.name),
    telecom: telecomOf(facility),
    address: [addressOf(facility, around)],
    endpoint: around.endpoints,
  }) as Organization; // Only what was empty is gone.
}

/** The place of a facility: where it is, when it is open. Its live beds are added when it is sent. */
export function locationOf(facility: Facility, around: Surroundings): Location {
  const hours = hoursToFhir(facility.hours);
  const extension: Extension[] = [...attributionOf(facility), ...hours.extension];
  if (facility.hasEmergency !== null)
    extension.push({ url: EXTENSION.hasEmergency, valueBoolean: facility.hasEmergency });
  if (facility.wheelchair !== null)
    extension.push({ url: EXTENSION.wheelchair, valueCode: facility.wheelchair });
  return stated({
    resourceType: "Location",
    id: partId(facility.id),
    meta: metaOf(facility, "IHE.mCSD.FacilityLocation"),
    extension,
    identifier: identifiersOf(facility.id, facility.externalIds),
    status: facility.isActive ? "active" : "inactive",
    name: facility.name,
    _name: translationsOf(facility.names),
    alias: [...new Set(Object.values(facility.names))].filter((name) => name !== facility.name),
    mode: "instance",
    type: [FACILITY, kindConcept(facility.kind)],
    telecom: telecomOf(facility),
    address: addressOf(facility, around),
    physicalType: concept(coding(PHYSICAL_TYPE, "si", "Site")),
    position: { longitude: facility.position.lon, latitude: facility.position.lat },
    managingOrganization: reference("Organization", partId(facility.id), facility.name),
    partOf: around.ward,
    hoursOfOperation: hours.hoursOfOperation,
  }) as Location; // Only what was empty is gone.
}

function attributionOf({ attribution }: FacilityProfile): Extension[] {
  return attribution ? [{ url: EXTENSION.attribution, valueString: attribution }] : [];
}

function telecomOf({ phones, emergencyPhone, website }: FacilityProfile): ContactPoint[] {
  const labelled = (value: string, label: string | undefined, rank?: number): ContactPoint => ({
    ...(label === undefined ? {} : { extension: [{ url: EXTENSION.contactLabel, valueString: label }] }),
    system: "phone",
    value,
    use: "work",
    ...(rank === undefined ? {} : { rank }),
  });
  return [
    ...phones.map(({ number, label }, place) => labelled(number, label, place + 1)),
    ...(emergencyPhone ? [{ ...labelled(emergencyPhone, EMERGENCY_LABEL), use: "temp" as const }] : []),
    ...(website ? [{ system: "url" as const, value: website }] : []),
  ];
}

function addressOf({ address, locality, localityNames }: FacilityProfile, around: Surroundings): Address {
  return stated({
    text: address,
    district: locality,
    _district: translationsOf(localityNames),
    city: around.city,
    country: around.countryCode,
  });
}

/** The parts of a facility's page that some resource states; what it leaves out is not there. */
export type StatedProfile = Partial<FacilityProfile>;

/** What an Organization says of its facility. */
export function profileInOrganization(organization: Organization): StatedProfile {
  const { name, telecom, address, active, type, identifier, extension } = organization;
  const kind = FacilityKind.safeParse(codesOf(type, FACILITY_KIND)[0]);
  const ownership = Ownership.safeParse(codesOf(type, OWNERSHIP)[0]);
  return {
    ...stated({ name, isActive: active }),
    names: translationsIn(beside(organization, "name")),
    ...(kind.success ? { kind: kind.data } : {}),
    ...(type ? { ownership: ownership.success ? ownership.data : null } : {}),
    ...contactsIn(telecom),
    ...(address?.[0] ? placeIn(address[0]) : {}),
    externalIds: externalIdsIn(identifier),
    attribution: part(extension, EXTENSION.attribution)?.valueString ?? null,
  };
}

/** What a Location says of its facility. */
export function profileInLocation(location: Location): StatedProfile {
  const { name, telecom, address, status, type, position, extension } = location;
  const kind = FacilityKind.safeParse(codesOf(type, FACILITY_KIND)[0]);
  const wheelchair = part(extension, EXTENSION.wheelchair)?.valueCode;
  return {
    ...stated({ name }),
    names: translationsIn(beside(location, "name")),
    ...(status ? { isActive: status === "active" } : {}),
    ...(kind.success ? { kind: kind.data } : {}),
    ...(position?.latitude === undefined || position.longitude === undefined
      ? {}
      : { position: { lat: position.latitude, lon: position.longitude } }),
    ...contactsIn(telecom),
    ...(address ? placeIn(address) : {}),
    hours: hoursFromFhir(location),
    hasEmergency: part(extension, EXTENSION.hasEmergency)?.valueBoolean ?? null,
    // Its values are checked with the rest of the page, by the schema that has them.
    wheelchair: (wheelchair as FacilityProfile["wheelchair"]) ?? null,
    attribution: part(extension, EXTENSION.attribution)?.valueString ?? null,
  };
}

function contactsIn(telecom: readonly ContactPoint[] = []): StatedProfile {
  const labelOf = ({ extension }: ContactPoint) => part(extension, EXTENSION.contactLabel)?.valueString;
  const isEmergency = (one: ContactPoint) => one.use === "temp" && labelOf(one) === EMERGENCY_LABEL;
  const phones = telecom.flatMap((one): Phone[] => {
    if (one.system !== "phone" || one.value === undefined || isEmergency(one)) return [];
    const label = labelOf(one);
    return [{ number: one.value, ...(label === undefined ? {} : { label }) }];
  });
  return {
    phones,
    emergencyPhone: telecom.find(isEmergency)?.value ?? null,
    website: telecom.find(({ system }) => system === "url")?.value ?? null,
  };
}

function placeIn(address: Address): StatedProfile {
  const { text, line, district } = address;
  return {
    address: text ?? line?.join(", ") ?? null,
    locality: district ?? null,
    localityNames: translationsIn(beside(address, "district")),
  };
}
