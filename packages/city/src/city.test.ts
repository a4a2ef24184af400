import fc from "fast-check";
import { City, Ground } from "@ihims/core/city/schema.ts";
import { OpeningSpan } from "@ihims/core/facilities/schema.ts";
import { expect, test } from "vitest";
import { makeCity, type ModelCity } from "./city.ts";
import { areaKm2, isInside, type Point } from "./shapes.ts";

/** A city takes a while to make, so that all tests look at the same ones; other seeds in each run. */
const cities = fc.sample(fc.integer({ min: 0, max: 2 ** 31 - 1 }), 6).map(makeCity);
const city = makeCity(1);

function everyCity(property: (made: ModelCity) => void) {
  for (const made of cities) {
    try {
      property(made);
    } catch (cause) {
      throw new Error(`in the city of seed ${made.seed}`, { cause });
    }
  }
}

function wardAt(made: ModelCity, point: Point): string | undefined {
  return made.wards.find(({ border }) => isInside(border, point))?.name;
}

test("the same seed makes the same city", () => {
  for (const made of cities.slice(0, 2)) expect(makeCity(made.seed)).toEqual(made);
});

test("another seed makes another city", () => {
  expect(makeCity(2).ground).not.toEqual(city.ground);
  expect(makeCity(2).facilities).not.toEqual(city.facilities);
});

test("the city is of the size that it says: 24 wards and about 1.2 million people", () => {
  everyCity(({ wards }) => {
    expect(wards).toHaveLength(24);
    const population = wards.reduce((sum, ward) => sum + ward.population, 0);
    expect(population).toBeGreaterThan(1_100_000);
    expect(population).toBeLessThan(1_300_000);
    expect(Math.min(...wards.map((ward) => ward.population))).toBeGreaterThan(5_000);
  });
});

test("the city has 40 hospitals, 300 clinics, 400 pharmacies and 12 blood banks and 4 services with ambulances, each once", () => {
  everyCity(({ facilities }) => {
    const byKind = Map.groupBy(facilities, ({ profile }) => profile.kind);
    expect([...byKind].map(([kind, list]) => [kind, list.length])).toEqual([
      ["hospital", 40],
      ["clinic", 300],
      ["pharmacy", 400],
      ["blood-bank", 12],
      ["ambulance-service", 4],
    ]);
    for (const of of [
      ({ ref }) => ref,
      ({ profile }) => profile.name,
      ({ profile }) => profile.phones[0]?.number,
    ] satisfies ((one: (typeof facilities)[number]) => unknown)[]) {
      expect(new Set(facilities.map(of)).size).toBe(facilities.length);
    }
  });
});

test("every name is there in three languages, Hindi and Marathi in Devanagari", () => {
  everyCity(({ city: { names }, wards, facilities, ground }) => {
    const all = [
      names,
      ...wards.map((ward) => ward.names),
      ...facilities.map(({ profile }) => profile.names),
      ...ground.features.map(({ properties }) => properties.names ?? {}),
    ];
    for (const { en, hi, mr } of all) {
      expect(en).toMatch(/^[\x20-\x7e]+$/);
      expect(hi).toMatch(/^[\u0900-\u097f ,.-]+$/);
      expect(mr).toMatch(/^[\u0900-\u097f ,.-]+$/);
    }
  });
});

test("every facility stands in the ward that its address names", () => {
  everyCity((made) => {
    // A border is bent a little between its points, so a house beside it can fall to the neighbour.
    const strays = made.facilities.filter(
      ({ profile: { position, locality } }) => wardAt(made, [position.lon, position.lat]) !== locality,
    );
    expect(strays.length).toBeLessThanOrEqual(made.facilities.length * 0.02);
    for (const { profile } of made.facilities) expect(profile.address).toContain(profile.locality);
  });
});

test("nothing stands in the water", () => {
  everyCity(({ facilities, ground }) => {
    const waters = ground.features.flatMap(({ properties, geometry }) =>
      properties.kind === "water" && geometry.type === "Polygon" ? geometry.coordinates : [],
    );
    expect(waters).toHaveLength(2);
    for (const {
      profile: { position },
    } of facilities) {
      for (const water of waters) expect(isInside(water, [position.lon, position.lat])).toBe(false);
    }
  });
});

test("the wards tile the city: each point of it lies in one, and none overlap", () => {
  everyCity((made) => {
    const { wards } = made;
    for (const { border } of wards) expect(areaKm2(border)).toBeGreaterThan(0);
    const { centre } = made.city;
    for (let i = -12; i <= 12; i++) {
      for (let j = -8; j <= 8; j++) {
        const point: Point = [centre.lon + i * 0.0041, centre.lat + j * 0.0043];
        const here = wards.filter(({ border }) => isInside(border, point)).map(({ name }) => name);
        expect(here.length, `${String(point)}: ${here.join(", ")}`).toBeLessThanOrEqual(1);
        if (Math.abs(i) <= 10 && Math.abs(j) <= 7) expect(here.length, String(point)).toBe(1);
      }
    }
  });
});

test("people have a clinic and a pharmacy where they live", () => {
  everyCity(({ wards, facilities }) => {
    for (const ward of wards) {
      const here = facilities.filter(({ profile }) => profile.locality === ward.name);
      expect(here.length, ward.name).toBeGreaterThanOrEqual(ward.population / 6000);
    }
  });
});

test("what is made is what the platform takes", () => {
  everyCity((made) => {
    expect(City.parse(made.city)).toEqual(made.city);
    expect(Ground.parse(made.ground)).toEqual(made.ground);
    expect(JSON.stringify(made.ground).length).toBeLessThan(300_000);
    for (const { profile } of made.facilities) {
      if (profile.hours?.kind === "weekly") for (const span of profile.hours.spans) OpeningSpan.parse(span);
    }
  });
});

test("18 hospitals send HL7 v2, 12 call the API, 8 type and 2 are silent", () => {
  everyCity(({ hospitals }) => {
    const doors = Map.groupBy(hospitals, ({ door }) => door);
    expect([
      doors.get("hl7")?.length,
      doors.get("api")?.length,
      doors.get("staff")?.length,
      doors.get("never")?.length,
    ]).toEqual([18, 12, 8, 2]);
  });
});

test("a hospital that sends HL7 v2 has a sender of its own, and a name for each bed that patients move through", () => {
  everyCity(({ hospitals }) => {
    const senders = hospitals.flatMap(({ sender }) => (sender ? [sender.facility] : []));
    expect(new Set(senders).size).toBe(18);
    for (const { wards, door, sender } of hospitals) {
      expect(sender !== undefined).toBe(door === "hl7");
      expect(new Set(wards.map(({ code }) => code)).size).toBe(wards.length);
      for (const ward of wards) {
        expect(ward.beds).toHaveLength(ward.door === "hl7" ? ward.staffed : 0);
        expect(ward.physical).toBeGreaterThanOrEqual(ward.staffed);
        expect(ward.staffed).toBeGreaterThan(0);
      }
    }
  });
});

test("a large hospital has every type of bed and several wards of the common ones", () => {
  for (const { size, profile, wards } of city.hospitals) {
    if (size !== "large") continue;
    expect(profile.bedTypes).toHaveLength(18);
    expect(wards.filter(({ type }) => type === "general").length).toBeGreaterThan(3);
  }
});

test("some pharmacies are open day and night, and no clinic is on a Sunday", () => {
  const always = city.facilities.filter(
    ({ profile }) => profile.kind === "pharmacy" && profile.hours?.kind === "always",
  ).length;
  expect(always).toBeGreaterThan(15);
  expect(always).toBeLessThan(120);
  for (const { profile } of city.facilities) {
    if (profile.kind === "clinic" && profile.hours?.kind === "weekly")
      expect(profile.hours.spans.map(({ day }) => day)).not.toContain(7);
  }
});

test("no telephone number can be dialled: a subscriber's number does not begin with 0", () => {
  for (const { profile } of city.facilities) {
    for (const { number } of profile.phones) expect(number).toMatch(/^\+91 20 0555 \d{4}$/);
  }
});
