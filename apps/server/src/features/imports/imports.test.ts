import fc from "fast-check";
import { expect, test } from "vitest";
import { rowOf, type ImportRow, type ProfileDraft } from "@ihims/connectors/facilities/row.ts";
import { changeFacility } from "@ihims/core/facilities/endpoints.ts";
import { FacilityProfile } from "@ihims/core/facilities/schema.ts";
import type { Context } from "../../platform/context.ts";
import { testServer } from "../../testing/server.ts";
import { createFacility, listAllFacilities } from "../facilities/facilities.ts";
import { decideMatch, importFacilities, listOpenMatches, type ImportReport } from "./imports.ts";
import { findAllIdentities } from "./store.ts";

const CENTRE = { lat: 18.52, lon: 73.85 };
/** One metre to the north, in degrees. */
const METRE = 1 / 111_195;

/** A row of a register: `osm:1` is its id there, none for a list without ids. */
function aRow(
  name: string,
  more: ProfileDraft & { id?: string; north?: number; isUnnamed?: boolean } = {},
): ImportRow {
  const { id, north = 0, isUnnamed = false, ...draft } = more;
  const [system = "", value = ""] = id?.split(":") ?? [];
  const identity = id === undefined ? null : { system, value };
  const position = { lat: CENTRE.lat + north * METRE, lon: CENTRE.lon };
  return rowOf(
    id ?? `line of ${name}`,
    { name, kind: "hospital", position, externalIds: identity ? [identity] : [], ...draft },
    { identity, isUnnamed },
  );
}

async function* streamOf(rows: readonly ImportRow[]): AsyncGenerator<ImportRow> {
  yield* rows;
}

function importAll(ctx: Context, rows: readonly ImportRow[], dryRun = false): Promise<ImportReport> {
  return importFacilities(ctx, streamOf(rows), { dryRun, source: "test" });
}

async function names(ctx: Context): Promise<string[]> {
  return (await listAllFacilities(ctx)).map(({ name }) => name).sort();
}

test("new facilities are created and rejected rows are named", async () => {
  await using server = await testServer();
  const rejected: ImportRow = {
    kind: "rejected",
    place: "line 3",
    name: "Nowhere",
    field: "lat",
    reason: "is missing",
  };
  const report = await importAll(server.ctx, [aRow("Riverside Hospital", { id: "osm:node/1" }), rejected]);
  expect(report).toMatchObject({
    read: 2,
    created: 1,
    byKind: { hospital: 1 },
    skipped: [{ place: "line 3", name: "Nowhere", reason: "lat is missing" }],
  });
  expect(await names(server.ctx)).toEqual(["Riverside Hospital"]);
});

test("an import is on the public board at once", async () => {
  await using server = await testServer();
  await importAll(server.ctx, [aRow("Riverside Hospital", { id: "osm:node/1" })]);
  const { listFacilities } = await import("@ihims/core/facilities/endpoints.ts");
  const { items } = await server.anybody.call(listFacilities, { query: { kind: "hospital" } });
  expect(items.map(({ name }) => name)).toEqual(["Riverside Hospital"]);
});

test("a dry run counts and writes nothing", async () => {
  await using server = await testServer();
  const report = await importAll(
    server.ctx,
    [aRow("Riverside Hospital"), aRow("Hillside Hospital", { north: 900 })],
    true,
  );
  expect(report).toMatchObject({ dryRun: true, created: 2 });
  expect(await names(server.ctx)).toEqual([]);
});

test("a dry run of a known file says that it is unchanged", async () => {
  await using server = await testServer();
  const rows = [aRow("Riverside Hospital", { id: "osm:node/1" }), aRow("Hillside Hospital", { north: 900 })];
  await importAll(server.ctx, rows);
  expect(await importAll(server.ctx, rows, true)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
});

test("what the register changed is updated, under the same id", async () => {
  await using server = await testServer();
  await importAll(server.ctx, [
    aRow("Riverside Hospital", { id: "osm:node/1", phones: [{ number: "+912025501000" }] }),
  ]);
  const [before] = await listAllFacilities(server.ctx);
  const report = await importAll(server.ctx, [
    aRow("Riverside General Hospital", {
      id: "osm:node/1",
      north: 800,
      phones: [{ number: "+912025502000" }],
    }),
  ]);
  expect(report).toMatchObject({ created: 0, updated: 1 });
  const [after, ...more] = await listAllFacilities(server.ctx);
  expect(more).toEqual([]);
  expect(after).toMatchObject({
    id: before?.id,
    name: "Riverside General Hospital",
    phones: [{ number: "+912025502000" }],
  });
});

test("what the register leaves out stays", async () => {
  await using server = await testServer();
  await importAll(server.ctx, [aRow("Riverside Hospital", { id: "osm:node/1", address: "1 River Road" })]);
  expect(await importAll(server.ctx, [aRow("Riverside Hospital", { id: "osm:node/1" })])).toMatchObject({
    unchanged: 1,
  });
  expect((await listAllFacilities(server.ctx))[0]?.address).toBe("1 River Road");
});

test("what somebody at the institution changed is kept, the rest is updated", async () => {
  await using server = await testServer();
  const number = (last: number) => [{ number: `+91202550${last}` }];
  await importAll(server.ctx, [
    aRow("Riverside Hospital", { id: "osm:node/1", phones: number(1000), address: "1 River Road" }),
  ]);
  const [facility] = await listAllFacilities(server.ctx);
  if (!facility) throw new Error("nothing was imported");
  const administrator = await server.person("administrator", facility.id);
  await administrator.call(changeFacility, { params: { id: facility.id }, body: { phones: number(9999) } });

  const row = aRow("Riverside Hospital", { id: "osm:node/1", phones: number(2000), address: "2 River Road" });
  expect(await importAll(server.ctx, [row])).toMatchObject({ updated: 1 });
  expect((await listAllFacilities(server.ctx))[0]).toMatchObject({
    phones: number(9999),
    address: "2 River Road",
  });
  expect(await importAll(server.ctx, [row])).toMatchObject({ unchanged: 1 });
});

test("another register's row of the same name close by is the same facility, and only fills gaps", async () => {
  await using server = await testServer();
  await importAll(server.ctx, [
    aRow("Sai Hospitals Pvt. Ltd.", { id: "osm:node/1", address: "1 River Road", attribution: "A" }),
  ]);
  const row = aRow("Dr. Sai Hospital", {
    north: 60,
    address: "River Rd 1",
    website: "https://sai.example",
    attribution: "B",
  });
  const report = await importAll(server.ctx, [row]);
  expect(report).toMatchObject({
    created: 0,
    updated: 1,
    matched: [{ name: "Dr. Sai Hospital", distanceM: 60 }],
  });
  expect(await listAllFacilities(server.ctx)).toMatchObject([
    {
      name: "Sai Hospitals Pvt. Ltd.",
      address: "1 River Road",
      website: "https://sai.example",
      attribution: "A; B",
    },
  ]);
  expect(await importAll(server.ctx, [row])).toMatchObject({ unchanged: 1, matched: [] });
});

test("a facility that was made by hand is found, not doubled", async () => {
  await using server = await testServer();
  const profile = FacilityProfile.parse({ name: "Riverside Hospital", kind: "hospital", position: CENTRE });
  const { id } = await createFacility(server.ctx, profile);
  await importAll(server.ctx, [aRow("Riverside Hospital", { id: "osm:node/1", north: 40 })]);
  expect((await listAllFacilities(server.ctx)).map((one) => one.id)).toEqual([id]);
});

test("the same name far off, or another name next door, is another facility", async () => {
  await using server = await testServer();
  await importAll(server.ctx, [aRow("Sai Hospital", { id: "osm:node/1" })]);
  const report = await importAll(server.ctx, [
    aRow("Sai Hospital", { north: 2000 }),
    aRow("Lenus Hospital", { north: 5 }),
  ]);
  expect(report).toMatchObject({ created: 2, doubtful: [] });
});

test("an alike name that is not sure makes two and a question", async () => {
  await using server = await testServer();
  await importAll(server.ctx, [aRow("Bhagwan Mahaveer Jain Hospital", { id: "osm:node/1" })]);
  const report = await importAll(server.ctx, [
    aRow("Bhagwan Mahaveer Jain Hospital Girinagar", { north: 90 }),
  ]);
  expect(report).toMatchObject({ created: 1, doubtful: [{ distanceM: 90 }] });
  expect(await listOpenMatches(server.ctx)).toHaveLength(1);
});

test("two objects of one register are never joined by their likeness", async () => {
  await using server = await testServer();
  const rows = [
    aRow("Johns Hopkins Hospital", { id: "osm:node/1" }),
    aRow("Johns Hopkins Hospital", { id: "osm:way/2", north: 30 }),
  ];
  expect(await importAll(server.ctx, rows)).toMatchObject({ created: 2, doubtful: [{ distanceM: 30 }] });
});

test("a building drawn in place of a point takes over its facility", async () => {
  await using server = await testServer();
  await importAll(server.ctx, [aRow("Riverside Hospital", { id: "osm:node/1", address: "1 River Road" })]);
  const report = await importAll(server.ctx, [
    aRow("Riverside Hospital", { id: "osm:way/2", north: 30, address: "2 River Road" }),
  ]);
  expect(report).toMatchObject({ created: 0, updated: 1 });
  expect((await listAllFacilities(server.ctx)).map(({ address }) => address)).toEqual(["2 River Road"]);
});

test("places without a name are never taken for one another", async () => {
  await using server = await testServer();
  const unnamed = (id: string) => aRow("Pharmacy (unnamed)", { id, kind: "pharmacy", isUnnamed: true });
  expect(await importAll(server.ctx, [unnamed("osm:node/1"), unnamed("osm:node/2")])).toMatchObject({
    created: 2,
    doubtful: [],
  });
});

test("of two equal rows the second is left out by name", async () => {
  await using server = await testServer();
  const report = await importAll(server.ctx, [aRow("Sai Hospital"), aRow("SAI HOSPITAL")]);
  expect(report).toMatchObject({
    created: 1,
    skipped: [{ name: "SAI HOSPITAL", reason: "is the same as line of Sai Hospital" }],
  });
});

test("a pair that was decided to be different is never asked again", async () => {
  await using server = await testServer();
  const rows = [
    aRow("Manasa Hospital", { address: "Bagalur" }),
    aRow("Manasa Hospital", { address: "Vijayanagara" }),
  ];
  await importAll(server.ctx, rows);
  const [open] = await listOpenMatches(server.ctx);
  if (!open) throw new Error("nothing was asked");
  await decideMatch(server.ctx, open.one, open.other, "different");
  expect(await listOpenMatches(server.ctx)).toEqual([]);
  const report = await importAll(server.ctx, [
    aRow("Manasa Hospital", { address: "Bagalur Main Road" }),
    ...rows.slice(1),
  ]);
  expect(report).toMatchObject({ created: 0, doubtful: [] });
});

test("once two are decided to be one, both rows go to it and nothing changes back and forth", async () => {
  await using server = await testServer();
  const rows = [
    aRow("Johns Hopkins Hospital", { id: "osm:node/1", phones: [{ number: "+912025501000" }] }),
    aRow("Johns Hopkins Hospital", { id: "osm:way/2", north: 30, phones: [{ number: "+912025502000" }] }),
  ];
  await importAll(server.ctx, rows);
  const [open] = await listOpenMatches(server.ctx);
  if (!open) throw new Error("nothing was asked");
  await decideMatch(server.ctx, open.one, open.other, "same");
  const identities = await findAllIdentities(server.ctx.db);
  expect(new Set(identities.map(({ facility }) => facility))).toEqual(new Set([open.one]));
  expect(await importAll(server.ctx, rows)).toMatchObject({
    created: 0,
    updated: 0,
    unchanged: 2,
    doubtful: [],
  });
  await expect(decideMatch(server.ctx, open.other, open.one, "same")).rejects.toThrow("joined");
});

test("two imports at once make each facility once", async () => {
  await using server = await testServer();
  const rows = Array.from({ length: 30 }, (_, at) => aRow(`Hospital ${at}`, { north: at * 700 }));
  const reports = await Promise.all([importAll(server.ctx, rows), importAll(server.ctx, rows.toReversed())]);
  expect(reports.map(({ created }) => created).sort((a, b) => a - b)).toEqual([0, 30]);
  expect(await names(server.ctx)).toHaveLength(30);
});

test("nobody but the operator imports", async () => {
  await using server = await testServer();
  await expect(importAll({ ...server.ctx, actor: { kind: "anonymous" } }, [])).rejects.toThrow("operator");
});

const someRows = fc
  .array(
    fc.record({
      name: fc.constantFrom(
        "Sai Hospital",
        "Sai Hospitals",
        "Sai Clinic",
        "Lenus Hospital",
        "Apollo Pharmacy",
        "साई रुग्णालय",
        "Hospital",
        "---",
      ),
      kind: fc.constantFrom("hospital" as const, "clinic" as const, "pharmacy" as const),
      north: fc.integer({ min: 0, max: 12 }).map((step) => step * 45),
      id: fc.option(
        fc.integer({ min: 1, max: 8 }).map((id) => `osm:node/${id}`),
        { nil: undefined },
      ),
      address: fc.option(fc.constantFrom("1 River Road", "2 Hill Road"), { nil: null }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((rows) => rows.map(({ name, id, ...more }) => aRow(name, { ...more, ...(id && { id }) })));

test("any list again, in any order, makes no new facility and keeps every identity", async () => {
  const shuffled = someRows.chain((rows) =>
    fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
  );
  await fc.assert(
    fc.asyncProperty(shuffled, async ([rows, again]) => {
      await using server = await testServer();
      const first = await importAll(server.ctx, rows);
      expect(first.created + first.updated + first.unchanged + first.skipped.length).toBe(rows.length);
      const identitiesOf = async () =>
        new Map(
          (await findAllIdentities(server.ctx.db)).map(({ id, facility }) => [
            `${id.system} ${id.value}`,
            facility,
          ]),
        );
      const before = await identitiesOf();
      expect((await importAll(server.ctx, again)).created).toBe(0);
      expect(await identitiesOf()).toEqual(before);
    }),
    { numRuns: 15, seed: 7, endOnFailure: true },
  );
});
