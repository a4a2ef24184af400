import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const MAIN = fileURLToPath(new URL("../cli/main.ts", import.meta.url));

/** What a command printed, and how it ended. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Run a command as an operator does, in a process of its own, on a database that is there. */
export async function ihims(args: readonly string[], given?: { databaseUrl: string }): Promise<Ended> {
  const env = {
    ...process.env,
    LOG_LEVEL: "silent",
    // The secret of tests.
    ...(given && { DATABASE_URL: given.databaseUrl, SECRET_KEY: Buffer.alloc(32, 7).toString("base64") }),
  };
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [MAIN, ...args], { env })) };
  } catch (error) {
    // What execFile rejects with when a process ends otherwise.
    const { code = 1, stdout = "", stderr = "" } = error as Partial<Ended>;
    return { code, stdout, stderr };
  }
}
