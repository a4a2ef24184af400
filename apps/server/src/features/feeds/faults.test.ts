import { gzipSync } from "node:zlib";
import { createFeed, runFeedNow } from "@ihims/core/feeds/endpoints.ts";
import { FeedLimits, NewFeed, type FeedRun } from "@ihims/core/feeds/schema.ts";
import { getBeds } from "@ihims/core/observations/endpoints.ts";
import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { testServer } from "../../testing/server.ts";
import { createFeed as makeFeed, runFeed } from "./feeds.ts";
import { Guard } from "./guard.ts";
import { fetchHttp } from "./http-source.ts";
import { oneQuestion } from "./sql-text.ts";
import { sqlServerBatch, withLocalTimes } from "./sql-source.ts";
import { aFeed, ALLOW_LOOPBACK, OWN_MAPPING, startPeer } from "./testing/peer.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** What is said of a source that answers like this, within limits. */
async function check(answer: Answer, expected: string, limits: object = {}): Promise<void> {
  await using peer = await startPeer(answer);
  const read = FeedLimits.parse(limits);
  const fetching = fetchHttp(
    { kind: "http", url: peer.url, headers: {}, auth: "none" },
    {},
    {
      cursor: {},
      limits: read,
      signal: AbortSignal.timeout(read.seconds * 1000),
      guard: new Guard(ALLOW_LOOPBACK),
    },
  );
  await expect(fetching).rejects.toThrow(expected);
}

test("a file that is cut off is not taken for a whole one", () =>
  check((_request, response) => {
    response.writeHead(200, { "content-length": "1000" });
    response.write("total,occupied\n12,8\n", () => response.destroy());
  }, "broke off"));

test("a slow server is left at the feed's limit", () =>
  check((_request, response) => void response.write("total,"), "longer than 1 seconds", { seconds: 1 }));

test("a body without an end is left at the feed's limit", () =>
  check(
    (_request, response) => {
      const more = () => response.write("x".repeat(65_536)) || response.once("drain", more);
      response.on("drain", more);
      more();
    },
    "larger than 100000 bytes",
    { bytes: 100_000 },
  ));

test("a bomb of gzip is left at the feed's limit", () =>
  check(
    (_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.end(gzipSync(Buffer.alloc(50_000_000)));
    },
    "larger than 1000000 bytes",
    { bytes: 1_000_000 },
  ));

test("redirects end", () =>
  check(
    (_request, response) => void response.writeHead(302, { location: "/again" }).end(),
    "more than 5 redirects",
  ));

test("a redirect to something that is no web address is refused", () =>
  check(
    (_request, response) => void response.writeHead(302, { location: "file:///etc/passwd" }).end(),
    "file:",
  ));

test("an error's words are told, without their tags", () =>
  check(
    (_request, response) => void response.writeHead(503).end("<b>Closed</b> today"),
    "answered 503: Closed today",
  ));

test.for([
  "http://127.0.0.1/",
  "http://localhost/",
  "http://[::1]/",
  "http://[::ffff:10.0.0.1]/",
  "http://169.254.169.254/latest/meta-data",
  "http://10.1.2.3/",
  "http://192.168.0.1/",
  "http://0x7f000001/",
  "http://2130706433/",
  "http://[fd00::1]/",
])("%s is not of the public internet, and not read", async (url) => {
  const limits = FeedLimits.parse({});
  await expect(
    fetchHttp(
      { kind: "http", url, headers: {}, auth: "none" },
      {},
      { cursor: {}, limits, signal: AbortSignal.timeout(5000), guard: new Guard({ allow: [] }) },
    ),
  ).rejects.toThrow("not of the public internet");
});

test("a redirect from an allowed host to this machine is refused", async () => {
  await using inner = await startPeer("secret");
  await using peer = await startPeer(
    (_request, response) =>
      void response.writeHead(302, { location: inner.url.replace("127.0.0.1", "127.0.0.2") }).end(),
  );
  const limits = FeedLimits.parse({});
  await expect(
    fetchHttp(
      { kind: "http", url: peer.url, headers: {}, auth: "none" },
      {},
      { cursor: {}, limits, signal: AbortSignal.timeout(5000), guard: new Guard({ allow: ["127.0.0.1"] }) },
    ),
  ).rejects.toThrow("127.0.0.2 is not of the public internet");
  expect(inner.asked).toEqual([]);
});

test("a secret is not sent on to another host", async () => {
  await using inner = await startPeer("total,occupied\n1,1\n");
  await using peer = await startPeer(
    (_request, response) => void response.writeHead(302, { location: inner.url }).end(),
  );
  const limits = FeedLimits.parse({});
  await fetchHttp(
    { kind: "http", url: peer.url, headers: { "x-hospital": "7" }, auth: "bearer" },
    { token: "secret" },
    { cursor: {}, limits, signal: AbortSignal.timeout(5000), guard: new Guard(ALLOW_LOOPBACK) },
  );
  expect(peer.asked[0]?.headers).toMatchObject({ authorization: "Bearer secret", "x-hospital": "7" });
  expect(inner.asked[0]?.headers.authorization).toBeUndefined();
});

test("a file in another character set than its server says is read as it is written", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  await using peer = await startPeer((_request, response) => {
    response.setHeader("content-type", "text/csv; charset=utf-8");
    response.end(Buffer.from("hospital;total;occupied\nCliníca São José;12;8\n", "latin1"));
  });
  await server.aFacility({ name: "Cliníca São José" });
  const feed = aFeed({
    source: { kind: "http", url: peer.url },
    mapping: { ...OWN_MAPPING, facility: { name: "hospital" } },
  });
  const made = await makeFeed(server.ctx, NewFeed.parse(feed));
  const run = await runFeed(server.ctx, server.app.feeds, made.id, { trigger: "by-hand" });
  expect(run).toMatchObject({ outcome: "applied", counts: { applied: 1, undecided: 0 } });
});

test("deliveries that come twice or in another order end in the newest state", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  const facility = await server.aFacility();
  const line = (occupied: number, time: string) =>
    `hospital,total,occupied,seen\nRiverside Hospital,12,${occupied},2026-03-01T${time}:00Z\n`;
  await using peer = await startPeer(line(8, "11:10"));
  const boss = await server.person("administrator", facility.id);
  const feed = await boss.call(createFeed, {
    body: aFeed({ facility: facility.id, source: { kind: "http", url: peer.url } }),
  });
  const run = (): Promise<FeedRun> => boss.call(runFeedNow, { params: { id: feed.id } });
  expect((await run()).counts.applied).toBe(1);
  peer.answer(line(5, "11:00"));
  expect((await run()).counts).toMatchObject({ applied: 0, superseded: 1 });
  peer.answer(line(8, "11:10"));
  expect((await run()).counts).toMatchObject({ applied: 0, unchanged: 1 });
  const beds = await server.anybody.call(getBeds, { params: { id: facility.id, type: "icu" } });
  expect(beds).toMatchObject({ value: { occupied: 8 } });
});

test.for([
  ["delete from beds", "begins with neither"],
  ["select 1; drop table beds", "more than one statement"],
  ["with gone as (delete from beds returning *) select * from gone", "DELETE"],
  ["select * into copy from beds", "INTO"],
  ["select 1 /*! ; drop table beds */", "more than one statement"],
  ["exec sp_who", "begins with neither"],
] as const)("%s is no question", ([query, problem]) => {
  expect(() => oneQuestion(query)).toThrow(problem);
});

test.for([
  "select ward, count(*) from beds where note <> 'delete; me' group by ward;",
  "WITH free AS (SELECT * FROM beds) SELECT * FROM free -- update",
  'select "insert" from "update"',
])("%s is one question", (query) => {
  expect(oneQuestion(query)).toBe(query.replace(/;$/, ""));
});

test("what is sent to SQL Server reads so many rows and undoes whatever was done", () => {
  expect(sqlServerBatch("select 1 as a", 10)).toBe(
    "set xact_abort on; set implicit_transactions off;\nset rowcount 11;\nbegin transaction;\nselect 1 as a;\nrollback transaction;",
  );
  expect(withLocalTimes({ at: new Date("2026-03-01T10:00:00Z"), n: 1 }, undefined)).toEqual({
    at: "2026-03-01T10:00:00.000",
    n: 1,
  });
});
