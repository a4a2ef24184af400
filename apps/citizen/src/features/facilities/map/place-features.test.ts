import { expect, test } from "vitest";
import { FacilitySummary } from "@ihims/core/facilities/endpoints.ts";
import { Instant } from "@ihims/core/time.ts";
import { placeFeatures } from "./place-features.ts";

const NOW = Instant.parse("2026-11-22T12:03:00Z");

function aPlace(kind: string, beds: Record<string, number | null> = {}) {
  return FacilitySummary.parse({
    id: "f1",
    name: "Riverside",
    names: {},
    kind,
    ownership: null,
    position: { lat: 18.52, lon: 73.85 },
    locality: null,
    phones: [],
    emergencyPhone: null,
    hasEmergency: null,
    wheelchair: null,
    distance: 100,
    open: { state: "open", until: null },
    beds: Object.entries(beds).map(([type, free]) => ({
      type,
      value: free === null ? null : { staffed: 12, occupied: 12 - free, held: 0, free },
      observedAt: "2026-11-22T12:00:00.000Z",
      receivedAt: "2026-11-22T12:00:00.000Z",
      source: "staff",
      freshness: free === null ? "expired" : "live",
      freshUntil: free === null ? null : "2026-11-22T12:30:00.000Z",
      observation: "1",
      version: "1",
      notes: [],
      others: [],
    })),
  });
}

/** What a pin is: its image and the number in it. */
function check(place: FacilitySummary, bed: "icu" | null, expected: string) {
  const [feature] = placeFeatures([place], bed, NOW, String);
  expect(`${feature?.properties.pin} ${feature?.properties.label}`.trim()).toBe(expected);
}

test("a hospital's pin has the free count of what was asked for", () =>
  check(aPlace("hospital", { general: 9, icu: 4 }), "icu", "square-live 4"));
test("without a question it has the most telling count", () =>
  check(aPlace("hospital", { general: 9, icu: 4 }), null, "square-live 4"));
test("the last beds are no number to rely on, on the map as in the list", () =>
  check(aPlace("hospital", { icu: 1 }), "icu", "square-live 1-2"));
test("a withdrawn number is not on the map either", () =>
  check(aPlace("hospital", { icu: null }), "icu", "square-expired"));
test("a place that shows one figure does not show another's", () =>
  check(aPlace("hospital", { general: 9 }), "icu", "square-plain"));
test("a pharmacy has its own shape and no number", () => check(aPlace("pharmacy"), null, "diamond-plain"));
test("a pin stands where the place is: longitude first", () => {
  const [feature] = placeFeatures([aPlace("clinic")], null, NOW, String);
  expect(feature?.geometry.coordinates).toEqual([73.85, 18.52]);
});
