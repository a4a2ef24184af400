import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Bundle, Encounter, Location as FhirLocation } from "@medplum/fhirtypes";
import { expect, test } from "vitest";
import type { AdtEvent, Location, PatientClass } from "@ihims/core/census/schema.ts";
import { readAdt } from "./adt.ts";

const DATA = resolve(
  import.meta.dirname,
  "../../../..",
  process.env["IHIMS_REAL_DATA"] ?? "../shared/data",
  "hl7v2/fhir_pairs",
);

/** What the authors of the pairs call our classes (v3 ActCode). */
const CLASSES: Record<string, PatientClass> = {
  IMP: "inpatient",
  EMER: "emergency",
  AMB: "ambulatory",
  PRENC: "planned",
};

interface Pair {
  name: string;
  event: AdtEvent;
  encounter: Encounter;
  locations: ReadonlyMap<string, FhirLocation>;
}

/** The pairs that speak of a visit on both sides, with how many there are in all. */
function pairs(): { all: number; read: Pair[]; unread: string[] } {
  const read: Pair[] = [];
  const unread: string[] = [];
  const files = readdirSync(join(DATA, "in"));
  for (const file of files) {
    const stem = file.replace(/\.hl7$/, "");
    const expected = readdirSync(join(DATA, "expected")).find((one) =>
      one.endsWith(`_${stem}-expected.json`),
    );
    if (!expected) throw new Error(`${file} has no bundle`);
    // Written by others; what is looked at is checked below.
    const bundle = JSON.parse(readFileSync(join(DATA, "expected", expected), "utf8")) as Bundle;
    const resources = (bundle.entry ?? []).flatMap(({ resource }) => resource ?? []);
    const encounter = resources.find((one): one is Encounter => one.resourceType === "Encounter");
    const message = readFileSync(join(DATA, "in", file), "utf8").replaceAll(/\r?\n/g, "\r");
    const event = readAdt(message, "UTC");
    if (!event.ok) unread.push(`${stem}: ${event.problem}`);
    else if (encounter && event.event.visits.length > 0) {
      const places = resources.filter((one): one is FhirLocation => one.resourceType === "Location");
      const locations = new Map(places.map((one) => [`Location/${one.id}`, one]));
      read.push({ name: stem, event: event.event, encounter, locations });
    }
  }
  return { all: files.length, read, unread };
}

/** Every ward, room and bed that the authors' encounter names, with how it stands: `active OMU/B/03`. */
function placesOf({ encounter, locations }: Pair): string[] {
  return (encounter.location ?? []).flatMap(({ status, location }) => {
    const ward = location?.reference ?? "";
    const within = (whole: string) => [...locations].filter(([, { partOf }]) => partOf?.reference === whole);
    const [room] = within(ward).filter(([, place]) => isA(place, "ro"));
    const [bed] = within(room?.[0] ?? ward).filter(([, place]) => isA(place, "bd"));
    const names = [locations.get(ward)?.name, room?.[1].name, bed?.[1].name];
    return [`${status} ${names.map((one) => one ?? "-").join("/")}`];
  });
}

function isA({ physicalType }: FhirLocation, code: string): boolean {
  return physicalType?.coding?.some((one) => one.code === code) ?? false;
}

function written(location: Location): string {
  return [location.ward, location.room ?? "-", location.bed ?? "-"].join("/");
}

test("the data is there", () => expect(existsSync(DATA)).toBe(true));

test("each real message that moves somebody puts them where its authors put them: ward, room and bed", () => {
  const { all, read, unread } = pairs();
  expect(all).toBe(57);
  expect(unread).toEqual([]);
  // The others are of patients, merges and plans, which move nobody in the census.
  expect(read).toHaveLength(21);
  const located = read.filter(({ event }) => event.visits[0]?.location);
  expect(located).toHaveLength(20);
  for (const pair of located) {
    const { name, event, encounter } = pair;
    const [visit] = event.visits;
    const place = visit?.location ? written(visit.location) : "";
    const status = { "in-progress": "active", finished: "completed" }[encounter.status as string];
    expect(placesOf(pair), name).toContainEqual(
      status ? `${status} ${place}` : expect.stringContaining(` ${place}`),
    );
  }
});

test("each of them is of the class that its authors made of it", () => {
  for (const { name, event, encounter } of pairs().read)
    expect(event.visits[0]?.class, name).toBe(CLASSES[encounter.class?.code ?? ""]);
});

test("each of them is over, never was, or goes on, as its authors say", () => {
  for (const { name, event, encounter } of pairs().read) {
    const ours = event.effect !== "leave" ? "in-progress" : event.event === "A11" ? "cancelled" : "finished";
    expect(ours, name).toBe(encounter.status);
  }
});
