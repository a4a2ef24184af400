import { urlOf, type Call, type Endpoint, type Reply } from "@ihims/core/endpoint.ts";
import { PROBLEMS, ProblemDetails, type ProblemKind } from "@ihims/core/problem.ts";
import { SECOND_MS } from "@ihims/core/time.ts";
import { noteServerTime } from "./clock.ts";

/** After this an answer is not waited for any longer: on a bad line a new attempt is the better chance. */
export const ANSWER_MAX_MS = 15 * SECOND_MS;

/** The server answered, and said no. `kind` is undefined for a status that is none of ours (a proxy's 502). */
export class Refused extends Error {
  readonly status: number;
  readonly kind: ProblemKind | undefined;
  readonly details: ProblemDetails | undefined;
  /** Seconds after which asking again may be answered; undefined when the server does not say. */
  readonly retryAfterS: number | undefined;

  constructor(status: number, details: ProblemDetails | undefined, retryAfter: string | null = null) {
    super(details?.detail ?? details?.title ?? `HTTP ${status}`);
    this.name = "Refused";
    this.status = status;
    this.details = details;
    this.retryAfterS = retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined;
    // The keys of PROBLEMS are ProblemKind by its own type; Object.keys forgets it.
    this.kind = (Object.keys(PROBLEMS) as ProblemKind[]).find((kind) => PROBLEMS[kind].status === status);
  }
}

/** No answer: no network, no server, or none in time. What was asked may have happened or not. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("The server could not be reached", { cause });
    this.name = "Unreachable";
  }
}

export interface CallOptions {
  idempotencyKey?: string;
  /** The version that may be replaced, without quotes. */
  ifMatch?: string;
  signal?: AbortSignal | undefined;
}

/** A key for one request, so that sending it again acts once. `randomUUID` is missing on plain-HTTP networks. */
export function newRequestKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

const listeners = new Set<() => void>();

/** Be told when the server no longer knows who we are. Returns the way to stop. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Call an endpoint of the server.
 *
 * @throws Refused when the server says no, Unreachable when there is no answer, a ZodError when the
 *   answer is not what the endpoint says (another release of the server)
 */
export async function call<E extends Endpoint>(
  of: E,
  given: Partial<Call<E>> = {},
  options: CallOptions = {},
): Promise<Reply<E>> {
  const response = await ask(of, given, options);
  if (!response.ok) {
    if (response.status === PROBLEMS["not-signed-in"].status && of.access === "signed-in")
      for (const listener of listeners) listener();
    throw new Refused(response.status, await problemOf(response), response.headers.get("retry-after"));
  }
  const body: unknown = response.status === 204 ? undefined : await answerOf(response);
  // The endpoint's own schema parsed it, so it is the endpoint's reply.
  return of.reply.parse(body) as Reply<E>;
}

async function ask<E extends Endpoint>(
  of: E,
  given: Partial<Call<E>>,
  options: CallOptions,
): Promise<Response> {
  const headers = new Headers({ accept: "application/json" });
  if (given.body !== undefined) headers.set("content-type", "application/json");
  if (options.idempotencyKey !== undefined) headers.set("idempotency-key", options.idempotencyKey);
  if (options.ifMatch !== undefined) headers.set("if-match", `"${options.ifMatch}"`);
  const sentAt = Date.now();
  const ending = new AbortController();
  const end = () => ending.abort();
  const timer = setTimeout(end, ANSWER_MAX_MS);
  options.signal?.addEventListener("abort", end);
  try {
    const response = await fetch(urlOf(of, given), {
      method: of.method,
      headers,
      body: given.body === undefined ? null : JSON.stringify(given.body),
      signal: ending.signal,
    });
    noteServerTime(response.headers.get("date"), sentAt, Date.now());
    return response;
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new Unreachable(cause);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", end);
  }
}

async function answerOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    throw new Unreachable(cause);
  }
}

async function problemOf(response: Response): Promise<ProblemDetails | undefined> {
  try {
    return ProblemDetails.safeParse(await response.json()).data;
  } catch {
    // A proxy's page in HTML: its status is all that it says.
    return undefined;
  }
}
