import type { Facility } from "@ihims/core/facilities/schema.ts";
import { getAvailability, matchPrescription } from "@ihims/core/stock/endpoints.ts";
import { later, HOUR_MS, type Instant } from "@ihims/core/time.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { recordStock } from "../observations/observations.ts";
import { aCatalogue, type ProductName } from "./testing/catalogue.ts";

const HERE = { lat: 18.5, lon: 73.8 };
const NOON = at("12:00");
const ago = (hours: number): Instant => later(NOON, -hours * HOUR_MS);
/** About a kilometre to the north. */
const KM = 0.009;

let server: TestServer;
let ids: Awaited<ReturnType<typeof aCatalogue>>;

beforeAll(async () => {
  server = await testServer();
  ids = await aCatalogue(server.ctx);
});
afterAll(() => server[Symbol.asyncDispose]());

/** A pharmacy `km` to the north of somewhere, with what it has: packs, price in rupees, hours ago. */
async function aShop(
  name: string,
  place: { lat: number; lon: number },
  km: number,
  stock: Partial<Record<ProductName, [quantity: number, price: number, hoursAgo: number]>>,
  more: Partial<Facility> = {},
): Promise<Facility> {
  const position = { lat: place.lat + km * KM, lon: place.lon };
  const shop = await server.aFacility({
    name,
    kind: "pharmacy",
    position,
    hours: { kind: "always" },
    ...more,
  });
  const lines = Object.entries(stock).map(([product, [quantity, price, hours]]) => ({
    // The keys are those of the table.
    medicine: ids[product as ProductName],
    value: { quantity, priceMinor: price * 100 },
    observedAt: ago(hours),
  }));
  await recordStock(server.ctx, { facility: shop.id, source: "api", sender: "key:1", lines });
  return shop;
}

const nearOf = ({ lat, lon }: { lat: number; lon: number }) => `${lat},${lon}`;

test("who has it comes before who usually has it, each with its age; an expired number is withdrawn", async () => {
  await aShop("Stale", HERE, 0.2, { amovic: [9, 200, 40] });
  await aShop("Far", HERE, 3, { amovic: [9, 210, 1] });
  await aShop("Few", HERE, 2.5, { amovic: [2, 190, 1] });
  await aShop("Gone", HERE, 0.1, { amovic: [0, 200, 1] });
  await aShop("Expired", HERE, 0.1, { amovic: [9, 200, 80] });
  await aShop("Elsewhere", HERE, 30, { amovic: [9, 200, 1] });
  await aShop("Other brand", HERE, 1, { clavoral: [5, 150, 1], clavoralForte: [5, 100, 1] });
  const answer = await server.anybody.call(getAvailability, {
    params: { id: ids.amovic },
    query: { near: nearOf(HERE) },
  });
  expect(answer.items.map(({ name, stock }) => [name, stock.level, stock.value?.quantity ?? null])).toEqual([
    ["Far", "in-stock", 9],
    ["Few", "low", 2],
    ["Stale", "usually", 9],
    ["Expired", "not-confirmed", null],
  ]);
  expect(answer.items[0]).toMatchObject({
    distance: 3002,
    open: { state: "open" },
    stock: { value: { priceMinor: 21000 }, observedAt: ago(1), source: "api", freshness: "live" },
  });
  expect(answer.counts).toEqual({ "in-stock": 1, low: 1, usually: 1, "not-confirmed": 1, out: 1 });
  expect(answer.currency).toBe("INR");
  // The other strength never stands in for it.
  expect(answer.equivalents.map(({ id, places, nearest }) => [id, places, nearest.name])).toEqual([
    [ids.clavoral, 1, "Other brand"],
  ]);
});

test("the list goes on from page to page, and what was asked is said again", async () => {
  const there = { lat: 10, lon: 70 };
  for (let n = 1; n <= 5; n += 1) await aShop(`Shop ${n}`, there, n / 2, { cetrimax: [9, 20, 1] });
  const names: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await server.anybody.call(getAvailability, {
      params: { id: ids.cetrimax },
      query: { near: nearOf(there), radius: 2200, limit: 2, ...(cursor === undefined ? {} : { cursor }) },
    });
    names.push(...page.items.map(({ name }) => name));
    expect(page.filters).toEqual({ near: there, radius: 2200, open: null, packs: 1 });
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(names).toEqual(["Shop 1", "Shop 2", "Shop 3", "Shop 4"]);
});

test("what is not in the catalogue is not found, and a parameter that cannot be is named", async () => {
  const call = (id: string, query: object) => server.anybody.call(getAvailability, { params: { id }, query });
  await expect(call("m-nothing", {})).rejects.toThrow("404");
  await expect(call("nothing", {})).rejects.toThrow("404");
  await expect(call(ids.amovic, { packs: 0 })).rejects.toThrow("packs");
});

test("a prescription: one shop that has all, and no shop is said to have what is not fresh", async () => {
  const there = { lat: 12, lon: 72 };
  await aShop("All", there, 2, { amovic: [9, 200, 1], paracip: [9, 12, 1], metsulin: [9, 30, 1] });
  await aShop("All of it yesterday", there, 0.5, {
    amovic: [9, 1, 50],
    paracip: [9, 1, 50],
    metsulin: [9, 1, 50],
  });
  await aShop("Two of three", there, 1, { clavoral: [9, 150, 1], paracip: [9, 10, 1] });
  const answer = await server.anybody.call(matchPrescription, {
    body: {
      lines: [
        { medicine: ids.amovic, packs: 2 },
        { text: "Paracip 500 Tablet" },
        { text: "Metsulin 500 Tablet" },
      ],
      near: there,
    },
  });
  expect(answer.lines.map(({ medicine }) => medicine?.id)).toEqual([ids.amovic, ids.paracip, ids.metsulin]);
  expect(
    answer.one.map(({ visits, priceMinor }) => [visits.map(({ place }) => place.name), priceMinor]),
  ).toEqual([[["All"], 2 * 20000 + 1200 + 3000]]);
  expect(answer.one[0]?.reasons[0]).toEqual({ code: "lines:all", words: "Has all 3 medicines" });
  expect(answer.most).toEqual([]);
});

test("a prescription: two shops together, with another maker's box where the brand is missing, and said so", async () => {
  const there = { lat: 14, lon: 72 };
  await aShop("North", there, 1, { clavoral: [9, 150, 1] });
  await aShop("Further", there, 2, { metsulin: [9, 30, 1], clavoralForte: [9, 90, 1] });
  const body = { lines: [{ medicine: ids.amovic }, { medicine: ids.metsulin }], near: there };
  const answer = await server.anybody.call(matchPrescription, { body });
  expect(answer.one).toEqual([]);
  const [pair] = answer.two;
  expect(
    pair?.visits.map(({ place, offers }) => [
      place.name,
      offers.map(({ medicine, isEquivalent }) => [medicine.id, isEquivalent]),
    ]),
  ).toEqual([
    ["North", [[ids.clavoral, true]]],
    ["Further", [[ids.metsulin, false]]],
  ]);
  expect(pair?.reasons.map(({ code }) => code)).toEqual(["lines:together", "equivalent", "open:now"]);
  expect(pair?.travel?.seconds).toBeGreaterThan(0);
  const exact = await server.anybody.call(matchPrescription, { body: { ...body, equivalents: false } });
  expect(exact.two).toEqual([]);
  expect(exact.most.map(({ missing }) => missing)).toEqual([[0]]);
});

test("a line that may mean several medicines is asked back, never guessed", async () => {
  const answer = await server.anybody.call(matchPrescription, {
    body: { lines: [{ text: "Clavoral" }, { text: "zzzz" }], near: HERE },
  });
  expect(answer.lines[0]).toMatchObject({ medicine: null });
  expect(answer.lines[0]?.candidates.map(({ id }) => id).sort()).toEqual(
    [ids.clavoral, ids.clavoralForte].sort(),
  );
  expect(answer.lines[1]).toMatchObject({ medicine: null, candidates: [] });
});
