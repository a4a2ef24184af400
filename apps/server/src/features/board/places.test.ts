import fc from "fast-check";
import { expect, test } from "vitest";
import { FacilityProfile, type Facility } from "@ihims/core/facilities/schema.ts";
import { distanceM, type Position } from "@ihims/core/geo.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { at } from "../../testing/server.ts";
import type { Entry } from "./entry.ts";
import { Places } from "./places.ts";

function entryAt(place: number, position: Position, hasEmergency: boolean): Entry {
  const id = FacilityId.parse(`f${place}`);
  const profile = FacilityProfile.parse({ name: id, kind: "hospital", position, hasEmergency });
  const facility: Facility = { ...profile, id, leads: [], version: 1, updatedAt: at("10:00") };
  const live = { standings: new Map(), held: new Map(), withdrawn: new Map(), view: undefined };
  return { facility, words: id, nameKey: id, ...live };
}

/** Crowded, over the border of a cell, and around the turn of longitudes. */
const near = (middle: Position, spread: number) =>
  fc.record({
    lat: fc.double({ min: middle.lat - spread, max: middle.lat + spread, noNaN: true }),
    lon: fc.double({ min: middle.lon - spread, max: middle.lon + spread, noNaN: true }),
  });
const positions = fc.oneof(
  near({ lat: 18.52, lon: 73.85 }, 0.002),
  near({ lat: 18.52, lon: 73.85 }, 0.05),
  near({ lat: 18.52, lon: 73.85 }, 0.5),
  near({ lat: 0, lon: 0 }, 0.02),
  near({ lat: -33.9, lon: -70.6 }, 0.02),
);

test("places come in the order of their distance, each once, whichever cell one stands in", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(positions, fc.boolean()), { maxLength: 300 }),
      fc.array(positions, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 0, max: 100_000 }),
      (given, askedFrom, radiusM) => {
        const entries = given.map(([position, isEmergency], place) => entryAt(place, position, isEmergency));
        const places = new Places(entries);
        for (const from of askedFrom) {
          const found = [...places.outwards([["emergency"]], from, radiusM)];
          const wanted = entries
            .filter(({ facility }) => facility.hasEmergency === true)
            .map(({ facility }) => distanceM(from, facility.position))
            .filter((distance) => distance <= radiusM)
            .sort((a, b) => a - b);
          expect(found.map(({ distance }) => distance).sort((a, b) => a - b)).toEqual(wanted);
          expect(new Set(found.map(({ entry }) => entry)).size).toBe(found.length);
          // The formula on the way outwards is another one, so neighbours may change places by a hair.
          for (const [place, { distance }] of found.entries())
            expect(distance).toBeGreaterThanOrEqual((found[place - 1]?.distance ?? 0) - 1);
        }
      },
    ),
    { numRuns: 200 },
  );
});
