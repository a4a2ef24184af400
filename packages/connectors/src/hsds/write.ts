import type { City } from "@ihims/core/city/schema.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import type {
  HsdsAttribute,
  HsdsLocation,
  HsdsOrganization,
  HsdsService,
  HsdsServiceAtLocation,
} from "./schema.ts";
import { writeSchedules } from "./schedules.ts";
import { CAPACITY_COUNTS, nameOf, termOf, type Fact, type TaxonomyName, type UuidOf } from "./terms.ts";

/** What is written of a place beside its own record. */
export interface HsdsSetting {
  city: Pick<City, "name" | "countryCode">;
  /** Hours that the city's time is ahead of UTC. */
  utcOffsetHours: number;
  uuidOf: UuidOf;
}

/** A place in HSDS: an organization at one location, with a service for each thing that it offers. */
export interface HsdsPlace {
  organization: HsdsOrganization;
  location: HsdsLocation;
  services: { service: HsdsService; at: HsdsServiceAtLocation }[];
}

/** What a place offers, as codes of our taxonomies: the place itself first. */
export function offersOf({
  kind,
  specialties,
  services,
  bedTypes,
  beds,
}: FacilityRecord): { taxonomy: TaxonomyName; code: string }[] {
  const types = new Set([...bedTypes, ...beds.map(({ type }) => type)]);
  return [
    { taxonomy: "kind", code: kind },
    ...specialties.map((code) => ({ taxonomy: "specialty" as const, code })),
    ...services.map((code) => ({ taxonomy: "service" as const, code })),
    ...[...types].map((code) => ({ taxonomy: "bed" as const, code })),
  ];
}

/** The UUID of the service that a place offers. */
export function serviceIdOf(facility: string, taxonomy: TaxonomyName, code: string, uuidOf: UuidOf): string {
  return uuidOf(`service:${facility}:${taxonomy}:${code}`);
}

/** A facility as HSDS has it. Live beds stand as attributes of the service at its location. */
export function placeOf(record: FacilityRecord, setting: HsdsSetting): HsdsPlace {
  return {
    organization: organizationOf(record, setting),
    location: locationOf(record, setting),
    services: offersOf(record).map(({ taxonomy, code }) => serviceOf(record, taxonomy, code, setting)),
  };
}

function attributesFor(link: string, entity: string, uuidOf: UuidOf) {
  let count = 0;
  return (taxonomy: TaxonomyName, code: string, value: string): HsdsAttribute => {
    const term = termOf(taxonomy, code, uuidOf);
    count += 1;
    return {
      id: uuidOf(`attribute:${link}:${count}`),
      link_id: link,
      link_entity: entity,
      taxonomy_term_id: term.id,
      taxonomy_term: term,
      value,
    };
  };
}

function alternateOf({ name, names }: FacilityRecord): { alternate_name?: string } {
  const other = Object.values(names).find((one) => one !== name);
  return other === undefined ? {} : { alternate_name: other };
}

function organizationOf(record: FacilityRecord, { uuidOf }: HsdsSetting): HsdsOrganization {
  const { id, name, kind, ownership, locality, website, externalIds } = record;
  const link = uuidOf(`organization:${id}`);
  const attribute = attributesFor(link, "organization", uuidOf);
  return {
    id: link,
    name,
    ...alternateOf(record),
    description: [nameOf("kind", kind), ownership?.replaceAll("-", " "), locality].filter(Boolean).join(", "),
    ...(website !== null && { website }),
    organization_identifiers: [{ system: "ihims", value: id as string }, ...externalIds].map(
      ({ system, value }) => ({
        id: uuidOf(`identifier:${id}:${system}:${value}`),
        organization_id: link,
        identifier_scheme: system,
        identifier_type: system,
        identifier: value,
      }),
    ),
    attributes: [
      attribute("kind", kind, kind),
      ...(ownership === null ? [] : [attribute("ownership", ownership, ownership)]),
    ],
  };
}

function locationOf(record: FacilityRecord, { city, utcOffsetHours, uuidOf }: HsdsSetting): HsdsLocation {
  const { id, name, position, address, locality, website, wheelchair } = record;
  return {
    id: uuidOf(`location:${id}`),
    location_type: "physical",
    name,
    ...alternateOf(record),
    latitude: position.lat,
    longitude: position.lon,
    external_identifier: id,
    external_identifier_type: "ihims",
    ...(website !== null && { url: website }),
    addresses:
      address === null
        ? []
        : [
            {
              id: uuidOf(`address:${id}`),
              address_1: address,
              ...(locality !== null && { region: locality }),
              city: city.name,
              // Asked for by HSDS and known to nobody here.
              state_province: "",
              postal_code: postcodeIn(address),
              country: city.countryCode,
              address_type: "physical",
            },
          ],
    phones: phonesOf(record, uuidOf),
    schedules: writeSchedules(record.hours, { place: id, utcOffsetHours, uuidOf }),
    accessibility:
      wheelchair === null
        ? []
        : [{ id: uuidOf(`accessibility:${id}`), description: `Wheelchair: ${wheelchair}` }],
    attributes: factsOf(record, uuidOf),
  };
}

/** The postal code inside of an address; empty when there is none. */
export function postcodeIn(address: string): string {
  return /\b\d{3} ?\d{3}\b|\b\d{5}\b/u.exec(address)?.[0].replace(" ", "") ?? "";
}

function phonesOf({ id, phones, emergencyPhone }: FacilityRecord, uuidOf: UuidOf): HsdsLocation["phones"] {
  const emergency =
    emergencyPhone === null
      ? []
      : [{ id: uuidOf(`phone:${id}:emergency`), number: emergencyPhone, type: "emergency" }];
  return [
    ...emergency,
    ...phones.map(({ number, label }, at) => ({
      id: uuidOf(`phone:${id}:${at}`),
      number,
      type: "voice",
      ...(label !== undefined && { description: label }),
    })),
  ];
}

function factsOf(record: FacilityRecord, uuidOf: UuidOf): HsdsAttribute[] {
  const { id, names, locality, localityNames, hasEmergency, schemes, attribution } = record;
  const attribute = attributesFor(uuidOf(`location:${id}`), "location", uuidOf);
  const fact = (code: Fact, value: string) => attribute("fact", code, value);
  return [
    ...Object.entries(names).map(([language, name]) => fact("name-in", `${language} ${name}`)),
    ...(locality === null ? [] : [fact("locality", locality)]),
    ...Object.entries(localityNames).map(([language, name]) => fact("locality-in", `${language} ${name}`)),
    ...(hasEmergency === null ? [] : [fact("has-emergency", hasEmergency ? "yes" : "no")]),
    ...schemes.map((scheme) => fact("scheme", JSON.stringify(scheme))),
    ...(attribution === null ? [] : [fact("attribution", attribution)]),
  ];
}

function serviceOf(
  record: FacilityRecord,
  taxonomy: TaxonomyName,
  code: string,
  { uuidOf }: HsdsSetting,
): HsdsPlace["services"][number] {
  const { id, name, website, updatedAt, beds } = record;
  const service = serviceIdOf(id, taxonomy, code, uuidOf);
  const what = nameOf(taxonomy, code);
  const figure = taxonomy === "bed" ? beds.find(({ type }) => type === code) : undefined;
  const at = uuidOf(`service-at-location:${id}:${taxonomy}:${code}`);
  return {
    service: {
      id: service,
      organization_id: uuidOf(`organization:${id}`),
      name: `${what}, ${name}`,
      status: "active",
      description: what,
      ...(website !== null && { url: website }),
      last_modified: updatedAt,
      attributes: [attributesFor(service, "service", uuidOf)(taxonomy, code, code)],
    },
    at: {
      id: at,
      service_id: service,
      location_id: uuidOf(`location:${id}`),
      attributes: figure ? capacityOf(at, figure, uuidOf) : [],
    },
  };
}

/** A bed figure as attributes. What has expired has its age and no counts. */
function capacityOf(link: string, figure: BedFigure, uuidOf: UuidOf): HsdsAttribute[] {
  const attribute = attributesFor(link, "service_at_location", uuidOf);
  const { value, observedAt, freshness, source } = figure;
  const counts = CAPACITY_COUNTS.flatMap((name) => {
    const count = value?.[name];
    return count === undefined || count === null ? [] : [attribute("capacity", name, String(count))];
  });
  return [
    ...counts,
    ...(observedAt === null ? [] : [attribute("capacity", "observed-at", observedAt)]),
    attribute("capacity", "freshness", freshness),
    ...(source === null ? [] : [attribute("capacity", "source", source)]),
  ];
}
