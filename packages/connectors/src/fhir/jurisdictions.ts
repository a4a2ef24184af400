import type { Endpoint, Location, Organization } from "@medplum/fhirtypes";
import type { City, Ground, GroundFeature } from "@ihims/core/city/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import type { Names } from "@ihims/core/languages.ts";
import type { Instant } from "@ihims/core/time.ts";
import { JURISDICTION_TYPE, wordsOf } from "./codes.ts";
import { coding, concept, metaOf, numberOf, partId, reference, stated, translationsOf } from "./elements.ts";
import { CONNECTION_TYPE, EXTENSION, JURISDICTION, OWN_ID, PHYSICAL_TYPE } from "./systems.ts";

/** The id of the city's own pair. */
export const CITY_ID = "city";

/** When the ground of the city was laid, and how often anew. */
export interface Edition {
  version: number;
  updatedAt: Instant;
}

/** A ward of the city: its id, its names and its outline. */
export interface CityWard {
  id: string;
  name: string;
  names: Names;
  /** Rings of longitude and latitude; the first is the outline, the others are holes. */
  rings: readonly (readonly (readonly [number, number])[])[];
  middle: Position;
  box: { west: number; south: number; east: number; north: number };
}

/** The wards of the ground. Two of one name are told apart by their outlines. */
export function wardsOf(ground: Ground): CityWard[] {
  const known = new Set<string>();
  return ground.features.flatMap((feature) => {
    const ward = wardOf(feature);
    if (!ward) return [];
    const id = known.has(ward.id)
      ? `${ward.id}.${numberOf(JSON.stringify(ward.rings)).slice(0, 8)}`
      : ward.id;
    known.add(id);
    return [{ ...ward, id }];
  });
}

function wardOf({ properties, geometry }: GroundFeature): CityWard | undefined {
  const [outline] = geometry.type === "Polygon" ? geometry.coordinates : [];
  if (properties.kind !== "ward" || geometry.type !== "Polygon" || !outline) return undefined;
  const lons = outline.map(([lon]) => lon);
  const lats = outline.map(([, lat]) => lat);
  const box = {
    west: Math.min(...lons),
    east: Math.max(...lons),
    south: Math.min(...lats),
    north: Math.max(...lats),
  };
  const name = properties.name ?? "Ward";
  const slug = name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();
  return {
    id: partId("ward", slug === "" ? numberOf(name) : slug),
    name,
    names: properties.names ?? {},
    rings: geometry.coordinates,
    middle: { lat: (box.south + box.north) / 2, lon: (box.west + box.east) / 2 },
    box,
  };
}

/** The ward that a place lies in; undefined when in none. */
export function wardAt(wards: readonly CityWard[], { lat, lon }: Position): CityWard | undefined {
  return wards.find(
    ({ box, rings }) =>
      lon >= box.west &&
      lon <= box.east &&
      lat >= box.south &&
      lat <= box.north &&
      rings.filter((ring) => isInside(ring, lat, lon)).length % 2 === 1,
  );
}

/** By the number of sides that lie to the east of it. */
function isInside(ring: readonly (readonly [number, number])[], lat: number, lon: number): boolean {
  let inside = false;
  for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
    const [lonA = 0, latA = 0] = ring[at] ?? [];
    const [lonB = 0, latB = 0] = ring[before] ?? [];
    if (latA > lat !== latB > lat && lon < ((lonB - lonA) * (lat - latA)) / (latB - latA) + lonA)
      inside = !inside;
  }
  return inside;
}

/** The pair of a ward: who governs it, and where it is. */
export function wardPairOf(ward: CityWard, edition: Edition): [Organization, Location] {
  return [
    {
      ...pairOrganization(ward.id, "ward", ward.name, ward.names, edition),
      partOf: reference("Organization", CITY_ID),
    },
    {
      ...pairLocation(ward.id, "ward", ward.name, ward.names, edition),
      extension: [
        {
          url: EXTENSION.boundary,
          valueAttachment: { contentType: "application/geo+json", data: base64Of(boundaryOf(ward)) },
        },
      ],
      position: { longitude: ward.middle.lon, latitude: ward.middle.lat },
      partOf: reference("Location", CITY_ID),
    },
  ];
}

function boundaryOf({ name, rings }: CityWard): string {
  return JSON.stringify({
    type: "Feature",
    properties: { name },
    geometry: { type: "Polygon", coordinates: rings },
  });
}

/** The pair of the whole city. */
export function cityPairOf(city: City, edition: Edition): [Organization, Location] {
  return [
    pairOrganization(CITY_ID, "city", city.name, city.names, edition),
    {
      ...pairLocation(CITY_ID, "city", city.name, city.names, edition),
      position: { longitude: city.centre.lon, latitude: city.centre.lat },
    },
  ];
}

function pairOrganization(
  id: string,
  kind: string,
  name: string,
  names: Names,
  edition: Edition,
): Organization {
  return stated({
    resourceType: "Organization",
    id,
    meta: metaOf(edition, "IHE.mCSD.JurisdictionOrganization"),
    active: true,
    type: [JURISDICTION_TYPE, concept(coding(JURISDICTION, kind, wordsOf(kind)))],
    name,
    _name: translationsOf(names),
    alias: Object.values(names),
  }) as Organization; // Only what was empty is gone.
}

function pairLocation(id: string, kind: string, name: string, names: Names, edition: Edition): Location {
  return stated({
    resourceType: "Location",
    id,
    meta: metaOf(edition, "IHE.mCSD.JurisdictionLocation"),
    status: "active",
    name,
    _name: translationsOf(names),
    alias: Object.values(names),
    mode: "instance",
    type: [JURISDICTION_TYPE, concept(coding(JURISDICTION, kind, wordsOf(kind)))],
    physicalType: concept(coding(PHYSICAL_TYPE, "jdn", "Jurisdiction")),
    managingOrganization: reference("Organization", id, name),
  }) as Location; // Only what was empty is gone.
}

/** Where the data of the city's facilities can be read. @param base address of the R4 facade, as it was called */
export function endpointsOf(base: string, edition: Edition): Endpoint[] {
  const endpoint = (id: string, name: string, address: string): Endpoint => ({
    resourceType: "Endpoint",
    id,
    meta: metaOf(edition, "IHE.mCSD.Endpoint"),
    identifier: [{ system: OWN_ID, value: id }],
    status: "active",
    connectionType: coding(CONNECTION_TYPE, "hl7-fhir-rest", "HL7 FHIR"),
    name,
    managingOrganization: reference("Organization", CITY_ID),
    payloadType: [{ text: "Any" }],
    payloadMimeType: ["application/fhir+json"],
    address,
  });
  return [
    endpoint(R4_ENDPOINT_ID, "Directory and bed reports, FHIR R4", base),
    endpoint(R5_ENDPOINT_ID, "Inventories, FHIR R5", base.replace(/R4$/, "R5")),
  ];
}

export const R4_ENDPOINT_ID = "fhir-r4";
export const R5_ENDPOINT_ID = "fhir-r5";

const BASE_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Text in UTF-8 as base64: what runs anywhere has neither Buffer nor btoa. */
export function base64Of(text: string): string {
  const bytes = utf8Of(text);
  let written = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.slice(at, at + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    written += BASE_64.charAt((bits >> 18) & 63) + BASE_64.charAt((bits >> 12) & 63);
    written += b === undefined ? "=" : BASE_64.charAt((bits >> 6) & 63);
    written += c === undefined ? "=" : BASE_64.charAt(bits & 63);
  }
  return written;
}

function utf8Of(text: string): number[] {
  return [...text].flatMap((char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) return [code];
    if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)];
    if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
    return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
  });
}
