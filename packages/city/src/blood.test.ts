import { compatibleGroups } from "@ihims/core/blood/compatibility.ts";
import { BloodBank } from "@ihims/core/blood/schema.ts";
import { expect, test } from "vitest";
import { banksOf, makeBank, moveBank, policyOf } from "./blood.ts";
import { makeCity } from "./city.ts";
import { randomOf } from "./random.ts";

const city = makeCity(1);
const places = banksOf(city);
const banks = places.map((place) => makeBank(1, place));

test("every blood bank has a grid, and the same one again from the same seed", () => {
  expect(banks).toHaveLength(12);
  const [first] = places;
  if (!first) throw new Error("a city without a bank");
  expect(makeBank(1, first)).toEqual(banks[0]);
  expect(new Set(banks.map(({ habit }) => habit))).toEqual(new Set(["system", "daily", "silent"]));
});

test("groups are as rare as they are, and platelets are few and soon over", () => {
  const lines = banks.flatMap((bank) => bank.lines);
  const unitsOf = (of: (line: (typeof lines)[number]) => boolean) =>
    lines.filter(of).reduce((sum, { units }) => sum + units, 0);
  const red = unitsOf(({ component }) => component === "packed-red-cells");
  expect(red).toBeGreaterThan(500);
  expect(red).toBeLessThan(2000);
  expect(unitsOf(({ group }) => group === "B+")).toBeGreaterThan(10 * unitsOf(({ group }) => group === "O-"));
  expect(unitsOf(({ group }) => group === "AB-")).toBeLessThan(unitsOf(({ group }) => group === "O-"));
  const platelets = lines.filter(({ component }) => component === "platelet-concentrate");
  const soon = platelets.reduce((sum, { expiringSoon }) => sum + expiringSoon, 0);
  expect(soon).toBeGreaterThan(0.4 * unitsOf(({ component }) => component === "platelet-concentrate"));
  // For the rarest of the common groups something can be found, even if it is not its own.
  const forAbNegative = compatibleGroups("packed-red-cells", "AB-").map(({ group }) => group);
  expect(
    unitsOf(({ group, component }) => component === "packed-red-cells" && forAbNegative.includes(group)),
  ).toBeGreaterThan(0);
});

test("what is issued and made stays a number of units that can be", () => {
  const random = randomOf(1, "test");
  for (const bank of places.map((place) => makeBank(1, place))) {
    const before = bank.lines.reduce((sum, { units }) => sum + units, 0);
    for (let n = 0; n < 300; n += 1)
      for (const { units, expiringSoon } of moveBank(random, bank, 3)) {
        expect(units).toBeGreaterThanOrEqual(0);
        expect(expiringSoon).toBeLessThanOrEqual(units);
      }
    const after = bank.lines.reduce((sum, { units }) => sum + units, 0);
    expect(after).toBeGreaterThan(before / 4);
    expect(after).toBeLessThan(before * 4 + 40);
  }
});

test("a bank's policy is one", () => {
  for (const place of places) expect(BloodBank.parse(policyOf(1, place))).toEqual(policyOf(1, place));
});
