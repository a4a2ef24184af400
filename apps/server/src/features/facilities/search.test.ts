import { reportBeds, reportObservations, retractObservations } from "@ihims/core/observations/endpoints.ts";
import { getBedTotals, listFacilities } from "@ihims/core/facilities/endpoints.ts";
import type { Facility, FacilityProfile } from "@ihims/core/facilities/schema.ts";
import { describe, expect, test } from "vitest";
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

test("for a bed the sooner care comes first, so that a stale figure stands behind a fresher one further off", async () => {
  await using server = await testServer();
  await reportFree(server, await hospital(server, "Stale, 1 km", 1000), 9, "09:00");
  await reportFree(server, await hospital(server, "Fresh, 2.5 km", 2500), 9, "11:50");
  await reportFree(server, await hospital(server, "Fresh, 9 km", 9000), 9, "11:50");
  await reportFree(server, await hospital(server, "Full, 0.5 km", 500), 0, "11:50");
  await reportFree(server, await hospital(server, "Expired, 0.7 km", 700), 3, "06:00");
  const order = ["Fresh, 2.5 km", "Stale, 1 km", "Fresh, 9 km"];
  expect(await namesNear(server, { bed: "icu" })).toEqual(order);
  expect(await namesNear(server, { bed: "icu", limit: 1 })).toEqual(order.slice(0, 1));
  expect(await namesNear(server, { bed: "icu", sort: "distance" })).toEqual([
    "Stale, 1 km",
    "Fresh, 2.5 km",
    "Fresh, 9 km",
  ]);
});

test("in the order of care page by page each facility comes once", async () => {
  await using server = await testServer();
  for (const metres of [100, 100, 900, 2000, 3000, 9000]) {
    const { id } = await server.aFacility({
      name: `At ${metres}`,
      position: { lat: HERE.lat + metres / 111_195, lon: HERE.lon },
      specialties: ["cardiology"],
    });
    expect(id).not.toBe("");
  }
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await server.anybody.call(listFacilities, {
      query: { near: NEAR, specialty: "cardiology", limit: 2, cursor },
    });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(new Set(ids).size).toBe(6);
  expect(ids.length).toBe(6);
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

describe("each filter leaves only what it names", () => {
  /** Two hospitals that differ in one thing: the names of those that a filter leaves. */
  async function left(differing: Partial<FacilityProfile>, query: object): Promise<string[]> {
    await using server = await testServer();
    await server.aFacility({ name: "With", ...differing });
    await server.aFacility({ name: "Without" });
    return await namesNear(server, query);
  }
  const scheme = (more: object) => ({ scheme: "pm-jay", specialties: [], from: null, to: null, ...more });

  test.each([
    ["specialty", { specialties: ["cardiology"] }, { specialty: "cardiology" }],
    ["condition", { specialties: ["urology"] }, { condition: "kidney stone" }],
    ["condition by its id in the vocabulary", { specialties: ["urology"] }, { condition: "kidney-stone" }],
    ["condition in Marathi", { specialties: ["urology"] }, { condition: "मुतखडा" }],
    ["service", { services: ["mri"] }, { service: "mri" }],
    ["scheme", { schemes: [scheme({})] }, { scheme: "pm-jay" }],
    ["open", { hours: { kind: "always" as const } }, { open: "now" }],
    ["kind", { kind: "clinic" as const }, { kind: "clinic" }],
  ])("%s", async (_, differing, query) => {
    expect(await left(differing, query)).toEqual(["With"]);
  });

  test("a scheme counts for its specialties, and between its days", async () => {
    const cardiology = {
      specialties: ["cardiology", "urology"],
      schemes: [scheme({ specialties: ["cardiology"] })],
    };
    expect(await left(cardiology, { scheme: "pm-jay", specialty: "cardiology" })).toEqual(["With"]);
    expect(await left(cardiology, { scheme: "pm-jay", specialty: "urology" })).toEqual([]);
    expect(await left({ schemes: [scheme({ to: "2026-02-28" })] }, { scheme: "pm-jay" })).toEqual([]);
    expect(await left({ schemes: [scheme({ from: "2099-01-01" })] }, { scheme: "pm-jay" })).toEqual([]);
  });

  test("a service that is told to be down is not offered, until that is old", async () => {
    await using server = await testServer();
    const { id } = await server.aFacility({ services: ["mri"] });
    const machine = await server.machineOf(id);
    const report = (available: boolean, observedAt: string) =>
      machine.call(reportObservations, {
        body: { observations: [{ facility: id, subject: "service:mri", value: { available }, observedAt }] },
      });
    await report(false, at("11:00"));
    expect(await namesNear(server, { service: "mri" })).toEqual([]);
    await report(true, at("11:30"));
    expect(await namesNear(server, { service: "mri" })).toEqual(["Riverside Hospital"]);
  });
});

test("what somebody needs is listed by expected time to care, each with its reasons, and echoed", async () => {
  await using server = await testServer();
  const heart = { specialties: ["cardiology"], hours: { kind: "always" as const } };
  await server.aFacility({ name: "Heart", ...heart, position: { lat: 18.53, lon: 73.85 } });
  const { items, filters } = await server.anybody.call(listFacilities, {
    query: { near: NEAR, specialty: "cardiology", lang: "hi" },
  });
  expect(filters).toMatchObject({ sort: "care", specialty: "cardiology", specialties: ["cardiology"] });
  expect(items[0]?.care?.travel?.by).toBe("detour");
  expect(items[0]?.care?.reasons.map(({ code }) => code)).toEqual([
    "offers:cardiology",
    "open-always",
    "travel",
  ]);
  expect(items[0]?.care?.reasons[1]?.words).toBe("अभी खुला");
  const plain = await server.anybody.call(listFacilities, { query: { near: NEAR } });
  expect(plain.filters.sort).toBe("distance");
  expect(plain.items[0]?.care).toBeUndefined();
});

test("whatever somebody needs, the two nearest emergency departments are given as well", async () => {
  await using server = await testServer();
  for (const metres of [5000, 800, 300])
    await server.aFacility({
      name: `Emergency at ${metres}`,
      hasEmergency: true,
      position: { lat: HERE.lat + metres / 111_195, lon: HERE.lon },
    });
  const ask = (query: object) => server.anybody.call(listFacilities, { query: { near: NEAR, ...query } });
  const nothing = await ask({ service: "mri", sort: "distance" });
  expect(nothing.items).toEqual([]);
  expect(nothing.emergencyDepartments?.map(({ name }) => name)).toEqual([
    "Emergency at 300",
    "Emergency at 800",
  ]);
  expect((await ask({})).emergencyDepartments).toBeUndefined();
});

test("the shortest told waiting comes first, and those that tell none last", async () => {
  await using server = await testServer();
  for (const [name, metres, minutes] of [
    ["Long", 100, 90],
    ["Short", 2000, 10],
    ["Silent", 50, undefined],
  ] as const) {
    const { id } = await hospital(server, name, metres);
    if (minutes === undefined) continue;
    const machine = await server.machineOf(id);
    const value = { minutes };
    await machine.call(reportObservations, {
      body: { observations: [{ facility: id, subject: "waiting:opd", value, observedAt: at("11:50") }] },
    });
  }
  expect(await namesNear(server, { sort: "waiting" })).toEqual(["Short", "Long", "Silent"]);
});

test("what cannot be understood is refused by the name of its parameter", async () => {
  await using server = await testServer();
  const refusalOf = async (query: string) => {
    const response = await server.app.fastify.inject({ url: `/api/v1/facilities?${query}` });
    return [
      response.statusCode,
      response.json<{ errors?: { parameter?: string }[] }>().errors?.[0]?.parameter,
    ];
  };
  expect(await refusalOf("near=18.5,73.8&specialty=magic")).toEqual([400, "specialty"]);
  expect(await refusalOf("near=18.5,73.8&condition=qqqq%20zzzz")).toEqual([400, "condition"]);
  expect(await refusalOf("sort=care")).toEqual([400, "sort"]);
  expect(await refusalOf("near=18.5,73.8&scheme=A%20B")).toEqual([400, "scheme"]);
});
