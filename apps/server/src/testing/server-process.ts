import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../cli/main.ts", import.meta.url));

/** A server as an operator starts it, in a process of its own, on a database that is there. */
export interface ServerProcess extends AsyncDisposable {
  /** Address of the web, without a slash at its end. */
  readonly url: string;
  /** End it as a power cut does: no handler runs. */
  kill(): Promise<void>;
}

export async function startServerProcess(given: {
  databaseUrl: string;
  secretKey: string;
  environment?: Record<string, string>;
}): Promise<ServerProcess> {
  const child = spawn(process.execPath, [MAIN, "serve"], {
    env: {
      ...process.env,
      DATABASE_URL: given.databaseUrl,
      SECRET_KEY: given.secretKey,
      CITY: "none",
      LOG_LEVEL: "silent",
      PORT: "0",
      MLLP_PORT: "0",
      ...given.environment,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return {
    url: await readAddress(child),
    kill: () => end(child, "SIGKILL"),
    [Symbol.asyncDispose]: () => end(child, "SIGTERM"),
  };
}

async function readAddress(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("no output to read an address from");
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /Citizens:\s+(http:\/\/\S+?)\/$/.exec(line)?.[1];
    if (url === undefined) continue;
    child.stdout.resume();
    return url;
  }
  throw new Error(`the server ended before it served, with ${child.exitCode ?? child.signalCode}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}
