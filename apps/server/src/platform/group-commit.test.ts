import { sql } from "kysely";
import { expect, test } from "vitest";
import { testServer } from "../testing/server.ts";
import { GroupCommit, type GroupWork } from "./group-commit.ts";

/** Writes each number into a table whose rows are at most 99, and answers it with its double. */
async function aLedger(callsMax = 100) {
  const server = await testServer();
  const { db } = server.ctx;
  await sql`create table noted (at bigint generated always as identity, number int check (number < 100))`.execute(
    db,
  );
  const groups: number[] = [];
  const work: GroupWork<number, number> = {
    callsMax,
    async run(ctx, numbers) {
      groups.push(numbers.length);
      await sql`insert into noted (number) select unnest(${numbers}::int[])`.execute(ctx.db);
      return numbers.map((number) => number * 2);
    },
  };
  const together = new GroupCommit(work);
  return {
    take: (number: number) => together.take(server.ctx, number),
    groups,
    noted: async () =>
      (await sql<{ number: number }>`select number from noted order by at`.execute(db)).rows.map(
        ({ number }) => number,
      ),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const UP_TO_FIFTY = Array.from({ length: 50 }, (_, number) => number);

test("callers that come together share transactions, and each has its own outcome", async () => {
  await using ledger = await aLedger();
  expect(await Promise.all(UP_TO_FIFTY.map(ledger.take))).toEqual(UP_TO_FIFTY.map((number) => number * 2));
  expect(await ledger.noted()).toEqual(UP_TO_FIFTY);
  expect(ledger.groups.length).toBeLessThan(10);
});

test("who comes while a transaction runs is taken in the next one", async () => {
  await using ledger = await aLedger();
  const first = ledger.take(1);
  await new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
  const others = [2, 3, 4].map(ledger.take);
  expect(await Promise.all([first, ...others])).toEqual([2, 4, 6, 8]);
  expect(ledger.groups).toEqual([1, 3]);
});

test("one bad call fails alone, and the others keep their order", async () => {
  await using ledger = await aLedger();
  const calls = [1, 2, 3, 500, 4, 5, 6, 7].map(ledger.take);
  const outcomes = await Promise.allSettled(calls);
  expect(outcomes.map(({ status }) => status === "fulfilled")).toEqual([1, 1, 1, 0, 1, 1, 1, 1].map(Boolean));
  expect(await ledger.noted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(await ledger.take(8)).toBe(16);
});

test("no transaction takes more than the bound", async () => {
  await using ledger = await aLedger(7);
  await Promise.all(UP_TO_FIFTY.map(ledger.take));
  expect(Math.max(...ledger.groups)).toBe(7);
});
