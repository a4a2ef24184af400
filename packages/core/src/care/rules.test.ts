import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FRESHNESS_RANK } from "../observations/freshness.ts";
import { Freshness } from "../observations/schema.ts";
import { instantOf, later, MINUTE_MS, type Instant } from "../time.ts";
import { IN_VAIN_S, prospectsOf, spreadS, type CareReason, type Prospect } from "./rules.ts";

const NOW = instantOf(Date.parse("2026-03-02T10:00:00Z"));
const inMinutes = (minutes: number): Instant => later(NOW, minutes * MINUTE_MS);

const HELPS = ["ct-scan", "cath-lab", "antivenom"];

/** A place that has everything, twenty minutes away; only what is said here differs. */
function aPlace(more: Partial<Prospect> = {}): Prospect {
  return {
    now: NOW,
    travelS: 20 * 60,
    offers: 0,
    specialty: "cardiology",
    open: { state: "open", until: null },
    duty: { onSite: 1, onCall: 0, next: null, known: true },
    bed: { type: "icu", free: 6, freshness: "live", isDisputed: false },
    services: [],
    helps: { has: [], lacks: [] },
    scheme: null,
    stock: null,
    waitingMinutes: 10,
    isDiverting: false,
    isEmergencyDepartment: false,
    accuracy: null,
    ...more,
  };
}

const freshness = fc.constantFrom(...Freshness.options);
const minutes = fc.integer({ min: 0, max: 2000 });
const prospect: fc.Arbitrary<Prospect> = fc.record({
  now: fc.constant(NOW),
  travelS: fc.option(fc.integer({ min: 0, max: 20_000 })),
  offers: fc.option(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant("unlisted" as const))),
  specialty: fc.constant("cardiology" as const),
  open: fc.oneof(
    fc.constant({ state: "open" as const, until: null }),
    fc.constant({ state: "unknown" as const, until: null }),
    minutes.map((m) => ({ state: "closed" as const, until: inMinutes(m) })),
    fc.constant({ state: "closed" as const, until: null }),
  ),
  duty: fc.option(
    fc.record({
      onSite: fc.integer({ min: 0, max: 3 }),
      onCall: fc.integer({ min: 0, max: 3 }),
      next: fc.option(minutes.map(inMinutes)),
      known: fc.boolean(),
    }),
  ),
  bed: fc.option(
    fc.record({
      type: fc.constant("icu" as const),
      free: fc.integer({ min: 0, max: 40 }),
      freshness,
      isDisputed: fc.boolean(),
    }),
  ),
  services: fc.constant([]),
  helps: fc.subarray(HELPS).map((has) => ({ has, lacks: HELPS.filter((one) => !has.includes(one)) })),
  scheme: fc.option(fc.record({ id: fc.constant("pm-jay"), isAccepted: fc.boolean() })),
  stock: fc.option(
    fc.record({ name: fc.constant("O-"), state: fc.constantFrom("here", "gone", "untold"), freshness }),
  ),
  waitingMinutes: fc.option(fc.integer({ min: 0, max: 600 })),
  isDiverting: fc.boolean(),
  isEmergencyDepartment: fc.boolean(),
  accuracy: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
});

/** Whatever else holds, the better place never takes longer, and is never less certain. */
function neverWorse(pairs: fc.Arbitrary<readonly [better: Prospect, worse: Prospect]>) {
  fc.assert(
    fc.property(pairs, ([better, worse]) => {
      const [one, other] = [prospectsOf(better), prospectsOf(worse)];
      expect(one.seconds).toBeLessThanOrEqual(other.seconds);
      expect(one.confidence).toBeGreaterThanOrEqual(other.confidence);
    }),
    { numRuns: 500 },
  );
}

describe("other things equal, a place never ranks worse that is", () => {
  test("nearer", () =>
    neverWorse(
      fc.tuple(prospect, minutes, minutes).map(([one, a, b]) => [
        { ...one, travelS: Math.min(a, b) * 60 },
        { ...one, travelS: Math.max(a, b) * 60 },
      ]),
    ));

  test("fresher", () =>
    neverWorse(
      fc.tuple(prospect, freshness, freshness, fc.integer({ min: 0, max: 9 })).map(([one, a, b, free]) => {
        const [better, worse] = FRESHNESS_RANK[a] <= FRESHNESS_RANK[b] ? [a, b] : [b, a];
        const bed = { type: "icu" as const, free, isDisputed: false };
        return [
          { ...one, bed: { ...bed, freshness: better } },
          { ...one, bed: { ...bed, freshness: worse } },
        ];
      }),
    ));

  test("more capable", () => {
    const rank = (offers: Prospect["offers"]) => (offers === "unlisted" ? 99 : (offers ?? 0));
    const offers = fc.oneof(fc.integer({ min: 0, max: 8 }), fc.constant("unlisted" as const));
    neverWorse(
      fc.tuple(prospect, offers, offers).map(([one, a, b]) => {
        const [better, worse] = rank(a) <= rank(b) ? [a, b] : [b, a];
        return [
          { ...one, offers: better },
          { ...one, offers: worse },
        ];
      }),
    );
  });

  test("sooner open", () =>
    neverWorse(
      fc.tuple(prospect, minutes, minutes).map(([one, a, b]) => [
        { ...one, open: { state: "closed" as const, until: inMinutes(Math.min(a, b)) } },
        { ...one, open: { state: "closed" as const, until: inMinutes(Math.max(a, b)) } },
      ]),
    ));

  test("open, beside one that opens later or never", () =>
    neverWorse(
      fc.tuple(prospect, fc.option(minutes)).map(([one, opens]) => [
        { ...one, open: { state: "open" as const, until: null } },
        { ...one, open: { state: "closed" as const, until: opens === null ? null : inMinutes(opens) } },
      ]),
    ));

  test("one with more beds free, or with beds that its sources agree on", () =>
    neverWorse(
      fc
        .tuple(prospect, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), freshness)
        .map(([one, a, b, fresh]) => {
          const bed = { type: "icu" as const, freshness: fresh };
          return [
            { ...one, bed: { ...bed, free: Math.max(a, b), isDisputed: false } },
            { ...one, bed: { ...bed, free: Math.min(a, b), isDisputed: true } },
          ];
        }),
    ));

  test("one where somebody is on duty, beside one where somebody comes later or nobody does", () =>
    neverWorse(
      fc.tuple(prospect, fc.option(minutes)).map(([one, next]) => [
        { ...one, duty: { onSite: 1, onCall: 0, next: null, known: true } },
        { ...one, duty: { onSite: 0, onCall: 0, next: next === null ? null : inMinutes(next), known: true } },
      ]),
    ));

  test("one that treats under the scheme, has the shorter wait, takes emergencies, or is more often as shown", () =>
    neverWorse(
      fc
        .tuple(prospect, fc.integer({ max: 600, min: 0 }), fc.integer({ max: 600, min: 0 }))
        .map(([one, a, b]) => [
          {
            ...one,
            scheme: { id: "pm-jay", isAccepted: true },
            waitingMinutes: Math.min(a, b),
            isDiverting: false,
            accuracy: 0.9,
          },
          {
            ...one,
            scheme: { id: "pm-jay", isAccepted: false },
            waitingMinutes: Math.max(a, b),
            isDiverting: true,
            accuracy: 0.4,
          },
        ]),
    ));
});

test("a place that has more of what such an illness is often treated with never ranks worse", () =>
  neverWorse(
    fc.tuple(prospect, fc.subarray(HELPS), fc.subarray(HELPS)).map(([one, a, b]) => {
      const has = (some: readonly string[]) => ({
        ...one,
        helps: { has: some, lacks: HELPS.filter((service) => !some.includes(service)) },
      });
      return [has([...new Set([...a, ...b])]), has(a)];
    }),
  ));

test("told to be on the shelf is never worse than not told, and that never worse than told to be gone", () => {
  const stock = (state: "here" | "equivalent" | "gone" | "untold", fresh: Freshness) => ({
    stock: { name: "O-", state, freshness: fresh },
  });
  neverWorse(
    fc.tuple(prospect, freshness).map(([one, fresh]) => [
      { ...one, ...stock("here", fresh) },
      { ...one, ...stock("equivalent", fresh) },
    ]),
  );
  neverWorse(
    fc.tuple(prospect, freshness).map(([one, fresh]) => [
      { ...one, ...stock("equivalent", fresh) },
      { ...one, ...stock("untold", fresh) },
    ]),
  );
  neverWorse(
    fc.tuple(prospect, freshness).map(([one, fresh]) => [
      { ...one, ...stock("untold", fresh) },
      { ...one, ...stock("gone", fresh) },
    ]),
  );
});

test("time to care is never below the way, and no wait in vain is counted twice", () => {
  fc.assert(
    fc.property(prospect, (one) => {
      const { seconds, confidence } = prospectsOf(one);
      expect(seconds).toBeGreaterThanOrEqual(one.travelS ?? 0);
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
    }),
  );
  const certain = prospectsOf(aPlace());
  const full = prospectsOf(aPlace({ bed: { type: "icu", free: 0, freshness: "live", isDisputed: false } }));
  expect(full.confidence).toBe(0);
  expect(full.seconds - certain.seconds).toBeLessThanOrEqual(IN_VAIN_S);
});

/** The codes of the reasons of a place. */
function codes(more: Partial<Prospect>): CareReason["code"][] {
  return prospectsOf(aPlace(more)).reasons.map(({ code }) => code);
}

test("the reasons say what was asked for first, and every doubt", () => {
  expect(codes({})).toEqual(["bed", "offers", "duty-on-site", "open-always", "waiting", "travel"]);
  expect(
    codes({
      bed: { type: "icu", free: 2, freshness: "stale", isDisputed: true },
      isDiverting: true,
      offers: "unlisted",
      duty: { onSite: 0, onCall: 1, next: null, known: true },
      scheme: { id: "pm-jay", isAccepted: false },
      open: { state: "closed", until: inMinutes(30) },
      waitingMinutes: null,
    }),
  ).toEqual([
    "bed-few",
    "bed-stale",
    "bed-disputed",
    "diverting",
    "offers-unlisted",
    "duty-on-call",
    "scheme-unknown",
    "opens",
    "travel",
  ]);
});

describe("when many ask for the same last beds", () => {
  const shares = (free: readonly number[], asked: number) => {
    const first = free.map(() => 0);
    for (let request = 0; request < asked; request += 1) {
      const back = free.map((count, place) => spreadS(`request ${request}`, `place ${place}`, count));
      const best = back.indexOf(Math.min(...back));
      first[best] = (first[best] ?? 0) + 1;
    }
    return first.map((count) => count / asked);
  };

  test("equally near places are first in proportion to their beds", () => {
    const [one = 0, two = 0, three = 0] = shares([1, 2, 5], 4000);
    expect(one).toBeCloseTo(1 / 8, 1);
    expect(two).toBeCloseTo(2 / 8, 1);
    expect(three).toBeCloseTo(5 / 8, 1);
  });

  test("the same request gets the same order, and more free beds never put a place back further", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 1, max: 50 }), (request, facility, free) => {
        expect(spreadS(request, facility, free)).toBe(spreadS(request, facility, free));
        expect(spreadS(request, facility, free + 1)).toBeLessThanOrEqual(spreadS(request, facility, free));
        expect(spreadS(request, facility, free)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
