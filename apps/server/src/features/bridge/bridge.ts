import { Client, Refused } from "@ihims/client/client.ts";
import { instantOf, SECOND_MS, type Instant } from "@ihims/core/time.ts";
import type { MllpListener } from "../../platform/mllp.ts";
import { Buffer, BufferFull, type BufferState } from "./buffer.ts";
import type { BridgeConfig, SourceConfig } from "./config.ts";
import { sendNext } from "./sender.ts";
import { listenMllp, takeFolder, takeSql, type Taking } from "./sources.ts";

export interface BridgeOptions {
  say(line: string): void;
  signal: AbortSignal;
  /** Read every source once, send what waits, and end. */
  once?: boolean;
  now?: () => Instant;
  fetch?: typeof globalThis.fetch;
}

/** How a bridge is: what waits, and what the server last said. */
export interface BridgeHealth extends BufferState {
  state: "sending" | "idle" | "unreachable" | "refused" | "full";
  problem: string | null;
}

const PAUSE_FIRST_MS = SECOND_MS;
const PAUSE_MAX_MS = 60 * SECOND_MS;
const IDLE_MS = 250;

/**
 * Carry what sources have to the server, from beside the hospital's own systems: it pushes only, and
 * nothing reaches in. What was taken is on disk until the server has said that it has it.
 *
 * @returns how it ended; with `once`, whether everything was sent
 */
export async function runBridge(config: BridgeConfig, options: BridgeOptions): Promise<BridgeHealth> {
  const now = options.now ?? (() => instantOf(Date.now()));
  const buffer = new Buffer(config.dataDir, { maxBytes: config.bufferMaxMb * 1024 * 1024, now });
  const client = new Client({
    server: config.server,
    key: config.key,
    retriesMax: 0,
    ...(options.fetch && { fetch: options.fetch }),
  });
  const taking: Taking = { config, buffer, now, say: options.say };
  const told = new Teller(options.say);
  const run = new BridgeRun(client, buffer, options.signal, told);
  const listeners: MllpListener[] = [];
  try {
    if (options.once) {
      for (const source of config.sources) await takeOnce(source, taking, told);
      await run.sendAll();
    } else {
      for (const source of config.sources)
        if (source.kind === "mllp") listeners.push(await listenMllp(source, taking));
      for (const { address } of listeners) options.say(`HL7 v2 (MLLP) on ${address.host}:${address.port}`);
      const health = setInterval(
        () => options.say(JSON.stringify(run.health())),
        config.healthEveryS * SECOND_MS,
      );
      try {
        await Promise.all([
          run.sendForEver(),
          ...config.sources.map((source) => takeForEver(source, taking, told, options.signal)),
        ]);
      } finally {
        clearInterval(health);
      }
    }
    return run.health();
  } finally {
    for (const listener of listeners) await listener.close();
    buffer.close();
  }
}

class BridgeRun {
  readonly #client: Client;
  readonly #buffer: Buffer;
  readonly #signal: AbortSignal;
  readonly #told: Teller;
  #state: BridgeHealth["state"] = "idle";
  #problem: string | null = null;

  constructor(client: Client, buffer: Buffer, signal: AbortSignal, told: Teller) {
    this.#client = client;
    this.#buffer = buffer;
    this.#signal = signal;
    this.#told = told;
  }

  health(): BridgeHealth {
    const state = this.#buffer.isFull ? "full" : this.#state;
    return { state, problem: this.#problem, ...this.#buffer.state() };
  }

  /** Send what waits, as far as the server takes it. */
  async sendAll(): Promise<void> {
    while (!this.#signal.aborted && (await this.#sendOnce()) === "more");
  }

  async sendForEver(): Promise<void> {
    for (let failures = 0; !this.#signal.aborted;) {
      const came = await this.#sendOnce();
      failures = came === "failed" ? failures + 1 : 0;
      const pause = Math.min(PAUSE_MAX_MS, PAUSE_FIRST_MS * 2 ** (failures - 1));
      if (came !== "more") await rest(came === "failed" ? pause : IDLE_MS, this.#signal);
    }
  }

  async #sendOnce(): Promise<"more" | "nothing" | "failed"> {
    try {
      const settled = await sendNext(this.#client, this.#buffer, this.#signal);
      this.#state = settled > 0 ? "sending" : "idle";
      this.#problem = null;
      this.#told.again("server");
      return settled > 0 ? "more" : "nothing";
    } catch (error) {
      if (this.#signal.aborted) return "failed";
      this.#state = error instanceof Refused && !error.isPassing ? "refused" : "unreachable";
      this.#problem = error instanceof Error ? error.message : String(error);
      this.#told.once("server", `the server: ${this.#problem}; it is tried again, and nothing is lost`);
      return "failed";
    }
  }
}

/** Says a trouble when it begins and not again until it is over. */
class Teller {
  readonly #say: (line: string) => void;
  readonly #told = new Map<string, string>();

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  once(about: string, line: string): void {
    if (this.#told.get(about) === line) return;
    this.#told.set(about, line);
    this.#say(line);
  }

  again(about: string): void {
    if (this.#told.delete(about)) this.#say(`${about}: in order again`);
  }
}

async function takeOnce(source: SourceConfig, taking: Taking, told: Teller): Promise<void> {
  try {
    if (source.kind === "folder") await takeFolder(source, taking);
    if (source.kind === "sql") await takeSql(source, taking);
    told.again(source.name);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    told.once(
      source.name,
      error instanceof BufferFull ? words : `${source.name}: ${words}; it is tried again`,
    );
  }
}

async function takeForEver(
  source: SourceConfig,
  taking: Taking,
  told: Teller,
  signal: AbortSignal,
): Promise<void> {
  // A listener is called; it does not ask.
  while (!signal.aborted && source.kind !== "mllp") {
    await takeOnce(source, taking, told);
    await rest(source.everyS * SECOND_MS, signal);
  }
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
