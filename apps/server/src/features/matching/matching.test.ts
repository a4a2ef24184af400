import fc from "fast-check";
import { expect, test } from "vitest";
import { distanceM } from "@ihims/core/geo.ts";
import type { FacilityKind } from "@ihims/core/facilities/schema.ts";
import { compare, foldName, nameSimilarity, PlaceGrid, placeOf, REACH_MAX_M } from "./matching.ts";

const METRE = 1 / 111_195;

/** What is said of two names, so many metres apart. */
function check(
  a: string,
  b: string,
  metres: number,
  kinds: [FacilityKind, FacilityKind] = ["hospital", "hospital"],
): string {
  const one = placeOf({ name: a, names: {}, kind: kinds[0], position: { lat: 18.5, lon: 73.8 } });
  const other = placeOf({
    name: b,
    names: {},
    kind: kinds[1],
    position: { lat: 18.5 + metres * METRE, lon: 73.8 },
  });
  return compare(one, other).verdict;
}

test.for([
  ["Sai Hospital", "SAI HOSPITALS PVT. LTD.", 100, "sure"],
  ["Sai Hospital", "Dr. Sai's Hospital", 20, "doubtful"],
  ["St. Mary's Hospital", "Saint Marys Hospital", 120, "sure"],
  ["Hôpital Élodie", "Hopital Elodie", 100, "sure"],
  ["साई रुग्णालय", "साई रुग्णालय", 100, "sure"],
  ["साई रुग्णालय", "लेनस रुग्णालय", 0, "other"],
  ["Sai Hospital", "Sai Hospital", 140, "sure"],
  ["Sai Hospital", "Sai Hospital", 400, "doubtful"],
  ["Sai Hospital", "Sai Hospital", 600, "other"],
  ["Sai Hospital", "Lenus Hospital", 0, "other"],
  ["General Hospital", "Patil Hospital", 0, "other"],
  ["Ward Clinic 4", "Ward Clinic 5", 0, "other"],
  ["Like Wings Hospirtals", "Like Wings Hospitals", 10, "doubtful"],
  ["Landesklinikum Krems", "Landesklinikum Krems Haupthaus", 80, "doubtful"],
  ["Pharmacy (unnamed)", "Pharmacy (unnamed)", 0, "other"],
] as const)("%s and %s, %d m apart: %s", ([a, b, metres, expected]) =>
  expect(check(a, b, metres)).toBe(expected),
);

test("a pharmacy is never taken for a hospital, an eye hospital may be", () => {
  expect(check("Apollo", "Apollo", 10, ["hospital", "pharmacy"])).toBe("other");
  expect(check("Apollo Eye Hospital", "Apollo Eye Hospital", 10, ["hospital", "eye"])).toBe("sure");
  expect(check("Apollo Clinic", "Apollo Hospital", 10, ["clinic", "hospital"])).toBe("doubtful");
});

test("a name in another language is enough", () => {
  const position = { lat: 18.5, lon: 73.8 };
  const one = placeOf({ name: "साई रुग्णालय", names: { en: "Sai Hospital" }, kind: "hospital", position });
  expect(compare(one, placeOf({ name: "Sai Hospital", names: {}, kind: "hospital", position })).verdict).toBe(
    "sure",
  );
});

test("a name of nothing but titles keeps them", () =>
  expect([foldName("Dr. Shri"), foldName("---")]).toEqual(["dr shri", ""]));

test("likeness is the same both ways, 1 for a name and itself, and within 0 and 1", () => {
  const name = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom("Sai Hospital", "constructor", "Apollo Clinic 2"),
  );
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(nameSimilarity(a, b)).toBe(nameSimilarity(b, a));
      expect(nameSimilarity(a, b)).toBeGreaterThanOrEqual(0);
      expect(nameSimilarity(a, b)).toBeLessThanOrEqual(1);
      expect(nameSimilarity(a, a)).toBe(foldName(a) === "" ? 0 : 1);
    }),
    { seed: 2 },
  );
});

test("the grid finds every neighbour, at any latitude", () => {
  const degrees = fc.double({ min: -0.02, max: 0.02, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: -85, max: 85, noNaN: true }), degrees, degrees, (lat, dLat, dLon) => {
      const here = { lat, lon: 73.8 };
      const there = { position: { lat: lat + dLat, lon: 73.8 + dLon } };
      const grid = new PlaceGrid<typeof there>();
      grid.add(there);
      if (distanceM(here, there.position) <= REACH_MAX_M) expect(grid.around(here)).toEqual([there]);
    }),
    { seed: 4 },
  );
});
