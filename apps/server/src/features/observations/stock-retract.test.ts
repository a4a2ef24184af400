import type { FacilityId, ObservationId } from "@ihims/core/ids.ts";
import { requestHold } from "@ihims/core/holds/endpoints.ts";
import { reportObservations, retractObservations } from "@ihims/core/observations/endpoints.ts";
import { later, SECOND_MS, type Instant } from "@ihims/core/time.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { at, testServer, type Caller, type TestServer } from "../../testing/server.ts";
import { findStock } from "../stock/stock.ts";
import { recordStock } from "./observations.ts";

const NOON = at("12:00");
const MEDICINE = "m-a";

let server: TestServer;
let shop: FacilityId;
let chemist: Caller;
let count = 0;

beforeAll(async () => void (server = await testServer()));
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  server.clock.set(NOON);
  shop = (await server.aFacility({ kind: "pharmacy" })).id;
  chemist = await server.person("administrator", shop, `chemist${++count}@example.org`);
});

/** Type a number over, some seconds after noon: the report that can be taken back. */
async function type(quantity: number, seconds: number, who = chemist): Promise<ObservationId> {
  const observedAt = later(NOON, seconds * SECOND_MS);
  server.clock.set(observedAt);
  const value = { quantity };
  const observations = [{ facility: shop, subject: `medicine:${MEDICINE}`, value, observedAt }];
  const { results } = await who.call(reportObservations, { body: { observations } });
  const [result] = results;
  if (!result || !("observation" in result) || !result.observation) throw new Error("it was not taken in");
  return result.observation;
}

const takeBack = (ids: ObservationId[], who = chemist) =>
  who.call(retractObservations, { body: { observations: ids } });
const list = (observedAt: Instant, quantity: number | undefined, source: "api" | "staff" = "api") =>
  recordStock(server.ctx, {
    facility: shop,
    source,
    sender: "key:1",
    lines: quantity === undefined ? [] : [{ medicine: MEDICINE, value: { quantity }, observedAt }],
    full: { observedAt },
  });

/** What stands in the database, in this process, and in one that starts now: always the same. */
async function stands(): Promise<number | undefined> {
  const inDatabase = (await findStock(server.ctx, shop, MEDICINE))?.value.quantity;
  const now = at("12:30");
  expect((await server.app.shelves()).figureAt(shop, MEDICINE, now)?.quantity).toBe(inDatabase);
  await using another = await server.another();
  expect((await another.app.shelves()).figureAt(shop, MEDICINE, now)?.quantity).toBe(inDatabase);
  return inDatabase;
}

test("a number typed over is again what it was before, one step after the other", async () => {
  await type(8, 0);
  const second = await type(9, 10);
  const third = await type(10, 20);
  await takeBack([third]);
  expect(await stands()).toBe(9);
  await takeBack([second]);
  expect(await stands()).toBe(8);
  await type(11, 30);
  expect(await stands()).toBe(11);
});

test("the first number of somebody's own leaves what the list of the shop's system says", async () => {
  await list(NOON, 5);
  const typed = await type(3, 10);
  expect(await stands()).toBe(3);
  await takeBack([typed]);
  expect(await stands()).toBe(5);
});

test("a number that was the only one is gone without it", async () => {
  const typed = await type(3, 10);
  await takeBack([typed]);
  expect(await stands()).toBeUndefined();
  await type(4, 20);
  expect(await stands()).toBe(4);
});

test("what a later report said stays, whether it said another number or the same in a full list", async () => {
  const first = await type(3, 10);
  await type(4, 20);
  await takeBack([first]);
  expect(await stands()).toBe(4);
  const third = await type(6, 30);
  await list(later(NOON, 60 * SECOND_MS), 6, "staff");
  await takeBack([third]);
  expect(await stands()).toBe(6);
});

test("taking back what was promised lets go of the promise", async () => {
  await type(1, 0);
  const more = await type(5, 10);
  const citizen = await server.citizen("+91 98220 33333");
  const body = { facility: shop, subject: `medicine:${MEDICINE}`, units: 3 };
  await citizen.call(requestHold, { body });
  await takeBack([more]);
  const shelves = await server.app.shelves();
  expect(shelves.figureAt(shop, MEDICINE, NOON)).toMatchObject({ quantity: 1, free: 1 });
});

test("only who typed it takes it back, within the hour", async () => {
  const typed = await type(3, 10);
  const other = await server.person("administrator", shop, "other@example.org");
  await expect(takeBack([typed], other)).rejects.toThrow("403");
  await expect(takeBack([typed], await server.citizen("+91 98220 44444"))).rejects.toThrow("404");
  server.clock.set(at("13:01"));
  await expect(takeBack([typed])).rejects.toThrow("409");
  expect(await stands()).toBe(3);
});
