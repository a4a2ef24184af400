import type { FastifyReply } from "fastify";
import { z } from "zod";
import { LiveEvent, Topic, TOPICS_MAX } from "@ihims/core/live/schema.ts";
import { Problem } from "@ihims/core/problem.ts";
import { isPosition, isUpTo, readChangesAfter, type Position } from "../../platform/changes.ts";
import type { Db } from "../../platform/database.ts";
import { API_BASE, type Server } from "../../platform/http.ts";
import { parseQuery } from "../../platform/input.ts";
import { schemaOf } from "../../platform/openapi.ts";
import type { Logger } from "../../platform/log.ts";
import { frameBytes, READERS_MAX, type LiveStream, type Reader } from "./live.ts";

/** Proxies close connections that are silent for a minute. */
const BEAT_MS = 20_000;
/** Changes that are read at a time for a reader that comes back. */
const MISSED_BATCH = 2000;
/** More than this were missed: it is quicker to read everything again. */
const MISSED_MAX = 50_000;

const Query = z.strictObject({
  topic: z.preprocess(
    (given) => (given === undefined || Array.isArray(given) ? given : [given]),
    z.array(Topic, "name at least one topic").min(1).max(TOPICS_MAX),
  ),
});

/** How the stream stands in the API reference. */
const DESCRIBED = {
  path: `${API_BASE}/live`,
  noun: "live",
  operation: {
    operationId: "getLive",
    summary: "Server-sent events of what changes, as it is committed",
    description:
      "Each message has an id and one event as JSON in data. Send the last id as Last-Event-ID (browsers do) to get what was missed, without a gap. After `reset` or a long absence read everything again.",
    parameters: [
      {
        name: "topic",
        in: "query",
        required: true,
        schema: schemaOf(z.array(Topic).min(1).max(TOPICS_MAX), "input"),
        description:
          "facility:<id>, kind:<kind>, blood:<group>, medicine:<id>, emergency:<id> or alerts; may be repeated",
      },
      { name: "Last-Event-ID", in: "header", required: false, schema: { type: "string" } },
    ],
    responses: {
      200: {
        description: "The stream; each data line is one of these",
        content: { "text/event-stream": { schema: schemaOf(LiveEvent, "output") } },
      },
      default: { $ref: "#/components/responses/Problem" },
    },
  },
};

/**
 * The live stream is no request that is answered once, so it is mounted by hand. Its frames are
 * written to the socket as they are, past HTTP's chunks: half the work for each of many readers.
 *
 * @returns what ends all connections
 */
export function mountLive(server: Server, stream: LiveStream, db: Db, log: Logger): () => void {
  server.described.push(DESCRIBED);
  server.fastify.get(`${API_BASE}/live`, async (request, reply) => {
    const query = parseQuery(Query, request.query);
    const last = request.headers["last-event-id"];
    if (typeof last === "string" && !isPosition(last))
      throw new Problem("bad-input", "Last-Event-ID is not one that this stream gave", {
        errors: [{ parameter: "Last-Event-ID", detail: "not an id of this stream" }],
      });
    if (stream.count >= READERS_MAX)
      throw new Problem("not-ready", "As many readers as can be served", { retryAfterS: 5 });

    const reader = open(reply, new Set(query.topic));
    stream.join(reader);
    reply.raw.once("close", () => stream.leave(reader));
    if (typeof last === "string" && isPosition(last))
      await sendMissed(stream, db, reader, last).catch((error: unknown) => {
        log.warn({ err: error }, "what a reader missed could not be read");
        reader.socket.destroy();
      });
    else stream.release(reader, undefined);
  });
  const beating = setInterval(() => stream.beat(), BEAT_MS);
  beating.unref();
  return () => {
    clearInterval(beating);
    stream.stop();
  };

  function open(reply: FastifyReply, topics: ReadonlySet<Topic>): Reader {
    const { raw } = reply;
    const socket = raw.socket;
    if (!socket) throw new Error("a request without a socket");
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) raw.setHeader(name, value);
    raw.useChunkedEncodingByDefault = false;
    raw.shouldKeepAlive = false;
    raw.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
      connection: "close",
    });
    raw.flushHeaders();
    socket.setTimeout(0);
    socket.setNoDelay(true);
    // The id is known before the first event, so that a reader who never saw one misses nothing either.
    socket.write(`retry: 2000\nid: ${stream.position}\n\n`);
    return { topics, socket, waiting: [], last: undefined };
  }
}

/** Send what was committed after `last` and up to where the stream is, then go on live. */
async function sendMissed(stream: LiveStream, db: Db, reader: Reader, last: Position): Promise<void> {
  const upTo = stream.position;
  let from = last;
  for (let count = 0; !isUpTo(upTo, from);) {
    const changes = await readChangesAfter(db, from, MISSED_BATCH);
    if (changes === undefined || count > MISSED_MAX) {
      reader.socket.write(frameBytes({ kind: "reset" }, upTo));
      break;
    }
    for (const change of changes) {
      if (!isUpTo(change.position, upTo)) break;
      const frame = stream.frameOf(change, (topics) =>
        topics.some((topic) => reader.topics.has(topic as Topic)),
      ); // Only compared.
      if (frame) reader.socket.write(frame.bytes);
    }
    const end = changes.at(-1);
    if (!end) break;
    from = end.position;
    count += changes.length;
  }
  stream.release(reader, upTo);
}
