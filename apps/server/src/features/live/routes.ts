import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { Topic, TOPICS_MAX } from "@ihims/core/live/schema.ts";
import { Problem } from "@ihims/core/problem.ts";
import { isPosition, isUpTo, readChangesAfter, type Position } from "../../platform/changes.ts";
import type { Db } from "../../platform/database.ts";
import { API_BASE } from "../../platform/http.ts";
import { ofParameter } from "../../platform/input.ts";
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

/**
 * The live stream is no request that is answered once, so it is mounted by hand. Its frames are
 * written to the socket as they are, past HTTP's chunks: half the work for each of many readers.
 *
 * @returns what ends all connections
 */
export function mountLive(app: FastifyInstance, stream: LiveStream, db: Db, log: Logger): () => void {
  app.get(`${API_BASE}/live`, async (request, reply) => {
    const query = Query.safeParse(request.query);
    if (!query.success) {
      const errors = query.error.issues.flatMap(ofParameter);
      throw new Problem(
        "bad-input",
        errors.map(({ parameter, detail }) => `${parameter}: ${detail}`).join("; "),
        { errors },
      );
    }
    const last = request.headers["last-event-id"];
    if (typeof last === "string" && !isPosition(last))
      throw new Problem("bad-input", "Last-Event-ID is not one that this stream gave", {
        errors: [{ parameter: "Last-Event-ID", detail: "not an id of this stream" }],
      });
    if (stream.count >= READERS_MAX)
      throw new Problem("not-ready", "As many readers as can be served", { retryAfterS: 5 });

    const reader = open(reply, new Set(query.data.topic));
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
