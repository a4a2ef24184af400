import { gunzipSync } from "node:zlib";
import { changeFacility } from "@ihims/core/facilities/endpoints.ts";
import { reportBeds } from "@ihims/core/observations/endpoints.ts";
import { later } from "@ihims/core/time.ts";
import { expect, test } from "vitest";
import { at, testServer, type TestServer } from "../../testing/server.ts";

const NEAR = "18.52,73.85";
const LIST = `/api/v1/facilities?near=${NEAR}&sort=distance`;

/** What is asked once is not kept. */
async function askTwice(server: TestServer, url: string) {
  await ask(server, url);
  return ask(server, url);
}

async function ask(server: TestServer, url: string, headers: Record<string, string> = {}) {
  const { statusCode, headers: given, rawPayload } = await server.app.fastify.inject({ url, headers });
  return { statusCode, headers: given, rawPayload, body: rawPayload.toString() };
}

test("a question that is asked again gets the same bytes, and none at all if the asker has them", async () => {
  await using server = await testServer();
  await server.aFacility();
  for (const url of [
    LIST,
    `/api/v1/facilities?near=${NEAR}&bed=icu`,
    `/api/v1/search?q=riverside&near=${NEAR}`,
  ]) {
    const first = await askTwice(server, url);
    const again = await ask(server, url);
    expect(again.body).toBe(first.body);
    expect(again.headers["cache-control"]).toBe("public, max-age=0, s-maxage=1, must-revalidate");
    expect(again.headers["cache-control"]).toBe(first.headers["cache-control"]);
    expect(again.headers.etag).toBe(first.headers.etag);
    if (first.headers.etag === undefined) continue;
    const known = await ask(server, url, { "if-none-match": `W/"x", ${first.headers.etag}` });
    expect([known.statusCode, known.body]).toEqual([304, ""]);
  }
});

test("after the answer to a write the next read tells of it, also within the second", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility({ name: "Before" });
  const administrator = await server.person("administrator", id);
  const first = await askTwice(server, LIST);
  await administrator.call(changeFacility, { params: { id }, body: { name: "After" } });
  const named = await ask(server, LIST, { "if-none-match": String(first.headers.etag) });
  expect(named.statusCode).toBe(200);
  expect(named.body).toContain("After");
  await administrator.call(reportBeds, { params: { id, type: "icu" }, body: { staffed: 9, occupied: 2 } });
  expect((await ask(server, LIST)).body).toContain('"free":7');
});

test("an answer is not kept over the hour at which a place closes", async () => {
  // 16:30 in UTC is 22:00 in India.
  const closing = at("16:30");
  await using server = await testServer({ now: later(closing, -400) });
  await server.aFacility({
    name: "Evenings",
    hours: {
      kind: "weekly",
      spans: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: "17:00", to: "22:00" })),
      exceptions: [],
    },
  });
  const open = `${LIST}&open=now`;
  const before = await askTwice(server, open);
  expect(before.body).toContain("Evenings");
  server.clock.set(later(closing, 700));
  const after = await ask(server, open, { "if-none-match": String(before.headers.etag) });
  expect(after.statusCode).toBe(200);
  expect(after.body).not.toContain("Evenings");
});

test("the same question in another language is another question", async () => {
  await using server = await testServer();
  await server.aFacility({ specialties: ["cardiology"], hours: { kind: "always" } });
  const url = `/api/v1/facilities?near=${NEAR}&specialty=cardiology`;
  const words = async (language: string) => (await ask(server, url, { "accept-language": language })).body;
  expect(await words("en")).toContain("open now");
  expect(await words("mr")).toContain("आता उघडे");
  expect(await words("en")).toContain("open now");
});

test("who reads gzip gets the kept answer packed, the same within", async () => {
  await using server = await testServer();
  for (let place = 0; place < 8; place += 1) await server.aFacility({ name: `Place ${place}` });
  const plain = await askTwice(server, LIST);
  const packed = await ask(server, LIST, { "accept-encoding": "br;q=0, gzip" });
  expect(packed.headers["content-encoding"]).toBe("gzip");
  expect(packed.headers["vary"]).toBe("accept-encoding");
  expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body);
  const refused = await ask(server, LIST, { "accept-encoding": "gzip;q=0" });
  expect(refused.headers["content-encoding"]).toBeUndefined();
});
