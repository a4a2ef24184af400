import fc from "fast-check";
import { expect, test } from "vitest";
import { Subject } from "../observations/schema.ts";
import { HOUR_MS, instantOf } from "../time.ts";
import { doubtsOn, medianOf, type Earlier } from "./rules.ts";

const ICU = Subject.parse("bed:icu");
const NOW = instantOf(Date.parse("2026-03-01T12:00:00Z"));

/** A history of occupied beds of 20, newest first, one an hour. */
function history(...occupied: number[]): Earlier[] {
  return occupied.map((one, at) => ({
    value: { staffed: 20, occupied: one },
    observedAt: instantOf(Date.parse(NOW) - (at + 1) * HOUR_MS),
  }));
}

function check(value: object, earlier: Earlier[], expected: string[]): void {
  expect(doubtsOn(ICU, value, NOW, earlier).map(({ code, field }) => `${code} ${field}`)).toEqual(expected);
}

const CALM = history(10, 11, 10, 9, 10, 12, 11, 10);

test("more in use than staffed is asked about", () =>
  check({ staffed: 10, occupied: 9, blocked: 2 }, [], ["over-occupied occupied"]));
test("more staffed than there are is asked about", () =>
  check({ staffed: 12, occupied: 3, physical: 10 }, [], ["does-not-add-up staffed"]));
test("more units that expire than there are is asked about", () =>
  expect(doubtsOn(Subject.parse("blood:O-:plasma"), { units: 2, expiringSoon: 3 }, NOW, [])).toMatchObject([
    { code: "does-not-add-up", field: "expiringSoon", said: 3, against: 2 },
  ]));
test("a leap from the facility's own history is asked about", () =>
  check({ staffed: 20, occupied: 0 }, CALM, ["leap occupied"]));
test("what moves as it always does is not", () => check({ staffed: 20, occupied: 13 }, CALM, []));
test("without a history nothing is a leap", () => check({ staffed: 20, occupied: 19 }, CALM.slice(0, 7), []));
test("the same for three days, again and again, is asked about", () =>
  check({ staffed: 20, occupied: 14 }, history(...Array.from({ length: 80 }, () => 14)), [
    "flat-line occupied",
  ]));
test("the same for a night is not", () =>
  check({ staffed: 20, occupied: 14 }, history(...Array.from({ length: 12 }, () => 14)), []));

test("a value that the history has most of is never a leap, whatever its order", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(200), { minLength: 8, maxLength: 40 }), (numbers) => {
      const middle = Math.round(medianOf(numbers));
      const codes = doubtsOn(ICU, { occupied: middle }, NOW, history(...numbers)).map(({ code }) => code);
      expect(codes).not.toContain("leap");
      const shuffled = doubtsOn(ICU, { occupied: 199 }, NOW, history(...numbers.toReversed()));
      expect(shuffled).toEqual(doubtsOn(ICU, { occupied: 199 }, NOW, history(...numbers)));
    }),
  );
});

test("parts that fit their whole raise no question of their own", () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), fc.nat(500), (occupied, blocked, spare) => {
      const staffed = occupied + blocked + spare;
      expect(doubtsOn(ICU, { staffed, occupied, blocked, physical: staffed }, NOW, [])).toEqual([]);
    }),
  );
});

test("further from the middle is never less of a leap", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(100), { minLength: 8, maxLength: 40 }),
      fc.nat(300),
      fc.nat(300),
      (numbers, a, b) => {
        const leaps = (by: number) =>
          doubtsOn(ICU, { occupied: Math.ceil(medianOf(numbers)) + by }, NOW, history(...numbers)).some(
            ({ code }) => code === "leap",
          );
        if (leaps(Math.min(a, b))) expect(leaps(Math.max(a, b))).toBe(true);
      },
    ),
  );
});
