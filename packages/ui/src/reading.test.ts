import { expect, test } from "vitest";
import { BedFigure } from "@ihims/core/observations/schema.ts";
import { Instant } from "@ihims/core/time.ts";
import { readFigure } from "./reading.ts";

const SEEN = "2026-11-22T12:00:00.000Z";

/** ICU beds as the server gave them when they were seen at 12:00: live until 12:30. */
function aFigure(free: number | null, more: Partial<Record<keyof BedFigure, unknown>> = {}): BedFigure {
  return BedFigure.parse({
    type: "icu",
    value: { staffed: 12, occupied: free === null ? undefined : 12 - free, held: 0, free },
    observedAt: SEEN,
    receivedAt: SEEN,
    source: "staff",
    freshness: "live",
    freshUntil: "2026-11-22T12:30:00.000Z",
    observation: "1",
    version: "1",
    notes: [],
    others: [],
    ...more,
  });
}

/** What is shown of a figure at a time of the same day, as kind, freshness and number. */
function check(figure: BedFigure, at: string, expected: string) {
  const reading = readFigure(figure, Instant.parse(`2026-11-22T${at}:00Z`));
  expect([reading.kind, reading.freshness, ...("free" in reading ? [reading.free] : [])].join(" ")).toBe(
    expected,
  );
}

test("a fresh figure is its number", () => check(aFigure(4), "12:03", "free live 4"));
test("none free is a number too", () => check(aFigure(0), "12:03", "free live 0"));
test("one or two left is no number to rely on", () => check(aFigure(2), "12:03", "few live"));
test("three is a number again", () => check(aFigure(3), "12:03", "free live 3"));
test("a figure ages while nothing is heard", () => check(aFigure(4), "12:31", "free recent 4"));
test("it ages through every step", () => check(aFigure(4), "15:00", "free stale 4"));
test("an expired number is withdrawn, though the page still has it", () =>
  check(aFigure(4), "16:01", "withdrawn expired"));
test("at a facility under pressure it ages twice as fast", () =>
  check(aFigure(4, { freshUntil: "2026-11-22T12:15:00.000Z" }), "13:01", "free stale 4"));
test("it is never shown fresher than the server said", () =>
  check(aFigure(4, { freshness: "stale", freshUntil: null }), "12:01", "free stale 4"));
test("what nobody ever said is not known", () =>
  check(
    aFigure(null, { value: null, observedAt: null, source: null, freshness: "unknown", freshUntil: null }),
    "12:01",
    "withdrawn unknown",
  ));
test("a report that does not say how many are free is no number", () =>
  check(aFigure(null), "12:01", "uncounted live"));
