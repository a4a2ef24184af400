import fc from "fast-check";
import { distanceM } from "@ihims/core/geo.ts";
import { BedType } from "@ihims/core/beds/schema.ts";
import { elapsedMs, HOUR_MS, Instant, later } from "@ihims/core/time.ts";
import { expect, test } from "vitest";
import { makeCity } from "../city.ts";
import { nextEvent, occupiedOf, startSimulation, type SimulatedEvent, type Simulation } from "./simulate.ts";
import { capacityOf } from "./wards.ts";

const city = makeCity(1);
/** Monday, 11:30 in Meghapur. */
const morning = Instant.parse("2026-03-02T06:00:00Z");
const midnight = Instant.parse("2026-03-01T19:00:00Z");

/** What happens from a moment on, for so many hours. */
function run(
  simulation: Simulation,
  from: Instant,
  hours: number,
  { speed = 1, look = () => {} }: { speed?: number; look?: (event: SimulatedEvent) => void } = {},
): SimulatedEvent[] {
  const events: SimulatedEvent[] = [];
  for (let at = from; ;) {
    const event = nextEvent(simulation, at, speed);
    if (elapsedMs(from, event.at) > hours * HOUR_MS) return events;
    look(event);
    events.push(event);
    at = event.at;
  }
}

/** The fields of a message's segment; the first is its name. */
function segment(message: string, name: string): string[] {
  return (
    message
      .split("\r")
      .find((one) => one.startsWith(`${name}|`))
      ?.split("|") ?? []
  );
}

const day = run(startSimulation(city, 1, morning), morning, 24);
// Ambulances tell where they are whether or not anything happens.
const wardsDay = day.filter(({ kind }) => kind !== "vehicle");
const messages = day.flatMap((event) => (event.kind === "message" ? [event.message] : []));

test("the same seed tells the same story", () => {
  const story = () => run(startSimulation(city, 5, morning), morning, 0.2);
  expect(story()).toEqual(story());
  expect(run(startSimulation(city, 6, morning), morning, 0.2)).not.toEqual(story());
});

test("events come in the order of time", () => {
  for (const [i, event] of day.entries()) {
    expect(elapsedMs(day[i - 1]?.at ?? morning, event.at)).toBeGreaterThanOrEqual(0);
  }
});

test("by day the city changes about once a second, by night less", () => {
  const inHours = (from: number, to: number) =>
    wardsDay.filter(
      ({ at }) => elapsedMs(morning, at) >= from * HOUR_MS && elapsedMs(morning, at) < to * HOUR_MS,
    ).length /
    ((to - from) * 3600);
  expect(inHours(0, 6)).toBeGreaterThan(0.7);
  expect(inHours(0, 6)).toBeLessThan(1.5);
  expect(inHours(13, 18)).toBeGreaterThan(0.2);
  expect(inHours(13, 18)).toBeLessThan(inHours(0, 6) * 0.7);
});

test("twice the speed, twice the movements", () => {
  const movements = (speed: number) =>
    run(startSimulation(city, 3, morning), morning, 1, { speed }).filter(({ kind }) => kind === "message")
      .length;
  const ratio = movements(2) / movements(1);
  expect(ratio).toBeGreaterThan(1.8);
  expect(ratio).toBeLessThan(2.2);
});

test("wards are full as wards are: 70 to 90 % over the city, intensive care tighter, none over its beds", () => {
  const simulation = startSimulation(city, 2, midnight);
  let lowest = 1;
  let highest = 0;
  let count = 0;
  run(simulation, midnight, 24, {
    look() {
      if (count++ % 500 > 0) return;
      const share = occupancy(simulation, ["general"]);
      lowest = Math.min(lowest, share);
      highest = Math.max(highest, share);
      for (const ward of simulation.wards) {
        expect(ward.occupied).toBeGreaterThanOrEqual(0);
        expect(ward.occupied).toBeLessThanOrEqual(capacityOf(ward));
      }
    },
  });
  expect(lowest).toBeGreaterThan(0.65);
  expect(highest).toBeLessThan(0.92);
  expect(highest - lowest).toBeGreaterThan(0.03);
  expect(occupancy(simulation, ["icu"])).toBeGreaterThan(occupancy(simulation, ["paediatric", "labour"]));
});

function occupancy({ wards }: Simulation, types: BedType[]): number {
  const these = wards.filter(({ ward }) => types.includes(ward.type));
  return (
    these.reduce((sum, { occupied }) => sum + occupied, 0) /
    these.reduce((sum, { ward }) => sum + ward.staffed, 0)
  );
}

test("patients are admitted, moved, discharged, and mistakes are taken back", () => {
  const events = new Map<string, number>();
  for (const message of messages) {
    const event = segment(message, "EVN")[1] ?? "";
    events.set(event, (events.get(event) ?? 0) + 1);
  }
  for (const event of ["A01", "A02", "A03", "A04", "A06", "A11", "A12", "A13", "A50"]) {
    expect(events.get(event) ?? 0, event).toBeGreaterThan(5);
  }
  expect(events.get("A11")).toBeLessThan((events.get("A01") ?? 0) / 10);
});

test("no bed is given twice, and nobody is in two beds", () => {
  const simulation = startSimulation(city, 4, morning);
  const bedOf = new Map<string, string>();
  for (const { slots, hospital } of simulation.wards) {
    for (const { visit, patient, place } of slots) {
      if (patient) bedOf.set(visit, [place.ward, place.room, place.bed, hospital.sender?.facility].join("^"));
    }
  }
  for (const event of run(simulation, morning, 3)) {
    if (event.kind !== "message") continue;
    const [, kind] = segment(event.message, "EVN");
    const [visit = "", bed = ""] = [segment(event.message, "PV1")[19], segment(event.message, "PV1")[3]];
    const before = segment(event.message, "MRG")[5];
    if (before !== undefined) expect(bedOf.get(before)).toBe(bed);
    bedOf.delete(before ?? visit);
    if (kind === "A03" || kind === "A11") continue;
    const isTrolley = bed.split("^")[2] === "";
    if (!isTrolley) expect([...bedOf.values()], `${kind} ${bed}`).not.toContain(bed);
    bedOf.set(visit, bed);
  }
  const inBed = simulation.wards.reduce(
    (sum, { ward, occupied }) => sum + (ward.door === "hl7" ? occupied : 0),
    0,
  );
  // The last event has happened and lies after the time that was asked for.
  expect(Math.abs(bedOf.size - inBed)).toBeLessThanOrEqual(1);
});

test("a message names its sender, its moment and a patient who does not exist", () => {
  const message = messages.find((one) => segment(one, "EVN")[1] === "A01") ?? "";
  expect(segment(message, "MSH").slice(2, 6).join(" ")).toMatch(/^[A-Z]+ MGP\d{3} IHIMS CITY$/);
  expect(segment(message, "EVN")[2]).toMatch(/^202603\d{8}\.\d{3}\+0530$/);
  expect(segment(message, "PID")[3]).toMatch(/^FICT\d{7}\^\^\^MGP\d{3}\^MR$/);
  expect(segment(message, "PV1")[3]).toMatch(/^[A-Z0-9]+\^R\d+\^[A-Z0-9]+-\d\d\^MGP\d{3}$/);
  expect(message.endsWith("\r")).toBe(true);
});

test("no two messages of a sender have the same control id, not even after a restart", () => {
  const later20 = later(morning, 24 * HOUR_MS);
  const again = run(startSimulation(city, 1, later20), later20, 1).flatMap((event) =>
    event.kind === "message" ? [event.message] : [],
  );
  const ids = [...messages, ...again].map(
    (message) => `${segment(message, "MSH")[3]} ${segment(message, "MSH")[9]}`,
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test("a hospital is heard by its own doors alone, and a silent one not at all", () => {
  // Dispensaries and ambulances have systems of their own.
  const wardEvents = day.filter(({ kind }) => kind !== "stock" && kind !== "blood" && kind !== "vehicle");
  const doorsOf = Map.groupBy(wardEvents, ({ facility }) => facility);
  for (const { ref, door, wards } of city.hospitals) {
    const doors = new Set((doorsOf.get(ref) ?? []).map((event) => event.door));
    if (door === "never") expect(doors.size).toBe(0);
    for (const one of doors)
      expect(
        wards.map((ward) => ward.door),
        ref,
      ).toContain(one);
  }
});

test("a report is of a type that the hospital counts, with no more in bed than there are beds", () => {
  for (const event of day) {
    if (event.kind !== "report") continue;
    const { staffed = 0, occupied = 0, blocked = 0 } = event.counts;
    expect(BedType.options).toContain(event.type);
    expect(occupied + blocked).toBeLessThanOrEqual(staffed);
    expect(occupied).toBeGreaterThanOrEqual(0);
  }
});

test("systems confirm several times an hour, staff when a shift ends, and some never", () => {
  const confirmations = day.filter(({ kind }) => kind === "confirmation");
  const of = (facility: string) => confirmations.filter((event) => event.facility === facility);
  for (const { ref, door, habit } of city.hospitals) {
    if (door === "api") expect(of(ref).length).toBeGreaterThan(100);
    if (door === "staff") expect(of(ref)).toHaveLength({ faithful: 3, daily: 1, rarely: 0 }[habit]);
  }
  const staff = confirmations.filter(({ door }) => door === "staff").map(({ at }) => at.slice(11, 13));
  // 7, 14 and 21 o'clock in Meghapur.
  for (const hour of staff) expect(["01", "02", "08", "15"]).toContain(hour);
});

test("it goes on from the figures that are known", () => {
  const simulation = startSimulation(city, 1, morning, (ref, type) =>
    ref === "hospital-001" && type === "general" ? 123 : undefined,
  );
  expect(occupiedOf(simulation, "hospital-001", "general")).toBe(123);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 900 }), (known) => {
      const staffed = startSimulation(city, 1, morning, () => known).wards;
      for (const ward of staffed)
        if (ward.ward.door === "hl7") expect(ward.occupied).toBeLessThanOrEqual(ward.ward.staffed);
    }),
    { numRuns: 5 },
  );
});

test("who was away goes on from now, and does not catch up", () => {
  const simulation = startSimulation(city, 1, morning);
  nextEvent(simulation, morning, 1);
  const afternoon = later(morning, 5 * HOUR_MS);
  const event = nextEvent(simulation, afternoon, 1);
  expect(elapsedMs(afternoon, event.at)).toBeGreaterThanOrEqual(0);
  expect(elapsedMs(afternoon, event.at)).toBeLessThan(60_000);
});

test("hospitals whose system calls the API and that take emergencies tell how long one waits, four times an hour", () => {
  const waits = day.flatMap((event) => (event.kind === "waiting" ? [event] : []));
  const telling = city.hospitals.filter(
    ({ profile, wards }) => profile.hasEmergency === true && wards.some(({ door }) => door === "api"),
  );
  expect(telling.length).toBeGreaterThan(0);
  for (const { ref } of telling) {
    const count = waits.filter(({ facility }) => facility === ref).length;
    expect(count).toBeGreaterThanOrEqual(95);
    expect(count).toBeLessThanOrEqual(97);
  }
  for (const { facility, minutes } of waits) {
    expect(telling.map(({ ref }) => ref)).toContain(facility);
    for (const wait of Object.values(minutes)) {
      expect(Number.isInteger(wait)).toBe(true);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThan(240);
    }
  }
});

test("ambulances say within every minute where they are, go no faster than traffic, and come back to be free", () => {
  const seen = day.flatMap((event) => (event.kind === "vehicle" ? [event] : []));
  const byVehicle = [...Map.groupBy(seen, ({ facility, vehicle }) => `${facility} ${vehicle}`).values()];
  const all = city.facilities.flatMap(({ profile }) => profile.vehicles);
  expect(byVehicle.length).toBeGreaterThan(all.length * 0.75);
  expect(byVehicle.length).toBeLessThan(all.length);
  const steps = byVehicle.flatMap((told) =>
    told.slice(1).map((one, i) => {
      const before = told[i] ?? one;
      const seconds = elapsedMs(before.at, one.at) / 1000;
      return { seconds, speed: distanceM(before.position, one.position) / Math.max(1, seconds) };
    }),
  );
  expect(steps.filter(({ seconds }) => seconds >= 60)).toEqual([]);
  // Metres in a second; the last bit of a way is one step.
  expect(steps.filter(({ speed }) => speed > 15)).toEqual([]);
  const states = Map.groupBy(seen, ({ state }) => state);
  expect([...states.keys()].toSorted()).toEqual(["assigned", "available", "busy"]);
  expect(states.get("available")?.length).toBeGreaterThan(seen.length * 0.3);
});
