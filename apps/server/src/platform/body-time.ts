import { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The route reads its body as it comes, however long that takes, as long as something comes. */
    isStreaming?: boolean;
  }
}

/** In which time a body has to be there, and a streaming one has to go on. */
export interface BodyTime {
  wholeMaxMs: number;
  idleMaxMs: number;
}

export const BODY_TIME: BodyTime = { wholeMaxMs: 60_000, idleMaxMs: 60_000 };
/** Headers come at once. */
const HEADERS_MAX_MS = 60_000;

/**
 * Let go of who sends a body too slowly. Node's own limit is one for all requests and would cut a
 * list of millions of lines in the middle.
 */
export function limitBodyTime(app: FastifyInstance, { wholeMaxMs, idleMaxMs }: BodyTime): void {
  app.server.requestTimeout = 0;
  // Node's default is the smaller of both, and none when the other is none.
  app.server.headersTimeout = HEADERS_MAX_MS;
  app.addHook("onRequest", (request, reply, done) => {
    const { raw } = request;
    const { headers, socket } = raw;
    const hasBody = headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
    // A request that was injected comes over no network.
    if (!hasBody || !(socket instanceof Socket)) return done();
    const giveUp = () =>
      socket.end("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n", () => socket.destroy());
    if (request.routeOptions.config.isStreaming) {
      // A socket that is silent for so long is destroyed by the server itself.
      socket.setTimeout(idleMaxMs);
      reply.raw.once("close", () => socket.setTimeout(0));
    } else {
      const timer = setTimeout(giveUp, wholeMaxMs);
      for (const over of ["end", "close"]) raw.once(over, () => clearTimeout(timer));
    }
    done();
  });
}
