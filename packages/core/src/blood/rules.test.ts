import fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR_MS, instantOf, later, millisOf, type Instant } from "../time.ts";
import { bloodAt, bloodUntil } from "./rules.ts";
import type { BloodStock } from "./schema.ts";

const NOON = instantOf(Date.parse("2026-03-01T12:00:00Z"));
const inHours = (hours: number): Instant => later(NOON, hours * HOUR_MS);

test("units drop out of the count the moment they expire, and are told apart 72 hours before", () => {
  const stock: BloodStock = {
    units: 10,
    expiries: [
      { at: inHours(1), units: 2 },
      { at: inHours(80), units: 3 },
    ],
  };
  expect(bloodAt(stock, NOON)).toEqual({ units: 10, expiringSoon: 2 });
  expect(bloodAt(stock, later(inHours(1), -1))).toEqual({ units: 10, expiringSoon: 2 });
  expect(bloodAt(stock, inHours(1))).toEqual({ units: 8, expiringSoon: 0 });
  expect(bloodAt(stock, inHours(8))).toEqual({ units: 8, expiringSoon: 3 });
  expect(bloodAt(stock, inHours(80))).toEqual({ units: 5, expiringSoon: 0 });
});

test("a count that says nothing of expiry stays as it was typed", () => {
  expect(bloodAt({ units: 4, expiringSoon: 1 }, NOON)).toEqual({ units: 4, expiringSoon: 1 });
  expect(bloodUntil({ units: 4 }, NOON)).toBeNull();
});

const stocks = fc
  .array(fc.record({ hours: fc.integer({ min: -50, max: 300 }), units: fc.integer({ min: 1, max: 9 }) }))
  .map((some): BloodStock => ({
    units: some.reduce((sum, { units }) => sum + units, 0),
    expiries: some.map(({ hours, units }) => ({ at: inHours(hours), units })),
  }));

test("nothing changes up to the moment that is told, and never are there more than were said", () => {
  fc.assert(
    fc.property(stocks, fc.nat(1000), (stock, share) => {
      const shown = bloodAt(stock, NOON);
      expect(shown.expiringSoon).toBeLessThanOrEqual(shown.units);
      expect(shown.units).toBeLessThanOrEqual(stock.units);
      const until = bloodUntil(stock, NOON);
      if (until === null) return;
      const before = instantOf(
        Math.floor(millisOf(NOON) + ((millisOf(until) - millisOf(NOON)) * share) / 1000),
      );
      expect(bloodAt(stock, before)).toEqual(shown);
      expect(bloodAt(stock, later(until, 1))).not.toEqual(shown);
    }),
  );
});
