import { setTimeout as wait } from "node:timers/promises";
import { chmod, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Client } from "pg";
import {
  createCluster,
  openSession,
  findRunningPort,
  readClusterVersion,
  startCluster,
  stopCluster,
  type Cluster,
} from "./embedded-postgres-cluster.ts";
import { canEnter, exists, findAccount, placeBinaries } from "./embedded-postgres-files.ts";
import { withFileLock } from "./file-lock.ts";

const LOCK_WAIT_MAX_MS = 180_000;
/** A server that was cut off replays its log first; it answers "starting up" until then. */
const RECOVERY_MAX_MS = 300_000;
const REVIVE_TRIES_MAX = 10;
const REVIVE_PAUSE_MS = 1_000;
/** The sessions that say "a process still needs this database"; they end with their process. */
const LEASE_NAME = "ihims-lease";

/** A running PostgreSQL of our own. */
export interface EmbeddedPostgres {
  /** Connection string, with the password: never log it. */
  url: string;
  /** Whether it was running already, left by a killed process or shared with a living one. */
  adopted: boolean;
  /** Fast shutdown, unless another process uses the database too. Twice does no harm. */
  stop(): Promise<void>;
}

interface Options {
  dataDir: string;
  log(line: string): void;
}

interface Running {
  lease: Client;
  url: string;
  adopted: boolean;
}

/**
 * Run the PostgreSQL that comes with the packages, with its data under `dataDir`/postgres.
 *
 * It listens on a loopback port, keeps that port from start to start, and lets in only who has the
 * password in `dataDir`/postgres/password. It outlives a killed server, and the next start adopts
 * it: there is never a second one on the same data. While it is in use it is watched, and brought
 * back when it goes down.
 *
 * @throws Error with one line for the operator when it cannot run
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const cluster = await prepare(options);
  const lockPath = join(cluster.home, "starting.lock");
  const locked = <T>(work: () => Promise<T>) => withFileLock(lockPath, LOCK_WAIT_MAX_MS, work);

  let running = await locked(() => ensureRunning(cluster));
  const { url, adopted } = running;
  let stopping: Promise<void> | undefined;
  let reviving: Promise<void> = Promise.resolve();

  const watch = () => {
    let isLost = false;
    const revive = () => {
      if (isLost || stopping) return;
      isLost = true;
      const start = () => locked(() => ensureRunning(cluster));
      reviving = bringBack(cluster, start, () => stopping !== undefined).then((next) => {
        if (!next) return;
        running = next;
        watch();
      });
    };
    running.lease.on("end", revive);
  };
  watch();

  const stop = () => {
    stopping ??= reviving.then(() => locked(() => release(cluster, running.lease)));
    return stopping;
  };
  return { url, adopted, stop };
}

async function prepare({ dataDir, log }: Options): Promise<Cluster> {
  const home = join(resolve(dataDir), "postgres");
  const dir = join(home, "data");
  await mkdir(home, { recursive: true });
  const account = await findAccount(dir);
  for (const own of [resolve(dataDir), home]) {
    // Both are ours: to pass through shows nothing that is in them.
    if (!(await canEnter(own, account))) await chmod(own, 0o711).catch(() => undefined);
  }
  const binaries = await placeBinaries(home, account);
  return { home, dir, account, binaries, log };
}

/** Adopt the server that runs on this data, or start one. Held under the lock. */
async function ensureRunning(cluster: Cluster): Promise<Running> {
  if (!(await exists(cluster.dir))) await createCluster(cluster);
  const version = await readClusterVersion(cluster);
  if (version !== cluster.binaries.major) {
    throw new Error(
      `${cluster.dir} was made by PostgreSQL ${version}, this release brings ${cluster.binaries.major}: ` +
        `back up with the old release and restore into an empty DATA_DIR`,
    );
  }
  const adopted = await adopt(cluster);
  if (adopted) return adopted;
  const port = await startCluster(cluster);
  cluster.log(`The database runs on 127.0.0.1:${port}, its data is in ${cluster.dir}.`);
  return { ...(await openSession(cluster, port, LEASE_NAME, RECOVERY_MAX_MS)), adopted: false };
}

async function adopt(cluster: Cluster): Promise<Running | undefined> {
  const port = await findRunningPort(cluster);
  if (port === undefined) return undefined;
  const session = await openSession(cluster, port, LEASE_NAME, RECOVERY_MAX_MS).catch((error: unknown) => {
    cluster.log(`The database that is running does not answer (${String(error)}): starting it again.`);
    return undefined;
  });
  if (session?.version === cluster.binaries.version) {
    cluster.log(`The database was still running on 127.0.0.1:${port}: using it.`);
    return { ...session, adopted: true };
  }
  if (session && (await countOtherLeases(session.lease)) > 0) {
    await session.lease.end();
    throw new Error(
      `another process still uses ${cluster.dir} with PostgreSQL ${session.version}: stop it first`,
    );
  }
  await session?.lease.end();
  await stopCluster(cluster);
  return undefined;
}

async function bringBack(
  cluster: Cluster,
  start: () => Promise<Running>,
  isNoLongerWanted: () => boolean,
): Promise<Running | undefined> {
  for (let tries = 1; tries <= REVIVE_TRIES_MAX && !isNoLongerWanted(); tries += 1) {
    try {
      cluster.log("The database went away: bringing it back.");
      return await start();
    } catch (error) {
      cluster.log(`It did not come back: ${error instanceof Error ? error.message : String(error)}`);
      await wait(REVIVE_PAUSE_MS);
    }
  }
  if (!isNoLongerWanted())
    cluster.log(`The database is gone: see the log in ${cluster.dir}/log and restart.`);
  return undefined;
}

async function release(cluster: Cluster, lease: Client): Promise<void> {
  const others = await countOtherLeases(lease).catch(() => 0);
  await lease.end().catch(() => undefined);
  if (others > 0) cluster.log("Another process uses the database: it keeps running.");
  else await stopCluster(cluster);
}

async function countOtherLeases(lease: Client): Promise<number> {
  const { rowCount } = await lease.query(
    "select 1 from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()",
    [LEASE_NAME],
  );
  return rowCount ?? 0;
}
