import { sql } from "kysely";
import { expect, test } from "vitest";
import { City } from "@ihims/core/city/schema.ts";
import { at } from "../testing/server.ts";
import { createTestDatabase } from "../testing/database.ts";
import { contextFor, type Context, type ContextBase } from "./context.ts";
import {
  appendChanges,
  followChanges,
  forgetChangesBefore,
  newestPosition,
  readChangesAfter,
} from "./changes.ts";
import { openDatabase } from "./database.ts";
import { createLog } from "./log.ts";

/** A database with a stream of changes, and a context to write to it. */
async function aStream() {
  const testDatabase = await createTestDatabase();
  const database = openDatabase(testDatabase.url);
  const announced: unknown[] = [];
  const base: ContextBase = {
    db: database.db,
    city: () =>
      City.parse({
        name: "Test",
        timeZone: "UTC",
        countryCode: "IN",
        centre: { lat: 0, lon: 0 },
        languages: ["en"],
        emergencyNumbers: [],
        isDemonstration: false,
      }),
    secretKey: Buffer.alloc(32),
    log: createLog("silent"),
    now: () => at("12:00"),
    announce: (bodies) => void announced.push(...bodies),
    follow: async () => undefined,
  };
  return {
    db: database.db,
    ctx: contextFor(base, { kind: "operator" }),
    announced,
    async [Symbol.asyncDispose]() {
      await database.close();
      await testDatabase[Symbol.asyncDispose]();
    },
  };
}

const append = (ctx: Context, body: unknown) => ctx.transaction((tx) => appendChanges(tx, [body]));

async function bodiesAfter(db: Context["db"], position: Parameters<typeof readChangesAfter>[1]) {
  return (await readChangesAfter(db, position))?.map(({ body }) => body);
}

test("changes are read in the order in which they were committed, from any place on", async () => {
  await using stream = await aStream();
  for (const body of ["a", "b", "c"]) await append(stream.ctx, body);
  const all = (await readChangesAfter(stream.db, "0-0")) ?? [];
  expect(all.map(({ body }) => body)).toEqual(["a", "b", "c"]);
  expect(await bodiesAfter(stream.db, all[0]?.position ?? "0-0")).toEqual(["b", "c"]);
  expect(await newestPosition(stream.db)).toBe(all[2]?.position);
});

test("a change of a transaction that began earlier and ends later is not skipped", async () => {
  await using stream = await aStream();
  let finish = () => undefined as void;
  const isWaiting = new Promise<void>((resolve) => void (finish = resolve));
  let began = () => undefined as void;
  const hasBegun = new Promise<void>((resolve) => void (began = resolve));
  const slow = stream.ctx.transaction(async (tx) => {
    await appendChanges(tx, ["slow"]);
    began();
    await isWaiting;
  });
  await hasBegun;
  await append(stream.ctx, "quick");
  // The quick one waits for the slow one: a reader who had gone past would never see the slow one.
  expect(await bodiesAfter(stream.db, "0-0")).toEqual([]);
  finish();
  await slow;
  expect(await bodiesAfter(stream.db, "0-0")).toEqual(["slow", "quick"]);
});

test("what was rolled back is never told", async () => {
  await using stream = await aStream();
  const failing = stream.ctx.transaction(async (tx) => {
    await appendChanges(tx, ["lost"]);
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await bodiesAfter(stream.db, "0-0")).toEqual([]);
  expect(stream.announced).toEqual([]);
});

test("a place whose following changes are forgotten is told from one at the end", async () => {
  await using stream = await aStream();
  await append(stream.ctx, "old");
  const [old] = (await readChangesAfter(stream.db, "0-0")) ?? [];
  for (const body of ["older", "newest"]) await append(stream.ctx, body);
  await forgetChangesBefore(stream.db, at("13:00"));
  expect(await readChangesAfter(stream.db, old?.position ?? "0-0")).toBeUndefined();
  expect(await bodiesAfter(stream.db, await newestPosition(stream.db))).toEqual([]);
});

test("a follower is told of every change once, also of those of other processes", async () => {
  await using stream = await aStream();
  const told: unknown[] = [];
  let isTold = () => undefined as void;
  const follower = followChanges(
    stream.db,
    "0-0",
    (changes) => {
      told.push(...changes.map(({ body }) => body));
      isTold();
    },
    createLog("silent"),
  );
  // Nobody wakes the follower: these are another process's.
  for (let number = 0; number < 50; number++) await append(stream.ctx, number);
  while (told.length < 50) await new Promise<void>((resolve) => void (isTold = resolve));
  await follower.stop();
  expect(told).toEqual(Array.from({ length: 50 }, (_, number) => number));
});

test("work that joins a transaction is undone with it", async () => {
  await using stream = await aStream();
  await sql`create table note (text text)`.execute(stream.db);
  const failing = stream.ctx.transaction(async (tx) => {
    await tx.transaction((inner) => sql`insert into note values ('inner')`.execute(inner.db));
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect((await sql`select * from note`.execute(stream.db)).rows).toEqual([]);
});
