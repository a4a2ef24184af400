import { FacilityId } from "@ihims/core/ids.ts";
import { confirmFigures, reportObservations } from "@ihims/core/observations/endpoints.ts";
import type { Source } from "@ihims/core/observations/schema.ts";
import { later, SECOND_MS, type Instant } from "@ihims/core/time.ts";
import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { findStock } from "../stock/stock.ts";
import { recordStock, type StockReport } from "./observations.ts";

const NOON = at("12:00");

/** `m-a 5@-10`: five packs, seen ten seconds before noon. */
function aReport(facility: FacilityId, text: string, more: Partial<StockReport> = {}): StockReport {
  const lines = text.split(", ").flatMap((line) => {
    const [, medicine, quantity, before] = /^(\S+) (\d+)@-(\d+)$/.exec(line) ?? [];
    return medicine === undefined
      ? []
      : [{ medicine, value: { quantity: Number(quantity) }, observedAt: ago(Number(before)) }];
  });
  return { facility, source: "api", sender: "key:1", lines, ...more };
}

function ago(seconds: number): Instant {
  return later(NOON, -seconds * SECOND_MS);
}

async function shown(server: TestServer, facility: FacilityId, medicines: readonly string[]) {
  const figures: Record<string, string> = {};
  const shelves = await server.app.shelves();
  for (const medicine of medicines) {
    const stands = await findStock(server.ctx, facility, medicine);
    const inMemory = shelves.figureAt(facility, medicine, NOON);
    // Memory and database never differ.
    expect(inMemory && { ...inMemory, value: undefined }).toEqual(
      stands && {
        quantity: stands.value.quantity,
        free: stands.value.quantity,
        priceMinor: stands.value.priceMinor ?? null,
        observedAt: stands.observedAt,
        receivedAt: stands.receivedAt,
        source: stands.source,
        freshness: stands.freshness,
        freshUntil: inMemory?.freshUntil,
        value: undefined,
      },
    );
    // What was never spoken of and what a full list does not have are both nothing on the shelf.
    if (stands && stands.value.quantity > 0)
      figures[medicine] = `${stands.value.quantity} ${stands.source} ${stands.observedAt}`;
  }
  return figures;
}

async function countLedger(server: TestServer): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from stock_observation`.execute(
    server.ctx.db,
  );
  return rows[0]?.count ?? 0;
}

test("what a pharmacy says is on its shelf, and the same again changes nothing and enters the ledger once", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility({ kind: "pharmacy" });
  const said = aReport(id, "m-a 5@-10, m-b 7@-10");
  const first = await recordStock(server.ctx, said);
  const again = await recordStock(server.ctx, said);
  expect(first.outcomes.map(({ kind }) => kind)).toEqual(["changed", "changed"]);
  expect(again.outcomes.map(({ kind }) => kind)).toEqual(["repeated", "repeated"]);
  expect(await shown(server, id, ["m-a", "m-b"])).toEqual({
    "m-a": `5 api ${ago(10)}`,
    "m-b": `7 api ${ago(10)}`,
  });
  expect(await countLedger(server)).toBe(2);
});

test("a confirmation makes a line younger and takes no row of the ledger", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility({ kind: "pharmacy" });
  await recordStock(server.ctx, aReport(id, "m-a 5@-100"));
  const { outcomes } = await recordStock(server.ctx, aReport(id, "m-a 5@-10"));
  expect(outcomes.map(({ kind }) => kind)).toEqual(["unchanged"]);
  expect(await shown(server, id, ["m-a"])).toEqual({ "m-a": `5 api ${ago(10)}` });
  expect(await countLedger(server)).toBe(1);
});

test("a full list confirms with one fact, and what it does not have is gone", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility({ kind: "pharmacy" });
  await recordStock(server.ctx, aReport(id, "m-a 5@-100, m-b 7@-100, m-c 9@-20"));
  const list = aReport(id, "m-a 5@-50", { full: { observedAt: ago(50) } });
  const { gone } = await recordStock(server.ctx, list);
  expect(gone).toBe(1);
  expect(await shown(server, id, ["m-a", "m-b", "m-c"])).toEqual({
    "m-a": `5 api ${ago(50)}`,
    "m-c": `9 api ${ago(20)}`,
  });
  const late = await recordStock(server.ctx, aReport(id, "m-b 3@-60, m-d 3@-60"));
  expect(late.outcomes.map(({ kind }) => kind)).toEqual(["superseded", "superseded"]);
});

test("a line from the future is refused, the others are not", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility({ kind: "pharmacy" });
  const said = aReport(id, "m-a 5@-10");
  const future = { medicine: "m-b", value: { quantity: 1 }, observedAt: later(NOON, 3_600_000) };
  const { outcomes } = await recordStock(server.ctx, { ...said, lines: [...said.lines, future] });
  expect(outcomes.map(({ kind }) => kind)).toEqual(["changed", "refused"]);
  const nowhere = await recordStock(server.ctx, aReport(FacilityId.parse("f-nowhere"), "m-a 5@-10"));
  expect(nowhere.outcomes).toEqual([{ kind: "refused", reason: "no-such-facility" }]);
});

test("the general door takes medicines to the same shelf, each report once", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility({ kind: "pharmacy" });
  const machine = await server.machineOf(id);
  const line = (quantity: number, sourceRef?: string) => ({
    facility: id,
    subject: "medicine:m-a",
    value: { quantity, priceMinor: 1250, expiresOn: "2027-01-31", lot: "B7" },
    observedAt: NOON,
    ...(sourceRef === undefined ? {} : { sourceRef }),
  });
  const bed = { facility: id, subject: "bed:icu", value: { staffed: 4 }, observedAt: NOON };
  const observations = [line(5, "1"), bed, line(5, "1"), { ...line(5), value: { quantity: -1 } }];
  const first = await machine.call(reportObservations, { body: { observations } });
  expect(first.results.map(({ outcome }) => outcome)).toEqual([
    "accepted",
    "accepted",
    "duplicate",
    "rejected",
  ]);
  expect(first.results[0]?.observation).toBe(first.results[2]?.observation);
  const again = await machine.call(reportObservations, {
    body: { observations: [line(5, "1"), line(6, "2")] },
  });
  expect(again.results.map(({ outcome }) => outcome)).toEqual(["duplicate", "accepted"]);
  expect((await findStock(server.ctx, id, "m-a"))?.value).toEqual({
    quantity: 6,
    priceMinor: 1250,
    expiresOn: "2027-01-31",
    lot: "B7",
  });
});

test("nothing has changed: the whole shelf is seen now, without a row of the ledger", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility({ kind: "pharmacy" });
  const machine = await server.machineOf(id);
  await recordStock(server.ctx, aReport(id, "m-a 5@-100, m-b 0@-100"));
  await machine.call(confirmFigures, { params: { id } });
  expect(await shown(server, id, ["m-a", "m-b"])).toEqual({ "m-a": `5 api ${NOON}` });
  expect(await countLedger(server)).toBe(2);
});

test("a leading source is believed until it expires, whoever speaks later", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility({ kind: "pharmacy" });
  await sql`update facility set leads = '[{"subject": "medicine", "source": "api", "correctionS": 0}]'`.execute(
    server.ctx.db,
  );
  await recordStock(server.ctx, aReport(id, "m-a 5@-100"));
  const other = await recordStock(
    server.ctx,
    aReport(id, "m-a 9@-10", { source: "file", sender: "operator" }),
  );
  expect(other.outcomes.map(({ kind }) => kind)).toEqual(["superseded"]);
  expect((await findStock(server.ctx, id, "m-a"))?.value.quantity).toBe(5);
});

test("another process sees the same shelves, and so does one that is started anew", async () => {
  await using server = await testServer();
  await using other = await server.another();
  const { id } = await server.aFacility({ kind: "pharmacy" });
  await recordStock(server.ctx, aReport(id, "m-a 5@-10, m-b 7@-10"));
  await recordStock(server.ctx, aReport(id, "m-a 4@-5", { full: { observedAt: ago(5) } }));
  const shelves = await other.app.shelves();
  await expect.poll(() => shelves.figureAt(id, "m-b", NOON)?.quantity, { timeout: 10_000 }).toBe(0);
  expect(shelves.figureAt(id, "m-a", NOON)).toMatchObject({ quantity: 4, observedAt: ago(5), source: "api" });
  await server.restart();
  expect(await shown(server, id, ["m-a", "m-b"])).toEqual({ "m-a": `4 api ${ago(5)}` });
});

test("two lists of one pharmacy at once are taken in one after the other", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility({ kind: "pharmacy" });
  const list = (quantity: number, seconds: number) =>
    aReport(id, Array.from({ length: 200 }, (_, n) => `m-${n} ${quantity + n}@-${seconds}`).join(", "), {
      full: { observedAt: ago(seconds) },
    });
  await Promise.all([list(1, 30), list(1000, 10), list(5, 20)].map((one) => recordStock(server.ctx, one)));
  expect(await shown(server, id, ["m-0", "m-199"])).toEqual({
    "m-0": `1000 api ${ago(10)}`,
    "m-199": `1199 api ${ago(10)}`,
  });
});

test("any order, repetition and division of the same reports ends in the same shelf", async () => {
  await using server = await testServer();
  const medicines = ["m-a", "m-b", "m-c"];
  const oneReport = fc.record({
    seconds: fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 1 }),
    source: fc.constantFrom<Source>("staff", "api", "file"),
    isFull: fc.boolean(),
    quantities: fc.dictionary(fc.constantFrom(...medicines), fc.integer({ min: 0, max: 9 })),
  });
  // Two words of one source of one moment are in the order in which they came, and in no other.
  const reports = fc.uniqueArray(oneReport, { maxLength: 7, selector: ({ seconds }) => seconds[0] });
  const orders = fc.array(fc.nat({ max: 20 }), { minLength: 14, maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(reports, orders, async (given, order) => {
      const said = given.map(({ seconds: [seconds = 1], source, isFull, quantities }) => (id: FacilityId) => {
        const lines = Object.entries(quantities).map(([medicine, quantity]) => ({
          medicine,
          value: { quantity },
          observedAt: ago(seconds),
        }));
        return {
          facility: id,
          source,
          sender: "x",
          lines,
          ...(isFull ? { full: { observedAt: ago(seconds) } } : {}),
        };
      });
      const inOrder = await server.aFacility({ kind: "pharmacy" });
      for (const one of said) await recordStock(server.ctx, one(inOrder.id));
      const shuffled = await server.aFacility({ kind: "pharmacy" });
      const many = [...said, ...said].map((one, place) => ({ one, place: order[place] ?? 0 }));
      for (const { one } of many.sort((a, b) => a.place - b.place))
        await recordStock(server.ctx, one(shuffled.id));
      expect(await shown(server, shuffled.id, medicines)).toEqual(await shown(server, inOrder.id, medicines));
    }),
    { numRuns: 25 },
  );
});
