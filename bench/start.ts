import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { SECRET_KEY } from "./city.ts";
import { besidePeer, type Figure } from "./figures.ts";
import { inTurns } from "./rounds.ts";
import type { Setting } from "./setting.ts";

const MAIN = fileURLToPath(import.meta.resolve("@ihims/server/cli/main.ts"));
const READY_MAX_MS = 60_000;
const POLL_MS = 5;
/** A start takes long, and differs little from the next. */
const ROUNDS_MAX = 2;

interface Start {
  readyMs: number;
  firstListMs: number;
  memoryMb: number;
}

/** From the start of `ihims serve` until it is ready, with the city in the database beside an empty one. */
export async function measureStart(setting: Setting): Promise<Figure[]> {
  const full = await setting.createDatabase("city");
  const empty = await setting.createDatabase("nothing");
  const rounds = Math.min(ROUNDS_MAX, setting.effort.rounds);
  const starts = await inTurns(rounds, { full: () => startOnce(full), empty: () => startOnce(empty) });
  const figure = (name: string, unit: string, of: (start: Start) => number) =>
    besidePeer({ name, unit, peer: "with an empty database" }, starts.full.map(of), starts.empty.map(of));
  return [
    figure("start with 20,000 facilities until /readyz", "ms", ({ readyMs }) => readyMs),
    figure("first nearby list after that", "ms", ({ firstListMs }) => firstListMs),
    figure("memory (RSS) then", "MB", ({ memoryMb }) => memoryMb),
  ];
}

async function startOnce(databaseUrl: string): Promise<Start> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const start = performance.now();
  const child = spawn(process.execPath, [MAIN, "serve"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      PORT: String(port),
      HOST: "127.0.0.1",
      MLLP_PORT: "0",
      CITY: "none",
      DATABASE_URL: databaseUrl,
      SECRET_KEY: SECRET_KEY.toString("hex"),
      LOG_LEVEL: "warn",
    },
  });
  const gone = once(child, "exit");
  try {
    await untilReady(origin, start);
    const readyMs = performance.now() - start;
    const asked = performance.now();
    await (await fetch(`${origin}/api/v1/facilities?near=19.1,75.45`)).text();
    const firstListMs = performance.now() - asked;
    const metrics = await (await fetch(`${origin}/metrics`)).text();
    const bytes = Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1]);
    return { readyMs, firstListMs, memoryMb: bytes / 1e6 };
  } finally {
    child.kill("SIGTERM");
    await gone;
  }
}

async function untilReady(origin: string, start: number): Promise<void> {
  while (performance.now() - start < READY_MAX_MS) {
    const isReady = await fetch(`${origin}/readyz`).then(
      async (response) => {
        await response.text();
        return response.ok;
      },
      () => false,
    );
    if (isReady) return;
    await wait(POLL_MS);
  }
  throw new Error(`not ready within ${READY_MAX_MS} ms`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a port without a number");
  return address.port;
}
