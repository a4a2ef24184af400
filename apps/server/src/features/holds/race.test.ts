import { sql } from "kysely";
import { expect, test } from "vitest";
import { FacilityProfile } from "@ihims/core/facilities/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { bedSubject } from "@ihims/core/observations/schema.ts";
import { instantOf } from "@ihims/core/time.ts";
import { contextFor, type Context } from "../../platform/context.ts";
import { openDatabase, type Db } from "../../platform/database.ts";
import { createLog } from "../../platform/log.ts";
import { createTestDatabase } from "../../testing/database.ts";
import { startServerProcess, type ServerProcess } from "../../testing/server-process.ts";
import { UNNAMED_CITY } from "../city/city.ts";
import { createFacility } from "../facilities/facilities.ts";
import { issueApiKey } from "../keys/keys.ts";
import { recordObservations } from "../observations/observations.ts";
import { verify } from "./command.ts";
import { findLogRows } from "./store.ts";

/** Whole processes start and are killed here, on machines that do other things as well. */
const TIME_MAX_MS = 300_000;
const SECRET_KEY = "a secret of tests, of forty characters ..";
const CLIENTS = 64;
const UNITS = 10;

/** A database with as many clinics as there are clients, each with its key, and processes that serve it. */
async function aCity(processes: number) {
  const database = await createTestDatabase();
  const { db, close } = openDatabase(database.url, { connectionsMax: 4 });
  const ctx = contextFor(
    {
      db,
      city: () => UNNAMED_CITY,
      secretKey: Buffer.from(SECRET_KEY),
      log: createLog("silent"),
      now: () => instantOf(new Date()),
      announce: () => undefined,
      follow: async () => undefined,
    },
    { kind: "operator" },
  );
  const clients: Client[] = [];
  for (let at = 0; at < CLIENTS; at++) {
    const { id } = await aFacility(ctx, `Clinic ${at}`);
    const { secret } = await issueApiKey(ctx, { name: "test", facilities: [id], subjects: ["bed"] });
    clients.push({ id, secret });
  }
  const start = () => startServerProcess({ databaseUrl: database.url, secretKey: SECRET_KEY });
  const servers = await Promise.all(Array.from({ length: processes }, start));
  return {
    db,
    ctx,
    clients,
    servers,
    start,
    async [Symbol.asyncDispose]() {
      for (const server of servers) await server[Symbol.asyncDispose]();
      await close();
      await database[Symbol.asyncDispose]();
    },
  };
}

interface Client {
  id: FacilityId;
  secret: string;
}

const aFacility = (ctx: Context, name: string) =>
  createFacility(ctx, FacilityProfile.parse({ name, kind: "hospital", position: { lat: 18.5, lon: 73.8 } }));

async function aHospital(ctx: Context, name: string): Promise<FacilityId> {
  const { id } = await aFacility(ctx, name);
  const value = { staffed: UNITS, occupied: 0 };
  const observation = { facility: id, subject: bedSubject("icu"), value, observedAt: ctx.now() };
  await recordObservations(ctx, [{ ...observation, source: "file", sender: "operator" }]);
  return id;
}

/** Ask for a bed; the hold's id, or the status when it was refused. Undefined: no answer came. */
async function ask(
  server: ServerProcess | undefined,
  client: Client,
  facility: FacilityId,
): Promise<string | number | undefined> {
  const response =
    server &&
    (await call(server, client, "POST", "", { facility, subject: "bed:icu", onBehalfOf: client.id }));
  if (response?.status !== 201) return response?.status;
  const { id } = (await response.json().catch(() => ({}))) as { id?: string }; // its shape is not what is tested here
  return id;
}

function call(
  { url }: ServerProcess,
  { secret }: Client,
  method: string,
  path: string,
  body?: object,
): Promise<Response | undefined> {
  return fetch(`${url}/api/v1/holds${path}`, {
    method,
    headers: { authorization: `Bearer ${secret}`, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  }).catch(() => undefined);
}

const openAt = async (db: Db, facility: FacilityId) =>
  (
    await sql<{ id: string }>`
    select id from hold where facility_id = ${facility} and state in ('requested', 'accepted')
  `.execute(db)
  ).rows.map(({ id }) => id);

async function logIsWhole(db: Db) {
  const rows = await findLogRows(db, 0, 1_000_000);
  const each = async function* () {
    yield* rows;
  };
  expect(await verify(each(), [], undefined)).toMatchObject({ kind: "whole", rows: rows.length });
  // What the log says became of holds is what became of them.
  const { rows: states } = await sql<{ state: string; count: number }>`
    select state, count(*)::int as count from hold group by state
  `.execute(db);
  const logged = (step: string) => rows.filter(({ entry }) => entry.step === step).length;
  expect(logged("requested")).toBe(states.reduce((sum, { count }) => sum + count, 0));
  for (const { state, count } of states) if (state !== "requested") expect(logged(state)).toBe(count);
}

for (const processes of [1, 3])
  test(
    `of ${CLIENTS} who ask for ${UNITS} beds at once ${UNITS} get one, with ${processes} server processes`,
    { timeout: TIME_MAX_MS },
    async () => {
      await using city = await aCity(processes);
      for (let round = 0; round < 4; round++) {
        const facility = await aHospital(city.ctx, `Hospital ${round}`);
        const answers = await Promise.all(
          city.clients.map((client, at) => ask(city.servers[at % processes], client, facility)),
        );
        const got = answers.filter((one) => typeof one === "string");
        expect(got).toHaveLength(UNITS);
        expect(answers.filter((one) => one === 409)).toHaveLength(CLIENTS - UNITS);
        expect((await openAt(city.db, facility)).sort()).toEqual(got.sort());
      }
      await logIsWhole(city.db);
    },
  );

test(
  "servers that are killed at any moment lose no hold, and nothing is held twice",
  { timeout: TIME_MAX_MS },
  async () => {
    await using city = await aCity(3);
    const facility = await aHospital(city.ctx, "Hospital");
    const promised = new Set<string>();
    let isOver = false;
    let most = 0;
    const pick = () => city.servers[Math.floor(Math.random() * city.servers.length)] ?? city.servers[0];
    const clients = city.clients.slice(0, 12).map(async (client) => {
      while (!isOver) {
        const server = pick();
        const answer = server && (await ask(server, client, facility));
        if (typeof answer !== "string") continue;
        promised.add(answer);
        const other = pick();
        const cancelled = other && (await call(other, client, "DELETE", `/${answer}`));
        // Without an answer nobody knows whether it was cancelled.
        if (cancelled?.status === 204 || cancelled === undefined) promised.delete(answer);
      }
    });
    const watch = (async () => {
      while (!isOver) most = Math.max(most, (await openAt(city.db, facility)).length);
    })();
    for (let kills = 0; kills < 3; kills++) {
      const at = kills % city.servers.length;
      await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 700));
      await city.servers[at]?.kill();
      city.servers[at] = await city.start();
    }
    isOver = true;
    await Promise.all([...clients, watch]);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(UNITS);
    const open = new Set(await openAt(city.db, facility));
    for (const id of promised) expect(open).toContain(id);
    expect(open.size).toBeLessThanOrEqual(UNITS);
    await logIsWhole(city.db);
  },
);
