import { Client } from "pg";
import { expect, test } from "vitest";
import { createTestDatabase } from "./database.ts";

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("databases made at once are migrated and do not see each other", async () => {
  const databases = await Promise.all(Array.from({ length: 4 }, () => createTestDatabase()));
  await Promise.all(databases.map(({ url }, index) => query(url, `create table own_${index} (n int)`)));
  const tables = "select table_name from information_schema.tables where table_name like 'own%'";
  for (const [index, database] of databases.entries()) {
    expect(await query(database.url, tables)).toEqual([{ table_name: `own_${index}` }]);
    const applied = "select count(*)::int > 0 as migrated from kysely_migration";
    expect(await query(database.url, applied)).toEqual([{ migrated: true }]);
    await database[Symbol.asyncDispose]();
  }
});

test("a database is gone at the end, also with a session still open", async () => {
  const client = await (async () => {
    await using database = await createTestDatabase();
    const left = new Client({ connectionString: database.url });
    left.on("error", () => undefined);
    await left.connect();
    return left;
  })();
  await expect(client.query("select 1")).rejects.toThrow();
});
