import { execFileSync } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NewFeed } from "@ihims/core/feeds/schema.ts";
import pg from "pg";
import { expect, test } from "vitest";
import { testServer } from "../../testing/server.ts";
import { createFeed, runFeed } from "./feeds.ts";
import { aFeed, ALLOW_LOOPBACK } from "./testing/peer.ts";

/**
 * Hospital databases and an SFTP server, as `.ci/run` starts them:
 * TEST_PEERS is {mariadb: {port, user, password, database}, postgres: url, sftp: {port, user, password, folder, hostKey}}.
 */
interface Peers {
  mariadb: { port: number; user: string; password: string; database: string };
  postgres: string;
  sftp: { port: number; user: string; privateKey: string; folder: string; hostKey: string };
}

// Written by .ci/run, so it is what it says.
const peers = JSON.parse(process.env["TEST_PEERS"] ?? "null") as Peers;

const MAPPING = {
  language: 1,
  title: "Beds",
  format: { kind: "ndjson" },
  observedAt: { date: "seen", timeZone: "UTC" },
  parts: [{ observations: [{ kind: "bed", type: "icu", staffed: "total", occupied: "occupied" }] }],
};

const QUERY = "select total, occupied, seen from ward_beds where ward = 'ICU'";

async function check(
  source: object,
  credentials: object,
  expected: object,
  limits: object = {},
): Promise<void> {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  const facility = await server.aFacility();
  const feed = aFeed({
    facility: facility.id,
    source: NewFeed.shape.source.parse(source),
    mapping: MAPPING,
  });
  const made = await createFeed(server.ctx, NewFeed.parse({ ...feed, credentials, limits }));
  expect(await runFeed(server.ctx, server.app.feeds, made.id, { trigger: "by-hand" })).toMatchObject(
    expected,
  );
}

const maria = (query: string, user = peers.mariadb.user) => ({
  kind: "sql",
  engine: "mysql",
  host: "127.0.0.1",
  port: peers.mariadb.port,
  database: peers.mariadb.database,
  user,
  query,
  tls: "off",
});

const postgresUrl = () => new URL(peers.postgres);
const postgres = (query: string) => ({
  kind: "sql",
  engine: "postgresql",
  host: postgresUrl().hostname,
  port: Number(postgresUrl().port),
  database: "postgres",
  user: postgresUrl().username,
  query,
  tls: "off",
});

const APPLIED = { outcome: "applied", counts: { read: 1, applied: 1 } };

test("a hospital's MariaDB tells its beds", () =>
  check(maria(QUERY), { password: peers.mariadb.password }, APPLIED));

test("a query that writes gets nowhere in MariaDB, even by a function", () =>
  check(
    maria("select set_beds() as total, 1 as occupied, '2026-03-01 11:00:00' as seen"),
    { password: peers.mariadb.password },
    { outcome: "failed", error: expect.stringMatching(/READ ONLY/i) },
  ));

test("MariaDB is left at the feed's limits of rows and time", async () => {
  const many = "select a.seq as total, 1 as occupied, '2026-03-01 11:00:00' as seen from seq_1_to_1000 a";
  const limited = { outcome: "failed", error: expect.stringContaining("more than 10 rows") };
  await check(maria(many), { password: peers.mariadb.password }, limited, { rows: 10 });
  const slow = "select sleep(20) as total, 1 as occupied, '2026-03-01 11:00:00' as seen";
  await check(maria(slow), { password: peers.mariadb.password }, { outcome: "failed" }, { seconds: 2 });
});

test("a wrong password is told in words", () =>
  check(
    maria(QUERY),
    { password: "wrong" },
    { outcome: "failed", error: expect.stringContaining("denied") },
  ));

test("a hospital's PostgreSQL tells its beds, and cannot be written to", async () => {
  const client = new pg.Client({ connectionString: peers.postgres });
  await client.connect();
  try {
    await client.query(`create table if not exists ward_beds (ward text, total int, occupied int, seen timestamp);
      truncate ward_beds; insert into ward_beds values ('ICU', 12, 8, '2026-03-01 11:00');
      create or replace function set_beds() returns int language sql as $$ insert into ward_beds values ('X', 1, 1, now()) returning 1 $$;`);
    const password = decodeURIComponent(postgresUrl().password);
    await check(postgres(QUERY), { password }, APPLIED);
    await check(
      postgres("select set_beds() as total, 1 as occupied, now()::timestamp as seen"),
      { password },
      { outcome: "failed", error: expect.stringContaining("read-only") },
    );
    await check(
      postgres(
        "select n as total, 1 as occupied, now()::timestamp as seen from generate_series(1, 100000) n",
      ),
      { password },
      { outcome: "failed", error: expect.stringContaining("more than 10 rows") },
      { rows: 10 },
    );
    await check(
      postgres("select pg_sleep(20)::text as total, 1 as occupied, now()::timestamp as seen"),
      { password },
      { outcome: "failed" },
      { seconds: 2 },
    );
  } finally {
    await client.end();
  }
});

test("an SFTP server's new files are read once complete, and moved aside; another key is refused", async () => {
  const folder = join(peers.sftp.folder, `test-${process.pid}`);
  await mkdir(join(folder, "done"), { recursive: true });
  execFileSync("chmod", ["-R", "0777", folder]);
  await writeFile(join(folder, "beds.ndjson"), '{"total":12,"occupied":8,"seen":"2026-03-01 11:00:00"}\n');
  await writeFile(join(folder, "next.ndjson.part"), '{"total":1');
  const source = {
    kind: "sftp",
    host: "127.0.0.1",
    port: peers.sftp.port,
    user: peers.sftp.user,
    hostKey: peers.sftp.hostKey,
    folder,
    pattern: "*.ndjson*",
    moveTo: join(folder, "done"),
  };
  const credentials = { privateKey: peers.sftp.privateKey };
  await check({ ...source, hostKey: `SHA256:${"A".repeat(43)}` }, credentials, {
    outcome: "failed",
    error: expect.stringContaining("another than the one that is pinned"),
  });
  expect(await readdir(folder)).toContain("beds.ndjson");
  await check(source, credentials, APPLIED);
  expect((await readdir(folder)).sort()).toEqual(["done", "next.ndjson.part"]);
  expect(await readdir(join(folder, "done"))).toEqual(["beds.ndjson"]);
});
