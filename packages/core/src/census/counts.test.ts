import { expect, test } from "vitest";
import { anchor, figureOf, isInDeclared, NO_CENSUS, observedAtOf } from "./counts.ts";
import type { Ward } from "./schema.ts";
import { aHospital, anEvent, apply, at, occupiedIn } from "./testing/ledger.ts";

const WARDS: Ward[] = [
  { code: "G", bedType: "general", staffed: 20 },
  { code: "H", bedType: "general", staffed: 10 },
  { code: "ICU", bedType: "icu", staffed: null },
];

function aHospitalWith(occupied: number, clock = "11:00") {
  const hospital = aHospital(WARDS);
  hospital.declared.set("general", { occupied, observedAt: at(clock) });
  return hospital;
}

test("who was in bed before the first message is counted from the declared figure", () => {
  const hospital = aHospitalWith(12);
  apply(hospital, anEvent("A01", "v1", { to: "G/1/1" }));
  expect(occupiedIn(hospital, "general")).toBe(13);
});

test("a discharge of somebody of whom no message spoke is one patient fewer", () => {
  const hospital = aHospitalWith(12);
  apply(hospital, anEvent("A03", "v1", { to: "G/1/1" }));
  expect(occupiedIn(hospital, "general")).toBe(11);
});

test("a cancelled admission and a transfer away of somebody unknown are one patient fewer", () => {
  const hospital = aHospitalWith(12);
  apply(hospital, anEvent("A11", "v1", { to: "G/1/1" }));
  apply(hospital, anEvent("A02", "v2", { from: "G/1/2", to: "ICU/1/1" }));
  expect(occupiedIn(hospital, "general")).toBe(10);
  expect(occupiedIn(hospital, "icu")).toBe(1);
});

test("more unknown patients leaving than there were leaves none, not fewer", () => {
  const hospital = aHospitalWith(1);
  for (const visit of ["v1", "v2", "v3"]) apply(hospital, anEvent("A03", visit, { to: "G/1/1" }));
  expect(occupiedIn(hospital, "general")).toBe(0);
});

test("a newer declared figure is the new start", () => {
  const hospital = aHospitalWith(12);
  apply(hospital, anEvent("A01", "v1", { to: "G/1/1" }));
  hospital.declared.set("general", { occupied: 9, observedAt: at("13:00") });
  apply(hospital, anEvent("A01", "v2", { at: "13:30", to: "G/1/2" }));
  expect(occupiedIn(hospital, "general")).toBe(10);
});

test("a declared figure that was counted before the last event is not the new start", () => {
  const hospital = aHospitalWith(12);
  apply(hospital, anEvent("A01", "v1", { to: "G/1/1" }));
  hospital.declared.set("general", { occupied: 30, observedAt: at("11:30") });
  apply(hospital, anEvent("A01", "v2", { at: "13:30", to: "G/1/2" }));
  expect(occupiedIn(hospital, "general")).toBe(14);
});

test("an event that the declared count had seen already leaves the sum as it was declared", () => {
  const hospital = aHospitalWith(12, "12:00");
  apply(hospital, anEvent("A01", "v1", { at: "11:30", to: "G/1/1" }));
  expect(occupiedIn(hospital, "general")).toBe(12);
  apply(hospital, anEvent("A03", "v1", { at: "11:40", to: "G/1/1" }));
  expect(occupiedIn(hospital, "general")).toBe(12);
});

test("of an event within two minutes of the count nobody can tell, and it counts", () => {
  const census = { ...NO_CENSUS, unattributed: 12, anchoredAt: at("12:00") };
  expect(isInDeclared(census, at("11:58"))).toBe(false);
  expect(isInDeclared(census, at("11:57"))).toBe(true);
});

test("fewer declared than are known leaves nobody unknown", () => {
  expect(anchor(NO_CENSUS, { occupied: 2, observedAt: at("12:00") }, 5).unattributed).toBe(0);
});

test("a late event does not take the figure back in time", () => {
  expect(observedAtOf(NO_CENSUS, at("09:00"), at("12:00"))).toBe(at("12:00"));
  expect(observedAtOf(NO_CENSUS, at("12:30"), at("12:00"))).toBe(at("12:30"));
});

test("a figure that goes on from a count stands after it", () => {
  const census = { ...NO_CENSUS, anchoredAt: at("12:00") };
  expect(observedAtOf(census, at("11:59"), undefined)).toBe("2026-03-01T12:00:00.001Z");
  expect(observedAtOf(census, at("11:00"), undefined)).toBe(at("11:00"));
});

test("staffed beds are said only when every ward gives them and somebody has declared the patients", () => {
  const anchored = { ...NO_CENSUS, unattributed: 3, anchoredAt: at("12:00") };
  const nothing = { known: 0, blocking: 0 };
  const general = WARDS.filter(({ bedType }) => bedType === "general");
  expect(figureOf(anchored, 2, nothing, general)).toEqual({ occupied: 5, staffed: 30 });
  expect(figureOf({ ...anchored, anchoredAt: null }, 2, nothing, general)).toEqual({ occupied: 5 });
  expect(figureOf(anchored, 2, nothing, WARDS)).toEqual({ occupied: 5 });
});

test("blocked beds are said only by a hospital that speaks of its beds", () => {
  expect(figureOf(NO_CENSUS, 2, { known: 4, blocking: 1 }, [])).toEqual({ occupied: 2, blocked: 1 });
  expect(figureOf(NO_CENSUS, 2, { known: 0, blocking: 0 }, [])).toEqual({ occupied: 2 });
});
