import fc from "fast-check";
import { expect, test } from "vitest";
import { Subject } from "../observations/schema.ts";
import { instantOf, later, MINUTE_MS, type Instant } from "../time.ts";
import { decideHold, heldAt, heldUntil, holdMinutesOf, uncovered, type HoldRequest } from "./rules.ts";
import type { HeldUnits, HoldRule } from "./schema.ts";

const at = (time: string): Instant => instantOf(Date.parse(`2026-03-01T${time}:00Z`));
const ICU = Subject.parse("bed:icu");

const REQUEST: HoldRequest = {
  subject: ICU,
  units: 1,
  rule: null,
  figure: { freshness: "live", free: 4 },
  holder: "person",
  isOwn: false,
  openOfKind: 0,
  todayOfKind: 0,
};

/** What comes of a request that differs so from one that is granted? */
function check(given: Partial<HoldRequest>, expected: string) {
  const decision = decideHold({ ...REQUEST, ...given }, at("12:00"));
  expect(decision.kind === "refused" ? decision.reason : decision.until).toBe(expected);
}

test("a bed is kept for half an hour where the facility says nothing", () => check({}, at("12:30")));
test("a recent figure is good enough", () =>
  check({ figure: { freshness: "recent", free: 1 } }, at("12:30")));
test("a stale one is not", () => check({ figure: { freshness: "stale", free: 9 } }, "not-confirmed"));
test("nor is one that nobody counted", () =>
  check({ figure: { freshness: "live", free: null } }, "not-confirmed"));
test("what is not free is not promised", () =>
  check({ figure: { freshness: "live", free: 0 } }, "none-free"));
test("a second of a kind is not", () => check({ openOfKind: 1 }, "one-of-a-kind"));
test("a hospital may have several", () => check({ holder: "hospital", openOfKind: 9 }, at("12:30")));
test("not too many in a day", () => check({ todayOfKind: 5 }, "too-many-today"));
test("nobody keeps their own", () => check({ isOwn: true }, "own-facility"));
test("one bed is one hold", () => check({ units: 2 }, "too-many-units"));
test("an emergency bed is not kept unless the facility says so", () =>
  check({ subject: Subject.parse("bed:emergency") }, "not-offered"));
test("what cannot be held is not offered", () =>
  check({ subject: Subject.parse("waiting:opd") }, "not-offered"));
test("medicines are kept for two hours", () =>
  check({ subject: Subject.parse("medicine:m1"), units: 3 }, at("14:00")));

test("a facility's own rule counts", () => {
  const rule: HoldRule = { beds: [{ type: "icu", minutes: 240 }], bloodMinutes: null, medicines: false };
  expect(holdMinutesOf(rule, ICU)).toBe(240);
  expect(holdMinutesOf(rule, Subject.parse("bed:general"))).toBeNull();
  expect(holdMinutesOf(rule, Subject.parse("blood:O-:plasma"))).toBeNull();
  expect(holdMinutesOf(rule, Subject.parse("medicine:m1"))).toBeNull();
});

test("what was taken is off the figure until it is seen anew", () => {
  const taken: HeldUnits = { units: 2, until: at("23:00"), takenAt: at("12:00") };
  expect(heldAt([taken], at("11:59"), at("12:30"))).toBe(2);
  expect(heldAt([taken], at("12:00"), at("12:30"))).toBe(0);
  expect(heldAt([taken], at("11:59"), at("23:00"))).toBe(0);
});

const moments = fc.integer({ min: 0, max: 600 }).map((minute) => later(at("08:00"), minute * MINUTE_MS));
const held = fc.array(
  fc.record({ units: fc.integer({ min: 1, max: 6 }), until: moments, takenAt: fc.constant(null) }),
);

test("as much is kept until the moment that is told, and less right after it", () => {
  fc.assert(
    fc.property(held, moments, (some, now) => {
      const until = heldUntil(some, now);
      if (until === null) {
        expect(heldAt(some, null, now)).toBe(0);
        return;
      }
      expect(heldAt(some, null, until)).toBe(heldAt(some, null, now));
      expect(heldAt(some, null, later(until, 1))).toBeLessThan(heldAt(some, null, now));
    }),
  );
});

const open = fc
  .array(
    fc.record({
      units: fc.integer({ min: 1, max: 6 }),
      state: fc.constantFrom("requested" as const, "accepted" as const),
      requestedAt: moments,
    }),
    { maxLength: 12 },
  )
  .map((some) => some.map((one, place) => ({ ...one, id: `h${place}` })));

test("what is left is covered, nobody goes who need not, and an accepted one goes after those that are not", () => {
  fc.assert(
    fc.property(open, fc.integer({ min: -5, max: 40 }), (holds, room) => {
      const lost = uncovered(holds, room);
      const left = holds.filter((one) => !lost.includes(one));
      const units = (some: typeof holds) => some.reduce((sum, one) => sum + one.units, 0);
      expect(units(left)).toBeLessThanOrEqual(Math.max(0, room));
      if (units(holds) <= room) expect(lost).toEqual([]);
      for (const one of left)
        for (const other of lost) {
          if (one.state === "requested") expect(other.state).toBe("requested");
          if (one.state === other.state) expect(one.requestedAt <= other.requestedAt).toBe(true);
        }
      // The order in which they are given does not matter.
      const again = uncovered(holds.toReversed(), room);
      expect(new Set(again)).toEqual(new Set(lost));
    }),
  );
});
