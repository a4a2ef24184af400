import { expect, test } from "vitest";
import { FacilityId, ObservationId } from "../ids.ts";
import { instantOf, type Instant } from "../time.ts";
import { freshnessOf } from "./freshness.ts";
import { figuresOf } from "./figures.ts";
import { Subject, type Source, type Standing, type Value } from "./schema.ts";

function at(time: string): Instant {
  return instantOf(Date.parse(`2026-03-01T${time}:00Z`));
}

let numbers = 0;
function standing(subject: string, source: Source, observedAt: Instant, value: Value): Standing {
  numbers++;
  return {
    observation: ObservationId.parse(String(numbers)),
    facility: FacilityId.parse("f1"),
    subject: Subject.parse(subject),
    source,
    sender: "somebody",
    value,
    observedAt,
    receivedAt: observedAt,
    version: numbers,
  };
}

function bedsAt(now: string, ...standings: Standing[]) {
  return figuresOf(
    { leads: [], bedTypes: [] },
    Map.groupBy(standings, ({ subject }) => subject),
    at(now),
  ).beds;
}

test("free is what is staffed, less blocked and occupied", () => {
  const [figure] = bedsAt(
    "12:00",
    standing("bed:icu", "staff", at("11:50"), { staffed: 12, occupied: 8, blocked: 1 }),
  );
  expect(figure?.value).toEqual({ staffed: 12, occupied: 8, blocked: 1, held: 0, free: 3 });
});

test("more patients than beds is shown as none free, with a note", () => {
  const [figure] = bedsAt("12:00", standing("bed:icu", "staff", at("11:50"), { staffed: 8, occupied: 9 }));
  expect(figure).toMatchObject({ value: { free: 0 }, notes: ["over-occupied"] });
});

test("a feed that only counts patients leaves the staffed beds as the ward said", () => {
  const ward = standing("bed:icu", "staff", at("08:00"), { staffed: 12, occupied: 7, licensed: 14 });
  const feed = standing("bed:icu", "hl7", at("11:58"), { occupied: 9 });
  const [figure] = bedsAt("12:00", ward, feed);
  expect(figure).toMatchObject({
    value: { staffed: 12, licensed: 14, occupied: 9, free: 3 },
    source: "hl7",
    observedAt: at("11:58"),
    freshness: "live",
  });
});

/** The feed says 33 at 11:58; the ward said so many at that time: do they disagree? */
function checkDisagreement(occupied: number, seen: string, expected: boolean) {
  const ward = standing("bed:general", "staff", at(seen), { staffed: 40, occupied });
  const feed = standing("bed:general", "hl7", at("11:58"), { occupied: 33 });
  const [figure] = bedsAt("12:00", ward, feed);
  expect(figure?.notes).toEqual(expected ? ["sources-disagree"] : []);
  expect(figure?.others.map((other) => other.value.occupied)).toEqual(expected ? [occupied] : []);
}

test("sources that disagree are both shown", () => checkDisagreement(20, "11:50", true));
test("a patient or two more or less is no disagreement", () => checkDisagreement(31, "11:50", false));
test("nor is a tenth", () => checkDisagreement(30, "11:50", false));
test("an older count is only older", () => checkDisagreement(20, "11:40", false));

test("a newer report that is not believed is a disagreement", () => {
  const feed = standing("bed:general", "hl7", at("09:00"), { occupied: 33 });
  const other = standing("bed:general", "api", at("11:58"), { occupied: 20 });
  const leads = [{ subject: "bed", source: "hl7" as const, correctionS: 3600 }];
  const { beds } = figuresOf({ leads, bedTypes: [] }, new Map([[feed.subject, [feed, other]]]), at("12:00"));
  expect(beds[0]).toMatchObject({ value: { occupied: 33 }, notes: ["sources-disagree"] });
});

test("free is not known where staffed is not", () => {
  expect(bedsAt("12:00", standing("bed:icu", "hl7", at("11:50"), { occupied: 8 }))[0]?.value).toEqual({
    occupied: 8,
    held: 0,
    free: null,
  });
});

test("an expired number is withdrawn, and only its age is left", () => {
  const said = standing("bed:icu", "staff", at("06:00"), { staffed: 12, occupied: 8 });
  expect(bedsAt("12:00", said)[0]).toMatchObject({
    value: null,
    freshness: "expired",
    observedAt: at("06:00"),
  });
  const withStale = figuresOf({ leads: [], bedTypes: [] }, new Map([[said.subject, [said]]]), at("12:00"), {
    includeStale: true,
  });
  expect(withStale.beds[0]?.value).toMatchObject({ free: 4 });
});

test("beds that a facility has and nobody reported are unknown, not absent", () => {
  const { beds } = figuresOf({ leads: [], bedTypes: ["nicu"] }, new Map(), at("12:00"));
  expect(beds).toMatchObject([{ type: "nicu", value: null, freshness: "unknown", observedAt: null }]);
});

test("the moment at which time alone changes a figure is told", () => {
  const said = standing("bed:icu", "staff", at("11:50"), { staffed: 12, occupied: 8 });
  expect(figuresOf({ leads: [], bedTypes: [] }, new Map([[said.subject, [said]]]), at("12:00")).until).toBe(
    at("12:20"),
  );
});

/** A figure of `subject` seen at `seen`: how fresh is it at 12:00? */
function check(subject: string, seen: string, expected: string, isUnderPressure = false) {
  expect(freshnessOf(Subject.parse(subject), at(seen), at("12:00"), { isUnderPressure }).freshness).toBe(
    expected,
  );
}

test("intensive care is live for 30 minutes", () => check("bed:icu", "11:30", "live"));
test("then recent for up to 2 hours", () => check("bed:icu", "11:29", "recent"));
test("then stale for up to 4 hours", () => check("bed:icu", "09:59", "stale"));
test("then it is withdrawn", () => check("bed:icu", "07:59", "expired"));
test("a ward is live for a shift of 4 hours", () => check("bed:general", "08:00", "live"));
test("a full house ages twice as fast", () => check("bed:icu", "11:44", "recent", true));
test("a vehicle is live for a minute", () => check("vehicle:a7", "11:59", "live"));
test("blood on the shelf is live for half a day", () => check("blood:O-:packed-red-cells", "00:01", "live"));

test("over nine tenths full, the whole facility ages twice as fast", () => {
  const full = standing("bed:general", "staff", at("11:40"), { staffed: 100, occupied: 95 });
  const icu = standing("bed:icu", "staff", at("11:40"), { staffed: 4, occupied: 4 });
  expect(bedsAt("12:00", full, icu).find(({ type }) => type === "icu")?.freshness).toBe("recent");
});
