import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { getBeds } from "@ihims/core/observations/endpoints.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { MllpClient } from "../../platform/mllp-client.ts";
import { createTestDatabase } from "../../testing/database.ts";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { setFeed } from "../census/census.ts";
import { runBridge, type BridgeHealth } from "./bridge.ts";
import { Buffer, BufferFull } from "./buffer.ts";
import { readBridgeConfig } from "./config.ts";
import { openProxy, type Proxy } from "./testing/proxy.ts";

const RUN = fileURLToPath(new URL("testing/run.ts", import.meta.url));

interface Place extends AsyncDisposable {
  server: TestServer;
  proxy: Proxy;
  facility: FacilityId;
  folder: string;
  /** A configuration, written to a file; its path. */
  configure(sources: unknown[], more?: object): Promise<string>;
  /** Put a file of observations, `minute value`, into the folder of reports. */
  put(name: string, minutes: readonly number[]): Promise<void>;
  /** Reports in the ledger, by their moments, with how often each is there. */
  ledger(): Promise<Record<string, number>>;
}

async function aPlace(): Promise<Place> {
  const server = await testServer();
  const proxy = await openProxy();
  proxy.to(Number(new URL(await server.url()).port));
  const { id: facility } = await server.aFacility({});
  const { headers } = await server.machineOf(facility);
  const folder = await mkdtemp(join(tmpdir(), "bridge-"));
  const reports = join(folder, "reports");
  await mkdir(reports);
  return {
    server,
    proxy,
    facility,
    folder,
    async configure(sources, more = {}) {
      const path = join(folder, "bridge.json");
      const key = (headers["authorization"] ?? "").replace("Bearer ", "");
      await writeFile(
        path,
        JSON.stringify({
          server: proxy.url,
          key,
          dataDir: "data",
          facility,
          timeZone: "UTC",
          sources,
          ...more,
        }),
      );
      return path;
    },
    async put(name, minutes) {
      const lines = minutes.map((minute) =>
        JSON.stringify({
          subject: "bed:icu",
          value: { staffed: 100, occupied: minute % 100 },
          observedAt: at(`11:${String(minute).padStart(2, "0")}`),
        }),
      );
      await settledFile(join(reports, name), lines.join("\n"));
    },
    async ledger() {
      const { rows } = await sql<{ at: string; count: number }>`
        select observed_at as at, count(*) as count from observation where facility_id = ${facility} group by 1
      `.execute(server.ctx.db);
      return Object.fromEntries(rows.map(({ at: moment, count }) => [moment, Number(count)]));
    },
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

/** A file that nobody has written to for a while. */
async function settledFile(path: string, text: string): Promise<void> {
  await writeFile(`${path}.tmp`, text);
  const past = new Date(Date.now() - 60_000);
  await utimes(`${path}.tmp`, past, past);
  await rename(`${path}.tmp`, path);
}

const REPORTS = { kind: "folder", name: "reports", path: "reports" };
const minutes = (from: number, to: number) => Array.from({ length: to - from }, (_, place) => from + place);
const eachOnce = (all: readonly number[]) =>
  Object.fromEntries(all.map((minute) => [at(`11:${String(minute).padStart(2, "0")}`), 1]));

async function runOnce(path: string): Promise<BridgeHealth & { said: string[] }> {
  const said: string[] = [];
  const config = await readBridgeConfig(path, process.env);
  const health = await runBridge(config, {
    say: (line) => said.push(line),
    signal: new AbortController().signal,
    once: true,
    now: () => at("12:00"),
  });
  return { ...health, said };
}

describe("what a bridge took arrives, each once", () => {
  test("over a line that breaks within a request and before its answer", async () => {
    await using place = await aPlace();
    const config = await place.configure([REPORTS]);
    await place.put("1.ndjson", minutes(0, 20));
    place.proxy.line("down");
    expect(await runOnce(config)).toMatchObject({ state: "unreachable", waiting: 20, sent: 0 });
    await place.put("2.ndjson", minutes(20, 40));
    place.proxy.line("half-asked", "no-answer", "no-answer", "open");
    const states: number[] = [];
    for (let tries = 0; tries < 4; tries += 1) states.push((await runOnce(config)).waiting);
    expect(states).toEqual([40, 40, 40, 0]);
    expect(await place.ledger()).toEqual(eachOnce(minutes(0, 40)));
    expect(await readdir(join(place.folder, "reports", "done"))).toHaveLength(2);
  });

  test("while the server is stopped and started", async () => {
    await using place = await aPlace();
    const config = await readBridgeConfig(await place.configure([{ ...REPORTS, everyS: 1 }]), {});
    const controller = new AbortController();
    const running = runBridge(config, {
      say: () => undefined,
      signal: controller.signal,
      now: () => at("12:00"),
    });
    await place.put("1.ndjson", minutes(0, 10));
    await until(async () => Object.keys(await place.ledger()).length === 10);
    await place.server.restart();
    await place.put("2.ndjson", minutes(10, 20));
    place.proxy.to(Number(new URL(await place.server.url()).port));
    await until(async () => Object.keys(await place.ledger()).length === 20);
    controller.abort();
    expect(await running).toMatchObject({ waiting: 0, sent: 20 });
    expect(await place.ledger()).toEqual(eachOnce(minutes(0, 20)));
  });

  test("when it is killed at any moment", async () => {
    await using place = await aPlace();
    const config = await place.configure([{ ...REPORTS, everyS: 1 }]);
    place.server.clock.set(at("12:00"));
    for (const file of minutes(0, 6)) await place.put(`${file}.ndjson`, minutes(file * 10, file * 10 + 10));
    place.proxy.line("open", "no-answer", "open");
    for (const after of [1, 2, 4]) {
      const child = spawn(process.execPath, [RUN, config], { stdio: ["ignore", "pipe", "inherit"] });
      // After so many of its lines: while it takes files, sends, or rests.
      let lines = 0;
      child.stdout.on("data", (chunk) => void (lines += String(chunk).split("\n").length - 1));
      await until(async () => lines >= after || Object.keys(await place.ledger()).length === 60);
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    }
    place.proxy.line("open");
    const last = await runOnce(config);
    expect(last.waiting).toBe(0);
    expect(await place.ledger()).toEqual(eachOnce(minutes(0, 60)));
  });
});

describe("what it reads", () => {
  test("rows of a database by a mapping: what is unchanged is sent once", async () => {
    await using place = await aPlace();
    await using hospital = await createTestDatabase();
    const client = new pg.Client(hospital.url);
    client.on("error", () => undefined);
    await client.connect();
    await client.query("create table ward_list (ward text, total int, taken int, seen timestamptz)");
    await client.query(
      `insert into ward_list values ('ICU', 12, 8, '${at("11:50")}'), ('Canteen', 40, 3, '${at("11:50")}')`,
    );
    const address = new URL(hospital.url);
    const config = await place.configure([
      {
        kind: "sql",
        name: "wards",
        engine: "postgresql",
        host: address.hostname,
        port: Number(address.port),
        database: address.pathname.slice(1),
        user: decodeURIComponent(address.username),
        password: decodeURIComponent(address.password),
        query: "select ward, total, taken, seen from ward_list order by ward",
        mapping: {
          language: 1,
          title: "Ward list",
          format: { kind: "ndjson" },
          observedAt: { date: "seen" },
          lists: { kinds: { ICU: "icu" } },
          parts: [
            {
              observations: [
                { kind: "bed", type: { field: "ward", list: "kinds" }, staffed: "total", occupied: "taken" },
              ],
            },
          ],
        },
      },
    ]);
    const first = await runOnce(config);
    expect(first).toMatchObject({ sent: 1, rejected: 1, waiting: 0 });
    expect(await runOnce(config)).toMatchObject({ sent: 1, waiting: 0 });
    await client.query(`update ward_list set taken = 9, seen = '${at("11:55")}' where ward = 'ICU'`);
    await runOnce(config);
    await client.end();
    expect(await place.ledger()).toEqual({ [at("11:50")]: 1, [at("11:55")]: 1 });
    const params = { id: place.facility, type: "icu" as const };
    expect((await place.server.anybody.call(getBeds, { params })).value).toMatchObject({
      staffed: 12,
      occupied: 9,
    });
  });
});

describe("what it is told", () => {
  test("messages of an HL7 engine, acknowledged when they are on its disk and sent in their order", async () => {
    await using place = await aPlace();
    await setFeed(place.server.ctx, place.facility, {
      senders: [{ application: "HIS", facilityCode: "GH01" }],
      wards: [{ code: "ICU1", bedType: "icu", staffed: 4 }],
    });
    const path = await place.configure([{ kind: "mllp", name: "engine", port: 0 }]);
    const config = await readBridgeConfig(path, {});
    place.proxy.line("down");
    const said: string[] = [];
    const controller = new AbortController();
    const running = runBridge(config, {
      say: (line) => said.push(line),
      signal: controller.signal,
      now: () => at("12:00"),
    });
    await until(async () => said.some((line) => line.startsWith("HL7 v2")));
    const port = Number(/:(\d+)$/u.exec(said.find((line) => line.startsWith("HL7 v2")) ?? "")?.[1]);
    const engine = await MllpClient.connect({ port, host: "127.0.0.1" });
    const message = (event: string, id: string, visit: string, time: string) =>
      [
        `MSH|^~\\&|HIS|GH01|IHIMS|CITY|20260301${time}+0000||ADT^${event}|${id}|P|2.5.1`,
        `EVN|${event}|20260301${time}+0000`,
        `PID|1||${visit}^^^HIS`,
        `PV1|1|I|ICU1^1^${visit}||||||||||||||||${visit}`,
      ].join("\r");
    for (const [event, id, visit, time] of [
      ["A01", "m1", "v1", "1130"],
      ["A01", "m2", "v2", "1140"],
      ["A03", "m3", "v1", "1150"],
    ] as const)
      expect(await engine.send(message(event, id, visit, time))).toContain("MSA|AA|");
    place.proxy.line("no-answer", "open");
    const params = { id: place.facility, type: "icu" as const };
    const figure = () =>
      place.server.anybody.call(getBeds, { params }).then(
        ({ value }) => value,
        () => null,
      );
    await until(async () => (await figure())?.occupied !== undefined);
    await engine.close();
    controller.abort();
    await running;
    // What was on its way is sent by the next run.
    expect(await runOnce(path)).toMatchObject({ sent: 3, rejected: 0, waiting: 0 });
    expect((await figure())?.occupied).toBe(1);
  });
});

describe("what cannot be sent", () => {
  test("is kept with the reason, and holds nothing else up", async () => {
    await using place = await aPlace();
    const config = await place.configure([REPORTS]);
    await settledFile(
      join(place.folder, "reports", "a.ndjson"),
      [
        '{"subject": "bed:hammock", "value": {"staffed": 1, "occupied": 0}, "observedAt": "2026-03-01T11:00:00Z"}',
        "not JSON",
        '{"subject": "bed:icu", "value": {"staffed": 4, "occupied": 1}, "observedAt": "2026-03-01T11:00:00Z"}',
      ].join("\n"),
    );
    expect(await runOnce(config)).toMatchObject({ sent: 1, rejected: 2, waiting: 0 });
    const buffer = new Buffer(join(place.folder, "data"), { maxBytes: Infinity, now: () => at("12:00") });
    expect(buffer.rejected(10).map(({ reason }) => reason.split(":")[0])).toEqual([
      "unreadable",
      "unreadable",
    ]);
    buffer.close();
  });

  test("because the key is refused waits, and says so once", async () => {
    await using place = await aPlace();
    const config = await place.configure([REPORTS], { key: "ihims_wrong" });
    await place.put("1.ndjson", [1]);
    const health = await runOnce(config);
    expect(health).toMatchObject({ state: "refused", waiting: 1 });
    expect(health.said.filter((line) => line.startsWith("the server:"))).toHaveLength(1);
  });

  test("because the disk's share is used up stays with its source, until there is room", async () => {
    await using place = await aPlace();
    const buffer = new Buffer(join(place.folder, "full"), { maxBytes: 10, now: () => at("12:00") });
    const one = { kind: "observation" as const, source: "x", body: "0123456789" };
    expect(buffer.take([one], "file 1")).toBe(true);
    expect(() => buffer.take([one], "file 2")).toThrow(BufferFull);
    buffer.settle(buffer.next(10), new Map());
    expect(buffer.take([one], "file 2")).toBe(true);
    buffer.settle(buffer.next(10), new Map());
    expect(buffer.take([one], "file 2")).toBe(false);
    buffer.close();
  });

  test("because there is no room is news still when there is", async () => {
    await using place = await aPlace();
    const buffer = new Buffer(join(place.folder, "full"), { maxBytes: 10, now: () => at("12:00") });
    const first = { kind: "observation" as const, source: "wards", body: "0123456789", path: "wards icu" };
    const next = { ...first, body: "9876543210" };
    buffer.take([first]);
    expect(() => buffer.take([next])).toThrow(BufferFull);
    buffer.settle(buffer.next(10), new Map());
    buffer.take([next]);
    expect(buffer.next(10).map(({ body }) => body)).toEqual([next.body]);
    buffer.settle(buffer.next(10), new Map());
    buffer.take([next]);
    expect(buffer.next(10)).toEqual([]);
    buffer.close();
  });

  test("a configuration that is wrong names each place", async () => {
    await using place = await aPlace();
    const path = await place.configure([{ kind: "folder", name: "A", path: "x" }], {
      server: "http://city.example",
    });
    await expect(readBridgeConfig(path, {})).rejects.toThrow(
      /server: outside of this machine only https.*sources\.0\.name/u,
    );
    const named = await place.configure([REPORTS], { key: "env:NO_SUCH_KEY" });
    await expect(readBridgeConfig(named, {})).rejects.toThrow(
      "the environment variable NO_SUCH_KEY is not set",
    );
  });
});

/** Wait for something to be so; the test's own limit ends it. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}
