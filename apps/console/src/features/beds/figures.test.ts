import { availabilityOf } from "@ihims/core/beds/rules.ts";
import { ObservationId } from "@ihims/core/ids.ts";
import type { BedFigure, Freshness } from "@ihims/core/observations/schema.ts";
import { HOUR_MS, Instant, later, MINUTE_MS } from "@ihims/core/time.ts";
import { expect, test } from "vitest";
import { merged, mergedFigures, seenAt, unreported } from "./figures.ts";

const noon = Instant.parse("2026-03-01T12:00:00Z");

function aFigure(type: BedFigure["type"], freshness: Freshness, more: Partial<BedFigure> = {}): BedFigure {
  return {
    ...unreported(type),
    value: availabilityOf({ staffed: 12, occupied: 8 }, 0),
    observation: ObservationId.parse("5"),
    freshness,
    ...more,
  };
}

test("a withdrawn number of the same report is kept for the ward", () => {
  const known = aFigure("icu", "stale");
  expect(merged(known, { ...known, freshness: "expired", value: null }).value).toEqual(known.value);
});

test("a withdrawn number of another report is not made up from the old one", () => {
  const known = aFigure("icu", "stale");
  expect(merged(known, { ...known, observation: ObservationId.parse("6"), value: null }).value).toBeNull();
});

test("a first report that was undone leaves no number", () => {
  expect(merged(aFigure("icu", "live"), unreported("icu")).value).toBeNull();
});

test("news keep the order of the rows, a new type comes last", () => {
  const known = [aFigure("general", "live"), aFigure("icu", "live")];
  expect(
    mergedFigures(known, [aFigure("burns", "live"), aFigure("general", "live")]).map(({ type }) => type),
  ).toEqual(["general", "icu", "burns"]);
});

test("a count is dated now, and always after the figure that was looked at", () => {
  expect(seenAt(noon, null)).toBe(noon);
  expect(seenAt(noon, later(noon, -MINUTE_MS))).toBe(noon);
  expect(seenAt(noon, noon)).toBe(later(noon, 1));
  expect(seenAt(noon, later(noon, 400))).toBe(later(noon, 401));
});

test("a figure dated hours ahead does not draw the count after it", () => {
  expect(seenAt(noon, later(noon, HOUR_MS))).toBe(noon);
});
