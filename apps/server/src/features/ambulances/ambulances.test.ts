import { describe, expect, test } from "vitest";
import { getAmbulance, listAmbulances, reportPosition } from "@ihims/core/ambulances/endpoints.ts";
import { changeFacility } from "@ihims/core/facilities/endpoints.ts";
import { at, testServer, type TestServer } from "../../testing/server.ts";

const NEAR = "18.52,73.85";
const PRICE = { currency: "INR", baseMinor: 80_000, baseKm: 5, perKmMinor: 2_500 };

async function aService(server: TestServer, more = {}) {
  const service = await server.aFacility({
    name: "City Ambulance",
    kind: "ambulance-service",
    phones: [{ number: "+912025550100" }],
    vehicles: [
      { id: "MH12-1", type: "als", callSign: "Ambulance 1", phone: "+912025550101", price: PRICE },
      { id: "MH12-2", type: "bls", callSign: "Ambulance 2" },
      { id: "MH12-3", type: "bls", callSign: "Ambulance 3" },
    ],
    ...more,
  });
  const machine = await server.machineOf(service.id);
  const report = (vehicle: string, body: object) =>
    machine.call(reportPosition, {
      params: { id: `${service.id}.${vehicle}` },
      body: { position: { lat: 18.52, lon: 73.85 }, ...body },
    });
  return { service, machine, report };
}

const names = async (server: TestServer, query: object = {}) =>
  (await server.anybody.call(listAmbulances, { query: { near: NEAR, ...query } })).items.map(
    ({ callSign }) => callSign,
  );

test("an ambulance is listed with its telephone, its price and where it is, each with its age", async () => {
  await using server = await testServer();
  const { service, report } = await aService(server);
  await report("MH12-1", {
    position: { lat: 18.53, lon: 73.85 },
    state: "available",
    observedAt: at("11:59"),
  });
  const { items, reporting } = await server.anybody.call(listAmbulances, { query: { near: NEAR } });
  expect(reporting).toEqual({ reporting: 1, of: 3 });
  expect(items[0]).toMatchObject({
    id: `${service.id}.MH12-1`,
    type: "als",
    phone: "+912025550101",
    price: PRICE,
    distance: 1112,
    figure: {
      value: { state: "available", position: { lat: 18.53, lon: 73.85 } },
      observedAt: at("11:59"),
      freshness: "live",
    },
  });
  // Of the others nobody knows where they are, but they can be called.
  expect(items[1]).toMatchObject({
    phone: "+912025550100",
    price: null,
    figure: { value: null, freshness: "unknown" },
  });
});

test("the free come first, then those of whom nobody knows, then those on their way; off duty is not shown", async () => {
  await using server = await testServer();
  const { report } = await aService(server, { position: { lat: 18.6, lon: 73.85 } });
  await report("MH12-1", { state: "busy" });
  await report("MH12-2", { position: { lat: 18.55, lon: 73.85 }, state: "available" });
  expect(await names(server)).toEqual(["Ambulance 2", "Ambulance 3", "Ambulance 1"]);
  await report("MH12-1", { state: "off-duty", observedAt: at("12:01") });
  expect(await names(server)).toEqual(["Ambulance 2", "Ambulance 3"]);
  expect(await names(server, { state: "off-duty" })).toEqual(["Ambulance 1"]);
  expect(await names(server, { type: "als" })).toEqual([]);
});

test("a place that was told a quarter of an hour ago is withdrawn, and the ambulance is still there to be called", async () => {
  await using server = await testServer();
  const { service, report } = await aService(server);
  await report("MH12-1", { state: "available" });
  server.clock.set(at("12:16"));
  const one = await server.anybody.call(getAmbulance, { params: { id: `${service.id}.MH12-1` } });
  expect(one).toMatchObject({
    phone: "+912025550101",
    figure: { value: null, freshness: "expired", observedAt: at("12:00") },
  });
});

test("a report without a state leaves the state as it was", async () => {
  await using server = await testServer();
  const { report } = await aService(server);
  await report("MH12-1", { state: "busy", observedAt: at("11:58") });
  const { outcome, figure } = await report("MH12-1", { position: { lat: 18.521, lon: 73.85 } });
  expect(outcome).toBe("changed");
  expect(figure.value).toEqual({ state: "busy", position: { lat: 18.521, lon: 73.85 } });
});

test("a late report of a place changes nothing that is shown", async () => {
  await using server = await testServer();
  const { report } = await aService(server);
  await report("MH12-1", { state: "busy" });
  const { outcome, figure } = await report("MH12-1", { state: "available", observedAt: at("11:50") });
  expect(outcome).toBe("superseded");
  expect(figure.value).toMatchObject({ state: "busy" });
});

test("pages of ambulances are whole: each once, in the same order", async () => {
  await using server = await testServer();
  await aService(server);
  const all = await names(server);
  const paged: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await server.anybody.call(listAmbulances, {
      query: { near: NEAR, limit: 1, ...(cursor !== undefined && { cursor }) },
    });
    paged.push(...page.items.map(({ callSign }) => callSign));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(paged).toEqual(all);
});

describe("refused", () => {
  test("another's key, a vehicle that is not there, a time that has not come", async () => {
    await using server = await testServer();
    const { service, report } = await aService(server);
    const other = await server.aFacility({ name: "Other" });
    const stranger = await server.machineOf(other.id);
    const params = { id: `${service.id}.MH12-1` };
    const body = { position: { lat: 18.5, lon: 73.8 } };
    await expect(stranger.call(reportPosition, { params, body })).rejects.toThrow(/^403/);
    await expect(server.anybody.call(reportPosition, { params, body })).rejects.toThrow(/^401/);
    await expect(report("MH12-9", {})).rejects.toThrow(/^404/);
    await expect(report("MH12-1", { observedAt: at("12:06") })).rejects.toThrow(/^409/);
    await expect(report("MH12-1", { position: { lat: 118, lon: 73 } })).rejects.toThrow(/^400/);
    await expect(server.anybody.call(getAmbulance, { params: { id: "nobody.x" } })).rejects.toThrow(/^404/);
  });

  test("two vehicles of one name at a facility", async () => {
    await using server = await testServer();
    const { service } = await aService(server);
    const administrator = await server.person("administrator", service.id);
    const one = { id: "A", type: "bls" as const, callSign: "One" };
    const change = administrator.call(changeFacility, {
      params: { id: service.id },
      body: { vehicles: [one, { ...one, callSign: "Two" }] },
    });
    await expect(change).rejects.toThrow(/^400/);
  });
});
