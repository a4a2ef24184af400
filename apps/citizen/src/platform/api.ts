import { urlOf, type Call, type Endpoint, type Reply } from "@ihims/core/endpoint.ts";
import { ProblemDetails } from "@ihims/core/problem.ts";

/** How long an answer is waited for, in milliseconds. A poor network is slow before it is broken. */
const ANSWER_MAX_MS = 20_000;

/** The server answered, and said no. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.name = "Refused";
    this.status = status;
  }
}

/**
 * Ask an endpoint that is read by everybody.
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

/** As `read`, of a question that has a body: it stands in no address and no log. */
export function send<E extends Endpoint>(
  endpoint: E,
  { body, ...call }: Partial<Call<E>> & Pick<Call<E>, "body">,
): Promise<Reply<E>> {
  const headers = { "content-type": "application/json" };
  return ask(endpoint, call, { method: endpoint.method, headers, body: JSON.stringify(body) });
}

async function ask<E extends Endpoint>(
  endpoint: E,
  call: { params?: unknown; query?: unknown },
  init: { method?: string; headers?: Record<string, string>; body?: string },
  signal?: AbortSignal,
): Promise<Reply<E>> {
  const limit = AbortSignal.timeout(ANSWER_MAX_MS);
  const response = await fetch(urlOf(endpoint, call), {
    ...init,
    headers: { accept: "application/json", ...init.headers },
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const problem = ProblemDetails.safeParse(body);
    throw new Refused(response.status, problem.data?.detail ?? problem.data?.title ?? response.statusText);
  }
  // What the endpoint's own schema gives is what its reply is.
  return endpoint.reply.parse(body) as Reply<E>;
}
