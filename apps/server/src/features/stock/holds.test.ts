import { cancelHold, fulfilHold, listHolds, refuseHold, requestHold } from "@ihims/core/holds/endpoints.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { MedicineId } from "@ihims/core/medicines/schema.ts";
import { getAvailability, getShelf, matchPrescription } from "@ihims/core/stock/endpoints.ts";
import { later, MINUTE_MS, type Instant } from "@ihims/core/time.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newestPosition, readChangesAfter } from "../../platform/changes.ts";
import { at, testServer, type Caller, type TestServer } from "../../testing/server.ts";
import { recordStock } from "../observations/observations.ts";
import { aCatalogue } from "./testing/catalogue.ts";

const NOON = at("12:00");
const NEAR = { lat: 18.52, lon: 73.85 };

let server: TestServer;
let amovic: MedicineId;
let shop: FacilityId;
let chemist: Caller;
let phones = 0;

beforeAll(async () => {
  server = await testServer();
  ({ amovic } = await aCatalogue(server.ctx));
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  server.clock.set(NOON);
  // Each shop is a place of its own, far from the others.
  shop = (await server.aFacility({ kind: "pharmacy", position: { lat: NEAR.lat, lon: NEAR.lon + ++shops } }))
    .id;
  chemist = await server.person("administrator", shop, `chemist${shops}@example.org`);
});
let shops = 0;

const count = (quantity: number, observedAt: Instant = NOON) =>
  recordStock(server.ctx, {
    facility: shop,
    source: "staff",
    sender: "person:1",
    lines: [{ medicine: amovic, value: { quantity, priceMinor: 2000 }, observedAt }],
  });
const aCitizen = () => server.citizen(`+91 98220 2${String(++phones).padStart(4, "0")}`);
const hold = (who: Caller, units = 1) =>
  who.call(requestHold, { body: { facility: shop, subject: `medicine:${amovic}`, units } });

/** Packs that anybody is shown at the shop, and what they are told to have. */
async function shown(of: TestServer["anybody"] = server.anybody): Promise<[string, number] | undefined> {
  const near = { near: `${NEAR.lat},${NEAR.lon + shops}`, radius: 1000 };
  const { items } = await of.call(getAvailability, { params: { id: amovic }, query: near });
  return items[0] && [items[0].stock.level, items[0].stock.value?.quantity ?? -1];
}

test("what is kept for somebody is shown to nobody else, in no list, until it is over", async () => {
  await count(6);
  expect(await shown()).toEqual(["in-stock", 6]);
  const citizen = await aCitizen();
  const held = await hold(citizen, 4);
  expect(held).toMatchObject({ kind: "medicine", units: 4, until: later(NOON, 120 * MINUTE_MS) });
  expect(await shown()).toEqual(["low", 2]);
  await citizen.call(cancelHold, { params: { id: held.id } });
  expect(await shown()).toEqual(["in-stock", 6]);
  await hold(await aCitizen(), 6);
  expect(await shown()).toBeUndefined();
  server.clock.set(at("14:00"));
  expect(await shown()).toEqual(["in-stock", 6]);
});

test("a prescription is not sent to a shop whose last packs are kept for somebody", async () => {
  await count(3);
  const near = { lat: NEAR.lat, lon: NEAR.lon + shops };
  const match = (packs: number) =>
    server.anybody.call(matchPrescription, {
      body: { lines: [{ medicine: amovic, packs }], near, radius: 1000 },
    });
  expect((await match(2)).one).toHaveLength(1);
  await hold(await aCitizen(), 2);
  expect((await match(2)).one).toEqual([]);
  expect((await match(1)).one[0]?.visits[0]?.offers[0]?.stock.value?.quantity).toBe(1);
});

test("those who keep the shelf see what is on it and what of it is kept; what is refused is free again", async () => {
  await count(5);
  const { id } = await hold(await aCitizen(), 2);
  const lines = async () => (await chemist.call(getShelf, { params: { id: shop } })).lines;
  expect(await lines()).toMatchObject([{ quantity: 5, held: 2 }]);
  const { items } = await chemist.call(listHolds, { query: { facility: shop, state: "open" } });
  expect(items.map((one) => one.id)).toEqual([id]);
  await chemist.call(refuseHold, { params: { id }, body: { reason: "Only against a prescription" } });
  expect(await lines()).toMatchObject([{ quantity: 5, held: 0 }]);
  expect(await shown()).toEqual(["in-stock", 5]);
});

test("what was fetched is off the shelf until it is counted anew, once", async () => {
  await count(5);
  const { id } = await hold(await aCitizen(), 2);
  server.clock.set(at("12:30"));
  await chemist.call(fulfilHold, { params: { id } });
  expect(await shown()).toEqual(["low", 3]);
  server.clock.set(at("13:00"));
  expect(await shown()).toEqual(["low", 3]);
  await count(3, at("12:59"));
  expect(await shown()).toEqual(["low", 3]);
});

test("a count that falls lets go of what it does not cover any more", async () => {
  await count(5);
  const first = await aCitizen();
  await hold(first, 3);
  server.clock.set(at("12:01"));
  const second = await aCitizen();
  await hold(second, 2);
  await count(3, at("12:01"));
  const stateOf = async (who: Caller) => (await who.call(listHolds, {})).items[0]?.state;
  expect([await stateOf(first), await stateOf(second)]).toEqual(["requested", "released"]);
  expect(await shown()).toBeUndefined();
});

test("another process, and one that starts anew, leave out what is kept as well", async () => {
  await using second = await server.another();
  await count(6);
  await hold(await aCitizen(), 4);
  const free = async (
    shelves: Promise<{ figureAt: (...of: [FacilityId, string, Instant]) => { free: number } | undefined }>,
  ) => (await shelves).figureAt(shop, amovic, NOON)?.free;
  await expect.poll(() => free(second.app.shelves()), { timeout: 20_000 }).toBe(2);
  await using third = await server.another();
  expect(await free(third.app.shelves())).toBe(2);
});

test("pages that show the medicine are told that some of it is kept", async () => {
  await count(6);
  const before = await newestPosition(server.app.base.db);
  await hold(await aCitizen(), 4);
  const wants: (readonly string[])[] = [];
  await expect
    .poll(
      async () => {
        for (const change of (await readChangesAfter(server.app.base.db, before)) ?? [])
          server.app.stream.frameOf(change, (topics) => Boolean(wants.push(topics)));
        return wants.flat();
      },
      { timeout: 20_000 },
    )
    .toContain(`medicine:${amovic}`);
});
