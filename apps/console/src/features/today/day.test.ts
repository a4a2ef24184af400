import { expect, test } from "vitest";
import { TodayOfFacility } from "@ihims/core/today/endpoints.ts";
import { Instant, later, MINUTE_MS } from "@ihims/core/time.ts";
import { confirmable, groupsOf, rowsOf } from "./day.ts";

const now = Instant.parse("2026-03-01T12:00:00Z");
const minutesAgo = (minutes: number) => later(now, -minutes * MINUTE_MS);

function day(beds: [string, number][], reports: string[] = ["bed"]) {
  return TodayOfFacility.parse({
    id: "f1",
    name: "Riverside Hospital",
    names: {},
    kind: "hospital",
    reports,
    beds: beds.map(([type, age], place) => ({
      type,
      value: { staffed: 12, occupied: 8, held: 0, free: 4 },
      observedAt: minutesAgo(age),
      receivedAt: minutesAgo(age),
      source: "staff",
      freshness: "live",
      freshUntil: later(minutesAgo(age), 30 * MINUTE_MS),
      observation: String(place + 1),
      version: "1",
      notes: [],
      others: [],
    })),
    figures: [
      {
        subject: "blood:O-:packed-red-cells",
        value: { units: 3 },
        observedAt: now,
        receivedAt: now,
        source: "staff",
        freshness: "live",
        freshUntil: null,
        observation: "99",
      },
    ],
    doctors: [],
    shelf: null,
    holds: null,
    neighbours: [],
  });
}

test("a page that stays open ages by itself, and the most urgent stands first", () => {
  const rows = rowsOf(
    day([
      ["icu", 5],
      ["hdu", 45],
      ["nicu", 300],
      ["ventilator", 200],
    ]),
    now,
  ).filter(({ kind }) => kind === "bed");
  expect(rows.map(({ subject, due, freshness }) => [subject, due, freshness])).toEqual([
    ["bed:nicu", "red", "expired"],
    ["bed:ventilator", "red", "stale"],
    ["bed:hdu", "due", "recent"],
    ["bed:icu", "fine", "live"],
  ]);
});

test("only what I report is confirmed, and each group by itself", () => {
  const rows = rowsOf(day([["icu", 5]]), now);
  expect([...confirmable(rows)]).toEqual([["f1", ["bed:icu"]]]);
  expect(groupsOf(rows).map(([kind, of]) => [kind, of.length])).toEqual([
    ["bed", 1],
    ["blood", 1],
  ]);
  expect(confirmable(rowsOf(day([["icu", 5]], []), now)).size).toBe(0);
});
