import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { ImportRow } from "@ihims/connectors/facilities/row.ts";
import type { OsmElement } from "@ihims/connectors/osm/elements.ts";
import { readOsmXml } from "@ihims/connectors/osm/xml.ts";
import { readCsvRecords } from "./csv-records.ts";
import { readListFile, readOsmFile } from "./files.ts";
import { osmPbf } from "./testing/osm-pbf.ts";

const INDIA = { countryCode: "IN", year: 2026 };
const SAMPLE = new URL("../../../../../packages/connectors/src/osm/samples/riverside.osm", import.meta.url);

/** A file of the test's own, gone when it ends. */
async function aFile(
  name: string,
  content: string | Uint8Array,
): Promise<AsyncDisposable & { path: string }> {
  const folder = await mkdtemp(join(tmpdir(), "ihims-import-"));
  const path = join(folder, name);
  await writeFile(path, content);
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function readOsm(name: string, content: string | Uint8Array): Promise<ImportRow[]> {
  await using file = await aFile(name, content);
  return await collect(readOsmFile(file.path, INDIA));
}

/** The rows of a list as `place name` or `place: field reason`. */
async function readList(content: string | Uint8Array, name = "list.csv"): Promise<string[]> {
  await using file = await aFile(name, content);
  const { rows } = await readListFile(file.path, INDIA);
  return [...rows].map((row) =>
    row.kind === "facility"
      ? `${row.place} ${row.profile.name}`
      : `${row.place}: ${row.field ?? "row"} ${row.reason}`,
  );
}

async function sampleElements(): Promise<OsmElement[]> {
  const text = await readFile(SAMPLE, "utf8");
  async function* whole() {
    yield text;
  }
  return (await collect(readOsmXml(whole()))).flat();
}

test("a map is the same as XML, compressed XML and PBF, whatever the file is called", async () => {
  const text = await readFile(SAMPLE, "utf8");
  const plain = await readOsm("a.osm", text);
  expect(plain).toHaveLength(10);
  expect(await readOsm("b", gzipSync(text))).toEqual(plain);
  expect(await readOsm("c.dat", osmPbf(await sampleElements()))).toEqual(plain);
});

test.for([
  ["a CSV", "name,lat,lon", /is not an OpenStreetMap file/],
  ["half a gzip", gzipSync("<osm>".repeat(1000)).subarray(0, 40), /cannot be read: unexpected end of file/],
  ["gzip of words", gzipSync("words"), /cannot be read: not well-formed XML/],
  [
    "half a PBF",
    osmPbf([{ type: "node", id: 1, lat: 1, lon: 1 }]).subarray(0, 60),
    /cannot be read: it ends in the middle of a block/,
  ],
  [
    "a PBF with damage",
    damaged(osmPbf([{ type: "node", id: 1, lat: 1, lon: 1, tags: { amenity: "clinic" } }])),
    /cannot be read/,
  ],
  ["nothing", "", /is not an OpenStreetMap file/],
] as const)("%s is refused in words, not by a crash", async ([, content, problem]) => {
  await expect(readOsm("map", content)).rejects.toThrow(problem);
});

function damaged(file: Buffer): Buffer {
  return Buffer.concat([file.subarray(0, -12), Buffer.alloc(12, 0xff)]);
}

test("a file that is not there is named", async () => {
  await expect(collect(readOsmFile("/nowhere/city.osm", INDIA))).rejects.toThrow(
    "/nowhere/city.osm: there is no such file",
  );
  await expect(readListFile("/nowhere/list.csv", INDIA)).rejects.toThrow(
    "/nowhere/list.csv: there is no such file",
  );
  await expect(readListFile(tmpdir(), INDIA)).rejects.toThrow("it is a folder");
});

const CSV = "name,lat,lon\nHôpital Sainte-Élodie,18.5,73.8\n";

test.for([
  ["UTF-8", Buffer.from(CSV)],
  ["UTF-8 with a mark", Buffer.from(`\uFEFF${CSV}`)],
  ["UTF-16 with a mark", Buffer.from(`\uFEFF${CSV}`, "utf16le")],
  ["UTF-16 without one", Buffer.from(CSV, "utf16le")],
  ["UTF-16 the other way round", Buffer.from(`\uFEFF${CSV}`, "utf16le").swap16()],
  ["windows-1252", Buffer.from(CSV, "latin1")],
  ["compressed", gzipSync(CSV)],
  ["line ends of Windows", Buffer.from(CSV.replaceAll("\n", "\r\n"))],
  ["semicolons and decimal commas", Buffer.from(CSV.replaceAll(",", ";").replaceAll(".", ","))],
  ["tabs", Buffer.from(CSV.replaceAll(",", "\t"))],
] as const)("a list in %s is read", async ([, content]) => {
  expect(await readList(content)).toEqual(["line 2 Hôpital Sainte-Élodie"]);
});

test("an umlaut of an old spreadsheet does not break the text", async () => {
  expect(
    await readList(
      Buffer.from(
        "name;lat;lon\nKlinik Süd – Haus “A”;48,2;16,4\n"
          .replace("–", "\x96")
          .replace("“", "\x93")
          .replace("”", "\x94"),
        "latin1",
      ),
    ),
  ).toEqual(["line 2 Klinik Süd – Haus “A”"]);
});

test("lines are counted as the file has them: quotes, line breaks in fields and empty lines", async () => {
  const text =
    'name,lat,lon,address\n\n"Sai, Hospital",18.5,73.8,"1 River Road\nPune"\nHill "View" Hospital,18.5,73.81,\n,18.5,73.8,\n';
  expect(await readList(text)).toEqual([
    "lines 3-4 Sai, Hospital",
    'line 5 Hill "View" Hospital',
    "line 6: name is missing",
  ]);
});

test("a quote that is never closed loses its own line and no other", async () => {
  const lines = Array.from({ length: 50 }, (_, at) => `Hospital ${at + 2},18.5,73.8`);
  lines[10] = '"Hospital 12,18.5,73.8';
  const rows = await readList(`name,lat,lon\n${lines.join("\n")}\n`);
  expect(rows).toHaveLength(50);
  expect(rows.filter((row) => row.includes(":"))).toEqual(["line 12: row has a quote that is not closed"]);
});

test("two such quotes lose no more than their lines", async () => {
  const lines = Array.from({ length: 80 }, (_, at) => `Hospital ${at + 2},18.5,73.8`);
  lines[10] = '"Hospital 12,18.5,73.8';
  lines[60] = 'Hospital 62",18.5,73.8';
  const rows = await readList(`name,lat,lon\n${lines.join("\n")}\n`);
  expect(rows.filter((row) => row.includes(":"))).toEqual(["line 12: row has a quote that is not closed"]);
  expect(rows).toHaveLength(80);
});

test("ragged rows, a field of a megabyte and ten thousand rows are each accounted for", async () => {
  const good = Array.from({ length: 9_997 }, (_, at) => `Hospital ${at},18.5,73.8`);
  const odd = ["Short Hospital,18.5", "Long Hospital,18.5,73.8,x,y", `${"x".repeat(1_000_000)},18.5,73.8`];
  const rows = await readList(`name,lat,lon\n${[...odd, ...good].join("\n")}`);
  expect(rows).toHaveLength(10_000);
  expect(rows.slice(0, 3)).toEqual([
    "line 2: lon is missing",
    "line 3: row has 5 fields under 3 columns: a separator without quotes?",
    "line 4: name is longer than 4000 characters: a quote that is not closed?",
  ]);
});

test.for([
  ["", /it is empty/],
  [" \n\n", /it is empty/],
  ["<osm></osm>", /is XML/],
  [Buffer.from("PK\x03\x04"), /is a spreadsheet: save it as CSV/],
  [osmPbf([]), /use ihims import osm/],
  ['{"type":"FeatureCollection","features":', /not JSON/],
] as const)("%s is refused in words", async ([content, problem]) => {
  await expect(readList(content)).rejects.toThrow(problem);
});

test("a list's ids belong to the list, by its name, unless a register is given", async () => {
  await using file = await aFile("Pune Hospitals (2026).csv", "id,name,lat,lon\n7,Sai Hospital,18.5,73.8\n");
  const systemOf = async (register?: string) => {
    const [row] = (await readListFile(file.path, { ...INDIA, ...(register && { register }) })).rows;
    return row?.kind === "facility" ? row.identity?.system : undefined;
  };
  expect([await systemOf(), await systemOf("hfr")]).toEqual(["list:pune-hospitals-2026", "hfr"]);
});

test("the separator is the one that the header has most of, outside of quotes", () => {
  const table = readCsvRecords('"a, b, c";lat;lon\n"x, y";1;2\n');
  expect(table).toMatchObject({
    headers: ["a, b, c", "lat", "lon"],
    records: [{ place: "line 2", fields: ["x, y", "1", "2"] }],
  });
});
