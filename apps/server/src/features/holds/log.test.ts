import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { listHoldAnomalies, listHoldLog, listHoldLogHeads } from "@ihims/core/audit/endpoints.ts";
import { cancelHold, acceptHold, requestHold } from "@ihims/core/holds/endpoints.ts";
import type { LogHead, LogRow } from "@ihims/core/audit/log.ts";
import { reportBeds } from "@ihims/core/observations/endpoints.ts";
import { createPerson } from "../people/people.ts";
import { signIn } from "@ihims/core/people/endpoints.ts";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { ihims } from "../../testing/ihims.ts";
import { verify } from "./command.ts";
import { keepLogHead, signLogHead } from "./log.ts";

/** Commands are processes of their own, which take their time to start. */
const COMMANDS = { timeout: 300_000 };

/** A log of so many rows, of one citizen who asks and cancels at one hospital. */
async function aLog(server: TestServer, rows: number) {
  const { id } = await server.aFacility();
  const machine = await server.machineOf(id);
  await machine.call(reportBeds, { params: { id, type: "icu" }, body: { staffed: 9, occupied: 0 } });
  for (let left = rows, number = 0; left > 0; left -= 2, number++) {
    const citizen = await server.citizen(`+9198220000${String(number).padStart(2, "0")}`);
    const hold = await citizen.call(requestHold, { body: { facility: id, subject: "bed:icu" } });
    if (left > 1) await citizen.call(cancelHold, { params: { id: hold.id } });
  }
  return (await server.anybody.call(listHoldLog, { query: { limit: 100 } })).items;
}

async function* each(rows: readonly unknown[]): AsyncGenerator<unknown> {
  yield* rows;
}

const found = (rows: readonly unknown[], heads: readonly LogHead[] = [], kept?: LogHead) =>
  verify(each(rows), heads, kept);

test("every step is in the public log, chained, and nobody can be told from it", async () => {
  await using server = await testServer({ now: at("12:00") });
  const rows = await aLog(server, 4);
  expect(rows.map(({ entry }) => [entry.seq, entry.step])).toEqual([
    [1, "requested"],
    [2, "cancelled"],
    [3, "requested"],
    [4, "cancelled"],
  ]);
  const [first, second, third] = rows.map(({ entry }) => entry);
  expect(second).toMatchObject({ hold: first?.hold, holder: first?.holder, kind: "bed", bedType: "icu" });
  expect(third?.holder).not.toBe(first?.holder);
  const { rows: people } = await sql<{ id: string; holder: string }>`select id, holder from hold`.execute(
    server.app.base.db,
  );
  const text = JSON.stringify(rows);
  for (const { id, holder } of people) {
    expect(text).not.toContain(id);
    expect(text).not.toContain(holder.replace("person:", ""));
  }
  expect(await found(rows)).toMatchObject({ kind: "whole", rows: 4 });
});

test("a row that was changed, taken out or moved is found, and named", async () => {
  await using server = await testServer({ now: at("12:00") });
  const rows = await aLog(server, 6);
  const changed = rows.with(2, { ...rows[2], entry: { ...rows[2]?.entry, units: 2 } } as LogRow);
  expect(await found(changed)).toMatchObject({ kind: "broken", seq: 3 });
  const added = rows.with(2, { ...rows[2], entry: { ...rows[2]?.entry, note: "x" } } as LogRow);
  expect(await found(added)).toMatchObject({ kind: "broken", seq: 3 });
  expect(await found(rows.toSpliced(3, 1))).toMatchObject({ kind: "broken", seq: 4 });
  expect(await found(rows.toSpliced(3, 2, ...rows.slice(3, 5).reverse()))).toMatchObject({
    kind: "broken",
    seq: 4,
  });
  expect(await found(rows.with(4, "nonsense" as unknown as LogRow))).toMatchObject({
    kind: "broken",
    seq: 5,
  });
});

test("a log that was cut short or written anew does not lead to the head that was signed", async () => {
  await using server = await testServer({ now: at("12:00") });
  const rows = await aLog(server, 4);
  const head = await signLogHead(server.app.base);
  expect(head).toMatchObject({ seq: 4, hash: rows[3]?.hash });
  expect(await found(rows, [head])).toMatchObject({ kind: "whole" });
  expect(await found(rows.slice(0, 3), [head])).toMatchObject({ kind: "broken", seq: 4 });
  expect(await found(rows, [{ ...head, hash: rows[2]?.hash ?? "" }])).toMatchObject({ kind: "broken" });

  // Somebody who has the database, and neither the kept head nor the key.
  await using forger = await testServer({ now: at("12:00") });
  const forged = await aLog(forger, 4);
  expect(await found(forged)).toMatchObject({ kind: "whole" });
  expect(await found(forged, [], head)).toMatchObject({ kind: "broken", seq: 4 });
});

test("heads are kept as the log grows, and are public", async () => {
  await using server = await testServer({ now: at("12:00") });
  await keepLogHead(server.app.base);
  await aLog(server, 2);
  await keepLogHead(server.app.base);
  await keepLogHead(server.app.base);
  const { items } = await server.anybody.call(listHoldLogHeads);
  expect(items).toMatchObject([{ seq: 2 }]);
  const rows = (await server.anybody.call(listHoldLog)).items;
  expect(await found(rows, items)).toMatchObject({ kind: "whole", rows: 2 });
});

test("the log is read in pages, from the first row on", async () => {
  await using server = await testServer({ now: at("12:00") });
  await aLog(server, 5);
  const first = await server.anybody.call(listHoldLog, { query: { limit: 3 } });
  expect(first.items.map(({ entry }) => entry.seq)).toEqual([1, 2, 3]);
  const rest = await server.anybody.call(listHoldLog, {
    query: { limit: 3, cursor: first.nextCursor ?? "" },
  });
  expect(rest.items.map(({ entry }) => entry.seq)).toEqual([4, 5]);
  expect(rest.nextCursor).toBeNull();
});

test("the database itself refuses to rewrite the log", async () => {
  await using server = await testServer({ now: at("12:00") });
  await aLog(server, 2);
  const { db } = server.app.base;
  for (const statement of [
    sql`update hold_log set entry = '{}'`,
    sql`delete from hold_log`,
    sql`truncate hold_log`,
  ])
    await expect(statement.execute(db)).rejects.toThrow("only appended to");
});

test("an officer who accepts again and again for the same few is shown to the city, and to nobody else", async () => {
  await using server = await testServer({ now: at("00:30") });
  const { id } = await server.aFacility();
  const nurse = await server.person("bed-manager", id);
  await nurse.call(reportBeds, { params: { id, type: "icu" }, body: { staffed: 9, occupied: 0 } });
  const citizen = await server.citizen();
  for (let round = 0; round < 5; round++) {
    const hold = await citizen.call(requestHold, { body: { facility: id, subject: "bed:icu" } });
    await nurse.call(acceptHold, { params: { id: hold.id } });
    await citizen.call(cancelHold, { params: { id: hold.id } });
  }
  await expect(nurse.call(listHoldAnomalies)).rejects.toThrow("403");
  await expect(server.anybody.call(listHoldAnomalies)).rejects.toThrow("401");
  const officer = { email: "city@example.org", password: "correct horse" };
  await createPerson(server.ctx, { ...officer, name: "Officer", cityRoles: ["health-officer"] });
  const response = await server.app.fastify.inject({
    method: "POST",
    url: `/api/v1${signIn.path}`,
    payload: officer,
  });
  const cookie = response.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
  const { items } = await server.anybody.call(listHoldAnomalies, { headers: { cookie } });
  expect(items).toMatchObject([
    { kind: "few-holders", officer: "bed-manager", holds: 5, holders: 1 },
    { kind: "repeated", officer: null, holds: 5, holders: 1 },
  ]);
});

test(
  "anybody verifies a server's log with a command: at its address, from its export, and against a kept head",
  COMMANDS,
  async () => {
    await using server = await testServer({ now: at("12:00") });
    const rows = await aLog(server, 4);
    const folder = await mkdtemp(join(tmpdir(), "ihims-log-"));
    const [log, head] = [join(folder, "log.ndjson"), join(folder, "head.json")];
    try {
      const ofServer = { databaseUrl: server.databaseUrl };
      const exported = await ihims(["audit", "export"], ofServer);
      await writeFile(log, exported.stdout);
      await writeFile(head, (await ihims(["audit", "head"], ofServer)).stdout);
      const whole = { code: 0, stdout: expect.stringContaining(`whole: ${rows.length} rows`) };
      expect(await ihims(["audit", "verify", log, "--head", head])).toMatchObject(whole);
      expect(await ihims(["audit", "verify", await server.url(), "--head", head])).toMatchObject(whole);
      const lines = exported.stdout.trim().split("\n");
      await writeFile(log, lines.with(1, lines[1]?.replace('"units":1', '"units":2') ?? "").join("\n"));
      expect(await ihims(["audit", "verify", log])).toMatchObject({
        code: 1,
        stdout: expect.stringContaining("broken: row 2"),
      });
      await writeFile(log, lines.slice(0, -1).join("\n"));
      expect(await ihims(["audit", "verify", log, "--head", head])).toMatchObject({ code: 1 });
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
