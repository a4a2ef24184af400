import { open, readFile, rm, stat } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { isErrno } from "./embedded-postgres-files.ts";

const RETRY_MS = 50;
/** A lock without a readable owner is being written; after this long its writer has died. */
const UNOWNED_MAX_MS = 10_000;

/**
 * Do `work` while no other process of this machine does, by a file that names the owner's process.
 *
 * The lock of a process that died is taken over. Two processes may in a rare race both take it
 * over, so `work` must be safe, if wasteful, when it runs twice.
 *
 * @param waitMaxMs how long to wait for the other; then an error names the file and its owner
 */
export async function withFileLock<T>(path: string, waitMaxMs: number, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + waitMaxMs;
  while (!(await takeLock(path))) {
    if (await isAbandoned(path)) {
      await rm(path, { force: true });
      continue;
    }
    if (performance.now() > deadline) {
      const owner = await readFile(path, "utf8").catch(() => "unknown");
      throw new Error(
        `process ${owner} has held ${path} for too long: stop it, or remove the file when it is gone`,
      );
    }
    await wait(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function takeLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, "wx", 0o600);
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (isErrno(error, "EEXIST")) return false;
    throw error;
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    const pid = Number(await readFile(path, "utf8"));
    if (pid > 0) return !isAlive(pid);
    return Date.now() - (await stat(path)).mtimeMs > UNOWNED_MAX_MS;
  } catch (error) {
    if (isErrno(error, "ENOENT")) return false;
    throw error;
  }
}

/** Whether a process with this id runs. One of another account counts too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isErrno(error, "EPERM");
  }
}
