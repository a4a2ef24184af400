import { reportBeds, reportObservations, retractObservations } from "@ihims/core/observations/endpoints.ts";
import { getBedTotals, listFacilities } from "@ihims/core/facilities/endpoints.ts";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import { expect, test } from "vitest";
import { at, testServer, type TestServer } from "../../testing/server.ts";

const HERE = { lat: 18.52, lon: 73.85 };
const NEAR = "18.52,73.85";

/** A hospital this many metres north of where is asked from. */
function hospital(server: TestServer, name: string, metres: number): Promise<Facility> {
  return server.aFacility({ name, position: { lat: HERE.lat + metres / 111_195, lon: HERE.lon } });
}

/** ICU beds reported free by a hospital as seen at some time. */
async function reportFree(server: TestServer, { id }: Facility, free: number, seen: string): Promise<string> {
  const machine = await server.machineOf(id);
  const { observation } = await machine.call(reportBeds, {
    params: { id, type: "icu" },
    body: { staffed: 10, occupied: 10 - free, observedAt: at(seen) },
  });
  return observation;
}

async function namesNear(server: TestServer, query: object): Promise<string[]> {
  const { items } = await server.anybody.call(listFacilities, { query: { near: NEAR, ...query } });
  return items.map(({ name }) => name);
}

test("facilities come nearest first, with their distance in metres", async () => {
  await using server = await testServer();
  await hospital(server, "Far", 900);
  await hospital(server, "Near", 100);
  const { items } = await server.anybody.call(listFacilities, { query: { near: NEAR } });
  expect(items.map(({ name, distance }) => [name, distance])).toEqual([
    ["Near", 100],
    ["Far", 900],
  ]);
});

test("page by page each facility comes once, also of many at one address", async () => {
  await using server = await testServer();
  for (const name of ["A", "B", "C", "D", "E", "F"]) await hospital(server, name, 50);
  await hospital(server, "Beyond", 60);
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await server.anybody.call(listFacilities, { query: { near: NEAR, limit: 2, cursor } });
    names.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(names.at(-1)).toBe("Beyond");
  expect(names.toSorted()).toEqual(["A", "B", "Beyond", "C", "D", "E", "F"]);
});

test("among places for a bed a stale figure counts as two kilometres further off", async () => {
  await using server = await testServer();
  await reportFree(server, await hospital(server, "Stale, 1 km", 1000), 3, "09:00");
  await reportFree(server, await hospital(server, "Fresh, 2.5 km", 2500), 3, "11:50");
  await reportFree(server, await hospital(server, "Fresh, 3.5 km", 3500), 3, "11:50");
  await reportFree(server, await hospital(server, "Full, 0.5 km", 500), 0, "11:50");
  await reportFree(server, await hospital(server, "Expired, 0.7 km", 700), 3, "06:00");
  const order = ["Fresh, 2.5 km", "Stale, 1 km", "Fresh, 3.5 km"];
  expect(await namesNear(server, { bed: "icu" })).toEqual(order);
  expect(await namesNear(server, { bed: "icu", limit: 1 })).toEqual(order.slice(0, 1));
});

test("the list says how many of those that have such beds report them", async () => {
  await using server = await testServer();
  await reportFree(server, await hospital(server, "Fresh", 1000), 0, "11:50");
  await reportFree(server, await hospital(server, "Expired", 2000), 3, "06:00");
  await reportFree(server, await hospital(server, "Far", 30_000), 3, "11:50");
  await server.aFacility({ name: "Silent", bedTypes: ["icu"] });
  const reportingOf = async (query: object) =>
    (await server.anybody.call(listFacilities, { query: { near: NEAR, bed: "icu", ...query } })).reporting;
  expect(await reportingOf({})).toEqual({ reporting: 2, of: 4 });
  expect(await reportingOf({ radius: 10_000 })).toEqual({ reporting: 1, of: 3 });
  expect(await reportingOf({ kind: "clinic" })).toEqual({ reporting: 0, of: 0 });
});

test("the sums of the city follow each report, each that is taken back, and the time", async () => {
  await using server = await testServer();
  const one = await hospital(server, "One", 100);
  const machine = await server.machineOf(one.id);
  const icu = async () => {
    const { items } = await server.anybody.call(getBedTotals);
    return items.find(({ type }) => type === "icu");
  };
  expect(await icu()).toBeUndefined();
  const { results } = await machine.call(reportObservations, {
    body: {
      observations: [
        {
          facility: one.id,
          subject: "bed:icu",
          value: { staffed: 10, occupied: 4 },
          observedAt: at("11:50"),
        },
      ],
    },
  });
  expect(await icu()).toMatchObject({ staffed: 10, free: 6, reporting: 1, of: 1 });
  await machine.call(retractObservations, { body: { observations: [results[0]?.observation ?? ""] } });
  expect(await icu()).toMatchObject({ staffed: 0, free: 0, reporting: 0, of: 1 });
  await reportFree(server, one, 2, "11:59");
  expect(await icu()).toMatchObject({ free: 2, reporting: 1, of: 1 });
  server.clock.set(at("17:00"));
  expect(await icu()).toMatchObject({ free: 0, reporting: 0, of: 1 });
});

test("a hospital that first speaks of a type is found by it at once", async () => {
  await using server = await testServer();
  const one = await hospital(server, "One", 100);
  expect(await namesNear(server, { bed: "icu" })).toEqual([]);
  await reportFree(server, one, 1, "11:59");
  expect(await namesNear(server, { bed: "icu" })).toEqual(["One"]);
  await reportFree(server, one, 0, "12:00");
  expect(await namesNear(server, { bed: "icu" })).toEqual([]);
});
