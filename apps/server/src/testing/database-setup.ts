import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../platform/embedded-postgres.ts";
import { exists } from "../platform/embedded-postgres-files.ts";
import { isAlive } from "../platform/file-lock.ts";
import { migrateToLatest } from "../platform/migrate.ts";
import { databaseUrl, execute } from "./database-server.ts";

const DIR_PREFIX = "ihims-test-";

interface TestServer {
  url: string;
  stop(): Promise<void>;
}

/**
 * Before the first test: one PostgreSQL for the whole run, and in it one migrated template that
 * each test copies. A project that is named `server-postgres` uses the server at
 * TEST_DATABASE_URL, the others an embedded one of their own.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = project.name === "server-postgres" ? readGivenServer() : await startTestServer();
  try {
    const template = `ihims_template_${randomBytes(6).toString("hex")}`;
    await execute(server.url, `create database ${template}`);
    await migrateToLatest(databaseUrl(server.url, template));
    await execute(server.url, `alter database ${template} is_template true allow_connections false`);
    project.provide("testDatabase", { serverUrl: server.url, template });
    return async () => {
      await execute(server.url, `alter database ${template} is_template false`);
      await execute(server.url, `drop database ${template}`);
      await server.stop();
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function readGivenServer(): TestServer {
  const url = process.env["TEST_DATABASE_URL"];
  if (!url)
    throw new Error(
      "TEST_DATABASE_URL is not set: it names the server whose databases the tests make and drop",
    );
  return { url, stop: () => Promise.resolve() };
}

async function startTestServer(): Promise<TestServer> {
  await removeAbandoned();
  const dataDir = await mkdtemp(join(tmpdir(), `${DIR_PREFIX}${process.pid}-`));
  await chmod(dataDir, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** A run that was killed leaves its server running: stop it and remove its data. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(new RegExp(`^${DIR_PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (!pid || isAlive(pid)) continue;
    const dataDir = join(tmpdir(), name);
    if (await exists(join(dataDir, "postgres/data/postmaster.pid"))) {
      await startEmbeddedPostgres({ dataDir, log: () => undefined }).then(
        (left) => left.stop(),
        () => undefined,
      );
    }
    await rm(dataDir, { recursive: true, force: true });
  }
}
