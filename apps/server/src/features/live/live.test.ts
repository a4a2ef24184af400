import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { LiveEvent, Topic } from "@ihims/core/live/schema.ts";
import { reportBeds } from "@ihims/core/observations/endpoints.ts";
import { changeFacility } from "@ihims/core/facilities/endpoints.ts";
import { isUpTo, newestPosition } from "../../platform/changes.ts";
import { Board } from "../board/board.ts";
import { Shelves } from "../stock/stock.ts";
import { createFacility } from "../facilities/facilities.ts";
import { FacilityProfile } from "@ihims/core/facilities/schema.ts";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { LiveStream, type Reader } from "./live.ts";

interface Message {
  id: string | undefined;
  event: LiveEvent;
}

/** A reader of the stream over a real socket, as a browser's EventSource reads it. */
async function read(url: string, topics: string, lastEventId?: string) {
  const controller = new AbortController();
  const response = await fetch(`${url}/api/v1/live?${topics}`, {
    signal: controller.signal,
    ...(lastEventId === undefined ? {} : { headers: { "last-event-id": lastEventId } }),
  });
  const { body } = response;
  if (!response.ok || !body) throw new Error(`${response.status} ${await response.text()}`);
  const messages: Message[] = [];
  const state = { lastEventId: lastEventId ?? "", hasEnded: false };
  let wake = () => undefined as void;
  const reading = (async () => {
    let text = "";
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const fields = new Map(
          text
            .slice(0, end)
            .split("\n")
            .map((line) => line.split(/: ?(.*)/s).slice(0, 2) as [string, string]),
        );
        text = text.slice(end + 2);
        const id = fields.get("id");
        if (id !== undefined) state.lastEventId = id;
        const data = fields.get("data");
        if (data !== undefined) messages.push({ id, event: LiveEvent.parse(JSON.parse(data)) });
        wake();
      }
    }
  })()
    .catch(() => undefined)
    .finally(() => {
      state.hasEnded = true;
      wake();
    });
  return {
    messages,
    state,
    async until(count: number): Promise<Message[]> {
      while (messages.length < count && !state.hasEnded)
        await new Promise<void>((resolve) => void (wake = resolve));
      return messages;
    },
    async opened(): Promise<void> {
      while (state.lastEventId === "" && !state.hasEnded)
        await new Promise<void>((resolve) => void (wake = resolve));
    },
    async close() {
      controller.abort();
      await reading;
    },
  };
}

async function withHospital(server: TestServer) {
  const { id } = await server.aFacility();
  const machine = await server.machineOf(id);
  // Readers of these tests come after the news of the new page.
  while (!isUpTo(await newestPosition(server.ctx.db), server.app.stream.position))
    await new Promise((resolve) => setImmediate(resolve));
  const report = (occupied: number) =>
    machine.call(reportBeds, { params: { id, type: "icu" }, body: { staffed: 12, occupied } });
  return { id, report };
}

test("a change is told to who asked for its facility or its kind, once", async () => {
  await using server = await testServer();
  const { id, report } = await withHospital(server);
  const url = await server.url();
  const ofFacility = await read(url, `topic=facility:${id}&topic=kind:hospital`);
  const ofKind = await read(url, "topic=kind:hospital");
  const ofOthers = await read(url, "topic=kind:pharmacy");
  await ofFacility.opened();
  await report(8);
  await report(9);
  for (const reader of [ofFacility, ofKind]) {
    expect((await reader.until(2)).map(({ event }) => event)).toMatchObject([
      { kind: "bed", facility: id, figure: { type: "icu" } },
      { kind: "bed", facility: id, figure: { type: "icu", value: { occupied: 9, free: 3 } } },
    ]);
    expect(reader.messages).toHaveLength(2);
  }
  expect(ofOthers.messages).toHaveLength(0);
  for (const reader of [ofFacility, ofKind, ofOthers]) await reader.close();
});

test("who comes back with the last id gets what was missed, in order, and nothing twice", async () => {
  await using server = await testServer();
  const { id, report } = await withHospital(server);
  let url = await server.url();
  const first = await read(url, `topic=facility:${id}`);
  await first.opened();
  await report(1);
  await first.until(1);
  await first.close();
  for (const occupied of [2, 3, 4]) await report(occupied);

  const second = await read(url, `topic=facility:${id}`, first.state.lastEventId);
  expect(await second.until(3)).toHaveLength(3);
  await report(5);
  const messages = await second.until(4);
  expect(messages.at(-1)?.event).toMatchObject({ figure: { value: { occupied: 5 } } });
  expect(new Set(messages.map(({ id: position }) => position)).size).toBe(4);
  await second.close();

  await report(6);
  await server.restart();
  url = await server.url();
  const third = await read(url, `topic=facility:${id}`, second.state.lastEventId);
  expect((await third.until(1))[0]?.event).toMatchObject({ figure: { value: { occupied: 6 } } });
  await third.close();
});

test("who saw no event yet misses nothing either", async () => {
  await using server = await testServer();
  const { id, report } = await withHospital(server);
  const url = await server.url();
  const early = await read(url, `topic=facility:${id}`);
  await early.opened();
  await early.close();
  await report(8);
  const late = await read(url, `topic=facility:${id}`, early.state.lastEventId);
  expect(await late.until(1)).toHaveLength(1);
  await late.close();
});

test("changes made while another reader catches up come after what was missed", async () => {
  await using server = await testServer();
  const { id, report } = await withHospital(server);
  const url = await server.url();
  const first = await read(url, `topic=facility:${id}`);
  await first.opened();
  const start = first.state.lastEventId;
  for (let occupied = 0; occupied < 12; occupied++) await report(occupied);
  // One after the other: of reports that are taken in together only the last is told.
  const more = async () => {
    for (const occupied of [12, 13, 14]) await report(occupied);
  };
  const [second] = await Promise.all([read(url, `topic=facility:${id}`, start), more()]);
  const seen = (await second.until(15)).map(({ id: position }) => position);
  expect(new Set(seen).size).toBe(15);
  expect((await first.until(15)).map(({ id: position }) => position)).toEqual(seen);
  await first.close();
  await second.close();
});

test("a page that was changed is told, so that it is read again", async () => {
  await using server = await testServer();
  const { id } = await withHospital(server);
  const administrator = await server.person("administrator", id);
  const reader = await read(await server.url(), `topic=facility:${id}`);
  await reader.opened();
  await administrator.call(changeFacility, { params: { id }, body: { name: "Hill Road Hospital" } });
  expect((await reader.until(1))[0]?.event).toEqual({ kind: "facility", facility: id });
  await reader.close();
});

test("when the server stops it says so, and the reader comes back", async () => {
  await using server = await testServer();
  const { id } = await withHospital(server);
  const reader = await read(await server.url(), `topic=facility:${id}`);
  await reader.opened();
  await server.restart();
  expect((await reader.until(1))[0]?.event).toEqual({ kind: "gone", reason: "server-stops" });
});

test("a topic that cannot be, or none, is refused by its name", async () => {
  await using server = await testServer();
  const url = await server.url();
  for (const [query, words] of [
    ["", "topic"],
    ["topic=weather", "not a topic"],
    ["topic=alerts&since=1", "since"],
  ]) {
    await expect(read(url, query ?? "")).rejects.toThrow(words);
  }
  await expect(read(url, "topic=alerts", "yesterday")).rejects.toThrow("Last-Event-ID");
});

test("a reader who does not read is let go, and does not slow the others", async () => {
  await using server = await testServer();
  const facility = await createFacility(
    server.ctx,
    FacilityProfile.parse({ name: "Riverside", kind: "hospital", position: { lat: 18.5, lon: 73.8 } }),
  );
  const board = new Board(() => "Asia/Kolkata");
  board.apply({ kind: "facility", facility });
  const stream = new LiveStream({ board, shelves: new Shelves(board) }, () => at("12:00"), "0-0");
  const slow = aReader(Infinity);
  const quick = aReader(0);
  for (const { reader } of [slow, quick]) stream.join(reader);
  stream.publish([{ position: "1-1", body: { kind: "facility", facility } }]);
  stream.publish([{ position: "1-2", body: { kind: "facility", facility } }]);
  expect(slow.written.join("")).toContain('"reason":"too-slow"');
  expect(slow.isDestroyed()).toBe(true);
  expect(quick.written).toHaveLength(2);
  expect([stream.count, stream.dropped]).toEqual([1, 1]);
});

/** A reader whose socket holds so many unread bytes. */
function aReader(unreadBytes: number) {
  const written: string[] = [];
  let isDestroyed = false;
  const socket: Reader["socket"] = {
    write: (bytes: unknown) => written.push(String(bytes)) > 0,
    end(bytes?: unknown) {
      written.push(String(bytes));
      return this as Socket; // Nobody looks at what end gives back.
    },
    destroy() {
      isDestroyed = true;
      return this as Socket; // Nor at this.
    },
    writableLength: unreadBytes,
    destroyed: false,
  };
  const reader: Reader = {
    topics: new Set([Topic.parse("kind:hospital")]),
    socket,
    waiting: undefined,
    last: undefined,
  };
  return { reader, written, isDestroyed: () => isDestroyed };
}

test("a real socket that is not read from is closed by the server", async () => {
  await using server = await testServer();
  const { id, report } = await withHospital(server);
  const { port } = new URL(await server.url());
  const socket = connect(Number(port), "127.0.0.1");
  socket.pause();
  socket.write(`GET /api/v1/live?topic=facility:${id} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  while (server.app.stream.count === 0) await new Promise((resolve) => setImmediate(resolve));
  await report(1);
  const changes = server.app.board.entry(id)?.standings.values().next().value;
  const [standing] = changes ?? [];
  let number = 0;
  // Far more than the kernel holds for a reader, in one turn of the loop, so that nothing can drain.
  while (server.app.stream.count > 0 && number < 200_000) {
    number++;
    server.app.stream.publish([{ position: `999999999-${number}`, body: { kind: "standing", standing } }]);
  }
  expect(server.app.stream.dropped).toBe(1);
  socket.destroy();
});
