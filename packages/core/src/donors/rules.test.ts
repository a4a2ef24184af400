import fc from "fast-check";
import { expect, test } from "vitest";
import { distanceM } from "../geo.ts";
import { DAY_MS, Day, instantOf, later, MINUTE_MS } from "../time.ts";
import {
  ASK_EVERY_MS,
  coarsePlace,
  eligibleFrom,
  isQuiet,
  mayAsk,
  nextToAsk,
  reachKmAt,
  type CallNow,
  type Candidate,
} from "./rules.ts";

const NOON = instantOf(Date.parse("2026-03-01T12:00:00Z"));
const CALL: CallNow = {
  from: { lat: 18.52, lon: 73.85 },
  reachKm: 6,
  today: Day.parse("2026-03-01"),
  time: "12:00",
  now: NOON,
};
const DONOR: Candidate = {
  group: "B+",
  sex: "male",
  lastDonatedOn: null,
  isAvailable: true,
  quietFrom: "22:00",
  quietTo: "07:00",
  withinKm: 10,
  place: { lat: 18.53, lon: 73.85 },
  askedAt: null,
};
const day = (text: string) => Day.parse(text);

/** May a donor who differs so be asked at noon? */
function check(given: Partial<Candidate>, call: Partial<CallNow>, expected: boolean) {
  expect(mayAsk({ ...DONOR, ...given }, { ...CALL, ...call })).toBe(expected);
}

test("who is near and available is asked", () => check({}, {}, true));
test("who has switched it off is not", () => check({ isAvailable: false }, {}, false));
test("nor who sleeps", () => check({}, { time: "22:00" }, false));
test("nor who would not go so far", () => check({ withinKm: 1 }, {}, false));
test("nor who lives beyond the circle", () => check({ place: { lat: 18.6, lon: 73.85 } }, {}, false));
test("nor who gave 89 days ago; after 90 again", () => {
  check({ lastDonatedOn: day("2025-12-02") }, {}, false);
  check({ lastDonatedOn: day("2025-12-01") }, {}, true);
});
test("a woman not within 120 days", () => {
  check({ sex: "female", lastDonatedOn: day("2025-11-02") }, {}, false);
  check({ sex: "female", lastDonatedOn: day("2025-11-01") }, {}, true);
  expect(eligibleFrom({ sex: "female", lastDonatedOn: day("2025-11-02") }, day("2026-03-01"))).toBe(
    "2026-03-02",
  );
});
test("nor who was asked within a week, by whoever it was", () => {
  check({ askedAt: later(NOON, -ASK_EVERY_MS + 1) }, {}, false);
  check({ askedAt: later(NOON, -ASK_EVERY_MS) }, {}, true);
});

test("quiet hours go over midnight, and none are none", () => {
  const night = { quietFrom: "22:00", quietTo: "07:00" };
  expect(["21:59", "22:00", "00:00", "06:59", "07:00"].map((time) => isQuiet(night, time))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(isQuiet({ quietFrom: "13:00", quietTo: "15:00" }, "14:00")).toBe(true);
  expect(isQuiet({ quietFrom: "00:00", quietTo: "00:00" }, "00:00")).toBe(false);
});

test("circles grow by the quarter of an hour, up to the last", () => {
  const reach = (minutes: number) => reachKmAt(NOON, later(NOON, minutes * MINUTE_MS));
  expect([0, 14, 15, 30, 45, 300].map(reach)).toEqual([3, 3, 6, 12, 25, 25]);
});

test("a place is kept no finer than about a kilometre, and is near where it was", () => {
  fc.assert(
    fc.property(
      fc.record({
        lat: fc.double({ min: -60, max: 60, noNaN: true }),
        lon: fc.double({ min: -179, max: 179, noNaN: true }),
      }),
      (place) => {
        const coarse = coarsePlace(place);
        expect(coarsePlace(coarse)).toEqual(coarse);
        expect(distanceM(place, coarse)).toBeLessThan(800);
        expect(String(Math.abs(coarse.lat)).split(".")[1]?.length ?? 0).toBeLessThanOrEqual(2);
      },
    ),
  );
});

const donors = fc.array(
  fc.record({
    isAvailable: fc.boolean(),
    withinKm: fc.integer({ min: 1, max: 50 }),
    lat: fc.double({ min: 18.4, max: 18.7, noNaN: true }),
    asked: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
  }),
);

test("nobody is asked who may not be, and no more than could be needed; nobody when enough come", () => {
  fc.assert(
    fc.property(donors, fc.nat(5), fc.nat(5), fc.nat(10), (some, wanted, coming, waiting) => {
      const candidates = some.map(({ lat, asked, ...rest }): Candidate => ({
        ...DONOR,
        ...rest,
        place: { lat, lon: 73.85 },
        askedAt: asked === null ? null : later(NOON, -asked * DAY_MS),
      }));
      const next = nextToAsk(candidates, CALL, { wanted, coming, waiting });
      expect(next.every((donor) => mayAsk(donor, CALL))).toBe(true);
      expect(next.length).toBeLessThanOrEqual(Math.max(0, (wanted - coming) * 4 - waiting));
      if (coming >= wanted) expect(next).toEqual([]);
    }),
  );
});
