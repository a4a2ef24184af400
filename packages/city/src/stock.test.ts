import { expect, test } from "vitest";
import { makeCity } from "./city.ts";
import { makeMedicines } from "./medicines/catalogue.ts";
import { randomOf } from "./random.ts";
import { makeShelf, moveShelf, placesWithStock } from "./stock.ts";

const city = makeCity(1);
const medicines = makeMedicines(1);
const places = placesWithStock(city);
const shelves = places.map((place) => makeShelf(1, place, medicines, "2026-03-01"));

test("every pharmacy and every larger hospital has a shelf, and the same one again from the same seed", () => {
  expect(places.filter(({ isHospital }) => !isHospital)).toHaveLength(400);
  expect(places.filter(({ isHospital }) => isHospital).length).toBeGreaterThan(10);
  expect(makeShelf(1, { ref: "pharmacy-001", isHospital: false }, medicines, "2026-03-01")).toEqual(
    shelves.find(({ facility }) => facility === "pharmacy-001"),
  );
});

test("shelves are as a city's are: common medicines in many places, rare ones in few, some run out", () => {
  const lines = shelves.flatMap((shelf) => shelf.lines);
  expect(lines.length).toBeGreaterThan(30_000);
  expect(lines.length).toBeLessThan(120_000);
  const counts = [...Map.groupBy(lines, ({ ref }) => ref).values()]
    .map((some) => some.length)
    .sort((a, b) => b - a);
  expect(counts[0]).toBeGreaterThan(100);
  expect(counts.at(-1)).toBeLessThan(20);
  const empty = lines.filter(({ quantity }) => quantity === 0).length / lines.length;
  expect(empty).toBeGreaterThan(0.05);
  expect(empty).toBeLessThan(0.1);
  expect(lines.every(({ expiresOn }) => expiresOn > "2026-03-01")).toBe(true);
  expect(new Set(shelves.map(({ habit }) => habit))).toEqual(
    new Set(["system", "daily", "rarely", "silent"]),
  );
});

test("what is bought and delivered never leaves less than nothing", () => {
  const [shelf] = shelves;
  if (!shelf) throw new Error("a city without a shelf");
  const random = randomOf(1, "test");
  for (let n = 0; n < 200; n += 1)
    for (const { quantity } of moveShelf(random, shelf, 5)) expect(quantity).toBeGreaterThanOrEqual(0);
});
