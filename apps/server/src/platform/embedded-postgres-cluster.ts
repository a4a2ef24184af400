import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chown,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { exists, isErrno, makeClusterDir, type Account, type Binaries } from "./embedded-postgres-files.ts";
import { isAlive } from "./file-lock.ts";

const START_MAX_S = 300;
const STOP_MAX_S = 120;
const PORT_TRIES_MAX = 5;
const CONNECT_MAX_MS = 10_000;
const CONNECT_PAUSE_MS = 100;
const OUTPUT_MAX_CHARS = 20_000;
const HOST = "127.0.0.1";
const ROLE = "ihims";
const DATABASE = "ihims";

/** One database cluster: its place on the disk and what runs it. */
export interface Cluster {
  /** Our directory: the password, the port, the lock. */
  home: string;
  /** PostgreSQL's own directory, or a link to it. */
  dir: string;
  /** Who it runs as; `undefined` is the account of this process. */
  account: Account | undefined;
  binaries: Binaries;
  log(line: string): void;
}

/**
 * The locales to try, best first. The character type decides which letters pg_trgm sees, and in
 * the plain C locale it sees none outside of ASCII. Not every system's C library has C.UTF-8.
 */
const LOCALES = ["C.UTF-8", "en_US.UTF-8", "C"];

/** Settings that the data directory keeps. Nothing that a person wrote enters the log. */
const INITIAL_SETTINGS = [
  "logging_collector=on",
  "log_directory=log",
  "log_filename=postgresql-%a.log",
  "log_truncate_on_rotation=on",
  "log_rotation_age=1d",
  "log_rotation_size=0",
  "log_min_error_statement=panic",
  "log_error_verbosity=terse",
  "timezone=UTC",
  "log_timezone=UTC",
];

/** Settings given at each start. An acknowledged write has to survive a power cut. */
const START_SETTINGS = [
  `listen_addresses=${HOST}`,
  "unix_socket_directories=",
  "max_connections=200",
  "fsync=on",
  "synchronous_commit=on",
  "full_page_writes=on",
];

/** Make the cluster. It appears whole under `cluster.dir`, or not at all. */
export async function createCluster(cluster: Cluster): Promise<void> {
  cluster.log("Making the database, once.");
  const password = randomBytes(24).toString("hex");
  const made = await makeClusterDir(cluster.home, cluster.account);
  const passwordForInit = `${made}.password`;
  try {
    await writeFile(passwordForInit, password, { mode: 0o600 });
    if (cluster.account) await chown(passwordForInit, cluster.account.uid, cluster.account.gid);
    await initialise(cluster, made, passwordForInit);
    await writeFile(passwordPath(cluster), password, { mode: 0o600 });
    if (dirname(made) === cluster.home) await rename(made, cluster.dir);
    else await linkFromHome(cluster, made);
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(passwordForInit, { force: true });
  }
}

async function linkFromHome(cluster: Cluster, made: string): Promise<void> {
  await stopUnlinked(cluster, dirname(made));
  const place = made.replace("new-", "data-");
  await rename(made, place);
  await writeFile(`${place}.home`, cluster.home);
  await symlink(place, cluster.dir);
  cluster.log(
    `The account of the database cannot enter ${cluster.home}: the data is in ${place}, linked from there.`,
  );
}

/**
 * A server stops by itself when its data is removed, but not when only the link to the data is:
 * then it is stopped here, and its data left to the operator.
 */
async function stopUnlinked(cluster: Cluster, parent: string): Promise<void> {
  for (const name of (await readdir(parent)).filter((entry) => entry.endsWith(".home"))) {
    const dir = join(parent, name.slice(0, -".home".length));
    if ((await readFile(join(parent, name), "utf8")) !== cluster.home || !(await exists(dir))) continue;
    await stopCluster({ ...cluster, dir });
    cluster.log(`An earlier database of this DATA_DIR is left in ${dir}: remove it when nothing needs it.`);
  }
}

async function initialise(cluster: Cluster, dir: string, passwordFile: string): Promise<void> {
  let result: Result | undefined;
  for (const locale of LOCALES) {
    result = await runAs(cluster, cluster.binaries.initdb, [
      `--pgdata=${dir}`,
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      `--locale=${locale}`,
      `--username=${ROLE}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      ...INITIAL_SETTINGS.map((setting) => `--set=${setting}`),
    ]);
    if (result.code === 0) return;
    if (!/locale/i.test(result.output)) break;
  }
  throw new Error(`the database could not be made: ${lastLine(result?.output ?? "")}`);
}

/** The major version that made the data, such as `18`. */
export async function readClusterVersion(cluster: Cluster): Promise<string> {
  return (await readFile(join(cluster.dir, "PG_VERSION"), "utf8")).trim();
}

/** The port of the server that runs on this data, or `undefined` when none does. */
export async function findRunningPort(cluster: Cluster): Promise<number | undefined> {
  const pidFile = join(cluster.dir, "postmaster.pid");
  const text = await readFile(pidFile, "utf8").catch(() => "");
  // Written by the server itself: line 1 is its process, line 4 its port.
  const [pid, , , port] = text.split("\n").map(Number);
  if (!pid || !port || !isAlive(pid)) return undefined;
  if (!(await isPostmasterOf(pid, cluster))) {
    // After a crash of the machine or container another program can have the same process id.
    await rm(pidFile, { force: true });
    return undefined;
  }
  return port;
}

async function isPostmasterOf(pid: number, cluster: Cluster): Promise<boolean> {
  if (process.platform !== "linux") return true;
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(cluster.dir));
  } catch {
    return true;
  }
}

/** Start the server on its port of last time, or another when that is taken; answers the port. */
export async function startCluster(cluster: Cluster): Promise<number> {
  const dir = await realpath(cluster.dir);
  const startLog = join(dir, "startup.log");
  const portPath = join(cluster.home, "port");
  let port = Number(await readFile(portPath, "utf8").catch(() => "0"));
  for (let tries = 1; ; tries += 1) {
    port = await findFreePort(port);
    await rm(startLog, { force: true });
    const settings = [...START_SETTINGS, `port=${port}`].map((setting) => `-c ${setting}`).join(" ");
    const args = ["start", "-w", "-t", String(START_MAX_S), "-D", dir, "-l", startLog, "-o", settings];
    const { code, output } = await runAs(cluster, cluster.binaries.pgCtl, args);
    if (code === 0) break;
    const reason = (await readFile(startLog, "utf8").catch(() => "")) || output;
    if (!/bind|address already in use/i.test(reason) || tries === PORT_TRIES_MAX) {
      throw new Error(
        `the database did not start: ${lastLine(reason)} (more in ${startLog} and ${join(dir, "log")})`,
      );
    }
    port = 0;
  }
  await writeFile(portPath, String(port));
  return port;
}

/** Shut the server down: open transactions are rolled back, what was acknowledged is on the disk. */
export async function stopCluster(cluster: Cluster): Promise<void> {
  if ((await findRunningPort(cluster)) === undefined) return;
  const args = ["stop", "-m", "fast", "-w", "-t", String(STOP_MAX_S), "-D", await realpath(cluster.dir)];
  const { code, output } = await runAs(cluster, cluster.binaries.pgCtl, args);
  const isStillRunning = code !== 0 && (await findRunningPort(cluster)) !== undefined;
  if (isStillRunning) throw new Error(`the database did not stop: ${lastLine(output)}`);
}

/** Connect as soon as the server takes connections, and see that our database is there. */
export async function openSession(
  cluster: Cluster,
  port: number,
  name: string,
  waitMaxMs: number,
): Promise<{ lease: Client; url: string; version: string }> {
  const password = await readPassword(cluster);
  const deadline = performance.now() + waitMaxMs;
  for (;;) {
    const lease = new Client({
      host: HOST,
      port,
      user: ROLE,
      password,
      database: "postgres",
      application_name: name,
      connectionTimeoutMillis: CONNECT_MAX_MS,
    });
    // A lost connection also ends; without a listener its error would end this process.
    lease.on("error", () => undefined);
    try {
      await lease.connect();
      const { rows } = await lease.query<{ version: string; known: boolean }>(
        "select current_setting('server_version') as version, exists (select from pg_database where datname = $1) as known",
        [DATABASE],
      );
      if (!rows[0]?.known) await lease.query(`create database ${DATABASE}`);
      const url = `postgres://${ROLE}:${password}@${HOST}:${port}/${DATABASE}`;
      return { lease, url, version: rows[0]?.version ?? "unknown" };
    } catch (error) {
      await lease.end().catch(() => undefined);
      if (!isNotYetUp(error) || performance.now() > deadline || (await findRunningPort(cluster)) !== port)
        throw error;
      await wait(CONNECT_PAUSE_MS);
    }
  }
}

/** PostgreSQL answers 57P03 "cannot connect now" while it replays its log or shuts down. */
function isNotYetUp(error: unknown): boolean {
  return isErrno(error, "57P03") || isErrno(error, "ECONNREFUSED") || isErrno(error, "ECONNRESET");
}

async function readPassword(cluster: Cluster): Promise<string> {
  const path = passwordPath(cluster);
  if (!(await exists(path)))
    throw new Error(`${path} is missing, and without it nobody can enter the database`);
  return (await readFile(path, "utf8")).trim();
}

function passwordPath(cluster: Cluster): string {
  return join(cluster.home, "password");
}

/** `wanted` when it is free, otherwise a free one. */
async function findFreePort(wanted: number): Promise<number> {
  const server = createServer();
  try {
    return await new Promise((done, failed) => {
      server.once("error", failed);
      server.listen(wanted, HOST, () => {
        const address = server.address();
        done(typeof address === "object" && address ? address.port : wanted);
      });
    });
  } catch (error) {
    if (wanted === 0) throw error;
    return findFreePort(0);
  } finally {
    server.close();
  }
}

interface Result {
  code: number | null;
  output: string;
}

/** Run a program of the database as its account, with nothing of our environment but the path. */
async function runAs({ account }: Cluster, program: string, args: string[]): Promise<Result> {
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  const child = spawn(program, args, {
    ...account,
    // The account may be unable to enter the directory that we are in.
    cwd: dirname(program),
    env: { PATH, SystemRoot, TEMP, TMP, LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  let output = "";
  const collect = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-OUTPUT_MAX_CHARS);
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  return new Promise((done, failed) => {
    child.once("error", (cause) => failed(new Error(`cannot run ${program} (${cause.message})`, { cause })));
    // On Windows the server inherits our pipes, and they do not close before it ends.
    child.once(process.platform === "win32" ? "exit" : "close", (code) => done({ code, output }));
  });
}

function lastLine(output: string): string {
  return (
    output
      .trim()
      .split("\n")
      .findLast((line) => line.trim() !== "") ?? "no reason was given"
  );
}
