import { once } from "node:events";
import { connect, type Socket } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MllpClient } from "./mllp-client.ts";
import { frame, FrameReader } from "./mllp-frames.ts";
import { readMllpText, writeMllpText } from "./mllp-text.ts";
import { startMllp, type MllpListener, type MllpOptions } from "./mllp.ts";

const HOST = "127.0.0.1";

/** A listener that answers `ack of <message>`, unless told otherwise. */
async function aListener(options: Partial<MllpOptions> = {}): Promise<MllpListener & AsyncDisposable> {
  const listener = await startMllp({
    port: 0,
    host: HOST,
    handle: (message) => Promise.resolve(`ack of ${message.toString()}`),
    handleOversized: (head) => Promise.resolve(`too large: ${head.subarray(0, 4).toString()}`),
    onError: () => undefined,
    ...options,
  });
  return { ...listener, [Symbol.asyncDispose]: () => listener.close() };
}

interface RawSender extends AsyncDisposable {
  socket: Socket;
  /** The next answers, in the order in which they come. */
  answers(count: number): Promise<string[]>;
}

async function aSender({ address }: MllpListener): Promise<RawSender> {
  const socket = connect({ port: address.port, host: HOST });
  await once(socket, "connect");
  const reader = new FrameReader(1024 * 1024);
  const got: string[] = [];
  let wake: (() => void) | undefined;
  socket.on("data", (chunk) => {
    for (const one of reader.push(chunk))
      got.push(one.kind === "message" ? one.bytes.toString() : "(oversized)");
    wake?.();
  });
  socket.on("error", () => undefined);
  return {
    socket,
    async answers(count) {
      while (got.length < count) await new Promise<void>((resolve) => (wake = resolve));
      return got.splice(0, count);
    },
    async [Symbol.asyncDispose]() {
      if (!socket.closed) {
        socket.destroy();
        await once(socket, "close");
      }
    },
  };
}

const framed = (text: string) => frame(Buffer.from(text));

test("several messages in one packet are answered one by one, in order", async () => {
  await using listener = await aListener();
  await using sender = await aSender(listener);
  sender.socket.write(Buffer.concat(["a", "b", "c"].map(framed)));
  expect(await sender.answers(3)).toEqual(["ack of a", "ack of b", "ack of c"]);
});

test("messages are cut at their frames wherever the packets are cut", () => {
  const messages = fc.array(
    fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\v") && !text.includes("\u001c")),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(messages, fc.array(fc.nat({ max: 400 }), { maxLength: 20 }), (texts, cuts) => {
      const stream = Buffer.concat(texts.flatMap((text) => [Buffer.from("\r\n"), framed(text)]));
      const edges = [
        0,
        ...cuts.map((cut) => Math.min(cut, stream.length)).sort((a, b) => a - b),
        stream.length,
      ];
      const reader = new FrameReader(10_000);
      const read = edges.slice(1).flatMap((edge, place) => reader.push(stream.subarray(edges[place], edge)));
      expect(read.map((one) => (one.kind === "message" ? one.bytes.toString() : one.kind))).toEqual(texts);
      expect(reader.skippedBytes).toBe(0);
    }),
    { seed: 20_260_305, numRuns: 500 },
  );
});

test("what stands between frames is skipped and counted, and a frame that was broken off with it", async () => {
  await using listener = await aListener();
  await using sender = await aSender(listener);
  sender.socket.write(
    Buffer.concat([
      Buffer.from("junk\r\n"),
      Buffer.from("\vbroken off"),
      framed("whole"),
      Buffer.from("xy"),
      framed("next"),
    ]),
  );
  expect(await sender.answers(2)).toEqual(["ack of whole", "ack of next"]);
  expect(listener.stats()).toMatchObject({
    messages: 2,
    skippedBytes: "junk".length + "broken off".length + 2,
  });
});

test("an end of block that is no end of frame belongs to the message", () => {
  const reader = new FrameReader(100);
  expect(reader.push(Buffer.from("\va\u001cb\u001c"))).toEqual([]);
  expect(reader.push(Buffer.from("c\u001c\r"))).toEqual([
    { kind: "message", bytes: Buffer.from("a\u001cb\u001cc") },
  ]);
});

test("a frame that is too large is answered by its beginning, and the next message is read", async () => {
  await using listener = await aListener({ limits: { frameMaxBytes: 1000 } });
  await using sender = await aSender(listener);
  sender.socket.write(Buffer.concat([framed(`big ${"x".repeat(5000)}`), framed("small")]));
  expect(await sender.answers(2)).toEqual(["too large: big ", "ack of small"]);
  expect(listener.stats()).toMatchObject({ oversized: 1, messages: 1 });
});

test("a frame that never ends closes its connection, and no other", async () => {
  await using listener = await aListener({ limits: { frameMaxBytes: 1000 } });
  await using other = await aSender(listener);
  await using sender = await aSender(listener);
  const closed = once(sender.socket, "close");
  sender.socket.write(Buffer.concat([Buffer.from("\v"), Buffer.alloc(40_000, "x")]));
  await closed;
  other.socket.write(framed("still here"));
  expect(await other.answers(1)).toEqual(["ack of still here"]);
});

test("one connection more than are allowed is closed, and the others go on", async () => {
  await using listener = await aListener({ limits: { connectionsMax: 2 } });
  await using one = await aSender(listener);
  await using two = await aSender(listener);
  one.socket.write(framed("1"));
  two.socket.write(framed("2"));
  expect([await one.answers(1), await two.answers(1)]).toEqual([["ack of 1"], ["ack of 2"]]);
  await using third = await aSender(listener);
  if (!third.socket.closed) await once(third.socket, "close");
  expect(listener.stats()).toMatchObject({ connections: 2, turnedAway: 1 });
});

test("while messages wait nothing more is read, and all are answered in the end", async () => {
  const started: string[] = [];
  const gate = Promise.withResolvers<void>();
  await using listener = await aListener({
    limits: { waitingMax: 4, frameMaxBytes: 70_000 },
    handle: async (message) => {
      started.push(message.subarray(0, 4).toString());
      await gate.promise;
      return message.subarray(0, 4);
    },
  });
  await using sender = await aSender(listener);
  const names = Array.from({ length: 400 }, (_, place) => String(place).padStart(4, "0"));
  let sent = 0;
  for (const name of names) sender.socket.write(framed(name + "x".repeat(60_000)), () => sent++);
  await expect.poll(() => started.length).toBe(1);
  // 24 MB do not fit into the socket's buffers: what is not read stays with the sender.
  await expect.poll(() => sender.socket.writableNeedDrain).toBe(true);
  expect(sent).toBeLessThan(names.length);
  expect(started).toEqual(["0000"]);
  gate.resolve();
  expect(await sender.answers(names.length)).toEqual(names);
});

test("a sender that closes its side after its last message still gets the answers", async () => {
  await using listener = await aListener();
  await using sender = await aSender(listener);
  sender.socket.end(Buffer.concat([framed("a"), framed("b")]));
  expect(await sender.answers(2)).toEqual(["ack of a", "ack of b"]);
});

test("a connection on which nothing comes is closed; one that is being worked for is not", async () => {
  const gate = Promise.withResolvers<void>();
  await using listener = await aListener({
    limits: { idleMaxMs: 50 },
    handle: async () => {
      await gate.promise;
      return "done";
    },
  });
  await using idle = await aSender(listener);
  await using busy = await aSender(listener);
  busy.socket.write(framed("work"));
  await once(idle.socket, "close");
  gate.resolve();
  expect(await busy.answers(1)).toEqual(["done"]);
});

test("a message whose answer fails is not answered: the sender has to send it again", async () => {
  const errors: unknown[] = [];
  await using listener = await aListener({
    handle: () => Promise.reject(new Error("no database")),
    onError: (error) => void errors.push(error),
  });
  await using sender = await aSender(listener);
  sender.socket.write(framed("a"));
  await once(sender.socket, "close");
  expect(errors).toEqual([new Error("no database")]);
});

test("closing answers what is being worked on", async () => {
  const begun = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const listener = await aListener({
    handle: async () => {
      begun.resolve();
      await gate.promise;
      return "done";
    },
  });
  await using sender = await aSender(listener);
  sender.socket.write(framed("a"));
  await begun.promise;
  const closed = listener.close();
  gate.resolve();
  expect(await sender.answers(1)).toEqual(["done"]);
  await closed;
  await expect(MllpClient.connect({ port: listener.address.port, host: HOST })).rejects.toThrow(
    "ECONNREFUSED",
  );
});

test("the client may send before the last answer came, and gets each message's own", async () => {
  await using listener = await aListener();
  const client = await MllpClient.connect({ port: listener.address.port, host: HOST });
  expect(await Promise.all(["a", "b", "c"].map((text) => client.send(text)))).toEqual([
    "ack of a",
    "ack of b",
    "ack of c",
  ]);
  await client.close();
  await expect(client.send("d")).rejects.toThrow("closed");
});

test("what waits for an answer fails when the connection breaks", async () => {
  await using listener = await aListener({ handle: () => Promise.reject(new Error("bug")) });
  const client = await MllpClient.connect({ port: listener.address.port, host: HOST });
  await expect(client.send("a")).rejects.toThrow("closed");
});

test("text is read and written by the character set of MSH-18", () => {
  const header = (charset: string, rest: string) =>
    `MSH|^~\\&|A|B|||||ADT^A08|1|P|2.5||||||${charset}\r${rest}`;
  const roundTrip = (charset: string, encoding: string, rest: string) => {
    const text = header(charset, rest);
    const read = readMllpText(writeMllpText(text, encoding));
    expect(read).toEqual({ text, encoding, unsupported: undefined });
  };
  roundTrip("UNICODE UTF-8", "utf8", "वार्ड é");
  roundTrip(" 8859/1 ", "iso-8859-1", "Zoé");
  roundTrip("8859/15", "iso-8859-15", "5 €");
  roundTrip("GB 18030-2000", "gb18030", "病房");
  roundTrip("", "utf8", "वार्ड");
  roundTrip("ASCII~8859/1", "windows-1252", "Zoé “A”");
  expect(readMllpText(Buffer.from(header("ISO IR87", "x"))).unsupported).toBe("ISO IR87");
  expect(
    readMllpText(Buffer.from("MSH#:*!$#A#B#####ADT#1#P#2.7######8859/1*ASCII\rZo\xe9", "latin1")).text,
  ).toContain("Zoé");
});
