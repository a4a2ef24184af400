import { describe, expect, test } from "vitest";
import { listFacilities } from "@ihims/core/facilities/endpoints.ts";
import { getBeds, reportBeds, reportObservations } from "@ihims/core/observations/endpoints.ts";
import { Client, Refused, Unreachable, type ClientOptions } from "./client.ts";

interface Asked {
  url: string;
  method: string;
  headers: Headers;
  body: unknown;
}

/** A server that gives one answer after another, and what it was asked. */
function serverOf(...answers: (Response | "no answer")[]) {
  const asked: Asked[] = [];
  const waits: number[] = [];
  const left = [...answers];
  const options: ClientOptions = {
    server: "https://city.example/",
    key: "ihims_secret",
    chance: () => 1,
    wait: async (ms) => void waits.push(ms),
    fetch: async (input, init) => {
      const body = typeof init?.body === "string" ? (JSON.parse(init.body) as unknown) : init?.body;
      asked.push({
        url: String(input),
        method: init?.method ?? "GET",
        headers: new Headers(init?.headers),
        body,
      });
      const answer = left.shift();
      if (answer === undefined || answer === "no answer") throw new TypeError("fetch failed");
      return answer;
    },
  };
  return { client: new Client(options), asked, waits };
}

const json = (body: unknown, init?: ResponseInit) => new Response(JSON.stringify(body), init);
const problem = (status: number, detail: string, headers: Record<string, string> = {}) =>
  json({ type: "urn:ihims:problem:x", title: "No", status, detail }, { status, headers });
const BATCH = { accepted: 0, duplicate: 0, superseded: 0, rejected: 0, results: [] };
const batch = { body: { observations: [{}] } };

describe("a call", () => {
  test("goes to its endpoint's address with the key, and gives back what the endpoint says", async () => {
    const { client, asked } = serverOf(json(BATCH));
    expect(await client.call(reportObservations, batch)).toEqual(BATCH);
    expect(asked[0]).toMatchObject({
      url: "https://city.example/api/v1/observations",
      method: "POST",
      body: { observations: [{}] },
    });
    expect(asked[0]?.headers.get("authorization")).toBe("Bearer ihims_secret");
  });

  test("that finds no server is tried again with the same idempotency key and growing pauses", async () => {
    const { client, asked, waits } = serverOf(
      "no answer",
      new Response("<html>", { status: 502 }),
      json(BATCH),
    );
    await client.call(reportObservations, batch);
    expect(waits).toEqual([500, 1000]);
    const keys = asked.map(({ headers }) => headers.get("idempotency-key"));
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/u);
    expect(new Set(keys).size).toBe(1);
    const other = serverOf(json(BATCH));
    await other.client.call(reportObservations, batch, { idempotencyKey: "mine" });
    expect(other.asked[0]?.headers.get("idempotency-key")).toBe("mine");
  });

  test("waits as long as the server asks for, and not for ever", async () => {
    const { client, waits } = serverOf(problem(429, "Slow down", { "retry-after": "7" }), json(BATCH));
    await client.call(reportObservations, batch);
    expect(waits).toEqual([7000]);
    const busy = serverOf(problem(503, "Later", { "retry-after": "900" }));
    await expect(busy.client.call(reportObservations, batch)).rejects.toThrow("Later");
    expect(busy.waits).toEqual([]);
  });

  test("is given up after some tries, saying why", async () => {
    const { client, asked } = serverOf();
    await expect(client.call(reportObservations, batch)).rejects.toBeInstanceOf(Unreachable);
    expect(asked).toHaveLength(5);
  });

  test("that is refused is not tried again, and says what is wrong and where", async () => {
    const body = {
      type: "x",
      title: "No",
      status: 400,
      detail: "observedAt: no",
      errors: [{ pointer: "/observedAt", detail: "no" }],
    };
    const { client, asked } = serverOf(json(body, { status: 400 }));
    const failure: unknown = await client
      .call(reportBeds, { params: { id: "f1", type: "icu" }, body: { staffed: 1, occupied: 0 } })
      .catch((error: unknown) => error);
    if (!(failure instanceof Refused)) throw new Error("it was not refused");
    expect([failure.status, failure.kind, failure.details?.errors?.[0]?.pointer]).toEqual([
      400,
      "bad-input",
      "/observedAt",
    ]);
    expect(asked).toHaveLength(1);
  });

  test("whose answer is a portal's page is not taken for the server's", async () => {
    const { client } = serverOf(new Response("<html>Please sign in to the Wi-Fi</html>"));
    await expect(client.call(getBeds, { params: { id: "f1", type: "icu" } })).rejects.toBeInstanceOf(
      Unreachable,
    );
  });

  test("that the caller has ended ends at once", async () => {
    const { client, asked } = serverOf();
    const signal = AbortSignal.abort();
    await expect(client.call(reportObservations, batch, { signal })).rejects.toThrow("fetch failed");
    expect(asked).toHaveLength(1);
  });
});

test("the items of a list come page after page", async () => {
  const page = (names: string[], nextCursor: string | null) => {
    const items = names.map((id) => ({
      id,
      name: id,
      names: {},
      kind: "hospital",
      ownership: null,
      position: { lat: 1, lon: 2 },
      locality: null,
      localityNames: {},
      phones: [],
      emergencyPhone: null,
      hasEmergency: null,
      wheelchair: null,
      distance: null,
      open: { state: "unknown", until: null },
      beds: [],
    }));
    const filters = {
      near: null,
      radius: null,
      kind: [],
      specialty: null,
      condition: null,
      specialties: [],
      service: null,
      bed: null,
      scheme: null,
      open: null,
      q: null,
      sort: "name",
      includeStale: false,
    };
    return json({ items, nextCursor, filters, reporting: null });
  };
  const { client, asked } = serverOf(page(["a", "b"], "next"), page(["c"], null));
  const found: string[] = [];
  for await (const { id } of client.items(listFacilities, { query: { kind: ["hospital"] } })) found.push(id);
  expect(found).toEqual(["a", "b", "c"]);
  expect(asked.map(({ url }) => url.split("?")[1])).toEqual(["kind=hospital", "kind=hospital&cursor=next"]);
});

describe("the live stream", () => {
  const stream = (text: string) => new Response(text, { headers: { "content-type": "text/event-stream" } });
  const alert = (id: string) => `data: {"kind":"alert","alert":"${id}"}\n\n`;

  test("goes on where it was when the connection is lost, and passes over what it does not know", async () => {
    const { client, asked } = serverOf(
      stream(
        `retry: 2000\nid: 1-1\n\nid: 1-2\n${alert("a1")}:\n\ndata: {"kind":"quake"}\n\ndata: {"kind":"gone","reason":"too-slow"}\n\n`,
      ),
      "no answer",
      stream(`id: 1-3\n${alert("a2")}`),
    );
    const ids: string[] = [];
    for await (const event of client.live(["alerts"])) {
      if (event.kind === "alert") ids.push(event.alert);
      if (ids.length === 2) break;
    }
    expect(ids).toEqual(["a1", "a2"]);
    expect(asked.map(({ headers }) => headers.get("last-event-id"))).toEqual([null, "1-2", "1-2"]);
  });

  test("that the server refuses for good ends with what it said", async () => {
    const { client } = serverOf(problem(400, "topic: not a topic"));
    await expect(client.live(["x"]).next()).rejects.toThrow("topic: not a topic");
  });
});
