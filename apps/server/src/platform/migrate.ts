import { readdir } from "node:fs/promises";
import { Migrator, type Migration, type MigrationProvider } from "kysely/migration";
import { openDatabase, type Db } from "./database.ts";

const FOLDER = new URL("../migrations/", import.meta.url);

/** The migrations of the folder, in the order of their names. */
const provider: MigrationProvider = {
  async getMigrations() {
    const migrations: Record<string, Migration> = {};
    for (const file of (await readdir(FOLDER)).filter((name) => /^\d{3}-.*\.ts$/.test(name)).sort()) {
      migrations[file.slice(0, -".ts".length)] = await import(new URL(file, FOLDER).href);
    }
    return migrations;
  },
};

/**
 * Bring a database up to this release. Forward only; two processes that start at once wait for each
 * other, and the second finds nothing to do.
 *
 * @returns the names of the migrations that were run
 * @throws Error that names the migration that failed; it and those after it were not applied
 */
export async function migrateToLatest(url: string): Promise<string[]> {
  const database = openDatabase(url, { connectionsMax: 1 });
  try {
    const migrator = new Migrator({ db: database.db, provider });
    const { error, results = [] } = await migrator.migrateToLatest();
    if (error) {
      const failed = results.find(({ status }) => status === "Error");
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(
        failed
          ? `migration ${failed.migrationName} failed: ${why}`
          : `the database cannot be migrated: ${why}`,
        { cause: error },
      );
    }
    return results.filter(({ status }) => status === "Success").map(({ migrationName }) => migrationName);
  } finally {
    await database.close();
  }
}

/** The names of the migrations that this release has and the database has not. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const migrations = await new Migrator({ db, provider }).getMigrations();
  return migrations.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
}
