import { expect, test } from "vitest";
import { followLive, RETRY_MAX_MS, type LiveEars } from "./live.ts";

/** A live stream that a test drives: each connection that was opened, what was heard, and the waits. */
function aStream() {
  const connections: { ears: LiveEars; isClosed: boolean }[] = [];
  const heard: string[] = [];
  const waits: { ms: number; work: () => void; isOff: boolean }[] = [];
  const stop = followLive({
    connect: (ears) => {
      const connection = { ears, isClosed: false };
      connections.push(connection);
      return () => {
        connection.isClosed = true;
      };
    },
    onEvent: (event) => heard.push(`${event.kind} ${event.facility}`),
    onMissed: () => heard.push("missed"),
    onState: (state) => heard.push(state),
    after: (ms, work) => {
      const wait = { ms, work, isOff: false };
      waits.push(wait);
      return () => {
        wait.isOff = true;
      };
    },
    chance: () => 1,
  });
  const last = () => connections.at(-1)?.ears;
  return {
    heard,
    waits,
    connections,
    stop,
    opens: () => last()?.onOpen(),
    says: (event: unknown) => last()?.onMessage(JSON.stringify(event)),
    breaks: () => last()?.onError(false),
    refuses: () => last()?.onError(true),
    waitsAndReopens: () => waits.at(-1)?.work(),
  };
}

test("an event is told as it comes", () => {
  const stream = aStream();
  stream.opens();
  stream.says({ kind: "facility", facility: "f1" });
  expect(stream.heard).toEqual(["connecting", "open", "facility f1"]);
});

test("what is not understood is passed over", () => {
  const stream = aStream();
  stream.opens();
  stream.says({ kind: "of-a-newer-server" });
  expect(stream.heard).toEqual(["connecting", "open"]);
});

test("a connection that the browser mends has no gap", () => {
  const stream = aStream();
  stream.opens();
  stream.breaks();
  stream.opens();
  expect(stream.heard).toEqual(["connecting", "open", "lost", "open"]);
  expect(stream.connections).toHaveLength(1);
});

test("after a connection of our own making everything is read again", () => {
  const stream = aStream();
  stream.opens();
  stream.refuses();
  stream.waitsAndReopens();
  stream.opens();
  expect(stream.heard).toEqual(["connecting", "open", "lost", "open", "missed"]);
  expect(stream.connections[0]?.isClosed).toBe(true);
});

test("a reset reads everything again on the same connection", () => {
  const stream = aStream();
  stream.opens();
  stream.says({ kind: "reset" });
  expect(stream.heard).toEqual(["connecting", "open", "missed"]);
  expect(stream.connections).toHaveLength(1);
});

test("a server that sends its readers away is asked again later", () => {
  const stream = aStream();
  stream.opens();
  stream.says({ kind: "gone", reason: "server-stops" });
  expect(stream.connections[0]?.isClosed).toBe(true);
  stream.waitsAndReopens();
  stream.opens();
  expect(stream.heard).toEqual(["connecting", "open", "lost", "open", "missed"]);
});

test("a server that refuses is asked more and more patiently, up to a bound", () => {
  const stream = aStream();
  for (let tries = 0; tries < 8; tries++) {
    stream.refuses();
    stream.waitsAndReopens();
  }
  expect(stream.waits.map(({ ms }) => ms)).toEqual([
    1000,
    2000,
    4000,
    8000,
    16_000,
    RETRY_MAX_MS,
    RETRY_MAX_MS,
    RETRY_MAX_MS,
  ]);
});

test("nothing is opened any more once it is stopped", () => {
  const stream = aStream();
  stream.refuses();
  stream.stop();
  expect(stream.waits.map(({ isOff }) => isOff)).toEqual([true]);
});
