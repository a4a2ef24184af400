import { Client } from "pg";
import { expect, test } from "vitest";
import { createTestDatabase } from "../testing/database.ts";
import { migrateToLatest } from "./migrate.ts";

/** A database with nothing in it, as a new installation has it. */
async function anEmptyDatabase() {
  const database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query("drop schema public cascade; create schema public");
  await client.end();
  return database;
}

test("two processes that start at once migrate once", async () => {
  await using database = await anEmptyDatabase();
  const [first, second] = await Promise.all([migrateToLatest(database.url), migrateToLatest(database.url)]);
  const done = [...first, ...second];
  expect(done.length).toBeGreaterThan(0);
  expect(new Set(done).size).toBe(done.length);
  expect(Math.min(first.length, second.length)).toBe(0);
});

test("a database that is up to date is left as it is", async () => {
  await using database = await createTestDatabase();
  expect(await migrateToLatest(database.url)).toEqual([]);
});

test("a database of a newer release is refused with a clear line", async () => {
  await using database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    "insert into kysely_migration (name, timestamp) values ('999-the-future', '2030-01-01')",
  );
  await client.end();
  await expect(migrateToLatest(database.url)).rejects.toThrow("999-the-future");
});
