import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, readlink, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./embedded-postgres.ts";

const HOLDER = fileURLToPath(new URL("../testing/embedded-postgres-holder.ts", import.meta.url));

let dataDir: string;
const lines: string[] = [];
const started: EmbeddedPostgres[] = [];

async function start(dir = dataDir): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir: dir, log: (line) => lines.push(line) });
  started.push(postgres);
  return postgres;
}

beforeEach(async () => {
  lines.length = 0;
  dataDir = await mkdtemp(join(tmpdir(), "ihims-embedded-"));
  await chmod(dataDir, 0o711);
});

afterEach(async () => {
  for (const postgres of started.splice(0)) await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Another process that starts the same database. */
async function startHolder(dir = dataDir): Promise<{ child: ChildProcess; adopted: boolean; url: string }> {
  const child = spawn(process.execPath, [HOLDER, dir], { stdio: ["pipe", "pipe", "inherit"] });
  for await (const line of createInterface(child.stdout)) return { child, ...JSON.parse(line) };
  throw new Error("the holder ended without a word");
}

async function endHolder(child: ChildProcess): Promise<void> {
  child.stdin?.end();
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function readPostmasterPid(): Promise<number> {
  return Number((await readFile(join(dataDir, "postgres/data/postmaster.pid"), "utf8")).split("\n")[0]);
}

test("after a kill the next start adopts the running database, with what was written", async () => {
  const { child, url } = await startHolder();
  await query(url, "create table note (text text)");
  await query(url, "insert into note values ('still here')");
  const postmaster = await readPostmasterPid();
  child.kill("SIGKILL");
  await once(child, "exit");

  const next = await start();
  expect(next.adopted).toBe(true);
  expect(next.url).toBe(url);
  expect(await readPostmasterPid()).toBe(postmaster);
  expect(await query(next.url, "select text from note")).toEqual([{ text: "still here" }]);

  await next.stop();
  await expect(query(url, "select 1")).rejects.toThrow("ECONNREFUSED");
});

test("a stopped database starts again on the same port with its data, durable and in words of any script", async () => {
  const first = await start();
  expect(first.adopted).toBe(false);
  await query(first.url, "create extension pg_trgm");
  await query(first.url, "create table note (text text)");
  await query(first.url, "insert into note values ('मधुमेह')");
  await first.stop();
  await first.stop();

  const second = await start();
  expect(second).toMatchObject({ adopted: false, url: first.url });
  expect(await query(second.url, "select similarity(text, 'मधुमेह') as alike from note")).toEqual([
    { alike: 1 },
  ]);
  const settings =
    "select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit";
  expect(await query(second.url, settings)).toEqual([{ fsync: "on", commit: "on" }]);
});

test("nobody enters without the password, and it is readable by its owner only", async () => {
  const { url } = await start();
  const wrong = new URL(url);
  wrong.password = "guess";
  await expect(query(wrong.href, "select 1")).rejects.toThrow("password authentication failed");
  expect((await stat(join(dataDir, "postgres/password"))).mode & 0o777).toBe(0o600);
});

test("of two processes that start at once one starts and the other shares, and the last one stops it", async () => {
  const [one, two] = await Promise.all([startHolder(), startHolder()]);
  expect(one.adopted).not.toBe(two.adopted);
  expect(one.url).toBe(two.url);

  await endHolder(one.child);
  expect(await query(two.url, "select 1 as alive")).toEqual([{ alive: 1 }]);
  await endHolder(two.child);
  await expect(query(two.url, "select 1")).rejects.toThrow("ECONNREFUSED");
});

test("data of another version is refused in one line and left alone", async () => {
  await (await start()).stop();
  const versionPath = join(dataDir, "postgres/data/PG_VERSION");
  await writeFile(versionPath, "15\n");
  await expect(start()).rejects.toThrow(
    /was made by PostgreSQL 15, this release brings 18: back up .* restore/,
  );
  expect(await readFile(versionPath, "utf8")).toBe("15\n");
});

test("a process id that now belongs to another program does not stop the start", async () => {
  await (await start()).stop();
  const pidFile = [process.pid, join(dataDir, "postgres/data"), 0, 5432, "", "127.0.0.1", "", "ready", ""];
  await writeFile(join(dataDir, "postgres/data/postmaster.pid"), pidFile.join("\n"));
  const next = await start();
  expect(next.adopted).toBe(false);
  expect(await query(next.url, "select 1 as alive")).toEqual([{ alive: 1 }]);
});

test("a database that dies under us comes back by itself", async () => {
  const { url } = await start();
  process.kill(await readPostmasterPid(), "SIGKILL");
  await vi.waitFor(async () => expect(await query(url, "select 1 as alive")).toEqual([{ alive: 1 }]), {
    timeout: 60_000,
    interval: 100,
  });
  expect(lines).toContain("The database went away: bringing it back.");
});

test.runIf(process.getuid?.() === 0)(
  "as root it runs without rights, even where its account cannot enter",
  async () => {
    await chmod(dataDir, 0o700);
    const closed = join(dataDir, "closed");
    const postgres = await start(closed);
    const place = await readlink(join(closed, "postgres/data"));
    expect((await stat(place)).uid).not.toBe(0);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    expect(lines.join("\n")).toContain(`the data is in ${place}, linked from there`);
    expect(await query(postgres.url, "select 1 as alive")).toEqual([{ alive: 1 }]);

    await postgres.stop();
    const { child, url } = await startHolder(closed);
    child.kill("SIGKILL");
    await once(child, "exit");
    await rm(closed, { recursive: true });
    await start(closed);
    await expect(query(url, "select 1")).rejects.toThrow();
    expect(lines.join("\n")).toContain(`is left in ${place}: remove it`);

    await started.at(-1)?.stop();
    for (const used of [place, await readlink(join(closed, "postgres/data"))]) {
      await rm(used, { recursive: true });
      await rm(`${used}.home`);
    }
  },
);
