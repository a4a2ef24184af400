import { urlOf, type Call, type Endpoint, type Reply } from "@ihims/core/endpoint.ts";
import type { LiveEvent, Topic } from "@ihims/core/live/schema.ts";
import { ProblemDetails } from "@ihims/core/problem.ts";
import { SECOND_MS } from "@ihims/core/time.ts";
import { Refused, Unreachable } from "./failures.ts";
import { followEvents } from "./live.ts";

export { Refused, Unreachable };

export interface ClientOptions {
  /** Where the server is, as `https://city.example`; empty in a browser on the server's own pages. */
  server: string;
  /** An API key. Without one what is public can be read, and in a browser the session's cookie goes along. */
  key?: string | undefined;
  /** Waits for an answer so long, in milliseconds; 20 s unless said. */
  answerMaxMs?: number;
  /** Tries after the first one that failed in passing; 4 unless said. 0: none. */
  retriesMax?: number;
  /** For tests, and for where `fetch` is another. */
  fetch?: typeof globalThis.fetch;
  /** Resolves after a time, or at once when the signal is aborted. */
  wait?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** 0 to 1, so that many clients do not come back in the same instant. */
  chance?: () => number;
}

export interface CallOptions {
  /** The same key with the same request acts once. Made anew for each unsafe call unless said. */
  idempotencyKey?: string;
  /** The version that may be replaced, without quotes. */
  ifMatch?: string;
  signal?: AbortSignal | undefined;
}

const ANSWER_MAX_MS = 20 * SECOND_MS;
const RETRIES_MAX = 4;
/** Waits 0.5 s, 1 s, 2 s and so on up to this, unless the server says when to come back. */
export const RETRY_MAX_MS = 30 * SECOND_MS;
const RETRY_FIRST_MS = 500;
/** A server that wants to be left alone for longer is not waited for: the call fails with what it said. */
const RETRY_AFTER_MAX_S = 120;

/** A server of ours, as a program calls it: each operation by its endpoint object, with its types. */
export class Client {
  readonly #options: Required<Omit<ClientOptions, "key">> & Pick<ClientOptions, "key">;

  constructor(options: ClientOptions) {
    this.#options = {
      answerMaxMs: ANSWER_MAX_MS,
      retriesMax: RETRIES_MAX,
      // A method of its own: a browser's fetch wants to be called on the window.
      fetch: (input, init) => globalThis.fetch(input, init),
      wait: waitFor,
      chance: Math.random,
      ...options,
      server: options.server.replace(/\/+$/u, ""),
    };
  }

  /**
   * Call an operation. A failure that passes (no network, 429, 5xx) is tried again with growing
   * pauses; an unsafe call carries the same idempotency key each time, so it acts once.
   *
   * @throws Refused when the server says no; Unreachable when there is no answer; a ZodError when the
   *   answer is not what the endpoint says (another release of the server)
   */
  async call<E extends Endpoint>(
    of: E,
    given: Partial<Call<E>> = {},
    options: CallOptions = {},
  ): Promise<Reply<E>> {
    const headers = new Headers({ accept: "application/json" });
    if (given.body !== undefined) headers.set("content-type", "application/json");
    if (of.method !== "GET") headers.set("idempotency-key", options.idempotencyKey ?? newRequestKey());
    if (options.ifMatch !== undefined) headers.set("if-match", `"${options.ifMatch}"`);
    const response = await this.send(urlOf(of, given), {
      method: of.method,
      headers,
      body: given.body === undefined ? null : JSON.stringify(given.body),
      signal: options.signal ?? null,
    });
    // The endpoint's own schema parsed it, so it is the endpoint's reply.
    return of.reply.parse(response.status === 204 ? undefined : response.json()) as Reply<E>;
  }

  /** Every item of a list, page after page, as it is read. */
  async *items<E extends Endpoint>(
    of: E,
    given: Partial<Call<E>> = {},
    options: Pick<CallOptions, "signal"> = {},
  ): AsyncGenerator<Item<Reply<E>>> {
    let cursor: string | undefined;
    do {
      const query = { ...(given.query as object | undefined), ...(cursor === undefined ? {} : { cursor }) };
      // Every list takes a cursor (pageQuery); its reply has its items and where it goes on; what is no list has no Item.
      const page = (await this.call(of, { ...given, query } as Partial<Call<E>>, options)) as Page<
        Item<Reply<E>>
      >;
      yield* page.items;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  /**
   * What changes, as it is committed, until the signal is aborted. A lost connection is opened again
   * and goes on where it was; after `reset` read everything again.
   */
  live(
    topics: readonly (Topic | string)[],
    options: { signal?: AbortSignal; lastEventId?: string } = {},
  ): AsyncGenerator<LiveEvent> {
    const query = topics.map((topic) => `topic=${encodeURIComponent(topic)}`).join("&");
    const { fetch, wait, chance } = this.#options;
    return followEvents({
      connect: (lastEventId, signal) =>
        fetch(`${this.#options.server}/api/v1/live?${query}`, {
          headers: lastEventId === undefined ? {} : { "last-event-id": lastEventId },
          signal,
        }),
      wait: (tries) => wait(pauseMs(tries, chance), options.signal),
      ...options,
    });
  }

  /**
   * Send a request that is no endpoint's, tried again as `call` does. Its body must be the same text
   * each time, and a request that is sent twice must act once.
   *
   * @param path from the root of the server
   */
  async send(path: string, request: RequestInit): Promise<Answer> {
    const signal = request.signal ?? undefined;
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.#sendOnce(path, request);
      } catch (error) {
        const isPassing = error instanceof Unreachable || (error instanceof Refused && error.isPassing);
        const after = error instanceof Refused ? error.retryAfterS : undefined;
        if (
          !isPassing ||
          tries >= this.#options.retriesMax ||
          (after ?? 0) > RETRY_AFTER_MAX_S ||
          signal?.aborted
        )
          throw error;
        const pause = pauseMs(tries, this.#options.chance);
        await this.#options.wait(after === undefined ? pause : Math.max(pause, after * SECOND_MS), signal);
      }
    }
  }

  async #sendOnce(path: string, request: RequestInit): Promise<Answer> {
    const { server, key, answerMaxMs, fetch } = this.#options;
    const headers = new Headers(request.headers);
    if (key !== undefined) headers.set("authorization", `Bearer ${key}`);
    const limit = AbortSignal.timeout(answerMaxMs);
    const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit;
    let response: Response;
    let text: string;
    try {
      response = await fetch(server + path, { ...request, headers, signal });
      // An answer that is cut off is none.
      text = await response.text();
    } catch (cause) {
      if (request.signal?.aborted) throw cause;
      throw new Unreachable(cause);
    }
    if (!response.ok)
      throw new Refused(response.status, detailsIn(text), response.headers.get("retry-after"));
    return { status: response.status, text, json: () => readJson(text) };
  }
}

/** What a server answered. */
export interface Answer {
  status: number;
  text: string;
  /** @throws Unreachable when it is no JSON: a proxy or a portal answered in the server's place */
  json(): unknown;
}

interface Page<T> {
  items: readonly T[];
  nextCursor: string | null;
}
type Item<R> = R extends { items: readonly (infer T)[]; nextCursor: string | null } ? T : never;

/** A key for one request, so that sending it again acts once. `randomUUID` is missing on plain-HTTP pages. */
export function newRequestKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

function pauseMs(tries: number, chance: () => number): number {
  return Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** tries) * (0.5 + chance() / 2);
}

function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Unreachable(cause);
  }
}

function detailsIn(text: string): ProblemDetails | undefined {
  try {
    return ProblemDetails.safeParse(JSON.parse(text)).data;
  } catch {
    // A proxy's page in HTML: its status is all that it says.
    return undefined;
  }
}
