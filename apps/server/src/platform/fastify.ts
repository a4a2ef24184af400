import { randomUUID } from "node:crypto";
import compress from "@fastify/compress";
import type { IncomingMessage, ServerResponse } from "node:http";
import helmet, { type HelmetOptions } from "helmet";
import rateLimit from "@fastify/rate-limit";
import {
  fastify,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { Problem, PROBLEMS, type ProblemDetails, type ProblemKind } from "@ihims/core/problem.ts";
import { BODY_TIME, limitBodyTime } from "./body-time.ts";
import type { Logger } from "./log.ts";

/** Largest body that is read unless an endpoint says otherwise. */
const BODY_MAX_BYTES = 1024 * 1024;
/** Requests of one address in a minute. The machine itself is not counted: nothing there is a crowd. */
const REQUESTS_MAX_PER_MINUTE = 1200;
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** The web server as all of it shares it: limits, security headers, compression, and errors in one shape. */
export async function createFastify(log: Logger): Promise<FastifyInstance> {
  const app = fastify({
    // Requests are counted by the metrics; the log is for what went wrong.
    loggerInstance: log.child(
      {},
      { level: log.level === "info" ? "warn" : log.level },
    ) satisfies FastifyBaseLogger as FastifyBaseLogger,
    bodyLimit: BODY_MAX_BYTES,
    // Only a proxy on this machine is believed about whom it speaks for.
    trustProxy: "loopback",
    genReqId: () => randomUUID(),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    forceCloseConnections: true,
    connectionTimeout: 0,
  });
  limitBodyTime(app, BODY_TIME);
  app.setErrorHandler(answerError);
  const headers = securityHeaders();
  app.addHook("onRequest", (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
  await app.register(compress, { global: true, threshold: 2048, encodings: ["gzip", "deflate"] });
  await app.register(rateLimit, {
    max: REQUESTS_MAX_PER_MINUTE,
    timeWindow: 60_000,
    allowList: (request) => LOOPBACK.test(request.ip),
    errorResponseBuilder: (_request, { ttl }) =>
      new Problem("too-many-requests", "Slow down; Retry-After says when to come back", {
        retryAfterS: Math.ceil(ttl / 1000),
      }),
  });
  app.addContentTypeParser(
    ["text/csv", "application/x-ndjson", "text/xml", "application/xml"],
    { parseAs: "string" },
    (_request, body, done) => done(null, body),
  );
  // Of a standard of its own, as application/cap+xml.
  app.addContentTypeParser(
    /^application\/[a-z0-9.-]+\+xml\b/,
    { parseAs: "string" },
    (_request, body, done) => done(null, body),
  );
  return app;
}

const HELMET: HelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      "default-src": ["'self'"],
      "script-src": ["'self'"],
      // Component libraries write their computed sizes as style attributes.
      "style-src": ["'self'", "'unsafe-inline'"],
      "img-src": ["'self'", "data:", "blob:"],
      "font-src": ["'self'", "data:"],
      "connect-src": ["'self'"],
      "worker-src": ["'self'", "blob:"],
      "object-src": ["'none'"],
      "base-uri": ["'self'"],
      "form-action": ["'self'"],
      "frame-ancestors": ["'none'"],
    },
  },
  // Whether there is TLS is the proxy's to know, and to promise.
  strictTransportSecurity: false,
};

/** What browsers are told to refuse, as helmet has it: reckoned once, since it is the same for every answer. */
function securityHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  const answer = {
    setHeader: (name: string, value: string) => void (headers[name.toLowerCase()] = value),
    removeHeader: () => undefined,
  };
  // Helmet only writes headers, whoever asks.
  helmet(HELMET)({} as IncomingMessage, answer as unknown as ServerResponse, () => undefined);
  return headers;
}

/** An error becomes an answer here and nowhere else. */
function answerError(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = problemOf(error);
  if (problem) return sendProblem(reply, problem);
  request.log.error({ err: error }, "a request failed");
  return reply
    .code(500)
    .type("application/problem+json")
    .send({
      type: "about:blank",
      title: "Something went wrong on our side",
      status: 500,
    } satisfies ProblemDetails);
}

/** The problem that an error stands for; undefined when it is a fault of ours. */
function problemOf(error: FastifyError | Error): Problem | undefined {
  if (error instanceof Problem) return error;
  const status = "statusCode" in error ? error.statusCode : undefined;
  const kind = Object.entries(PROBLEMS).find(([, { status: ours }]) => ours === status)?.[0];
  // A key of the table, found in the table.
  return kind === undefined ? undefined : new Problem(kind as ProblemKind, error.message);
}

/** RFC 9457, the one place where a problem becomes an answer. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, title } = PROBLEMS[problem.kind];
  if (problem.retryAfterS !== undefined) reply.header("retry-after", String(problem.retryAfterS));
  if (status === 401) reply.header("www-authenticate", "Bearer");
  const body: ProblemDetails = {
    type: `urn:ihims:problem:${problem.kind}`,
    title,
    status,
    detail: problem.message,
    ...(problem.reason === undefined ? {} : { reason: problem.reason }),
    ...(problem.errors.length > 0 ? { errors: [...problem.errors] } : {}),
  };
  return reply
    .code(status)
    .header("cache-control", "no-store")
    .type("application/problem+json")
    .send(JSON.stringify(body));
}
