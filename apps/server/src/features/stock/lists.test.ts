import { Readable } from "node:stream";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import { StockListReport, decideWords, getShelf, listUnmatched } from "@ihims/core/stock/endpoints.ts";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { at, testServer, type Caller, type TestServer } from "../../testing/server.ts";
import { aWorkbook } from "../mapping/testing/workbook.ts";
import { SHEET_TYPE } from "./reading-tables.ts";
import { findStock } from "./stock.ts";
import { aCatalogue } from "./testing/catalogue.ts";

async function send(
  server: TestServer,
  caller: Caller,
  facility: Facility,
  body: string | Readable,
  options: { type?: string; query?: string; key?: string } = {},
) {
  const response = await server.app.fastify.inject({
    method: "POST",
    url: `/api/v1/facilities/${facility.id}/stock${options.query ?? ""}`,
    headers: {
      ...caller.headers,
      "content-type": options.type ?? "text/csv",
      ...(options.key === undefined ? {} : { "idempotency-key": options.key }),
    },
    body,
  });
  const json: unknown = response.json();
  return { status: response.statusCode, json, report: StockListReport.safeParse(json).data };
}

async function aPharmacy(server: TestServer) {
  const medicines = await aCatalogue(server.ctx);
  const facility = await server.aFacility({ kind: "pharmacy" });
  return { medicines, facility, machine: await server.machineOf(facility.id) };
}

async function ledgerRows(server: TestServer): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from stock_observation`.execute(
    server.ctx.db,
  );
  return rows[0]?.n ?? 0;
}

test("a pharmacy's own CSV is matched by its names, and what cannot be read is named line by line", async () => {
  await using server = await testServer();
  const { medicines, facility, machine } = await aPharmacy(server);
  const csv = [
    "Item Code;Item Name;Batch;Exp;Closing Stock;MRP",
    "11;Amovic 625 Tablet;B7;03/27;40;201.50",
    "12;Paracip 500 Tablet;;;many;12",
    "13;Sunshine Hair Oil;;;5;90",
    "14;Metsulin 500 Tablet;;;0;30",
  ].join("\r\n");
  const { status, report } = await send(server, machine, facility, csv);
  expect(status).toBe(200);
  expect(report).toMatchObject({ isWhole: true, lines: 4, changed: 2, rejected: 2, observedAt: at("12:00") });
  expect(report?.rejectedLines).toMatchObject([
    { line: 3, reason: "unreadable", field: "quantity", text: "12;Paracip 500 Tablet;;;many;12" },
    { line: 4, reason: "not-matched" },
  ]);
  expect((await findStock(server.ctx, facility.id, medicines.amovic))?.value).toEqual({
    quantity: 40,
    priceMinor: 20150,
    expiresOn: "2027-03-31",
    lot: "B7",
  });
});

test("a workbook is read like a CSV, below the rows that stand over its headings", async () => {
  await using server = await testServer();
  const { medicines, facility, machine } = await aPharmacy(server);
  const book = aWorkbook({
    Stock: [
      ["Sharma Medicals"],
      [],
      ["Item Name", "Batch", "Closing Stock", "MRP"],
      ["Amovic 625 Tablet", "B7", 40, 201.5],
      ["Paracip 500 Tablet", "", "many", 12],
      ["Metsulin 500 Tablet", "", 0, 30],
    ],
  });
  const post = (body: Uint8Array) =>
    server.app.fastify.inject({
      method: "POST",
      url: `/api/v1/facilities/${facility.id}/stock`,
      headers: { ...machine.headers, "content-type": SHEET_TYPE },
      body: Buffer.from(body),
    });
  expect(StockListReport.parse((await post(book)).json())).toMatchObject({
    lines: 3,
    changed: 2,
    rejectedLines: [{ line: 5, field: "quantity", text: "Paracip 500 Tablet,,many,12" }],
  });
  expect((await findStock(server.ctx, facility.id, medicines.amovic))?.value).toEqual({
    quantity: 40,
    priceMinor: 20150,
    lot: "B7",
  });
  const unknown = await post(
    aWorkbook({
      Stock: [
        ["Ware", "Zahl"],
        ["Amovic", 3],
      ],
    }),
  );
  expect(unknown.statusCode).toBe(400);
  expect(unknown.body).toContain("Ware, Zahl");
  expect((await post(Buffer.from("no workbook"))).body).toContain("no .xlsx workbook");
});

test("a quote that is never closed costs its own line, and other encodings are read", async () => {
  await using server = await testServer();
  const { facility, machine } = await aPharmacy(server);
  const csv = 'name,qty\n"Amovic 625 Tablet,4\nParacip 500 Tablet,5\n';
  const { report } = await send(server, machine, facility, csv);
  expect(report).toMatchObject({ isWhole: true, lines: 2, changed: 1, rejectedLines: [{ line: 2 }] });
  const response = await server.app.fastify.inject({
    method: "POST",
    url: `/api/v1/facilities/${facility.id}/stock`,
    headers: { ...machine.headers, "content-type": "text/csv" },
    body: Buffer.from("\uFEFFname\tqty\nMetsulin 500 Tablet\t7\n", "utf16le"),
  });
  expect(response.json()).toMatchObject({ lines: 1, changed: 1, rejected: 0 });
});

test("what somebody decided is remembered for the lists that come", async () => {
  await using server = await testServer();
  const { medicines, facility, machine } = await aPharmacy(server);
  const csv = "code,quantity\nAMX-7,12";
  expect((await send(server, machine, facility, csv)).report).toMatchObject({ changed: 0, rejected: 1 });
  const unmatched = await machine.call(listUnmatched, { params: { id: facility.id }, query: {} });
  expect(unmatched).toMatchObject({ total: 1, items: [{ words: "amx-7|||", line: { code: "AMX-7" } }] });
  const decision = {
    params: { id: facility.id },
    body: { decisions: [{ words: "amx-7|||", medicine: medicines.amovic }] },
  };
  const typist = await server.person("data-entry", facility.id);
  await expect(typist.call(decideWords, decision)).rejects.toThrow("403");
  await machine.call(decideWords, decision);
  expect((await send(server, machine, facility, csv)).report).toMatchObject({ changed: 1, rejected: 0 });
  const after = await machine.call(listUnmatched, { params: { id: facility.id }, query: {} });
  expect(after.total).toBe(0);
});

test("NDJSON and a JSON array say the same, in pieces of any size", async () => {
  await using server = await testServer();
  const { medicines, facility, machine } = await aPharmacy(server);
  const lines = [
    { medicine: medicines.amovic, quantity: 3 },
    { name: "Paracip 500 Tablet", quantity: 4, price: 12.35 },
    { medicine: "m-nothing", quantity: 4 },
    { medicine: medicines.metsulin, quantity: 2, colour: "white]}" },
  ];
  const ndjson = `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
  const array = JSON.stringify(lines, undefined, 1);
  for (const [type, text, expected] of [
    ["application/x-ndjson", ndjson, { changed: 2, repeated: 0 }],
    ["application/json", array, { changed: 0, repeated: 2 }],
  ] as const) {
    const pieces = Readable.from([...text].map((letter) => Buffer.from(letter)));
    const { report } = await send(server, machine, facility, pieces, { type });
    expect(report).toMatchObject({ ...expected, lines: 4, rejected: 2 });
    expect(report?.rejectedLines).toMatchObject([
      { line: 3, reason: "unknown-medicine" },
      { line: 4, reason: "unreadable", field: "colour" },
    ]);
  }
});

test("lots of one medicine are one line of the shelf", async () => {
  await using server = await testServer();
  const { medicines, facility, machine } = await aPharmacy(server);
  const csv = "name,lot,expiry,qty\nAmovic 625 Tablet,B9,2027-09-30,5\nAmovic 625 Tablet,B7,2026-05-31,2";
  await send(server, machine, facility, csv);
  expect((await findStock(server.ctx, facility.id, medicines.amovic))?.value).toEqual({
    quantity: 7,
    expiresOn: "2026-05-31",
    lot: "B7",
  });
  const shelf = await machine.call(getShelf, { params: { id: facility.id }, query: {} });
  expect(shelf.lines).toMatchObject([{ medicine: medicines.amovic, quantity: 7, lot: "B7", source: "api" }]);
});

test("a full list marks as gone what it does not have; one that cannot be relied on changes nothing", async () => {
  await using server = await testServer();
  const { medicines, facility, machine } = await aPharmacy(server);
  await send(server, machine, facility, "name,qty\nAmovic 625 Tablet,5\nParacip 500 Tablet,5", {
    query: "?observedAt=2026-03-01T11:00:00Z",
  });
  const full = { query: "?snapshot=full" };
  for (const broken of [
    "name,qty\nnonsense,1\nmore nonsense,2\nParacip 500 Tablet,5",
    "name,qty\n",
    'name,qty\nParacip 500 Tablet,5\n"Amovic',
  ])
    expect((await send(server, machine, facility, broken, full)).status).toBe(409);
  expect((await findStock(server.ctx, facility.id, medicines.amovic))?.value.quantity).toBe(5);
  const { report } = await send(server, machine, facility, "name,qty\nParacip 500 Tablet,5", full);
  expect(report).toMatchObject({ changed: 0, confirmed: 1, gone: 1 });
  expect((await findStock(server.ctx, facility.id, medicines.amovic))?.value.quantity).toBe(0);
});

test("a preview says what would come of a list, and nothing does", async () => {
  await using server = await testServer();
  const { medicines, facility, machine } = await aPharmacy(server);
  const { report } = await send(server, machine, facility, "name,qty\nParacip 500 Tablet,5\nx,1", {
    query: "?preview=true",
  });
  expect(report).toMatchObject({ changed: 1, rejected: 1 });
  expect(await findStock(server.ctx, facility.id, medicines.paracip)).toBeUndefined();
  expect((await server.app.shelves()).figureAt(facility.id, medicines.paracip, at("12:00"))).toBeUndefined();
});

test("a key stands for one list: again it answers the same, with another list it is refused", async () => {
  await using server = await testServer();
  const { facility, machine } = await aPharmacy(server);
  const csv = "name,qty\nParacip 500 Tablet,5";
  const first = await send(server, machine, facility, csv, { key: "monday" });
  server.clock.set(at("13:00"));
  const again = await send(server, machine, facility, csv, { key: "monday" });
  expect(again.report).toEqual(first.report);
  expect((await send(server, machine, facility, `${csv}0`, { key: "monday" })).status).toBe(422);
});

test("columns that cannot be told are asked for, and can be said", async () => {
  await using server = await testServer();
  const { facility, machine } = await aPharmacy(server);
  const csv = "Ware;Menge\nParacip 500 Tablet;5";
  expect((await send(server, machine, facility, csv)).status).toBe(400);
  const query = "?map=name%3DWare%2Cquantity%3DMenge";
  expect((await send(server, machine, facility, csv, { query })).report).toMatchObject({ changed: 1 });
});

test("who does not keep the shelf may not send lists nor read it", async () => {
  await using server = await testServer();
  const { facility } = await aPharmacy(server);
  const stranger = await server.machineOf((await server.aFacility({ kind: "pharmacy" })).id);
  expect((await send(server, stranger, facility, "name,qty\nParacip,5")).status).toBe(403);
  expect((await send(server, server.anybody, facility, "name,qty\nParacip,5")).status).toBe(401);
  await expect(stranger.call(getShelf, { params: { id: facility.id }, query: {} })).rejects.toThrow("403");
});

test("a list of many thousand lines that breaks off goes on where it stopped, and nothing is taken in twice", async () => {
  await using server = await testServer();
  const { medicines, facility, machine } = await aPharmacy(server);
  const ids = Object.values(medicines);
  // Each medicine again and again, each time another count: every line is a correction of one before.
  const line = (n: number) => `${ids[n % ids.length]},${n % 5000}\n`;
  const count = 30_000;
  const pieces = async function* (upTo: number) {
    yield Buffer.from("medicine,qty\n");
    for (let n = 0; n < upTo; n += 1000)
      yield Buffer.from(Array.from({ length: 1000 }, (_, at) => line(n + at)).join(""));
    if (upTo === count) return;
    await expect.poll(() => ledgerRows(server), { timeout: 20_000 }).toBeGreaterThan(0);
    throw new Error("the line was cut");
  };
  await send(server, machine, facility, Readable.from(pieces(12_000)), { key: "big" }).catch(() => undefined);
  const before = await ledgerRows(server);
  expect(before).toBeGreaterThan(0);
  server.clock.set(at("12:10"));
  const { report } = await send(server, machine, facility, Readable.from(pieces(count)), { key: "big" });
  expect(report).toMatchObject({ isWhole: true, lines: count, rejected: 0, observedAt: at("12:00") });
  const whole = await server.aFacility({ kind: "pharmacy" });
  const other = await server.machineOf(whole.id);
  const start = await ledgerRows(server);
  await send(server, other, whole, Readable.from(pieces(count)), { key: "big" });
  expect(start).toBe((await ledgerRows(server)) - start);
  for (const id of ids)
    expect((await findStock(server.ctx, facility.id, id))?.value).toEqual(
      (await findStock(server.ctx, whole.id, id))?.value,
    );
});
