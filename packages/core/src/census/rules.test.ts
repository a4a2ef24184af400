import fc from "fast-check";
import { expect, test } from "vitest";
import { BedType } from "../beds/schema.ts";
import { CensusBook, type BookStart } from "./book.ts";
import { decideAdt, EFFECT_BY_EVENT, isSameLocation } from "./rules.ts";
import type { AdtEvent, Ward } from "./schema.ts";
import {
  aHospital,
  anEvent,
  aPlace,
  apply,
  at,
  keeperOf,
  knownIn,
  occupiedIn,
  type Hospital,
  type Said,
} from "./testing/ledger.ts";

const WARDS: Ward[] = [
  { code: "G", bedType: "general", staffed: 20 },
  { code: "ICU", bedType: "icu", staffed: 4 },
  { code: "ED", bedType: "emergency", staffed: null },
  { code: "THEATRE", bedType: null, staffed: null },
];

/** After these events: what came of the last, and who is where. */
function check(events: AdtEvent[], expected: { last: string; where: Record<string, string> }) {
  const hospital = aHospital(WARDS);
  const decisions = events.map((event) => apply(hospital, event));
  const last = decisions.at(-1);
  expect(last && "reason" in last ? last.reason : last?.kind).toBe(expected.last);
  expect(whereabouts(hospital)).toEqual(expected.where);
}

function whereabouts(hospital: Hospital): Record<string, string> {
  return Object.fromEntries(
    [...hospital.visits].map(([key, { location, isAway }]) => {
      const place = [location.ward, location.room, location.bed].filter((part) => part !== null).join("/");
      return [key, isAway ? `${place} (away)` : place];
    }),
  );
}

const admitted = anEvent("A01", "v1", { to: "G/1/1" });
const admittedOther = anEvent("A01", "v2", { to: "G/1/2" });

test("an admission opens the stay", () => check([admitted], { last: "changed", where: { v1: "G/1/1" } }));
test("the same admission again changes nothing", () =>
  check([admitted, admitted], { last: "repeated", where: { v1: "G/1/1" } }));
test("an admission of class P is planned only", () =>
  check([anEvent("A01", "v1", { to: "G/1/1", class: "planned" })], { last: "planned", where: {} }));
test("a transfer moves the patient", () =>
  check([admitted, anEvent("A02", "v1", { at: "13:00", to: "ICU/1/1", from: "G/1/1" })], {
    last: "changed",
    where: { v1: "ICU/1/1" },
  }));
test("an event recorded before the visit's last one changes nothing", () =>
  check([admitted, anEvent("A02", "v1", { at: "11:59", to: "ICU/1/1" })], {
    last: "older-than-known",
    where: { v1: "G/1/1" },
  }));
test("a discharge ends the stay", () =>
  check([admitted, anEvent("A03", "v1", { at: "13:00", to: "G/1/1" })], { last: "changed", where: {} }));
test("a discharge that was recorded before the last event leaves the patient", () =>
  check([admitted, anEvent("A03", "v1", { at: "11:00" })], {
    last: "older-than-known",
    where: { v1: "G/1/1" },
  }));
test("a cancelled admission frees the bed", () =>
  check([admitted, anEvent("A11", "v1")], { last: "changed", where: {} }));
test("a deleted visit is gone", () =>
  check([admitted, anEvent("A23", "v1")], { last: "changed", where: {} }));
test("an update never moves the patient", () =>
  check([admitted, anEvent("A08", "v1", { at: "13:00", to: "ICU/1/1" })], {
    last: "no-effect",
    where: { v1: "G/1/1" },
  }));
test("an update of a patient whom we do not know opens nothing", () =>
  check([anEvent("A08", "v1", { to: "G/1/1" })], { last: "no-effect", where: {} }));
test("pre-admission and pending events open nothing", () =>
  check(
    ["A05", "A14", "A38", "A15", "A16"].map((event) => anEvent(event, "v1", { to: "G/1/1" })),
    { last: "no-effect", where: {} },
  ));

const left = anEvent("A03", "v1", { at: "13:00", to: "G/1/1" });
test("an admission that comes after its own discharge opens nothing", () =>
  check([left, admitted], { last: "older-than-known", where: {} }));
test("an admission after a discharge that is known opens nothing when it is repeated late", () =>
  check([admitted, left, anEvent("A01", "v1", { at: "12:01", to: "G/1/1" })], {
    last: "older-than-known",
    where: {},
  }));
test("a visit number that is used again after the discharge is another stay", () =>
  check([admitted, left, anEvent("A01", "v1", { at: "13:01", to: "G/1/2" })], {
    last: "changed",
    where: { v1: "G/1/2" },
  }));
test("a cancelled discharge within the minute of the discharge opens the stay again", () =>
  check([admitted, left, anEvent("A13", "v1", { at: "13:00", to: "G/1/1" })], {
    last: "changed",
    where: { v1: "G/1/1" },
  }));
test("an admission within the minute of its discharge that comes after it opens nothing", () =>
  check([left, anEvent("A01", "v1", { at: "13:00", to: "G/1/1" })], { last: "older-than-known", where: {} }));
test("a visit that was merged into another is not opened by what comes late", () =>
  check(
    [admitted, { ...anEvent("A35", "v2", { at: "13:00" }), renamed: [{ from: "v1", to: "v2" }] }, admitted],
    { last: "older-than-known", where: { v2: "G/1/1" } },
  ));
test("a patient back from where nobody is counted within the same minute is back", () =>
  check(
    [
      admitted,
      anEvent("A02", "v1", { at: "13:00", to: "THEATRE/1/1", from: "G/1/1" }),
      anEvent("A02", "v1", { at: "13:00", to: "ICU/1/1", from: "THEATRE/1/1" }),
    ],
    { last: "changed", where: { v1: "ICU/1/1" } },
  ));

test("whether the discharge or its admission comes first, the ward counts the same", () => {
  for (const declared of [0, 5]) {
    const [inOrder, reversed] = [
      [admitted, left],
      [left, admitted],
    ].map((events) => replay(events, declared));
    expect(inOrder && occupiedIn(inOrder, "general")).toBe(declared);
    expect(reversed && occupiedIn(reversed, "general")).toBe(declared);
  }
});
test("a discharge that is sent again by another message is one patient fewer, not two", () => {
  const again = anEvent("A03", "v1", { at: "13:05", to: "G/1/1" });
  expect(occupiedIn(replay([left, again, again], 5), "general")).toBe(4);
});

const moved = anEvent("A02", "v1", { at: "13:00", to: "ICU/1/1", from: "G/1/1" });
test("a cancelled transfer brings the patient back to the place that is named", () =>
  check([admitted, moved, anEvent("A12", "v1", { at: "13:10", to: "G/1/1" })], {
    last: "changed",
    where: { v1: "G/1/1" },
  }));
test("a cancelled transfer that repeats the wrong place brings the patient back to where we remember", () =>
  check([admitted, moved, anEvent("A12", "v1", { at: "13:10", to: "ICU/1/1" })], {
    last: "changed",
    where: { v1: "G/1/1" },
  }));
test("the same cancelled transfer again changes nothing", () => {
  const cancelled = anEvent("A12", "v1", { at: "13:10", to: "ICU/1/1" });
  check([admitted, moved, cancelled, cancelled], { last: "repeated", where: { v1: "G/1/1" } });
});
test("a cancelled transfer into a bed that was given away is a conflict", () =>
  check(
    [
      admitted,
      moved,
      anEvent("A01", "v2", { at: "13:05", to: "G/1/1" }),
      anEvent("A12", "v1", { at: "13:10", to: "G/1/1" }),
    ],
    { last: "conflict", where: { v1: "G/1", v2: "G/1/1" } },
  ));

const discharged = anEvent("A03", "v1", { at: "13:00", to: "G/1/1" });
test("a cancelled discharge opens the stay again where the message says", () =>
  check([admitted, discharged, anEvent("A13", "v1", { at: "13:10", to: "G/1/1" })], {
    last: "changed",
    where: { v1: "G/1/1" },
  }));
test("a cancelled discharge into a bed that was given away leaves the patient in the ward without one", () =>
  check(
    [
      admitted,
      discharged,
      anEvent("A01", "v2", { at: "13:05", to: "G/1/1" }),
      anEvent("A13", "v1", { at: "13:10", to: "G/1/1" }),
    ],
    { last: "conflict", where: { v1: "G/1", v2: "G/1/1" } },
  ));
test("an admission into somebody's bed is a conflict, and the first stays in it", () =>
  check([admitted, anEvent("A01", "v2", { to: "G/1/1" })], {
    last: "conflict",
    where: { v1: "G/1/1", v2: "G/1" },
  }));

test("two patients exchange their beds", () => {
  const [one] = anEvent("A17", "v1", { at: "13:00", to: "G/1/2" }).visits;
  const [other] = anEvent("A17", "v2", { at: "13:00", to: "G/1/1" }).visits;
  const swap = {
    ...anEvent("A17", "v1", { at: "13:00" }),
    visits: [one, other].filter((visit) => visit !== undefined),
  };
  check([admitted, admittedOther, swap, swap], { last: "repeated", where: { v1: "G/1/2", v2: "G/1/1" } });
});
test("a swap that names one patient is refused", () =>
  check([admitted, anEvent("A17", "v1", { to: "G/1/2" })], { last: "no-visit", where: { v1: "G/1/1" } }));

test("a patient on leave keeps the bed", () =>
  check([admitted, anEvent("A21", "v1", { at: "13:00" })], {
    last: "changed",
    where: { v1: "G/1/1 (away)" },
  }));
test("a patient is back from leave", () =>
  check([admitted, anEvent("A21", "v1", { at: "13:00" }), anEvent("A22", "v1", { at: "14:00" })], {
    last: "changed",
    where: { v1: "G/1/1" },
  }));

test("an outpatient without a bed takes none", () =>
  check([anEvent("A04", "v1", { to: "G", class: "ambulatory" })], { last: "not-in-a-bed", where: {} }));
test("an outpatient in a ward that is not mapped is nothing to us", () =>
  check([anEvent("A04", "v1", { to: "OPD/1/1", class: "ambulatory" })], { last: "not-in-a-bed", where: {} }));
test("an outpatient in a bed of a mapped ward takes it", () =>
  check([anEvent("A04", "v1", { to: "G/1/1", class: "ambulatory" })], {
    last: "changed",
    where: { v1: "G/1/1" },
  }));
test("an emergency patient counts in the emergency ward, bed or not", () =>
  check([anEvent("A04", "v1", { to: "ED", class: "emergency" })], { last: "changed", where: { v1: "ED" } }));
test("an outpatient who becomes an inpatient takes the bed", () =>
  check(
    [
      anEvent("A04", "v1", { to: "OPD", class: "ambulatory" }),
      anEvent("A06", "v1", { at: "13:00", to: "G/1/1" }),
    ],
    { last: "changed", where: { v1: "G/1/1" } },
  ));
test("an inpatient who becomes an outpatient leaves the bed", () =>
  check([admitted, anEvent("A07", "v1", { at: "13:00", to: "OPD", class: "ambulatory" })], {
    last: "changed",
    where: {},
  }));
test("a transfer into a ward that is not counted ends the stay for us", () =>
  check([admitted, anEvent("A02", "v1", { at: "13:00", to: "THEATRE/1/1" })], {
    last: "changed",
    where: {},
  }));

test("a ward that is not mapped is refused by its name", () => {
  const decision = apply(aHospital(WARDS), anEvent("A01", "v1", { to: "NEW/1/1" }));
  expect(decision).toEqual({ kind: "refused", reason: "unmapped-ward", ward: "NEW" });
});
test("an admission that names no ward is refused", () =>
  check([anEvent("A01", "v1")], { last: "no-ward", where: {} }));

test("a visit goes on under another number", () => {
  const renamed = { ...anEvent("A50", "v9"), renamed: [{ from: "v1", to: "v9" }] };
  check([admitted, renamed, renamed], { last: "no-effect", where: { v9: "G/1/1" } });
});
test("two visits that turn out to be one keep the bed of the one that stays", () => {
  const renamed = { ...anEvent("A35", "v2"), renamed: [{ from: "v1", to: "v2" }] };
  check([admitted, admittedOther, renamed], { last: "changed", where: { v2: "G/1/2" } });
});

test("where the hospital speaks of its beds, one that is left is cleaned first", () => {
  const hospital = aHospital(WARDS);
  const place = { ...aPlace("G/1/1"), bed: "1" };
  apply(hospital, {
    ...anEvent("A20", "-", { at: "11:00" }),
    visits: [],
    statuses: [{ place, status: "unoccupied" }],
  });
  const statusNow = () => [...hospital.statuses.values()].map(({ status }) => status);
  apply(hospital, admitted);
  expect(statusNow()).toEqual(["occupied"]);
  apply(hospital, discharged);
  expect(statusNow()).toEqual(["housekeeping"]);
  const late: AdtEvent = {
    ...anEvent("A20", "-", { at: "12:30" }),
    visits: [],
    statuses: [{ place, status: "unoccupied" }],
  };
  expect(apply(hospital, late)).toEqual({ kind: "unchanged", reason: "older-than-known" });
  expect(statusNow()).toEqual(["housekeeping"]);
});

const anyPlace = fc.constantFrom(
  "G/1/1",
  "G/1/2",
  "G",
  "ICU/1/1",
  "ICU/1/2",
  "ED",
  "ED/1/1",
  "THEATRE/1/1",
  "NEW/1/1",
);
const anyEvent: fc.Arbitrary<AdtEvent> = fc
  .record({
    event: fc.constantFrom(...EFFECT_BY_EVENT.keys()),
    visit: fc.constantFrom("v1", "v2", "v3", "v4"),
    other: fc.constantFrom("v1", "v2", "v3", "v4"),
    minute: fc.integer({ min: 0, max: 59 }),
    to: fc.option(anyPlace, { nil: undefined }),
    otherTo: fc.option(anyPlace, { nil: undefined }),
    from: fc.option(anyPlace, { nil: undefined }),
    class: fc.constantFrom("inpatient", "emergency", "ambulatory", "planned", "unknown"),
    isRenamed: fc.boolean(),
  })
  .map(({ event, visit, other, minute, to, otherTo, from, class: patientClass, isRenamed }) => {
    const said: Said = { at: `12:${String(minute).padStart(2, "0")}`, class: patientClass };
    const one = anEvent(event, visit, { ...said, ...(to && { to }), ...(from && { from }) });
    const two = anEvent(event, other, { ...said, ...(otherTo && { to: otherTo }) });
    const place = to ? aPlace(to) : undefined;
    return {
      ...one,
      visits: event === "A17" ? [...one.visits, ...two.visits] : one.visits,
      renamed: isRenamed ? [{ from: other, to: visit }] : [],
      statuses:
        event === "A20" && place?.bed ? [{ place: { ...place, bed: place.bed }, status: "unoccupied" }] : [],
    };
  });
const anyStream = fc.array(anyEvent, { maxLength: 60 });

function replay(events: readonly AdtEvent[], declared = 0): Hospital {
  const hospital = aHospital(WARDS);
  if (declared > 0) hospital.declared.set("general", { occupied: declared, observedAt: at("11:00") });
  for (const event of events) apply(hospital, event);
  return hospital;
}

test("any stream keeps one bed for a visit, one visit in a bed, and no ward below empty", () => {
  fc.assert(
    fc.property(anyStream, fc.integer({ min: 0, max: 5 }), (events, declared) => {
      const hospital = aHospital(WARDS);
      hospital.declared.set("general", { occupied: declared, observedAt: at("11:00") });
      for (const event of events) {
        apply(hospital, event);
        const inBeds = [...hospital.visits.values()].filter(({ location }) => location.bed !== null);
        for (const [place, visit] of inBeds.entries()) {
          expect(inBeds.findIndex(({ location }) => isSameLocation(location, visit.location))).toBe(place);
        }
        for (const [key, visit] of hospital.visits) expect(visit.key).toBe(key);
        for (const type of BedType.options) expect(occupiedIn(hospital, type)).toBeGreaterThanOrEqual(0);
        expect(
          [...hospital.visits.values()].every(({ location }) => ["G", "ICU", "ED"].includes(location.ward)),
        ).toBe(true);
      }
    }),
    { seed: 20_260_301, numRuns: 400 },
  );
});

test("each message twice leaves every visit where once does", () => {
  fc.assert(
    fc.property(anyStream, (events) => {
      const once = replay(events);
      const twice = replay(events.flatMap((event) => [event, event]));
      expect(whereabouts(twice)).toEqual(whereabouts(once));
      expect(knownIn(twice, "general")).toBe(knownIn(once, "general"));
    }),
    { seed: 20_260_302, numRuns: 400 },
  );
});

test("an event that is older than every visit's last one changes no visit", () => {
  fc.assert(
    fc.property(anyStream, anyEvent, (events, late) => {
      const hospital = replay(events);
      const before = whereabouts(hospital);
      const key = late.visits[0]?.visit ?? "";
      fc.pre(hospital.visits.has(key) && late.renamed.length === 0 && late.event !== "A17");
      apply(hospital, { ...late, recordedAt: at("10:00"), occurredAt: at("10:00") });
      expect(whereabouts(hospital)).toEqual(before);
    }),
    { seed: 20_260_303, numRuns: 300 },
  );
});

/** One visit's whole stay with its moments, however its messages come. */
const anyStay = fc
  .record({
    transfers: fc.array(fc.constantFrom("G/1/2", "ICU/1/1", "ICU/1/2", "THEATRE/1/1"), { maxLength: 3 }),
    updates: fc.integer({ min: 0, max: 2 }),
  })
  .chain(({ transfers, updates }) => {
    const moves = transfers.map((to, place) =>
      anEvent("A02", "v1", { at: `12:0${place + 1}`, to, from: "G" }),
    );
    const noise = Array.from({ length: updates }, () => anEvent("A08", "v1", { at: "12:05", to: "G/1/1" }));
    const events = [
      anEvent("A01", "v1", { at: "12:00", to: "G/1/1" }),
      ...moves,
      ...noise,
      anEvent("A03", "v1", { at: "12:30", to: "G/1/1" }),
    ];
    const length = events.length;
    return fc.tuple(
      fc.shuffledSubarray(events, { minLength: length, maxLength: length }),
      fc.subarray(events),
    );
  })
  .map(([shuffled, repeated]) => [...shuffled, ...repeated]);

test("a stay that is over leaves nobody behind, however its messages are shuffled and repeated", () => {
  fc.assert(
    fc.property(anyStay, (events) => {
      const hospital = replay(events);
      expect(whereabouts(hospital)).toEqual({});
      for (const type of BedType.options) expect(occupiedIn(hospital, type)).toBe(0);
    }),
    { seed: 20_260_304, numRuns: 300 },
  );
});

test("any division of a stream into runs ends in the same census", () => {
  const book = (start: Partial<BookStart>) =>
    new CensusBook({
      wards: WARDS,
      visits: [],
      ended: [],
      statuses: [],
      counts: [],
      census: new Map(),
      said: new Map(),
      ...start,
    });
  fc.assert(
    fc.property(anyStream, fc.integer({ min: 1, max: 7 }), (events, size) => {
      const whole = book({});
      const figures = events.flatMap((event) => whole.apply(event, at("23:59")).figures);
      const kept = keeperOf(WARDS);
      const inRuns = [];
      for (let from = 0; from < events.length; from += size) {
        const run = book(kept.start());
        for (const event of events.slice(from, from + size)) {
          const { figures: of } = run.apply(event, at("23:59"));
          inRuns.push(...of);
          kept.said(of);
        }
        kept.write(run.changes());
      }
      expect(inRuns).toEqual(figures);
      expect(new Map(kept.start().visits.map((visit) => [visit.key, visit]))).toEqual(whole.visits);
    }),
    { seed: 20_260_305, numRuns: 300 },
  );
});

test("deciding looks and does not write", () => {
  const hospital = replay([admitted]);
  const known = hospital.visits.get("v1");
  decideAdt(moved, {
    visit: () => (known ? Object.freeze(known) : undefined),
    ended: () => undefined,
    occupant: () => undefined,
    ward: (code) => WARDS.find((ward) => ward.code === code),
    statusAt: () => undefined,
  });
  expect(whereabouts(hospital)).toEqual({ v1: "G/1/1" });
});
