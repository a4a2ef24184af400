import { setTimeout as sleep } from "node:timers/promises";
import { signIn } from "@ihims/core/people/endpoints.ts";
import { ProblemDetails } from "@ihims/core/problem.ts";
import { urlOf, type Call, type Endpoint, type Reply } from "@ihims/core/endpoint.ts";
import { SECOND_MS } from "@ihims/core/time.ts";
import { MllpClient } from "../../platform/mllp-client.ts";
import { ComeBackLater, type Outcome } from "./lane.ts";

/** How long one answer may take. */
const ANSWER_MAX_MS = 15 * SECOND_MS;
/** How long a connection may take to close. */
const CLOSE_MAX_MS = 500;

type HttpCall<E extends Endpoint> = Partial<Call<E>> & { idempotencyKey?: string };

/** The HTTP door, as any program knocks at it. */
export class HttpDoor {
  readonly #base: string;
  readonly #signal: AbortSignal;
  readonly #headers: Record<string, string>;

  /** @param base as http://127.0.0.1:8080 */
  constructor(base: string, signal: AbortSignal, headers: Record<string, string> = {}) {
    this.#base = base.replace(/\/$/, "");
    this.#signal = signal;
    this.#headers = headers;
  }

  /** @throws Error when there is no answer, or one that is not 2xx */
  async read<E extends Endpoint>(of: E, call: HttpCall<E>): Promise<Reply<E>> {
    const response = await this.#fetch(of, call);
    if (!response.ok) throw new Error(await detailOf(response));
    // What its schema made is what the endpoint replies.
    return of.reply.parse(await response.json()) as Reply<E>;
  }

  /** @throws Error when whether it was done is not known, or is worth another try */
  async tell<E extends Endpoint>(of: E, call: HttpCall<E>): Promise<Outcome> {
    return outcomeOfResponse(await this.#fetch(of, call));
  }

  /** As `tell`, of a list that is read as it comes. */
  async send<E extends Endpoint>(
    of: E,
    call: HttpCall<E> & { type: string; text: string },
  ): Promise<Outcome> {
    const { type, text, ...rest } = call;
    return outcomeOfResponse(await this.#fetch(of, rest, { type, text }));
  }

  /** A door that the same person goes through, signed in. @throws Error as `read` does */
  async signedIn(account: { email: string; password: string }): Promise<HttpDoor> {
    const response = await this.#fetch(signIn, {
      body: { email: account.email, password: account.password },
    });
    if (!response.ok) throw new Error(await detailOf(response));
    await response.arrayBuffer();
    const cookie = response.headers.getSetCookie().map((one) => one.split(";", 1)[0] ?? "");
    return new HttpDoor(this.#base, this.#signal, {
      cookie: cookie.join("; "),
      origin: new URL(this.#base).origin,
    });
  }

  #fetch<E extends Endpoint>(
    of: E,
    { body, idempotencyKey, ...call }: HttpCall<E>,
    list?: { type: string; text: string },
  ): Promise<Response> {
    const sent =
      list ?? (body === undefined ? undefined : { type: "application/json", text: JSON.stringify(body) });
    return fetch(this.#base + urlOf(of, call), {
      method: of.method,
      headers: {
        accept: "application/json",
        ...this.#headers,
        ...(sent === undefined ? {} : { "content-type": sent.type }),
        ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
      },
      ...(sent === undefined ? {} : { body: sent.text }),
      signal: AbortSignal.any([this.#signal, AbortSignal.timeout(ANSWER_MAX_MS)]),
    });
  }
}

/** @throws Error when whether it was done is not known, or is worth another try */
async function outcomeOfResponse(response: Response): Promise<Outcome> {
  if (response.ok) {
    await response.arrayBuffer();
    return { kind: "accepted" };
  }
  const detail = await detailOf(response);
  if (response.status === 429 || response.status === 503)
    throw new ComeBackLater(Number(response.headers.get("retry-after") ?? 1) * SECOND_MS);
  if (response.status >= 500) throw new Error(detail);
  return { kind: "refused", detail };
}

async function detailOf(response: Response): Promise<string> {
  const problem = ProblemDetails.safeParse(await response.json().catch(() => undefined));
  return problem.success
    ? `${response.status} ${problem.data.detail ?? problem.data.title}`
    : String(response.status);
}

/** Somebody at a hospital's console, who signs in when the session is over. */
export class StaffDoor {
  readonly #outside: HttpDoor;
  readonly #account: { email: string; password: string };
  #inside: HttpDoor | undefined;

  constructor(outside: HttpDoor, account: { email: string; password: string }) {
    this.#outside = outside;
    this.#account = account;
  }

  async tell<E extends Endpoint>(of: E, call: HttpCall<E>): Promise<Outcome> {
    this.#inside ??= await this.#outside.signedIn(this.#account);
    const outcome = await this.#inside.tell(of, call);
    if (outcome.kind !== "refused" || !outcome.detail.startsWith("401")) return outcome;
    this.#inside = undefined;
    throw new Error("the session was over");
  }
}

/** The sending side of one hospital's interface: connected as long as it goes well. */
export class MllpDoor {
  readonly #to: { host: string; port: number };
  readonly #signal: AbortSignal;
  #client: MllpClient | undefined;

  constructor(to: { host: string; port: number }, signal: AbortSignal) {
    this.#to = to;
    this.#signal = signal;
  }

  /** @throws Error when it was not answered */
  async send(message: string): Promise<Outcome> {
    try {
      this.#client ??= await untilAborted(
        MllpClient.connect({ ...this.#to, answerMaxMs: ANSWER_MAX_MS }),
        this.#signal,
      );
      return outcomeOf(await untilAborted(this.#client.send(message), this.#signal));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // A connection that is broken already has nothing left to close, and one that hangs is not waited for.
    await Promise.race([client?.close().catch(() => undefined), sleep(CLOSE_MAX_MS)]);
  }
}

function outcomeOf(answer: string): Outcome {
  const [, code = "", , text = ""] =
    answer
      .split("\r")
      .find((segment) => segment.startsWith("MSA"))
      ?.split("|") ?? [];
  if (code === "AA") return { kind: "accepted" };
  const error = answer.split("\r").find((segment) => segment.startsWith("ERR"));
  return { kind: "refused", detail: `${code} ${error ?? text}`.trim() };
}

/** Waits no longer than until the signal; the promise goes on by itself. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const stop = () => aborted.reject(new Error("stopped"));
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
