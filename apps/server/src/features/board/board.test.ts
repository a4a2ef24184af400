import { expect, test } from "vitest";
import { FacilityProfile, type Facility } from "@ihims/core/facilities/schema.ts";
import { FacilityId, ObservationId } from "@ihims/core/ids.ts";
import { bedSubject, type Standing } from "@ihims/core/observations/schema.ts";
import { at } from "../../testing/server.ts";
import { Board } from "./board.ts";

const id = FacilityId.parse("f1");

function facility(version: number, name = "Riverside"): Facility {
  const profile = FacilityProfile.parse({ name, kind: "hospital", position: { lat: 18.5, lon: 73.8 } });
  return { ...profile, id, leads: [], version, updatedAt: at("10:00") };
}

function standing(version: number, occupied: number): Standing {
  return {
    observation: ObservationId.parse(String(version)),
    facility: id,
    subject: bedSubject("icu"),
    source: "staff",
    sender: "person:p1",
    value: { staffed: 12, occupied },
    observedAt: at("11:00"),
    receivedAt: at("11:00"),
    version,
  };
}

/** A board that was told these changes in this order: how many are occupied? */
function occupiedAfter(...changes: Parameters<Board["apply"]>[0][]): number | undefined {
  const board = new Board(() => "Asia/Kolkata");
  board.apply({ kind: "facility", facility: facility(1) });
  for (const change of changes) board.apply(change);
  const entry = board.entry(id);
  return entry && board.bedFigure(entry, "icu", at("11:10"))?.value?.occupied;
}

const said = (version: number, occupied: number) => ({
  kind: "standing" as const,
  standing: standing(version, occupied),
});
const withdrawn = (version: number) => ({
  kind: "withdrawn" as const,
  facility: id,
  subject: bedSubject("icu"),
  source: "staff" as const,
  version,
});

test("the newest change is shown, whatever the order in which changes come", () => {
  expect(occupiedAfter(said(1, 5), said(2, 6))).toBe(6);
  expect(occupiedAfter(said(2, 6), said(1, 5))).toBe(6);
  expect(occupiedAfter(said(2, 6), said(1, 5), said(2, 6))).toBe(6);
});

test("what was withdrawn does not come back with an older change", () => {
  expect(occupiedAfter(said(1, 5), withdrawn(2))).toBeUndefined();
  expect(occupiedAfter(withdrawn(2), said(1, 5))).toBeUndefined();
  expect(occupiedAfter(withdrawn(2), said(3, 7))).toBe(7);
});

test("an older page does not replace a newer one", () => {
  const board = new Board(() => "Asia/Kolkata");
  board.apply({ kind: "facility", facility: facility(2, "New name") });
  board.apply({ kind: "facility", facility: facility(1, "Old name") });
  expect(board.entry(id)?.facility.name).toBe("New name");
});

test("a figure grows old without anything being told", () => {
  const board = new Board(() => "Asia/Kolkata");
  board.apply({ kind: "facility", facility: facility(1) });
  board.apply(said(1, 5));
  const entry = board.entry(id);
  const freshnessAt = (time: string) => entry && board.bedFigure(entry, "icu", at(time))?.freshness;
  expect(["11:20", "12:00", "14:00", "16:00"].map(freshnessAt)).toEqual([
    "live",
    "recent",
    "stale",
    "expired",
  ]);
});
