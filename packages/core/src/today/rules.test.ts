import { expect, test } from "vitest";
import { Figure, Subject } from "../observations/schema.ts";
import { Instant, later, MINUTE_MS } from "../time.ts";
import { dueOf, isOver, withdrawnAt } from "./rules.ts";

const now = Instant.parse("2026-03-01T12:00:00Z");
const inMinutes = (minutes: number) => later(now, minutes * MINUTE_MS);

test("a figure is due when it is no longer live, and red before readers see it as stale", () => {
  expect(dueOf({ freshness: "live", freshUntil: inMinutes(1) }, now)).toBe("fine");
  expect(dueOf({ freshness: "unknown", freshUntil: null }, now)).toBe("due");
  expect(dueOf({ freshness: "recent", freshUntil: inMinutes(61) }, now)).toBe("due");
  expect(dueOf({ freshness: "recent", freshUntil: inMinutes(60) }, now)).toBe("red");
  expect(dueOf({ freshness: "stale", freshUntil: inMinutes(90) }, now)).toBe("red");
  expect(dueOf({ freshness: "expired", freshUntil: null }, now)).toBe("red");
});

function figure(over: Partial<Figure>): Figure {
  return Figure.parse({
    subject: "blood:O-:packed-red-cells",
    value: { units: 3 },
    observedAt: now,
    receivedAt: now,
    source: "staff",
    freshness: "live",
    freshUntil: null,
    observation: "1",
    ...over,
  });
}

test("a number is withdrawn when its class says, and never when it already is", () => {
  expect(withdrawnAt(figure({}))).toBe(inMinutes(72 * 60));
  expect(withdrawnAt(figure({ freshness: "stale", freshUntil: inMinutes(7) }))).toBe(inMinutes(7));
  expect(withdrawnAt(figure({ freshness: "expired" }))).toBeNull();
});

test("a duty or a diversion is over at the moment that was said with it", () => {
  const subject = Subject.parse("diversion:emergency");
  const until = inMinutes(0);
  expect(isOver(figure({ subject, value: { state: "closed", until } }), now)).toBe(true);
  expect(isOver(figure({ subject, value: { state: "closed", until } }), inMinutes(-1))).toBe(false);
  expect(isOver(figure({ subject: Subject.parse("duty:d1"), value: { onDuty: true } }), now)).toBe(false);
  expect(isOver(figure({}), now)).toBe(false);
});
