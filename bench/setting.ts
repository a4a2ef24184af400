import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@ihims/server/platform/embedded-postgres.ts";
import { migrateToLatest } from "@ihims/server/platform/migrate.ts";
import { startChild, type Child } from "./child.ts";
import { fillCity, type BenchCity } from "./city.ts";
import { query, urlOfDatabase } from "./postgres.ts";
import { LoadResult, type LoadCommand } from "./load.ts";
import { ServerResult, type ServerCommand } from "./server.ts";

/** How much is measured. */
export interface Effort {
  /** Rounds of each figure; what is compared takes turns. */
  rounds: number;
  /** Length of a round. */
  seconds: number;
  isQuick: boolean;
}

/** Where a benchmark is run: databases of its own, processes of its own. */
export interface Setting {
  effort: Effort;
  city: BenchCity;
  /** A database with the whole city, or with nothing. */
  createDatabase(of: "city" | "nothing"): Promise<string>;
  /** @param postgisUrl of a PostGIS that the server asks beside its own board */
  startServer(databaseUrl: string, postgisUrl?: string): Promise<RunningServer>;
  startLoad(): Child<LoadCommand, LoadResult>;
}

export interface RunningServer extends AsyncDisposable {
  origin: string;
  mllpPort: number;
  /** Of listeners that only write each message into a bare table: a commit for as many as come together, and one for each. */
  barePorts: { grouped: number; each: number };
  /** Processor time so far, in milliseconds. */
  cpuMs(): Promise<number>;
  /** Memory in use after a collection, in bytes. */
  memoryBytes(): Promise<number>;
}

/** One PostgreSQL in a temporary folder, with the city in a template. All of it goes at the end, also on Ctrl+C. */
export async function openSetting(
  effort: Effort,
  nodeOptions: readonly string[],
): Promise<Setting & AsyncDisposable> {
  const stack = new AsyncDisposableStack();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void stack.disposeAsync().finally(() => process.exit(130)));
  try {
    return await fill(stack, effort, nodeOptions);
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function fill(
  stack: AsyncDisposableStack,
  effort: Effort,
  nodeOptions: readonly string[],
): Promise<Setting & AsyncDisposable> {
  const dataDir = await mkdtemp(join(tmpdir(), "ihims-bench-"));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  // The database runs under another account, which has to pass through.
  await chmod(dataDir, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  stack.defer(() => postgres.stop());
  for (const name of ["nothing", "city"]) {
    await query(postgres.url, `create database template_${name}`);
    await migrateToLatest(urlOfDatabase(postgres.url, `template_${name}`));
  }
  const city = await fillCity(urlOfDatabase(postgres.url, "template_city"));
  let databases = 0;
  return {
    effort,
    city,
    async createDatabase(of) {
      const name = `bench_${++databases}`;
      await query(postgres.url, `create database ${name} template template_${of}`);
      return urlOfDatabase(postgres.url, name);
    },
    startServer: (url, postgisUrl) => startServer(url, postgisUrl, nodeOptions),
    startLoad: () => startChild<LoadCommand, LoadResult>("load.ts", LoadResult),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function startServer(
  url: string,
  postgisUrl: string | undefined,
  nodeOptions: readonly string[],
): Promise<RunningServer> {
  const child = startChild<ServerCommand, ServerResult>("server.ts", ServerResult, [
    "--expose-gc",
    ...nodeOptions,
  ]);
  try {
    const { origin, mllpPort, barePorts } = await child.ask({
      kind: "open",
      databaseUrl: url,
      ...(postgisUrl !== undefined && { postgisUrl }),
    });
    return {
      origin,
      mllpPort,
      barePorts,
      cpuMs: async () => (await child.ask({ kind: "usage", isCollected: false })).cpuMs,
      memoryBytes: async () => (await child.ask({ kind: "usage", isCollected: true })).memoryBytes,
      [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
    };
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw error;
  }
}
