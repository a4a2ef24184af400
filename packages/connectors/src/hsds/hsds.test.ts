import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { FacilityKind, FacilityProfile, Ownership } from "@ihims/core/facilities/schema.ts";
import { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import { aBedFigure, aRecord, records, SEEN, words } from "../have/testing/hospitals.ts";
import { readPlace } from "./read.ts";
import {
  HsdsLocation,
  HsdsOrganization,
  HsdsService,
  HsdsServiceAtLocation,
  HsdsTaxonomy,
  HsdsTaxonomyTerm,
} from "./schema.ts";
import { allTaxonomies, allTerms } from "./terms.ts";
import { wrongInEntity } from "./testing/required.ts";
import { placeOf } from "./write.ts";

function uuidOf(name: string): string {
  const hex = createHash("sha1").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const setting = { city: { name: "City", countryCode: "IN" }, utcOffsetHours: 5.5, uuidOf };

const clock = fc
  .tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 }))
  .map(([h, m]) => `${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`);
const span = { from: clock, to: clock };
const hours = fc.oneof(
  fc.constant(null),
  fc.constant({ kind: "always" as const }),
  fc.record({
    kind: fc.constant("weekly" as const),
    spans: fc.array(fc.record({ day: fc.integer({ min: 1, max: 7 }), ...span }), { maxLength: 4 }),
    exceptions: fc.uniqueArray(
      fc
        .record({
          date: fc.constantFrom("2026-01-26", "2026-08-15", "2026-10-02"),
          spans: fc.array(fc.record(span), { maxLength: 2 }),
          reason: fc.option(words, { nil: undefined }),
        })
        .map(({ reason, ...rest }) => ({ ...rest, ...(reason !== undefined && { reason }) })),
      { selector: ({ date }) => date },
    ),
  }),
);
const names = fc.dictionary(fc.constantFrom("hi", "mr", "ta"), words);
const slug = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/u);

/** Any profile. */
const profiles = fc.record({
  kind: fc.constantFrom(...FacilityKind.options),
  names,
  ownership: fc.option(fc.constantFrom(...Ownership.options)),
  locality: fc.option(words),
  localityNames: names,
  phones: fc.array(fc.record({ number: fc.constant("+912025501000"), label: words }), { maxLength: 2 }),
  emergencyPhone: fc.option(fc.constant("108")),
  website: fc.option(fc.constant("https://riverside.example/")),
  hours,
  hasEmergency: fc.option(fc.boolean()),
  wheelchair: fc.option(fc.constantFrom("yes" as const, "limited" as const, "no" as const)),
  specialties: fc.uniqueArray(fc.constantFrom(...SpecialtyId.options), { maxLength: 4 }),
  services: fc.uniqueArray(slug, { maxLength: 4 }),
  schemes: fc.array(
    fc.record({
      scheme: slug,
      specialties: fc.uniqueArray(fc.constantFrom(...SpecialtyId.options), { maxLength: 2 }),
      from: fc.constantFrom(null, "2026-01-01"),
      to: fc.constant(null),
    }),
    { maxLength: 2 },
  ),
  externalIds: fc.uniqueArray(fc.record({ system: fc.constantFrom("osm", "hfr"), value: words }), {
    maxLength: 2,
    selector: ({ system, value }) => system + value,
  }),
  attribution: fc.option(words),
});

test("a facility, its page and its live beds come back from HSDS as they were", () => {
  fc.assert(
    fc.property(records, profiles, (record, profile) => {
      const given = { ...record, ...profile, bedTypes: record.beds.map(({ type }) => type) };
      const place = placeOf(given, setting);
      const read = readPlace(place);
      if (!read.ok) throw new Error(read.problem);
      expect(read.profile).toEqual(FacilityProfile.parse(given));
      expect(read.beds).toEqual(
        given.beds.map(({ type, value, observedAt }) => {
          const { free: _, held: __, ...counts } = value ?? { free: null, held: 0 };
          return { type, counts, observedAt };
        }),
      );
    }),
  );
});

test("every entity has what the specification requires, and nothing of a wrong form", () => {
  fc.assert(
    fc.property(records, profiles, (record, profile) => {
      const { organization, location, services } = placeOf({ ...record, ...profile }, setting);
      expect(HsdsOrganization.parse(organization)).toEqual(organization);
      expect(HsdsLocation.parse(location)).toEqual(location);
      expect(wrongInEntity("organization", organization)).toEqual([]);
      expect(wrongInEntity("location", location)).toEqual([]);
      for (const { service, at } of services) {
        expect(HsdsService.parse(service)).toEqual(service);
        expect(HsdsServiceAtLocation.parse(at)).toEqual(at);
        expect(wrongInEntity("service", service)).toEqual([]);
        expect(wrongInEntity("service_at_location", at)).toEqual([]);
      }
    }),
    { numRuns: 30 },
  );
  expect(
    z
      .array(HsdsTaxonomy)
      .parse(allTaxonomies(uuidOf))
      .flatMap((one) => wrongInEntity("taxonomy", one)),
  ).toEqual([]);
  expect(
    z
      .array(HsdsTaxonomyTerm)
      .parse(allTerms(uuidOf))
      .flatMap((one) => wrongInEntity("taxonomy_term", one)),
  ).toEqual([]);
});

test("the check of what is required finds what is missing, at any depth", () => {
  const { organization } = placeOf(aRecord(), setting);
  const { description: _, ...without } = organization;
  expect(wrongInEntity("organization", without)).toEqual(["organization has no description"]);
  const { location } = placeOf(aRecord({ address: "1 Hill Road" }), setting);
  const [address] = location.addresses;
  const { country: __, ...stateless } = address ?? { country: "" };
  expect(wrongInEntity("location", { ...location, addresses: [stateless] })).toEqual([
    "address has no country",
  ]);
});

test("no id is used twice within a place", () => {
  const record = aRecord({
    beds: [aBedFigure("icu", { staffed: 4, occupied: 1 })],
    specialties: ["cardiology"],
    services: ["dialysis"],
    phones: [{ number: "108" }, { number: "108" }],
  });
  const ids: string[] = [];
  JSON.stringify(placeOf(record, setting), (key, value: unknown) => {
    // A term is the same thing wherever it stands.
    if (key === "taxonomy_term") return undefined;
    if (key === "id" && typeof value === "string") ids.push(value);
    return value;
  });
  expect(new Set(ids).size).toBe(ids.length);
});

test("live capacity stands beside the service, with its age, and without counts when it has expired", () => {
  const capacity = (beds: Parameters<typeof aRecord>[0]) =>
    Object.fromEntries(
      placeOf(aRecord(beds), setting)
        .services.flatMap(({ at }) => at.attributes)
        .map(({ taxonomy_term: { code }, value }) => [code, value]),
    );
  const icu = aBedFigure("icu", { staffed: 4, occupied: 1 });
  expect(capacity({ beds: [icu] })).toEqual({
    "capacity:staffed": "4",
    "capacity:occupied": "1",
    "capacity:held": "0",
    "capacity:free": "3",
    "capacity:observed-at": SEEN,
    "capacity:freshness": "live",
    "capacity:source": "hl7",
  });
  expect(capacity({ beds: [{ ...icu, value: null, freshness: "expired" }] })).toEqual({
    "capacity:observed-at": SEEN,
    "capacity:freshness": "expired",
    "capacity:source": "hl7",
  });
});
