import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { Access, Endpoint, Method, Reply, Request } from "@ihims/core/endpoint.ts";
import { Language, languageOf } from "@ihims/core/languages.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Actor } from "@ihims/core/people/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { Answer } from "./answer.ts";
import { contextFor, type Context, type ContextBase } from "./context.ts";
import { answerOnce } from "./idempotency.ts";
import { parseInput } from "./input.ts";
import { gzippedOf, KeptAnswers } from "./kept-answers.ts";
import type { Described } from "./openapi.ts";
import { giveBytesBack } from "./reused-bytes.ts";

/** What a handler may want of the request beyond what its endpoint describes. */
export interface Incoming {
  /** The ETag in If-Match, without its quotes. */
  ifMatch: string | undefined;
  headers: Headers;
  /** Address of the caller, as far as the proxies before us are to be believed. */
  address: string;
}

/** The language that a request asks for by name, or else the best that the reader's browser names. */
export function languageFor({ lang }: { lang?: string | undefined }, { headers }: Incoming): Language {
  const wanted = Language.safeParse(lang?.slice(0, 2).toLowerCase());
  return wanted.success ? wanted.data : languageOf(headers.get("accept-language") ?? undefined);
}

export type Handler<E extends Endpoint> = (
  ctx: Context,
  request: Request<E>,
  incoming: Incoming,
) => Promise<Given<Reply<E>>> | Given<Reply<E>>;

/** What a handler gives back: the body, or more than it; nothing where there is none. */
type Given<Body> = Body | Answer<Body> | (Body extends undefined ? void : never);

/** What a route outside of `/api/v1` gives back: text in the form of another standard. */
export interface TextAnswer {
  type: string;
  body: string | Readable;
  status?: number;
  /** Without its quotes; a reader who has it already gets a 304. */
  etag?: string;
  headers?: Record<string, string>;
}

/** A route whose body or answer is no JSON of ours: a standard's own address and form. */
export interface TextRoute {
  method: Method;
  /** From the root, with `:name` for parameters. */
  url: string;
  access: Access;
  bodyMaxBytes?: number;
  /** The body is wanted as the bytes that came, whatever they are said to be. */
  isRaw?: boolean;
  /** How it stands in the API reference; absent: under another route's name already. */
  described?: Described;
  handle(ctx: Context, request: TextRequest): Promise<TextAnswer> | TextAnswer;
}

/** A request whose body is still coming. `type` is its media type, without parameters. */
export interface StreamInput<E extends Endpoint> {
  params: Request<E>["params"];
  query: Request<E>["query"];
  type: string;
  body: AsyncIterable<Buffer>;
}
export type StreamHandler<E extends Endpoint> = (
  ctx: Context,
  input: StreamInput<E>,
  incoming: Incoming,
) => Promise<Given<Reply<E>>>;

/** A request as it came: nothing of it is parsed yet. */
export interface TextRequest extends Incoming {
  params: unknown;
  query: unknown;
  body: unknown;
}

/** How the platform finds out who asks. */
export type Authenticate = (request: { headers: Headers; address: string }) => Promise<Actor>;

const UNSAFE = new Set(["POST", "PUT", "PATCH", "DELETE"]);
export const API_BASE = "/api/v1";

/** Mounts endpoints: reading, who asks, idempotency and errors are the same for all of them. */
export class Server {
  readonly #kept = new KeptAnswers();
  readonly endpoints: Endpoint[] = [];
  /** What is mounted by hand, for the API reference. */
  readonly described: Described[] = [];
  readonly fastify: FastifyInstance;
  readonly #base: ContextBase;
  readonly #authenticate: Authenticate;
  /** Check replies against their endpoints: in tests always, in service never. */
  readonly #isChecking: boolean;

  constructor(
    fastify: FastifyInstance,
    base: ContextBase,
    authenticate: Authenticate,
    options: { isChecking?: boolean },
  ) {
    this.fastify = fastify;
    this.#base = base;
    this.#authenticate = authenticate;
    this.#isChecking = options.isChecking ?? false;
  }

  /**
   * @param madeFrom the version of what the answers are made from: those to a question that is asked
   *   again are kept until it changes, for a second at most. Only for what everybody reads.
   */
  on<E extends Endpoint>(of: E, handle: Handler<E>, madeFrom?: () => number): void {
    this.endpoints.push(of);
    this.fastify.route({
      method: of.method,
      url: API_BASE + of.path,
      ...(of.bodyMaxBytes === undefined ? {} : { bodyLimit: of.bodyMaxBytes }),
      handler: madeFrom
        ? (request, reply) => this.#handleKept(of, handle, madeFrom, request, reply)
        : (request, reply) => this.#handle(of, handle, request, reply),
    });
  }

  /** Mount a route of another standard: who asks, where from and errors are as everywhere. */
  text(of: TextRoute): void {
    if (of.described) this.described.push(of.described);
    if (of.isRaw) void this.fastify.register(rawBodies((scope) => this.#mountText(scope, of)));
    else this.#mountText(this.fastify, of);
  }

  #mountText(fastify: FastifyInstance, of: TextRoute): void {
    fastify.route({
      method: of.method,
      url: of.url,
      ...(of.bodyMaxBytes === undefined ? {} : { bodyLimit: of.bodyMaxBytes }),
      handler: async (request, reply) => {
        const incoming = new IncomingRequest(request);
        const ctx = contextFor(this.#base, await this.#actorOf(of, incoming));
        const answer = await of.handle(ctx, incoming.whole);
        for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
        if (answer.etag !== undefined) reply.header("etag", `"${answer.etag}"`);
        reply.header("cache-control", of.method === "GET" ? REVALIDATED : "no-store");
        if (of.method === "GET" && isKnown(request, answer.etag)) return reply.code(304).send();
        return reply
          .code(answer.status ?? 200)
          .type(answer.type)
          .send(answer.body);
      },
    });
  }

  /**
   * Mount an endpoint whose body is read as it comes, in pieces of bytes. Its `Idempotency-Key`, if any,
   * is the handler's to honour: an act of minutes cannot be one transaction.
   */
  onStream<E extends Endpoint>(of: E, handle: StreamHandler<E>): void {
    this.endpoints.push(of);
    void this.fastify.register(async (inside) => {
      inside.removeAllContentTypeParsers();
      inside.addContentTypeParser(Object.keys(of.streams ?? {}), (_request, payload, done) =>
        done(null, payload),
      );
      inside.route({
        method: of.method,
        url: API_BASE + of.path,
        config: { isStreaming: true },
        ...(of.bodyMaxBytes === undefined ? {} : { bodyLimit: of.bodyMaxBytes }),
        handler: async (request, reply) => {
          const incoming = new IncomingRequest(request);
          const ctx = contextFor(this.#base, await this.#actorOf(of, incoming));
          // As the parser above passes it on. Who stops reading still answers over the same socket.
          const stream = request.body as Readable | undefined;
          const body = stream?.iterator({ destroyOnReturn: false });
          if (!body) throw new Problem("bad-input", "The list is the body of the request; there is none");
          const { params, query } = parseInput(of, { ...pathAndQuery(request), body: undefined });
          const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";
          // Parsed by the endpoint's own schemas, so it is what the endpoint says.
          const input = { params, query, type, body } as StreamInput<E>;
          return this.#send(of, request, reply, answerOf<Reply<E>>(await handle(ctx, input, incoming)));
        },
      });
    });
  }

  /** Who asks. @throws Problem `not-signed-in`; `not-allowed` for a change from another site's page */
  async #actorOf(of: { method: Method; access: Access }, incoming: IncomingRequest): Promise<Actor> {
    const isUnsafe = UNSAFE.has(of.method);
    const wantsActor = of.access === "signed-in" || isUnsafe;
    const actor: Actor = wantsActor ? await this.#authenticate(incoming) : { kind: "anonymous" };
    if (of.access === "signed-in" && actor.kind === "anonymous")
      throw new Problem("not-signed-in", "This needs a session or an API key");
    if (isUnsafe && actor.kind === "person") refuseForeignOrigin(incoming.headers, incoming.host);
    return actor;
  }

  /**
   * Who asks, for what is mounted by hand because it speaks another protocol.
   *
   * @throws Problem `not-signed-in` for a key that opens nothing; `not-allowed` for a change that a
   *   page of another site makes with somebody's session
   */
  async contextOf(request: FastifyRequest): Promise<Context> {
    const incoming = new IncomingRequest(request);
    const actor = await this.#authenticate(incoming);
    if (UNSAFE.has(request.method) && actor.kind === "person")
      refuseForeignOrigin(incoming.headers, incoming.host);
    return contextFor(this.#base, actor);
  }

  /** As it was answered a moment ago, or else anew. */
  async #handleKept<E extends Endpoint>(
    of: E,
    handle: Handler<E>,
    madeFrom: () => number,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const question = `${request.headers["accept-language"] ?? ""} ${request.url}`;
    const version = madeFrom();
    const now = this.#base.now();
    const kept = this.#kept.find(question, version, now);
    if (!kept) return this.#handle(of, handle, request, reply, { question, version, now });
    this.#reuse(reply, kept.etag);
    if (isKnown(request, kept.etag)) return reply.code(304).send();
    const gzipped = takesGzip(request) ? gzippedOf(kept) : undefined;
    if (gzipped) reply.header("content-encoding", "gzip").header("vary", "accept-encoding");
    return reply
      .code(of.status)
      .type(JSON_TYPE)
      .send(gzipped ?? kept.json);
  }

  /** Asked again each time, since a write may come at any moment; what is unchanged is not sent again. */
  #reuse(reply: FastifyReply, etag: string | undefined): void {
    if (etag !== undefined) reply.header("etag", `"${etag}"`);
    reply.header("cache-control", REVALIDATED);
  }

  async #handle<E extends Endpoint>(
    of: E,
    handle: Handler<E>,
    request: FastifyRequest,
    reply: FastifyReply,
    keeping?: { question: string; version: number; now: Instant },
  ): Promise<FastifyReply> {
    const incoming = new IncomingRequest(request);
    const isUnsafe = UNSAFE.has(of.method);
    const actor = await this.#actorOf(of, incoming);

    // Parsed by the endpoint's own schemas, so it is what the endpoint says.
    const input = parseInput(of, request) as Request<E>;
    const ctx = contextFor(this.#base, actor);
    const key = isUnsafe ? incoming.headers.get("idempotency-key") : null;
    const act = async (inside: Context) => answerOf<Reply<E>>(await handle(inside, input, incoming));
    const answer =
      key !== null && actor.kind !== "anonymous"
        ? await answerOnce(ctx, key, fingerprint(of, request), act)
        : await act(ctx);
    if (keeping) {
      const { question, version, now } = keeping;
      const { json, etag } = answer;
      if (Buffer.isBuffer(json)) this.#kept.keep(question, { json, etag }, version, now);
      this.#reuse(reply, undefined);
    }
    return this.#send(of, request, reply, answer);
  }

  #send(of: Endpoint, request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
    const { json: ready, isReused } = answer;
    if (isReused && Buffer.isBuffer(ready)) reply.raw.once("close", () => giveBytesBack(ready));
    const json = ready ?? (answer.body === undefined ? undefined : JSON.stringify(answer.body));
    if (this.#isChecking && json !== undefined) of.reply.parse(JSON.parse(json.toString()));
    for (const [name, value] of Object.entries(answer.headers)) reply.header(name, value);
    if (answer.etag !== undefined) {
      reply.header("etag", `"${answer.etag}"`);
      if (of.method === "GET" && isKnown(request, answer.etag)) return reply.code(304).send();
    }
    if (of.method !== "GET") reply.header("cache-control", "no-store");
    if (json === undefined) return reply.code(204).send();
    return reply.code(of.status).type(JSON_TYPE).send(json);
  }
}

/** A part of the server in which bodies are bytes. */
function rawBodies(mount: (scope: FastifyInstance) => void): FastifyPluginAsync {
  return async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    mount(scope);
  };
}

const JSON_TYPE = "application/json; charset=utf-8";
/** A browser asks each time whether it is still so; a proxy that serves many may do without for a second. */
const REVALIDATED = "public, max-age=0, s-maxage=1, must-revalidate";

/** Whether the caller has this very answer already. */
function isKnown({ headers }: FastifyRequest, etag: string | undefined): boolean {
  const known = headers["if-none-match"];
  if (etag === undefined || known === undefined) return false;
  return known.split(",").some((one) => one.trim().replace(/^W\//, "") === `"${etag}"`);
}

function pathAndQuery({ params, query }: FastifyRequest): { params: unknown; query: unknown } {
  return { params, query };
}

function takesGzip({ headers }: FastifyRequest): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0+)?\b)/.test(headers["accept-encoding"]?.toString() ?? "");
}

function answerOf<Body>(given: Given<Body>): Answer<Body> {
  if (given instanceof Answer) return given;
  // Void is undefined by another name.
  return new Answer({ body: given as Body });
}

/** Most reads look at none of it, so each part is made when it is first looked at. */
class IncomingRequest implements Incoming {
  readonly #request: FastifyRequest;
  #headers: Headers | undefined;

  constructor(request: FastifyRequest) {
    this.#request = request;
  }

  get headers(): Headers {
    return (this.#headers ??= headersOf(this.#request));
  }

  get ifMatch(): string | undefined {
    return unquoted(this.#request.headers["if-match"]);
  }

  get address(): string {
    return this.#request.ip;
  }

  get host(): string {
    return this.#request.host;
  }

  /** With what nobody has read yet. */
  get whole(): TextRequest {
    const { params, query, body } = this.#request;
    const { ifMatch, headers, address } = this;
    return { params, query, body, ifMatch, headers, address };
  }
}

function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}

/** A page of another site could make a browser send our cookie along; it cannot forge the Origin. */
function refuseForeignOrigin(headers: Headers, host: string): void {
  const origin = headers.get("origin");
  const given = origin !== null && URL.canParse(origin) ? new URL(origin) : undefined;
  // Read the same way, so that a port that goes without saying does not make a difference.
  if (!given || given.host !== new URL(`${given.protocol}//${host}`).host)
    throw new Problem("not-allowed", "A change made with a session needs the Origin of this site");
}

function unquoted(etag: string | undefined): string | undefined {
  return etag?.trim().replace(/^(W\/)?"(.*)"$/, "$2");
}

/** What must be the same for a repeated request to be the same request. */
function fingerprint(of: Endpoint, request: FastifyRequest): Buffer {
  return createHash("sha256")
    .update(
      JSON.stringify([of.method, request.url, request.headers["if-match"] ?? null, request.body ?? null]),
    )
    .digest();
}
