import { sql } from "kysely";
import { expect, test } from "vitest";
import { createTestDatabase } from "../testing/database.ts";
import { openDatabase } from "../platform/database.ts";
import { examineDatabase } from "./doctor.ts";

test("a database that is up to date is well", async () => {
  await using database = await createTestDatabase();
  const findings = await examineDatabase(database.url);
  expect(findings.filter(({ isWell }) => !isWell)).toEqual([]);
  expect(findings.map(({ what }) => what)).toEqual(["PostgreSQL", "Clocks", "Migrations", "City"]);
});

test("migrations that were not run are named, with what to do", async () => {
  await using database = await createTestDatabase();
  const { db, close } = openDatabase(database.url);
  await sql`delete from kysely_migration where name >= '003'`.execute(db);
  await close();
  const migrations = (await examineDatabase(database.url)).find(({ what }) => what === "Migrations");
  expect(migrations).toMatchObject({ isWell: false });
  expect(migrations?.how).toMatch(/003-imports.*ihims migrate/);
});

test("a database that does not answer is named, and nothing throws", async () => {
  expect(await examineDatabase("postgres://nobody@127.0.0.1:1/nothing")).toMatchObject([
    { what: "PostgreSQL", isWell: false },
  ]);
});
