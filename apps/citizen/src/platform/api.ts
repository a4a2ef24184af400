import { urlOf, type Call, type Endpoint, type Reply } from "@ihims/core/endpoint.ts";
import { ProblemDetails } from "@ihims/core/problem.ts";

/** How long an answer is waited for, in milliseconds. A poor network is slow before it is broken. */
const ANSWER_MAX_MS = 20_000;

/** The server answered, and said no. */
export class Refused extends Error {
  readonly status: number;
  /** A code where there are several reasons. */
  readonly reason: string | undefined;

  constructor(status: number, detail: string, reason?: string) {
    super(detail);
    this.name = "Refused";
    this.status = status;
    this.reason = reason;
  }
}

/**
 * Ask an endpoint.
 *
 * @throws Refused when the server says no; a `TypeError` or a timeout when it cannot be reached
 */
export function read<E extends Endpoint>(
  endpoint: E,
  call: Partial<Pick<Call<E>, "params" | "query">>,
  signal?: AbortSignal,
): Promise<Reply<E>> {
  return ask(endpoint, call, {}, signal);
}

/** Ask an endpoint that changes something. @throws as `read` */
export function send<E extends Endpoint>(
  endpoint: E,
  call: Partial<Call<E>>,
  options: { idempotencyKey?: string } = {},
): Promise<Reply<E>> {
  const { body } = call;
  return ask(endpoint, call, {
    method: endpoint.method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(options.idempotencyKey !== undefined && { "idempotency-key": options.idempotencyKey }),
    },
  });
}

/** A key for one request, so that sending it again acts once. `randomUUID` is missing on plain-HTTP networks. */
export function newRequestKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

async function ask<E extends Endpoint>(
  endpoint: E,
  call: { params?: unknown; query?: unknown },
  request: RequestInit & { headers?: Record<string, string> },
  signal?: AbortSignal,
): Promise<Reply<E>> {
  const limit = AbortSignal.timeout(ANSWER_MAX_MS);
  const response = await fetch(urlOf(endpoint, call), {
    ...request,
    headers: { accept: "application/json", ...request.headers },
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const problem = ProblemDetails.safeParse(body).data;
    const detail = problem?.detail ?? problem?.title ?? response.statusText;
    throw new Refused(response.status, detail, problem?.reason);
  }
  // What the endpoint's own schema gives is what its reply is.
  return endpoint.reply.parse(body) as Reply<E>;
}
