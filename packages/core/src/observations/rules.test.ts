import fc from "fast-check";
import { expect, test } from "vitest";
import { FacilityId } from "../ids.ts";
import { instantOf, type Instant } from "../time.ts";
import { figuresOf } from "./figures.ts";
import { decideObservation, inOrderOfBelief, type Lead } from "./rules.ts";
import { Source, Subject, type Observation, type Standing } from "./schema.ts";

const facility = FacilityId.parse("f1");
const icu = Subject.parse("bed:icu");

/** `09:30` of the day on which the tests play, UTC. */
function at(time: string): Instant {
  return instantOf(Date.parse(`2026-03-01T${time}:00Z`));
}

/**
 * `hl7 11:50 8` : the source, when it saw, and how many it saw occupied; `/12` of as many staffed; `same`
 * after it: it only confirmed what was shown.
 */
function anObservation(text: string): Observation {
  const [source, time = "", counts = "", same] = text.split(" ");
  const [occupied, staffed] = counts.split("/").map(Number);
  const value = { occupied: occupied ?? 0, ...(staffed === undefined ? {} : { staffed }) };
  return {
    facility,
    subject: icu,
    value,
    observedAt: at(time),
    source: Source.parse(source),
    sender: "somebody",
    isConfirmation: same === "same",
  };
}

/** Take in observations in the order given, at 12:00, as the store does. */
function record(
  observations: readonly Observation[],
  lead?: Lead,
): { standings: Standing[]; outcomes: string[] } {
  let standings: Standing[] = [];
  const outcomes = observations.map((observation, place) => {
    const decision = decideObservation(standings, observation, lead, at("12:00"));
    if (decision.kind === "refused") return decision.reason;
    if (decision.standing) {
      const { source } = decision.standing;
      const row: Standing = {
        ...decision.standing,
        observation: String(place) as Standing["observation"],
        version: place + 1,
      };
      standings = [...standings.filter((one) => one.source !== source), row];
    }
    return decision.kind;
  });
  return { standings, outcomes };
}

/** Of these reports in this order, what comes of the last one? */
function check(reports: string[], expected: string, lead?: Lead) {
  expect(record(reports.map(anObservation), lead).outcomes.at(-1)).toBe(expected);
}

test("a first report changes the figure", () => check(["staff 11:50 8"], "changed"));
test("the same again later confirms it", () => check(["staff 11:40 8", "staff 11:50 8"], "unchanged"));
test("another count changes it", () => check(["staff 11:40 8", "staff 11:50 9"], "changed"));
test("an older report changes nothing", () => check(["staff 11:50 8", "staff 11:40 9"], "superseded"));
test("an older report of another source changes nothing", () =>
  check(["staff 11:50 8", "hl7 11:40 9"], "superseded"));
test("a newer report of another source leads", () => check(["staff 11:50 8", "hl7 11:55 9"], "changed"));
test("of the same moment the person is believed before the system", () =>
  check(["staff 11:50 8", "hl7 11:50 9"], "superseded"));
test("of the same moment the system gives way to the person", () =>
  check(["hl7 11:50 9", "staff 11:50 8"], "changed"));
test("of the same moment and source the later arrival is the correction", () =>
  check(["staff 11:50 8", "staff 11:50 9"], "changed"));
test("five minutes of clock skew pass", () => check(["staff 12:05 8"], "changed"));
test("more than that is refused", () => check(["staff 12:06 8"], "from-the-future"));

const hl7Leads: Lead = { source: "hl7", correctionS: 1800 };
test("a leading feed is believed before a newer report of another system", () =>
  check(["hl7 11:30 8", "api 11:55 9"], "superseded", hl7Leads));
test("a correction by a person outranks the leading feed for its time", () =>
  check(["staff 11:40 9", "hl7 11:55 8"], "superseded", hl7Leads));
test("after that time the feed leads again", () =>
  check(["staff 11:20 9", "hl7 11:25 8"], "changed", hl7Leads));
test("a confirmation by a person makes the leading feed's figure younger", () =>
  check(["hl7 11:30 8", "staff 11:40 8 same"], "unchanged", hl7Leads));
test("a confirmation is no correction: what the leading feed says next is believed", () =>
  check(["hl7 11:30 8", "staff 11:40 8 same", "hl7 11:45 9"], "changed", hl7Leads));
test("what the leading feed tells late of the time before a confirmation is not shown", () =>
  check(["hl7 11:30 8", "staff 11:40 8 same", "hl7 11:35 9"], "superseded", hl7Leads));
test("a confirmation outranks what no leading source says, as long as it has not expired", () => {
  check(["hl7 11:30 8", "staff 11:40 8 same", "api 11:50 9"], "superseded", hl7Leads);
  check(["hl7 07:00 8", "staff 07:10 8 same", "api 07:30 9"], "changed", hl7Leads);
});
test("a leading feed that has expired leads no more", () =>
  check(["hl7 07:00 8", "api 07:30 9"], "changed", hl7Leads));

/** Reports of distinct moments: the only thing that arrival decides is which of two equal ones came later. */
const reports = fc
  .uniqueArray(
    fc.record({
      minute: fc.integer({ min: 0, max: 300 }),
      source: fc.constantFrom(...Source.options),
      occupied: fc.nat(20),
      isSame: fc.boolean(),
      staffed: fc.option(fc.nat(30), { nil: undefined }),
    }),
    {
      selector: ({ minute }) => minute,
      maxLength: 30,
    },
  )
  .map((all) =>
    all.map(({ minute, source, occupied, staffed, isSame }): Observation => ({
      facility,
      subject: icu,
      source,
      sender: "somebody",
      value: { occupied, ...(staffed === undefined ? {} : { staffed }) },
      observedAt: instantOf(Date.parse(at("12:00")) - minute * 60_000),
      isConfirmation: isSame && source === "staff",
    })),
  );
const lead = fc.option(fc.record({ source: fc.constantFrom(...Source.options), correctionS: fc.nat(7200) }), {
  nil: undefined,
});

/** What is shown, without the numbers that count arrivals. */
function shown(observations: readonly Observation[], leading: Lead | undefined) {
  const { standings } = record(observations, leading);
  const leads = leading ? [{ subject: "bed:icu", ...leading }] : [];
  const { beds } = figuresOf({ leads, bedTypes: [] }, new Map([[icu, standings]]), at("12:00"));
  return beds.map(
    ({ version: _version, observation: _observation, receivedAt: _receivedAt, ...figure }) => figure,
  );
}

test("any shuffling and repetition of the same reports ends in the same figure", () => {
  fc.assert(
    fc.property(reports, lead, fc.infiniteStream(fc.nat()), (all, leading, picks) => {
      const shuffled = [...all, ...all.filter((_, place) => place % 3 === 0)];
      for (let place = shuffled.length - 1; place > 0; place--) {
        const other = (picks.next().value ?? 0) % (place + 1);
        [shuffled[place], shuffled[other]] = [shuffled[other] as Observation, shuffled[place] as Observation]; // Both places are in the list.
      }
      expect(shown(shuffled, leading)).toEqual(shown(all, leading));
    }),
    { numRuns: 400 },
  );
});

test("without a lead the newest report is what is shown", () => {
  fc.assert(
    fc.property(
      reports.filter((all) => all.length > 0),
      (all) => {
        const newest = all
          .map(({ observedAt }) => observedAt)
          .sort()
          .at(-1);
        expect(inOrderOfBelief(record(all).standings, undefined, at("12:00"))[0]?.observedAt).toBe(newest);
      },
    ),
  );
});
