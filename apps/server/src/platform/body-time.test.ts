import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Readable } from "node:stream";
import { fastify } from "fastify";
import { expect, test } from "vitest";
import { limitBodyTime } from "./body-time.ts";

/** A server that counts the bytes of what it is sent: `/stream` as they come, `/whole` when all are there. */
async function aServer(time: Parameters<typeof limitBodyTime>[1]) {
  const app = fastify();
  limitBodyTime(app, time);
  app.post("/whole", (request) => ({ size: String(request.body).length }));
  await app.register(async (inside) => {
    inside.removeAllContentTypeParsers();
    inside.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    inside.post("/stream", { config: { isStreaming: true } }, async (request) => {
      let size = 0;
      // As the parser above passes it on.
      for await (const piece of request.body as Readable) size += Buffer.from(piece).length;
      return { size };
    });
  });
  const { port } = new URL(await app.listen({ port: 0, host: "127.0.0.1" }));
  return { port: Number(port), [Symbol.asyncDispose]: () => app.close() };
}

/** Begin to send ten bytes, and send five. */
function beginToSend(port: number, path: string): { socket: Socket; answer: () => string } {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.on("data", (bytes: Buffer) => void (answer += bytes.toString()));
  socket.on("error", () => undefined);
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 10\r\nConnection: close\r\n\r\n12345`,
  );
  return { socket, answer: () => answer };
}

test("a body that does not come is given up, one that is read as it comes goes on however long it takes", async () => {
  await using server = await aServer({ wholeMaxMs: 300, idleMaxMs: 600_000 });
  const long = beginToSend(server.port, "/stream");
  const slow = beginToSend(server.port, "/whole");
  await once(slow.socket, "close");
  expect(slow.answer()).toContain("408");
  long.socket.write("67890");
  await once(long.socket, "close");
  expect(long.answer()).toContain('{"size":10}');
});

test("a stream in which nothing comes any more is given up as well", async () => {
  await using server = await aServer({ wholeMaxMs: 600_000, idleMaxMs: 300 });
  const silent = beginToSend(server.port, "/stream");
  await once(silent.socket, "close");
  expect(silent.answer()).not.toContain("size");
  const whole = beginToSend(server.port, "/whole");
  whole.socket.write("67890");
  await once(whole.socket, "close");
  expect(whole.answer()).toContain('{"size":10}');
});
