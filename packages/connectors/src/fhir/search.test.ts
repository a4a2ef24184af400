import type { Location, Resource } from "@medplum/fhirtypes";
import { expect, test } from "vitest";
import { DIRECTORY_SEARCHES } from "./search-parameters.ts";
import { readSearch } from "./search.ts";
import { problemsOf } from "./testing/validate.ts";

const BASE = "https://city.example/fhir/R4";
const LOCATION = DIRECTORY_SEARCHES.find(({ type }) => type === "Location");
const PLACE: Location = {
  resourceType: "Location",
  id: "f1",
  meta: { lastUpdated: "2026-03-01T12:00:00.000Z" },
  name: "Smith, Jones & Cie",
  identifier: [{ value: "17" }, { system: "urn:x", value: "a|b" }],
  managingOrganization: { reference: "Organization/f1" },
};

/** Whether a search finds the place; the problem when it is refused. */
function check(query: string, expected: boolean | string, resource: Resource = PLACE) {
  if (!LOCATION) throw new Error("there are no locations");
  const pairs = [...new URLSearchParams(query)];
  const { query: read, problems } = readSearch(LOCATION, pairs, BASE);
  const [problem] = problems;
  expect(problem ? problem.detail : read.tests.every((is) => is(resource)), query).toEqual(
    typeof expected === "string" ? expect.stringContaining(expected) : expected,
  );
}

test("values between commas are alternatives, and a comma can be escaped", () => {
  check("name=nobody,smith", true);
  check("name:exact=Smith%5C, Jones %26 Cie", true);
  check("name:exact=Smith, Jones %26 Cie", false);
  check("name=nobody&name=smith", false);
});

test("a token is a code, a code of a system, of none, or any of a system", () => {
  check("identifier=17", true);
  check("identifier=|17", true);
  check("identifier=urn:x|17", false);
  check("identifier=urn:x|", true);
  check("identifier=urn:x|a%5C|b", true);
  check("identifier=|a%5C|b", false);
  check("identifier=a|b|c", "more than one |");
  check("identifier=", "is empty");
});

test("dates are compared with all prefixes, at the precision in which they are written", () => {
  check("_lastUpdated=2026-03-01", true);
  check("_lastUpdated=eq2026", true);
  check("_lastUpdated=ne2026-03-01", false);
  check("_lastUpdated=2026-02", false);
  check("_lastUpdated=ge2026-03-01T12:00:00Z", true);
  check("_lastUpdated=gt2026-03-01T12:00:00.000Z", false);
  check("_lastUpdated=gt2026-03-01T11:59:59Z", true);
  check("_lastUpdated=le2026-03-01T17:30:00%2B05:30", true);
  check("_lastUpdated=lt2026-03-01T12:00:00Z", false);
  check("_lastUpdated=sa2026-02-28", true);
  check("_lastUpdated=sa2026-03-01", false);
  check("_lastUpdated=eb2026-03-02", true);
  check("_lastUpdated=eb2026-03-01", false);
  check("_lastUpdated=xx2026", "is not a date");
  check("_lastUpdated=2026-13-01", "not a day of the calendar");
});

test("a reference is an id, a type and id, or an address of this server and no other", () => {
  check("organization=f1", true);
  check("organization=Organization/f1", true);
  check(`organization=${BASE}/Organization/f1`, true);
  check("organization=Organization/f2,Organization/f1", true);
  check("organization=https://other.example/fhir/Organization/f1", "is not a reference");
});

test("the checks of resources find what is wrong", () => {
  const wrong = { resourceType: "Location", id: "x", colour: "red" } as unknown as Location; // Wrong on purpose.
  expect(problemsOf(wrong).join("\n")).toContain('Invalid additional property "colour"');
  expect(problemsOf(PLACE).join("\n")).toContain("mCSD: Location has name, status 1..1");
  expect(problemsOf({ ...PLACE, alias: [] }).join("\n")).toContain("Location.alias is empty");
});
