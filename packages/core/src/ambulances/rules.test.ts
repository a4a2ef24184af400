import fc from "fast-check";
import { expect, test } from "vitest";
import { fareMinor } from "./rules.ts";

const price = (baseMinor: number, baseKm: number, perKmMinor: number) => ({
  currency: "INR",
  baseMinor,
  baseKm,
  perKmMinor,
});

test.each([
  ["within the first kilometres", 4.2, 80_000],
  ["to their end", 5, 80_000],
  ["a little further: a begun kilometre counts", 5.1, 82_500],
  ["far", 12, 97_500],
])("a way costs, %s", (_, km, minor) => {
  expect(fareMinor(price(80_000, 5, 2_500), km)).toBe(minor);
});

test("a longer way never costs less, and a free one nothing", () => {
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.nat(50),
      fc.nat(1_000),
      fc.double({ min: 0, max: 300, noNaN: true }),
      (base, km, per, way) => {
        expect(fareMinor(price(base, km, per), way + 1)).toBeGreaterThanOrEqual(
          fareMinor(price(base, km, per), way),
        );
        expect(fareMinor(price(0, km, 0), way)).toBe(0);
      },
    ),
  );
});
