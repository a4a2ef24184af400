import { availabilityOf } from "@ihims/core/beds/rules.ts";
import { ObservationId } from "@ihims/core/ids.ts";
import type { BedFigure, Freshness } from "@ihims/core/observations/schema.ts";
import { HOUR_MS, Instant, later, MINUTE_MS } from "@ihims/core/time.ts";
import { expect, test } from "vitest";
import { aged, byUrgency, dueSummaryOf } from "./due.ts";
import { unreported } from "./figures.ts";

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

test("overdue is what readers see as stale or not at all, due what is no longer live", () => {
  const figures = [
    aFigure("general", "live"),
    aFigure("icu", "recent"),
    aFigure("hdu", "unknown"),
    aFigure("nicu", "stale"),
    aFigure("picu", "expired"),
  ];
  const { due, overdue, first } = dueSummaryOf(figures);
  expect([due, overdue, first?.type]).toEqual([2, 2, "picu"]);
});

test("of equals the one that turns worse earlier is first", () => {
  const early = aFigure("icu", "live", { freshUntil: later(noon, MINUTE_MS) });
  const late = aFigure("general", "live", { freshUntil: later(noon, HOUR_MS) });
  expect([late, early].sort(byUrgency)[0]?.type).toBe("icu");
});

test("a board that stays open ages by itself", () => {
  const icu = aFigure("icu", "live", { observedAt: noon, freshUntil: later(noon, 30 * MINUTE_MS) });
  expect(aged([icu], later(noon, 29 * MINUTE_MS))[0]?.freshness).toBe("live");
  expect(aged([icu], later(noon, 31 * MINUTE_MS))[0]?.freshness).toBe("recent");
  expect(aged([icu], later(noon, 5 * HOUR_MS))[0]?.freshness).toBe("expired");
});
