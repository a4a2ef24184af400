import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ImportRow } from "../facilities/row.ts";
import { guessColumns, readColumnMap } from "./columns.ts";
import { readFacilityList, type FacilityList, type ListOptions } from "./facility-list.ts";
import { readGeoJsonList } from "./geojson.ts";
import { readDegrees } from "./positions.ts";

const OPTIONS: ListOptions = { countryCode: "IN", year: 2026, register: "list:test" };
const PUNE = { lat: 18.52, lon: 73.85 };

/** A list in a small language: `name,lat,lon | Sai Hospital,18.5,73.8 | ...`. */
function readTable(text: string, options: Partial<ListOptions> = {}): FacilityList {
  const [headers = [], ...rows] = text.split("|").map((line) => line.trim().split(","));
  const records = rows.map((fields, at) => ({ place: `line ${at + 2}`, fields }));
  return readFacilityList(headers, records, { ...OPTIONS, ...options });
}

function rowsOf(list: FacilityList): ImportRow[] {
  if (!list.ok) throw new Error(list.problem);
  return [...list.rows];
}

/** Why the one row of a list is refused; undefined when it is taken. */
function refusal(text: string, options: Partial<ListOptions> = {}): string | undefined {
  const [row] = rowsOf(readTable(text, options)).slice(-1);
  return row?.kind === "rejected" ? `${row.field ?? "row"}: ${row.reason}` : undefined;
}

test.for([
  ["Hospital_Name,Lat,Lng,Address", { name: 0, lat: 1, lon: 2, address: 3 }],
  ["FacilityName,Y,X,Type", { name: 0, lat: 1, lon: 2, kind: 3 }],
  ["Category,Name,Address,Latitude,Longitude", { kind: 0, name: 1, address: 2, lat: 3, lon: 4 }],
  [
    "sl no,Name of the hospital,latitude (deg),longitude (deg),Contact No,Total Beds",
    { name: 1, lat: 2, lon: 3, phone: 4, beds: 5 },
  ],
  [
    "HFR ID,Provider,decimal_latitude,decimal_longitude,Pin Code",
    { id: 0, name: 1, lat: 2, lon: 3, postcode: 4 },
  ],
] as const)("columns %s are understood", ([headers, expected]) => {
  expect(guessColumns(headers.split(","), [], {}, null)).toMatchObject(expected);
});

test("columns without telling headers are found by their values", () => {
  const records = [
    ["Sai Hospital", "73.8501", "18.5201"],
    ["Hill Clinic", "73.8612", "18.5307"],
  ];
  expect(guessColumns(["a", "b", "c"], records, {}, PUNE)).toMatchObject({ name: 0, lat: 2, lon: 1 });
  expect(guessColumns(["a", "b", "c"], records, {}, null)).toMatchObject({ name: 0, lat: 1, lon: 2 });
});

test("columns that are named by hand are taken as they are", () => {
  const list = readTable("name,label,N,E | Wrong,Right Hospital,18.5,73.8", {
    map: "name=label,lat=N,lon=E",
  });
  expect(rowsOf(list)).toMatchObject([{ profile: { name: "Right Hospital" } }]);
  expect(list).toMatchObject({ columns: { name: "label", lat: "N", lon: "E" } });
});

test.for([
  ["nme=label", /"nme=label" is not field=column; fields are name, kind/],
  ["name=Title", /there is no column "Title"; columns are name, label/],
] as const)("the map %s is refused in words", ([map, problem]) => {
  const read = readColumnMap(map, ["name", "label"]);
  expect(read.ok ? "" : read.problem).toMatch(problem);
});

test("a list without a position or a name says which column it wants", () => {
  expect(readTable("name,town | Sai Hospital,Pune")).toMatchObject({
    ok: false,
    problem: expect.stringContaining("--map lat=COLUMN"),
  });
  expect(readTable("1,2 | 18.5001,73.8001")).toMatchObject({
    ok: false,
    problem: expect.stringContaining("--map name=COLUMN"),
  });
});

test.for([
  ["Sai Hospital,,73.8", "lat: is missing"],
  ["Sai Hospital,18.5", "lon: is missing"],
  ["Sai Hospital,NaN,73.8", "lat: is missing"],
  ["Sai Hospital,north,73.8", 'lat: "north" is not a number of degrees'],
  ["Sai Hospital,1e3,73.8", 'lat: "1e3" is not a number of degrees'],
  ["Sai Hospital,0,0", "lat: 0,0 is in the Gulf of Guinea: the position is missing"],
  ["Sai Hospital,91,73.8", "lat: 91 is not between -90 and 90: latitude and longitude look swapped"],
  ["Sai Hospital,18.5,181", "lon: 181 is not between -180 and 180"],
  [",18.5,73.8", "name: is missing"],
  ["N/A,18.5,73.8", "name: is missing"],
  ["Sai Hospital,Main Road,18.5,73.8", "row: has 4 fields under 3 columns: a separator without quotes?"],
  ["Sai,18.5,73.8", "row: the kind is not stated: say it with --kind"],
  [`${"x".repeat(5000)},18.5,73.8`, "name: is longer than 4000 characters: a quote that is not closed?"],
  ["Sai Hospital,18.5,73.8", undefined],
  ["Sai Hospital,18.5,73.8,,", undefined],
  ["Sai Hospital,18.5° N,73.8 E", undefined],
] as const)("the row %s: %s", ([row, expected]) => expect(refusal(`name,lat,lon | ${row}`)).toBe(expected));

test("a category that names nothing known is refused with its words, unless the kind is given", () => {
  expect(refusal("name,type,lat,lon | Sai,Bakery,18.5,73.8")).toBe(
    'type: "Bakery" names no kind that is known',
  );
  expect(refusal("name,type,lat,lon | Sai,Bakery,18.5,73.8", { kind: "clinic" })).toBeUndefined();
});

const OTHERS = "A Hospital,18.51,73.81 | B Hospital,18.52,73.82 | C Hospital,18.53,73.83";

test("latitude and longitude of one row that are swapped are seen by the others", () => {
  expect(refusal(`name,lat,lon | ${OTHERS} | D Hospital,73.8,18.5`)).toBe(
    "lat: 73.8,18.5: latitude and longitude look swapped",
  );
});

test("a list with its columns swapped is seen by where the city is", () => {
  const swapped = "name,lat,lon | A Hospital,73.81,18.51 | B Hospital,73.82,18.52 | C Hospital,73.83,18.53";
  expect(rowsOf(readTable(swapped, { near: PUNE })).map(({ kind }) => kind)).toEqual([
    "rejected",
    "rejected",
    "rejected",
  ]);
});

test("a list of another city than ours is taken in", () => {
  expect(
    rowsOf(readTable(`name,lat,lon | ${OTHERS}`, { near: { lat: 48.2, lon: 16.4 } })).map(({ kind }) => kind),
  ).toEqual(["facility", "facility", "facility"]);
});

test("a place far from the others is taken with a note", () => {
  const [row] = rowsOf(readTable(`name,lat,lon | ${OTHERS} | D Hospital,28.6,77.2`)).slice(-1);
  expect(row).toMatchObject({
    kind: "facility",
    notes: [expect.stringMatching(/^is 1\d\d\d km from the middle of the list/u)],
  });
});

test("ids are told apart by their register, which a column may name", () => {
  expect(rowsOf(readTable("id,name,lat,lon | 7,Sai Hospital,18.5,73.8"))).toMatchObject([
    { identity: { system: "list:test", value: "7" } },
  ]);
  expect(rowsOf(readTable("HFR ID,name,lat,lon | IN27,Sai Hospital,18.5,73.8"))).toMatchObject([
    { identity: { system: "hfr", value: "IN27" } },
  ]);
  expect(rowsOf(readTable("name,lat,lon | Sai Hospital,18.5,73.8"))).toMatchObject([
    { identity: null, profile: { externalIds: [] } },
  ]);
});

test("the details of a row become its profile, and its beds only a note", () => {
  const header =
    "name,type,lat,lon,address,city,pincode,phone,website,emergency,wheelchair,beds,name_mr,timings";
  const row =
    "Sai Hospital,Private hospital,18.5,73.8,1 River Road,Pune,411001,020 25501000;23402417,sai.example,Yes,No,120,साई,24/7";
  expect(rowsOf(readTable(`${header} | ${row}`))).toMatchObject([
    {
      notes: ["beds 120 (licensed, as the list says): not taken as a live figure"],
      profile: {
        kind: "hospital",
        ownership: "private",
        names: { mr: "साई" },
        address: "1 River Road, Pune, 411001",
        phones: [{ number: "+912025501000" }, { number: "23402417" }],
        website: "https://sai.example",
        hasEmergency: true,
        wheelchair: "no",
        hours: { kind: "always" },
        bedTypes: [],
      },
    },
  ]);
});

test.for([
  ["12.93", 12.93],
  ["12,93", 12.93],
  ["-3.5", -3.5],
  ["12.9° S", -12.9],
  ["77.6E", 77.6],
  ["12 56 30", Number.NaN],
  ["1,234.5", Number.NaN],
] as const)("%s is %d degrees", ([text, expected]) => expect(readDegrees(text)).toBe(expected));

test("any record of any table comes back once, and nothing is thrown", () => {
  const field = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom("Sai Hospital", "18.5", "73.8", "NaN", "0", "", "constructor", "__proto__"),
  );
  fc.assert(
    fc.property(
      fc.array(fc.array(field, { maxLength: 8 }), { maxLength: 10 }),
      fc.array(field, { minLength: 3, maxLength: 5 }),
      (records, more) => {
        const list = readFacilityList(
          ["name", "lat", "lon", ...more],
          records.map((fields, at) => ({ place: `line ${at}`, fields })),
          OPTIONS,
        );
        expect(rowsOf(list).map(({ place }) => place)).toEqual(records.map((_, at) => `line ${at}`));
      },
    ),
    { seed: 11 },
  );
});

const PLACES = await readFile(new URL("samples/places.geojson", import.meta.url), "utf8");

test("GeoJSON is read as a table, and features with the map's tags as the map", () => {
  const rows = rowsOf(readGeoJsonList(PLACES, OPTIONS)).map((row) =>
    row.kind === "facility"
      ? `${row.place}: ${row.profile.kind} ${row.profile.name} ${row.identity?.system} ${row.identity?.value} ${row.profile.position.lat},${row.profile.position.lon}`
      : `${row.place}: ${row.name ?? "?"} ${row.field ?? ""} ${row.reason}`,
  );
  expect(rows).toEqual([
    "feature 6: ?  is not a GeoJSON feature",
    "feature 3 (way/7): pharmacy Sunrise Medicals osm way/7 18.501,73.801",
    "feature 4 (node/8): Somewhere healthcare healthcare=yes does not say which kind of facility it is",
    "feature 1: hospital Riverside Hospital list:test H-1 18.52,73.85",
    "feature 2: hospital Square Hospital list:test H-2 18.542,73.842",
    "feature 5: Nowhere Hospital geometry has no position",
  ]);
});

test.for([
  ["{", /^not JSON/],
  ["[]", /^not GeoJSON/],
  ['{"type":"Topology"}', /^not GeoJSON/],
  ["null", /^not GeoJSON/],
] as const)("%s is refused in words", ([text, problem]) => {
  const list = readGeoJsonList(text, OPTIONS);
  expect(list.ok ? "" : list.problem).toMatch(problem);
});
