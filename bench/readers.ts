import type { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { answer } from "./child.ts";
import { Connection, openSocket, requestBytes } from "./connection.ts";
import { percentileOf } from "./figures.ts";
import { Desk } from "./traffic.ts";

/** Many open readers of a live stream, in one process with who writes, so that both read one clock. */
export const ReadersCommand = z.discriminatedUnion("kind", [
  /** Open readers; those that were open are closed. */
  z.object({
    kind: z.literal("open"),
    origin: z.string(),
    path: z.string(),
    readers: z.int().min(1).max(10_000),
  }),
  /** Put figures at an even pace, and time each from the PUT's first byte to each reader's frame of it. */
  z.object({
    kind: z.literal("puts"),
    desk: Desk,
    perSecond: z.number().min(0.1),
    seconds: z.number().max(60),
  }),
  /** Send one request that makes many frames, and time it until every reader has them all. */
  z.object({
    kind: z.literal("burst"),
    path: z.string(),
    key: z.string(),
    body: z.string(),
    frames: z.int().min(1),
  }),
]);
export type ReadersCommand = z.infer<typeof ReadersCommand>;

export const ReadersResult = z.object({
  deliveries: z.int(),
  /** From the first request to the last delivery. */
  perSecond: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  /** Mean size of a frame. */
  frameBytes: z.number(),
});
export type ReadersResult = z.infer<typeof ReadersResult>;

const FRAME_END = Buffer.from("\n\n");
/** Sockets that are opened at a time. */
const OPENING_MAX = 200;
/** Everything has been delivered long before, or never will be. */
const DELIVERY_MAX_MS = 20_000;
/** Connections that PUTs are spread over, so that a slow answer does not hold up the next. */
const WRITERS = 4;
/** Beds of the wards that are spoken of: more than any number of PUTs, since each counts one further. */
const STAFFED = 20_000;

/** Calls `onFrame` with each whole frame of a stream of server-sent events. */
function readFrames(socket: Socket, onFrame: (frame: Buffer) => void): void {
  let rest: Buffer | undefined;
  socket.on("data", (chunk: Buffer) => {
    let bytes = rest ? Buffer.concat([rest, chunk]) : chunk;
    for (let end = bytes.indexOf(FRAME_END); end !== -1; end = bytes.indexOf(FRAME_END)) {
      onFrame(bytes.subarray(0, end));
      bytes = bytes.subarray(end + FRAME_END.length);
    }
    rest = bytes.length > 0 ? bytes : undefined;
  });
}

interface Open {
  origin: string;
  sockets: Socket[];
  onFrame: (frame: Buffer) => void;
}
let open: Open | undefined;

async function openReaders(origin: string, path: string, count: number): Promise<void> {
  for (const socket of open?.sockets ?? []) socket.destroy();
  const next: Open = { origin, sockets: [], onFrame: () => undefined };
  for (let from = 0; from < count; from += OPENING_MAX) {
    const some = Array.from({ length: Math.min(OPENING_MAX, count - from) }, async () => {
      const socket = await openSocket(origin);
      next.sockets.push(socket);
      await new Promise<void>((ready, failed) => {
        socket.once("error", failed);
        // The first is the head of the answer and the stream's own first words.
        readFrames(socket, (frame) => {
          ready();
          next.onFrame(frame);
        });
        socket.write(requestBytes("GET", path));
      });
    });
    await Promise.all(some);
  }
  open = next;
}

/** Time deliveries while `send` runs, until all are there. */
async function deliver(
  expected: number,
  delayOf: (frame: Buffer) => number | undefined,
  send: (origin: string) => Promise<void>,
): Promise<ReadersResult> {
  if (!open) throw new Error("open readers first");
  const delays: number[] = [];
  let bytes = 0;
  const start = performance.now();
  let end = start;
  const all = new Promise<void>((done) => {
    if (!open) return;
    open.onFrame = (frame) => {
      const delay = delayOf(frame);
      if (delay === undefined) return;
      bytes += frame.length + FRAME_END.length;
      if (delays.push(delay) < expected) return;
      end = performance.now();
      done();
    };
  });
  await send(open.origin);
  const late = AbortSignal.timeout(DELIVERY_MAX_MS);
  await Promise.race([
    all,
    new Promise<never>((_, failed) =>
      late.addEventListener("abort", () =>
        failed(new Error(`${delays.length} of ${expected} deliveries within ${DELIVERY_MAX_MS} ms`)),
      ),
    ),
  ]);
  const sorted = Float64Array.from(delays).sort();
  return {
    deliveries: delays.length,
    perSecond: (delays.length / (end - start)) * 1000,
    p50Ms: percentileOf(sorted, 0.5),
    p99Ms: percentileOf(sorted, 0.99),
    frameBytes: bytes / delays.length,
  };
}

/** Counts go on from one command to the next, so that a late frame is not taken for another's. */
let counted = 0;

async function putFigures({
  desk,
  perSecond,
  seconds,
}: Extract<ReadersCommand, { kind: "puts" }>): Promise<ReadersResult> {
  const puts = Math.max(1, Math.round(perSecond * seconds));
  const first = counted + 1;
  counted += puts;
  if (counted >= STAFFED) throw new RangeError("more PUTs than a ward has beds");
  const sentAt: number[] = [];
  const delayOf = (frame: Buffer) => {
    const at = frame.indexOf('"occupied":');
    const sent =
      at === -1 ? undefined : sentAt[Number.parseInt(frame.toString("latin1", at + 11, at + 18)) - first];
    return sent === undefined ? undefined : performance.now() - sent;
  };
  return deliver(puts * (open?.sockets.length ?? 0), delayOf, async (origin) => {
    const writers = await Promise.all(Array.from({ length: WRITERS }, () => Connection.open(origin)));
    const answers: Promise<unknown>[] = [];
    const start = performance.now();
    for (let turn = 0; turn < puts; turn++) {
      await wait(Math.max(0, start + (turn * 1000) / perSecond - performance.now()));
      const bed = desk.beds[turn % desk.beds.length];
      const body = JSON.stringify({ staffed: STAFFED, occupied: first + turn });
      const request = requestBytes("PUT", `/api/v1/facilities/${bed?.facility}/beds/${bed?.type}`, {
        key: desk.key,
        body,
      });
      await answers[turn - WRITERS];
      sentAt.push(performance.now());
      answers.push(writers[turn % WRITERS]?.ask(request).then(expectOk) ?? Promise.resolve());
    }
    await Promise.all(answers);
    for (const writer of writers) writer.close();
  });
}

async function burst({
  path,
  key,
  body,
  frames,
}: Extract<ReadersCommand, { kind: "burst" }>): Promise<ReadersResult> {
  const request = requestBytes("POST", path, { key, body });
  const start = performance.now();
  const delayOf = (frame: Buffer) => (frame.includes("data:") ? performance.now() - start : undefined);
  return deliver(frames * (open?.sockets.length ?? 0), delayOf, async (origin) => {
    const writer = await Connection.open(origin);
    expectOk(await writer.ask(request));
    writer.close();
  });
}

function expectOk({ status, bodyStart }: { status: number; bodyStart: string }): void {
  if (status !== 200) throw new Error(`expected 200, got ${status} ${bodyStart}`);
}

async function work(command: ReadersCommand): Promise<ReadersResult> {
  switch (command.kind) {
    case "open":
      await openReaders(command.origin, command.path, command.readers);
      return { deliveries: 0, perSecond: 0, p50Ms: 0, p99Ms: 0, frameBytes: 0 };
    case "puts":
      return putFigures(command);
    case "burst":
      return burst(command);
  }
}

if (import.meta.main) answer(ReadersCommand, work);
