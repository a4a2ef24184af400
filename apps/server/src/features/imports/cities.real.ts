import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import type { ReadingOptions } from "@ihims/connectors/facilities/row.ts";
import type { Context } from "../../platform/context.ts";
import { testServer } from "../../testing/server.ts";
import { listAllFacilities } from "../facilities/facilities.ts";
import { readListFile, readOsmFile } from "./files.ts";
import { importFacilities, type ImportReport } from "./imports.ts";

const DATA = resolve(
  import.meta.dirname,
  "../../../../..",
  process.env["IHIMS_REAL_DATA"] ?? "../shared/data",
);

function importOsm(ctx: Context, file: string, options: ReadingOptions): Promise<ImportReport> {
  return importFacilities(ctx, readOsmFile(join(DATA, "osm", file), options), {
    dryRun: false,
    source: file,
  });
}

async function importList(ctx: Context, file: string): Promise<ImportReport> {
  const list = await readListFile(join(DATA, "facilities", file), { countryCode: "IN", year: 2026 });
  async function* rows() {
    yield* list.rows;
  }
  return importFacilities(ctx, rows(), { dryRun: false, source: file });
}

async function kindsOf(ctx: Context): Promise<Record<string, number>> {
  const kinds: Record<string, number> = {};
  for (const { kind } of await listAllFacilities(ctx)) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return kinds;
}

/** Each row of the file is a facility of the city, or named with the reason why not. */
function expectAllAccountedFor(report: ImportReport, read: number) {
  expect(report.read).toBe(read);
  expect(report.created + report.updated + report.unchanged + report.skipped.length).toBe(read);
  for (const { place, reason } of report.skipped) expect(place && reason).not.toBe("");
}

test("the data is there", () => expect(existsSync(DATA)).toBe(true));

/** Counts by `osmium tags-filter`, as the data's README gives them; doctors are clinics here, and so is a practice of heart surgeons. */
const CITIES = [
  {
    file: "monaco.osm.pbf",
    countryCode: "MC",
    read: 20,
    kinds: { hospital: 6, pharmacy: 12, clinic: 1, "imaging-centre": 1 },
  },
  { file: "baltimore.osm.pbf", countryCode: "US", read: 15, kinds: { hospital: 10, clinic: 1, pharmacy: 4 } },
  {
    file: "krems.osm.gz",
    countryCode: "AT",
    read: 14,
    kinds: { hospital: 2, pharmacy: 5, clinic: 6, dental: 1 },
  },
];

test.for(CITIES)(
  "$file has exactly the facilities that it is known to have, once",
  async ({ file, countryCode, read, kinds }) => {
    await using server = await testServer();
    const report = await importOsm(server.ctx, file, { countryCode, year: 2026 });
    expectAllAccountedFor(report, read);
    expect(await kindsOf(server.ctx)).toEqual(kinds);
    const again = await importOsm(server.ctx, file, { countryCode, year: 2026 });
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: read });
    expect(await kindsOf(server.ctx)).toEqual(kinds);
  },
);

test("the two objects of Johns Hopkins Hospital stay two, and are asked about", async () => {
  await using server = await testServer();
  const { doubtful } = await importOsm(server.ctx, "baltimore.osm.pbf", { countryCode: "US", year: 2026 });
  expect(doubtful.map(({ one, other }) => [one.name, other.name])).toEqual([
    ["Johns Hopkins Hospital", "Johns Hopkins Hospital"],
  ]);
});

test("all 809 hospitals of Hyderabad are imported or named, and once", async () => {
  await using server = await testServer();
  const report = await importList(server.ctx, "hyderabad_osm_hospitals.geojson");
  expectAllAccountedFor(report, 809);
  expect({ created: report.created, skipped: report.skipped }).toEqual({ created: 809, skipped: [] });
  const facilities = await listAllFacilities(server.ctx);
  expect(facilities.filter(({ names }) => names["te"] !== undefined)).toHaveLength(38);
  expect(await importList(server.ctx, "hyderabad_osm_hospitals.geojson")).toMatchObject({
    created: 0,
    updated: 0,
    unchanged: 809,
  });
});

test("all 329 rows of Bengaluru are imported or named, with kind and owner, and once", async () => {
  await using server = await testServer();
  const report = await importList(server.ctx, "bengaluru_hospital_locations.csv");
  expectAllAccountedFor(report, 329);
  expect({ created: report.created, skipped: report.skipped }).toEqual({ created: 329, skipped: [] });
  const owners = Object.groupBy(
    await listAllFacilities(server.ctx),
    ({ ownership }) => ownership ?? "unknown",
  );
  expect({ private: owners["private"]?.length, government: owners["government"]?.length }).toEqual({
    private: 305,
    government: 18,
  });
  expect(await importList(server.ctx, "bengaluru_hospital_locations.csv")).toMatchObject({
    created: 0,
    updated: 0,
    unchanged: 329,
  });
});
