import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import type { FacilityRow, ImportRow, RejectedRow } from "../facilities/row.ts";
import type { OsmElement } from "./elements.ts";
import { isHealthcare, readKind } from "./kinds.ts";
import { readOsmFacilities } from "./scan.ts";
import { facilityFromTags } from "./tags.ts";
import { readOsmXml } from "./xml.ts";

const INDIA = { countryCode: "IN", year: 2026 };
const HERE = { lat: 18.5, lon: 73.8 };
const SAMPLE = await readFile(new URL("samples/riverside.osm", import.meta.url), "utf8");

/** A text in pieces of a few characters, as a stream may give it. */
async function* pieces(text: string, chars: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += chars) yield text.slice(at, at + chars);
}

async function readAll(text: string, chars = 1000): Promise<ImportRow[]> {
  return collect(readOsmFacilities(() => readOsmXml(pieces(text, chars)), INDIA));
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function aFacility(rows: readonly ImportRow[], place: string): FacilityRow {
  const row = rows.find((one) => one.place === place);
  if (row?.kind !== "facility") throw new Error(`${place} is no facility: ${JSON.stringify(row)}`);
  return row;
}

/** What becomes of tags at one place. */
function facilityOf(tags: Record<string, string>): FacilityRow {
  return aFacility(
    [facilityFromTags("node/1", { amenity: "hospital", name: "X", ...tags }, HERE, INDIA)],
    "node/1",
  );
}

test("every healthcare object of a map comes back once, as a facility or with the reason", async () => {
  const rows = await readAll(SAMPLE);
  const imported = rows.filter((row): row is FacilityRow => row.kind === "facility");
  expect(imported.map(({ place, profile }) => `${place} ${profile.kind} ${profile.name}`)).toEqual([
    "node/1 pharmacy Sunrise Medicals & Co",
    "node/2 clinic Clinic (unnamed)",
    "node/5 ambulance-service City Ambulance",
    "way/101 hospital Bent Hospital",
    "way/203 hospital Square Hospital, Maternity Ward",
    "relation/301 hospital Square Hospital",
  ]);
  const rejected = rows.filter((row): row is RejectedRow => row.kind === "rejected");
  expect(rejected.map(({ place, name, reason }) => [place, name, reason])).toEqual([
    ["node/3", "Somewhere", "healthcare=yes does not say which kind of facility it is"],
    ["node/7", "Closed Clinic", "is not in service: closed"],
    ["way/201", null, "is the outline of relation/301, which stands for it"],
    ["way/204", "Cut Off Hospital", "its outline is not in this file"],
  ]);
});

test("it does not matter where the text is cut", async () => {
  expect(await readAll(SAMPLE, 7)).toEqual(await readAll(SAMPLE));
});

test("the order of the elements does not matter", async () => {
  const batches = await collect(readOsmXml(pieces(SAMPLE, 1e6)));
  async function* turned(): AsyncGenerator<OsmElement[]> {
    yield batches.flat().toReversed();
  }
  const places = async (rows: AsyncIterable<ImportRow>) =>
    new Set((await collect(rows)).map((row) => JSON.stringify(row)));
  const straight = new Set((await readAll(SAMPLE)).map((row) => JSON.stringify(row)));
  expect(await places(readOsmFacilities(turned, INDIA))).toEqual(straight);
});

test("the tags of a pharmacy become its profile", async () => {
  const { profile } = aFacility(await readAll(SAMPLE), "node/1");
  expect(profile).toMatchObject({
    names: { mr: "सनराइज मेडिकल्स" },
    phones: [{ number: "+912025501000" }, { number: "+912025501001" }, { number: "ask for Ravi 2" }],
    address: "12 River Road, Riverside",
    website: "https://www.sunrise.example",
    wheelchair: "yes",
    externalIds: [{ system: "osm", value: "node/1" }],
    attribution: "© OpenStreetMap contributors, ODbL",
  });
  expect(profile.hours).toMatchObject({ kind: "weekly", exceptions: [] });
});

test("the tags of a hospital become its profile, and its beds only a note", async () => {
  const { profile, notes } = aFacility(await readAll(SAMPLE), "way/101");
  expect(profile).toMatchObject({
    ownership: "government",
    hasEmergency: true,
    specialties: ["cardiology", "paediatrics", "neurology"],
    bedTypes: [],
    externalIds: [
      { system: "osm", value: "way/101" },
      { system: "wikidata", value: "Q1" },
      { system: "ref:in:hfr", value: "IN2710000001" },
    ],
  });
  expect(notes).toEqual([
    "specialties not known here: Storz Endoscopes",
    "beds=120 (licensed, as the map says): not taken as a live figure",
  ]);
});

test("the point of a bent outline lies inside of it", async () => {
  const { lat, lon } = aFacility(await readAll(SAMPLE), "way/101").profile.position;
  const isInFoot = lat >= 18.51 && lat <= 18.512 && lon >= 73.81 && lon <= 73.83;
  const isInLeg = lat >= 18.51 && lat <= 18.53 && lon >= 73.81 && lon <= 73.812;
  expect(isInFoot || isInLeg).toBe(true);
});

test("the outline of a relation is put together from its ways, turned as they may be", async () => {
  expect(aFacility(await readAll(SAMPLE), "relation/301").profile.position).toEqual({
    lat: 18.542,
    lon: 73.842,
  });
});

test.for([
  [{ amenity: "hospital" }, "hospital"],
  [{ amenity: "doctors", healthcare: "doctor" }, "clinic"],
  [{ amenity: "doctors", healthcare: "physiotherapist" }, "rehabilitation"],
  [{ amenity: "clinic", healthcare: "dialysis" }, "dialysis-centre"],
  [{ amenity: "hospital", healthcare: "blood_bank" }, "hospital"],
  [{ amenity: "dentist" }, "dental"],
  [{ healthcare: "laboratory" }, "diagnostic-laboratory"],
  [{ healthcare: "laboratory", "healthcare:speciality": "radiology" }, "imaging-centre"],
  [{ healthcare: "alternative" }, "ayush"],
  [{ healthcare: "somethingnew;hospice" }, "hospice"],
  [{ emergency: "ambulance_station" }, "ambulance-service"],
  [{ healthcare: "constructor" }, undefined],
] as const)("%j is %s", ([tags, expected]) => {
  const kind = readKind(tags);
  expect(kind.ok ? kind.kind : undefined).toBe(expected);
});

test.for([
  [{ amenity: "restaurant" }],
  [{ emergency: "yes" }],
  [{ shop: "chemist" }],
  [undefined],
  [{ amenity: "toString" }],
])("%j is not about healthcare", ([tags]) => expect(isHealthcare(tags)).toBe(false));

test("a place without a name takes its operator's, and an unnamed one is marked", () => {
  expect(facilityOf({ name: " ", operator: "Red Cross" })).toMatchObject({
    isUnnamed: false,
    profile: { name: "Red Cross" },
  });
  expect(facilityOf({ name: "" })).toMatchObject({
    isUnnamed: true,
    profile: { name: "Hospital (unnamed)" },
  });
});

test("an address is written in the order of its country", () => {
  const street = {
    "addr:street": "Langenloiserstraße",
    "addr:housenumber": "4",
    "addr:postcode": "3500",
    "addr:city": "Krems",
  };
  expect(facilityOf({ ...street, "addr:country": "AT" }).profile.address).toBe(
    "Langenloiserstraße 4, 3500 Krems",
  );
  expect(facilityOf(street).profile.address).toBe("4 Langenloiserstraße, Krems 3500");
});

test("what cannot be understood is left out with a note", () => {
  const { profile, notes } = facilityOf({ opening_hours: "when the flag is up", website: "see the door" });
  expect(profile).toMatchObject({ hours: null, website: null });
  expect(notes).toEqual([
    "opening_hours not understood: when the flag is up",
    "website not understood: see the door",
  ]);
});

test("tags with absurd contents are cut or rejected, never thrown", () => {
  const long = "x".repeat(100_000);
  const row = facilityFromTags(
    "node/1",
    {
      amenity: "hospital",
      name: long,
      phone: long,
      website: `https://${long}.org`,
      opening_hours: long,
      "name:hi": long,
    },
    HERE,
    INDIA,
  );
  expect(row).toMatchObject({ kind: "facility", profile: { website: null, hours: null, phones: [] } });
});

test.for([
  ["<osm><node id='1'", /not well-formed/],
  ["<html></html>", /begins with <html>/],
  ["", /not well-formed|no <osm>/],
  ["just words", /not well-formed/],
  [
    '<!DOCTYPE x [<!ENTITY a "b">]><osm><node id="1" lat="1" lon="1"><tag k="name" v="&a;"/></node></osm>',
    /not well-formed/,
  ],
] as const)("%s is refused in words", async ([text, problem]) => {
  await expect(readAll(text)).rejects.toThrow(problem);
});
