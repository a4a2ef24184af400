import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCity } from "@ihims/city/city.ts";
import { occupiedOf, type SimulatedEvent } from "@ihims/city/simulation/simulate.ts";
import { getCity, getGround } from "@ihims/core/city/endpoints.ts";
import { getFacility, listFacilities, type FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import { signIn } from "@ihims/core/people/endpoints.ts";
import type { Freshness } from "@ihims/core/observations/schema.ts";
import { instantOf } from "@ihims/core/time.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { createLog } from "../../platform/log.ts";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { startHl7Listener } from "../census/listener.ts";
import {
  DEMONSTRATION_ACCOUNTS,
  findSimulatorAccess,
  makeDemonstration,
  visitorHospitals,
  type SimulatorAccess,
} from "./demonstration.ts";
import type { Outcome } from "./lane.ts";
import { runSimulator, type SimulatorOptions } from "./simulator.ts";

/** A second, and as much again for a machine that does other things. */
const STOPS_WITHIN_MS = 2000;

type Record = z.output<typeof FacilityRecord>;

async function aDataDir(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "ihims-demonstration-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

/** The hospitals as the public sees them, by their reference in the model city. */
async function hospitalsOf(server: TestServer): Promise<Map<string, Record>> {
  const { items } = await server.anybody.call(listFacilities, { query: { kind: ["hospital"], limit: 100 } });
  const records = await Promise.all(
    items.map(({ id }) =>
      server.anybody.call(getFacility, { params: { id }, query: { includeStale: "true" } }),
    ),
  );
  return new Map(records.map((record) => [record.externalIds[0]?.value ?? "", record]));
}

function accessOf(found: SimulatorAccess | undefined): SimulatorAccess {
  if (!found) throw new Error("no access was kept");
  return found;
}

/** A demonstration on real ports, with the clock that the simulator goes by. */
async function aRunningCity() {
  const server = await testServer();
  const data = await aDataDir();
  const now = () => {
    const moment = instantOf(new Date());
    server.clock.set(moment);
    return moment;
  };
  now();
  await makeDemonstration(server.ctx, { seed: 1, dataDir: data.path });
  const listener = await startHl7Listener(() => server.ctx, { port: 0, host: "127.0.0.1" });
  const apiUrl = await server.url();
  const access = accessOf(await findSimulatorAccess(data.path));
  return {
    server,
    listener,
    run: (more: Partial<SimulatorOptions>) =>
      runSimulator({
        access,
        apiUrl,
        mllp: listener.address,
        speed: 200,
        now,
        signal: new AbortController().signal,
        log: createLog("silent"),
        ...more,
      }),
    async close() {
      await listener.close();
      await server[Symbol.asyncDispose]();
      await data[Symbol.asyncDispose]();
    },
  };
}

/** Made once, since it takes some seconds; each test finds it as the ones before have left it. */
let city: Awaited<ReturnType<typeof aRunningCity>>;
beforeAll(async () => {
  city = await aRunningCity();
});
afterAll(() => city.close());

test("an empty database becomes a city, once", async () => {
  await using server = await testServer();
  await using data = await aDataDir();
  const made = await makeDemonstration(server.ctx, { seed: 1, dataDir: data.path });
  expect(made).toEqual({ isNew: true, facilities: 756 });
  await server.app.reloadCity();
  expect(await server.anybody.call(getCity)).toMatchObject({ name: "Meghapur", isDemonstration: true });
  expect((await server.anybody.call(getGround)).features.length).toBeGreaterThan(100);

  const access = await findSimulatorAccess(data.path);
  expect(await makeDemonstration(server.ctx, { seed: 2, dataDir: data.path })).toEqual({
    isNew: false,
    facilities: 0,
  });
  expect(await findSimulatorAccess(data.path)).toEqual(access);
  expect((await hospitalsOf(server)).size).toBe(40);
});

test("a database with one facility is left alone", async () => {
  await using server = await testServer();
  await using data = await aDataDir();
  await server.aFacility();
  expect(await makeDemonstration(server.ctx, { seed: 1, dataDir: data.path })).toEqual({
    isNew: false,
    facilities: 0,
  });
  expect(await findSimulatorAccess(data.path)).toBeUndefined();
});

test("the first page has figures of every age, and the visitor can sign in", async () => {
  const { server } = city;
  const hospitals = await hospitalsOf(server);
  const ages = new Map<Freshness, number>();
  for (const { beds } of hospitals.values())
    for (const { freshness } of beds) ages.set(freshness, (ages.get(freshness) ?? 0) + 1);
  const of = (freshness: Freshness) => ages.get(freshness) ?? 0;
  for (const freshness of ["live", "recent", "stale", "expired", "unknown"] as const)
    expect(of(freshness), freshness).toBeGreaterThan(0);
  expect(of("live")).toBeGreaterThan(of("recent") + of("stale") + of("expired") + of("unknown"));
  for (const { ref, door } of makeCity(1).hospitals) {
    if (door === "never")
      expect(hospitals.get(ref)?.beds.every(({ freshness }) => freshness === "unknown")).toBe(true);
  }

  for (const { email, password } of DEMONSTRATION_ACCOUNTS) {
    const session = await server.anybody.call(signIn, { body: { email, password } });
    if (email.startsWith("nurse"))
      expect(session.memberships.map(({ facilityName }) => facilityName)).toEqual(
        expect.arrayContaining(visitorHospitals(makeCity(1)).map(({ profile }) => profile.name)),
      );
  }
});

test("the city moves through the real doors, everything is accepted, and the public sees what the hospitals know", async () => {
  const { server } = city;
  const before = await hospitalsOf(server);
  const answers: { event: SimulatedEvent; outcome: Outcome }[] = [];
  // Which minute of the day it is decides when the first pharmacy sends its list.
  const stats = await city.run({
    goesOn: (sent) => sent < 600 || !isWholeDay(answers),
    onAnswer: (event, outcome) => void answers.push({ event, outcome }),
  });

  expect(answers.filter(({ outcome }) => outcome.kind === "refused")).toEqual([]);
  expect(new Set(answers.map(({ event }) => event.kind))).toEqual(
    new Set(["message", "report", "confirmation", "waiting", "stock", "blood", "vehicle"]),
  );
  expect(city.listener.stats().messages).toBe(answers.filter(({ event }) => event.door === "hl7").length);
  const typed = answers.filter(({ event }) => event.door === "staff");
  expect(typed.length).toBeGreaterThan(0);

  const after = await hospitalsOf(server);
  const simulation = stats.simulation;
  // What has happened and was not sent any more, as the other half of a transfer.
  const untold = new Set(simulation?.outbox.map(({ facility }) => facility));
  let moved = 0;
  for (const [ref, { beds }] of after) {
    for (const { type, value, source } of beds) {
      const was = before.get(ref)?.beds.find((one) => one.type === type)?.value?.occupied;
      if (value?.occupied !== was) moved++;
      if (simulation && !untold.has(ref) && (source === "hl7" || source === "api"))
        expect(value?.occupied, `${ref} ${type}`).toBe(occupiedOf(simulation, ref, type));
    }
  }
  expect(moved).toBeGreaterThan(50);
});

/** Whether pharmacies, blood banks and somebody who types have told. */
function isWholeDay(answers: readonly { event: SimulatedEvent }[]): boolean {
  const has = (of: (event: SimulatedEvent) => boolean) => answers.some(({ event }) => of(event));
  return (
    has(({ kind }) => kind === "stock") &&
    has(({ kind }) => kind === "blood") &&
    has(({ door }) => door === "staff")
  );
}

test("a simulator that is started again goes on from what the public sees", async () => {
  const { server } = city;
  await city.run({ goesOn: (sent) => sent < 200 });
  const before = await hospitalsOf(server);
  const refused: Outcome[] = [];
  const stats = await city.run({
    goesOn: (sent) => sent < 300,
    onAnswer: (_, outcome) => void (outcome.kind === "refused" && refused.push(outcome)),
  });
  expect(refused).toEqual([]);
  expect(stats.accepted).toBeGreaterThan(250);
  const occupied = (records: Map<string, Record>) =>
    [...records.values()]
      .flatMap(({ beds }) => beds)
      .reduce((sum, { value }) => sum + (value?.occupied ?? 0), 0);
  const change = occupied(await hospitalsOf(server)) / occupied(before);
  expect(change).toBeGreaterThan(0.95);
  expect(change).toBeLessThan(1.05);
});

test("it goes on when the listener was away for a while, and nothing is lost", async () => {
  const answers = { accepted: 0, refused: 0 };
  let isAway = false;
  const { port } = city.listener.address;
  const comeBack = async () => {
    await city.listener.close();
    city.listener = await startHl7Listener(() => city.server.ctx, { port, host: "127.0.0.1" });
  };
  let back: Promise<void> | undefined;
  await city.run({
    goesOn: (sent) => sent < 120,
    onAnswer(_, { kind }) {
      answers[kind] += 1;
      if (isAway) return;
      isAway = true;
      back = comeBack();
    },
  });
  await back;
  expect(isAway).toBe(true);
  expect(answers.refused).toBe(0);
  // Some of the 120 are of the hospital where nobody types but the visitor.
  expect(answers.accepted).toBeGreaterThan(100);
});

test("it waits for a server that is not there yet, and stops within a second when told to", async () => {
  const controller = new AbortController();
  const running = runSimulator({
    access: { seed: 1, apiKey: "none", staff: [] },
    // Nothing listens at the discard port.
    apiUrl: "http://127.0.0.1:9",
    mllp: { host: "127.0.0.1", port: 9 },
    speed: 1,
    now: () => at("12:00"),
    signal: controller.signal,
    log: createLog("silent"),
  });
  const stopped = performance.now();
  controller.abort();
  expect(await running).toEqual({ accepted: 0, refused: 0, simulation: undefined });
  expect(performance.now() - stopped).toBeLessThan(STOPS_WITHIN_MS);
});

test("it stops within a second in the middle of the day", async () => {
  const controller = new AbortController();
  let stopped = 0;
  await city.run({
    signal: controller.signal,
    onAnswer: () => {
      if (controller.signal.aborted) return;
      stopped = performance.now();
      controller.abort();
    },
  });
  expect(stopped).toBeGreaterThan(0);
  expect(performance.now() - stopped).toBeLessThan(STOPS_WITHIN_MS);
});

test("access that cannot be read is an error that names the file", async () => {
  await using data = await aDataDir();
  await writeFile(join(data.path, "demonstration.json"), "{");
  await expect(findSimulatorAccess(data.path)).rejects.toThrow("demonstration.json cannot be read");
});
