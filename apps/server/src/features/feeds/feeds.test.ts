import { gzipSync } from "node:zlib";
import { getBeds } from "@ihims/core/observations/endpoints.ts";
import {
  changeFeed,
  createFeed,
  decideFeedMatch,
  deleteFeed,
  getFeed,
  listFeedMatches,
  listFeedRuns,
  listFeeds,
  listMappings,
  listNotices,
  runFeedNow,
  startFeed,
  stopFeed,
  suggestMapping,
  tryFeed,
} from "@ihims/core/feeds/endpoints.ts";
import type { Feed } from "@ihims/core/feeds/schema.ts";
import type { FacilityId, FeedId } from "@ihims/core/ids.ts";
import { listFacilities } from "@ihims/core/facilities/endpoints.ts";
import { expect, test } from "vitest";
import { createPerson } from "../people/people.ts";
import { at, testServer, type Caller, type TestServer } from "../../testing/server.ts";
import { aFeed, ALLOW_LOOPBACK, OWN_MAPPING, startPeer } from "./testing/peer.ts";

const HEADER = "hospital,total,occupied,seen\n";

/** A city whose two hospitals are told of by one file, with who administers it. */
async function aCity(server: TestServer) {
  const riverside = await server.aFacility({ name: "Riverside Hospital" });
  const hill = await server.aFacility({ name: "Hill Road Hospital", position: { lat: 18.6, lon: 73.9 } });
  return { riverside: riverside.id, hill: hill.id, boss: await server.person("administrator", riverside.id) };
}

/** A feed of one hospital, made by its administrator. */
async function ownFeed(boss: Caller, facility: FacilityId, url: string, more: object = {}): Promise<Feed> {
  return boss.call(createFeed, {
    body: aFeed({ facility, source: { kind: "http", url }, mapping: OWN_MAPPING, ...more }),
  });
}

async function icuOf(server: TestServer, id: FacilityId) {
  return server.anybody.call(getBeds, { params: { id, type: "icu" } });
}

const run = (boss: Caller, { id }: { id: FeedId }) => boss.call(runFeedNow, { params: { id } });

test("what another system publishes becomes figures, with their age and source", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  await using peer = await startPeer("total,occupied\n12,8\n");
  const { riverside, boss } = await aCity(server);
  const feed = await ownFeed(boss, riverside, peer.url);

  const done = await run(boss, feed);

  expect(done).toMatchObject({
    outcome: "applied",
    counts: { read: 1, applied: 1, refused: 0 },
    error: null,
  });
  expect(await icuOf(server, riverside)).toMatchObject({
    value: { staffed: 12, occupied: 8, free: 4 },
    source: "pull",
    freshness: "live",
    observedAt: at("12:00"),
  });
  expect(await boss.call(getFeed, { params: { id: feed.id } })).toMatchObject({
    lastSuccessAt: at("12:00"),
    isSilent: false,
    errorRate: 0,
    lastRun: { outcome: "applied" },
  });
});

test("the same file again changes nothing, and its figures go on ageing", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  await using peer = await startPeer("total,occupied\n12,8\n");
  const { riverside, boss } = await aCity(server);
  const feed = await ownFeed(boss, riverside, peer.url);
  await run(boss, feed);
  server.clock.set(at("12:20"));

  expect(await run(boss, feed)).toMatchObject({ outcome: "unchanged", counts: { read: 0, applied: 0 } });
  expect((await icuOf(server, riverside)).observedAt).toBe(at("12:00"));
});

test("runs are told newest first, page by page", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  await using peer = await startPeer("total,occupied\n12,8\n");
  const { riverside, boss } = await aCity(server);
  const feed = await ownFeed(boss, riverside, peer.url);
  const made: string[] = [];
  for (let round = 0; round < 12; round++) made.unshift((await run(boss, feed)).id);
  const told: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { limit: 5, ...(cursor !== undefined && { cursor }) };
    const page = await boss.call(listFeedRuns, { params: { id: feed.id }, query });
    told.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(told).toEqual(made);
});

test("a server that says that nothing has changed is believed, and asked with what it said before", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  await using peer = await startPeer((request, response) => {
    response.setHeader("etag", '"7"');
    if (request.headers["if-none-match"] === '"7"') response.writeHead(304).end();
    else response.end("total,occupied\n12,8\n");
  });
  const { riverside, boss } = await aCity(server);
  const feed = await ownFeed(boss, riverside, peer.url);
  await run(boss, feed);
  expect(await run(boss, feed)).toMatchObject({ outcome: "unchanged", bytes: 0 });
});

test("bad lines are refused by themselves, grouped by reason, and can be fetched as CSV", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  await using peer = await startPeer(
    `${HEADER}Riverside Hospital,12,8,2026-03-01T11:00:00Z\nHill Road Hospital,many,3,2026-03-01T11:00:00Z\n`,
  );
  await aCity(server);
  const boss = await cityBoss(server);
  const feed = await boss.call(createFeed, { body: aFeed({ source: { kind: "http", url: peer.url } }) });

  const done = await run(boss, feed);
  expect(done.counts).toMatchObject({ read: 2, applied: 1, refused: 1 });
  expect(done.reasons).toMatchObject([{ code: "not-a-number", lines: 1 }]);

  const csv = await server.app.fastify.inject({
    url: `/api/v1/feeds/${feed.id}/runs/${done.id}/refused`,
    headers: boss.headers,
  });
  expect(csv.headers["content-type"]).toContain("text/csv");
  expect(csv.body).toContain("line 3,total,many,not-a-number");
});

test("a name that only one facility has is matched; a doubtful one waits, and is remembered", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  const lines = (occupied: number, time: string) =>
    `${HEADER}RIVERSIDE HOSPITAL,12,${occupied},2026-03-01T${time}:00Z\nRiversde Hosp,9,${occupied},2026-03-01T${time}:00Z\n`;
  await using peer = await startPeer(lines(8, "11:00"));
  const { riverside, hill } = await aCity(server);
  const boss = await cityBoss(server);
  const feed = await boss.call(createFeed, { body: aFeed({ source: { kind: "http", url: peer.url } }) });

  expect(await run(boss, feed)).toMatchObject({ counts: { applied: 1, undecided: 1 } });
  expect((await boss.call(listNotices)).items).toMatchObject([{ kind: "feed-matches" }]);
  const { items } = await boss.call(listFeedMatches, { params: { id: feed.id }, query: { state: "open" } });
  expect(items).toMatchObject([
    { name: "Riversde Hosp", waiting: 1, candidates: [{ facility: riverside, name: "Riverside Hospital" }] },
  ]);

  const decided = await boss.call(decideFeedMatch, {
    params: { id: feed.id, match: items[0]?.id ?? "" },
    body: { facility: hill },
  });
  expect(decided).toMatchObject({ match: { state: "matched", waiting: 0 }, applied: { applied: 1 } });
  expect((await icuOf(server, hill)).value).toMatchObject({ staffed: 9, occupied: 8 });
  expect((await boss.call(listNotices)).items).toEqual([]);

  peer.answer(lines(7, "11:30"));
  expect(await run(boss, feed)).toMatchObject({ counts: { applied: 2, undecided: 0 } });
});

test("a facility's own feed cannot speak for another", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  await using peer = await startPeer(`${HEADER}Hill Road Hospital,12,8,2026-03-01T11:00:00Z\n`);
  const { riverside, hill, boss } = await aCity(server);
  const feed = await boss.call(createFeed, {
    body: aFeed({ facility: riverside, source: { kind: "http", url: peer.url } }),
  });
  await run(boss, feed);
  await expect(icuOf(server, hill)).rejects.toThrow("404");
});

test.for([
  ["a web page in place of the file", "<!doctype html><html><body>Service unavailable</body></html>"],
  ["an error text with status 200", "Internal error: please try again"],
  ["a column that is called otherwise", `hospital,total,in_use,seen\n${rows(6, 2)}`],
  ["half the rows gone", `${HEADER}${rows(2, 3)}`],
  ["nothing but zeros", `${HEADER}${rows(6, 0, 0)}`],
  ["an empty answer", " "],
] as const)("%s stops the feed, and nothing of it is taken", async ([, poison]) => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  await using peer = await startPeer(`${HEADER}${rows(6, 3)}`);
  for (let at = 1; at <= 6; at++)
    await server.aFacility({ name: `Ward House ${at}`, position: { lat: 18 + at / 10, lon: 73 } });
  const boss = await cityBoss(server);
  const feed = await boss.call(createFeed, { body: aFeed({ source: { kind: "http", url: peer.url } }) });
  expect(await run(boss, feed)).toMatchObject({ outcome: "applied", counts: { applied: 6 } });
  server.clock.set(at("12:20"));
  peer.answer(poison);

  const done = await run(boss, feed);

  expect(done.outcome).toBe("poisoned");
  expect(done.findings.length).toBeGreaterThan(0);
  expect(done.counts.applied).toBe(0);
  const stopped = await boss.call(getFeed, { params: { id: feed.id } });
  expect(stopped).toMatchObject({ state: "stopped", stop: { kind: "poisoned", run: done.id } });
  expect((await boss.call(listNotices)).items).toMatchObject([{ kind: "feed-poisoned", feed: feed.id }]);
  await expect(run(boss, feed)).rejects.toThrow("409 conflict: The feed is stopped");
  const { items } = await server.anybody.call(listFacilities);
  for (const { id } of items)
    expect(await icuOf(server, id)).toMatchObject({ value: { occupied: 3 }, observedAt: at("11:00") });
});

test("what stopped a feed can be accepted as how it looks from now on", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  await using peer = await startPeer(`total,occupied,note\n12,8,a\n`);
  const { riverside, boss } = await aCity(server);
  const feed = await ownFeed(boss, riverside, peer.url);
  await run(boss, feed);
  peer.answer("total,occupied\n12,7\n");
  expect(await run(boss, feed)).toMatchObject({
    outcome: "poisoned",
    findings: [{ code: "columns-gone", detail: "gone: note" }],
  });

  await boss.call(startFeed, { params: { id: feed.id }, body: { acceptShape: true } });
  expect(await run(boss, feed)).toMatchObject({ outcome: "applied", counts: { applied: 1 } });
  expect((await boss.call(listNotices)).items).toEqual([]);
});

test("a feed that is silent makes its figures stale, in every process, until it is heard again", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  await using peer = await startPeer("total,occupied\n12,8\n");
  const { riverside, boss } = await aCity(server);
  const feed = await ownFeed(boss, riverside, peer.url, {
    usualIntervalS: 120,
    mapping: {
      ...OWN_MAPPING,
      parts: [{ observations: [{ kind: "bed", type: "general", staffed: "total", occupied: "occupied" }] }],
    },
  });
  await run(boss, feed);
  const freshness = async () =>
    (await server.anybody.call(getBeds, { params: { id: riverside, type: "general" } })).freshness;
  expect(await freshness()).toBe("live");
  server.clock.set(at("12:05"));
  expect(await freshness()).toBe("live");
  server.clock.set(at("12:06"));
  expect(await freshness()).toBe("stale");
  expect((await boss.call(getFeed, { params: { id: feed.id } })).isSilent).toBe(true);

  await using other = await server.another();
  const seen = await other.app.fastify.inject(`/api/v1/facilities/${riverside}/beds/general`);
  expect(seen.json()).toMatchObject({ freshness: "stale" });

  // The very same file: nothing new is said of the beds, but the feed is not silent any more.
  await run(boss, feed);
  expect(await freshness()).toBe("live");
  await expect
    .poll(async () => (await other.app.fastify.inject(`/api/v1/facilities/${riverside}/beds/general`)).json())
    .toMatchObject({ freshness: "live" });
  await server.restart();
  expect(await freshness()).toBe("live");
});

test("a failing source is a failed run in words; figures stay", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  await using peer = await startPeer("total,occupied\n12,8\n");
  const { riverside, boss } = await aCity(server);
  const feed = await ownFeed(boss, riverside, peer.url);
  await run(boss, feed);
  peer.answer((_request, response) => void response.writeHead(500).end("<h1>Oh</h1>"));

  for (let times = 0; times < 3; times++)
    expect(await run(boss, feed)).toMatchObject({ outcome: "failed", error: "the server answered 500: Oh" });

  expect((await icuOf(server, riverside)).value).toMatchObject({ occupied: 8 });
  expect(await boss.call(getFeed, { params: { id: feed.id } })).toMatchObject({
    state: "on",
    errorRate: 0.75,
  });
  expect((await boss.call(listNotices)).items).toMatchObject([{ kind: "feed-failing" }]);
});

test("credentials are kept sealed and given out to nobody", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  await using peer = await startPeer("total,occupied\n12,8\n");
  const { riverside, boss } = await aCity(server);
  const feed = await ownFeed(boss, riverside, peer.url, {
    source: { kind: "http", url: peer.url, auth: "bearer" },
    credentials: { token: "s3cret-of-the-hospital" },
  });
  await run(boss, feed);
  expect(peer.asked[0]?.headers.authorization).toBe("Bearer s3cret-of-the-hospital");
  expect(feed.credentials).toEqual(["token"]);
  const everything = JSON.stringify([
    await boss.call(getFeed, { params: { id: feed.id } }),
    await boss.call(listFeeds),
    await boss.call(listFeedRuns, { params: { id: feed.id } }),
  ]);
  expect(everything).not.toContain("s3cret");

  const elsewhere = { source: { kind: "http", url: "http://127.0.0.1:9/x", auth: "bearer" } } as const;
  await expect(boss.call(changeFeed, { params: { id: feed.id }, body: elsewhere })).rejects.toThrow(
    "credentials: enter them again for another host",
  );
  await expect(
    boss.call(tryFeed, { body: { facility: riverside, feed: feed.id, mapping: OWN_MAPPING, ...elsewhere } }),
  ).rejects.toThrow("credentials: enter them again for another host");
});

test("every version of a mapping is kept, and a stale change is refused", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  const { riverside, boss } = await aCity(server);
  const feed = await ownFeed(boss, riverside, "http://127.0.0.1:9/");
  const change = (version: string, title: string) =>
    boss.call(changeFeed, {
      params: { id: feed.id },
      body: { mapping: { ...OWN_MAPPING, title } },
      headers: { "if-match": `"${version}"` },
    });
  const changed = await change(feed.version, "Another");
  expect(changed.mappingVersion).toBe(2);
  await expect(change(feed.version, "Too late")).rejects.toThrow("412");
  const { items } = await boss.call(listMappings, { params: { id: feed.id } });
  expect(items.map(({ version, document }) => [version, document["title"]])).toEqual([
    [2, "Another"],
    [1, "Our beds"],
  ]);
  await expect(change(changed.version, "")).rejects.toThrow("400 bad-input: mapping");
});

test("only those who administer a facility see its feeds, and nobody else's", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  const { riverside, hill, boss } = await aCity(server);
  const feed = await ownFeed(boss, riverside, "http://127.0.0.1:9/");
  const other = await server.person("administrator", hill, "other@example.org");
  const nurse = await server.person("bed-manager", riverside, "nurse@example.org");
  for (const who of [other, nurse]) {
    await expect(who.call(getFeed, { params: { id: feed.id } })).rejects.toThrow("404");
    await expect(run(who, feed)).rejects.toThrow("404");
    await expect(ownFeed(who, riverside, "http://127.0.0.1:9/")).rejects.toThrow("403");
    expect((await who.call(listFeeds)).items).toEqual([]);
  }
  await expect(
    boss.call(createFeed, { body: aFeed({ source: { kind: "http", url: "http://127.0.0.1:9/" } }) }),
  ).rejects.toThrow("403");
  await expect(
    boss.call(createFeed, { body: aFeed({ facility: riverside, source: { kind: "folder", folder: "in" } }) }),
  ).rejects.toThrow("403");
  await boss.call(deleteFeed, { params: { id: feed.id } });
  await expect(boss.call(getFeed, { params: { id: feed.id } })).rejects.toThrow("404");
});

test("a draft is tried without recording anything", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  await using peer = await startPeer("total,occupied\n12,8\nx,1\n");
  const { riverside, boss } = await aCity(server);
  const preview = await boss.call(tryFeed, {
    body: { facility: riverside, source: { kind: "http", url: peer.url }, mapping: OWN_MAPPING },
  });
  expect(preview).toMatchObject({
    records: 2,
    counts: { observations: 1, refused: 1 },
    lines: [{ subject: "bed:icu", value: { staffed: 12, occupied: 8 }, match: "own", timeFrom: "fetch" }],
    findings: [],
  });
  await expect(icuOf(server, riverside)).rejects.toThrow("404");
  const sampled = await boss.call(tryFeed, {
    body: {
      facility: riverside,
      source: { kind: "push" },
      mapping: OWN_MAPPING,
      sample: { text: "total,occupied\n9,9\n" },
    },
  });
  expect(sampled.counts.observations).toBe(1);
});

test("a mapping is suggested from a sample, and becomes what the sample says", async () => {
  await using server = await testServer();
  const { riverside, boss } = await aCity(server);
  const draft = {
    facility: riverside,
    source: { kind: "push" } as const,
    sample: { name: "beds.csv", text: "icu_total,icu_occupied\n12,8\n" },
  };
  const { mapping } = await boss.call(suggestMapping, { body: draft });
  const preview = await boss.call(tryFeed, { body: { ...draft, mapping } });
  expect(preview.lines).toMatchObject([{ subject: "bed:icu", value: { staffed: 12, occupied: 8 } }]);
  const nothing = { ...draft, sample: { name: "a.csv", text: "x,y\n1,2\n" } };
  await expect(boss.call(suggestMapping, { body: nothing })).rejects.toThrow("409");
});

test("a machine pushes a file with its key; it speaks for its own facilities alone", async () => {
  await using server = await testServer();
  const { riverside, hill } = await aCity(server);
  const boss = await cityBoss(server);
  const feed = await boss.call(createFeed, { body: aFeed({ source: { kind: "push" } }) });
  const machine = await server.machineOf(riverside);
  const push = (body: Buffer, headers: Record<string, string> = {}) =>
    server.app.fastify.inject({
      method: "POST",
      url: `/api/v1/feeds/${feed.id}/data`,
      headers: { ...machine.headers, "content-type": "text/csv", ...headers },
      payload: body,
    });
  const file = `${HEADER}Riverside Hospital,12,8,2026-03-01T11:00:00Z\nHill Road Hospital,9,3,2026-03-01T11:00:00Z\n`;
  const answer = await push(Buffer.from(file));
  expect(answer.json()).toMatchObject({ outcome: "applied", counts: { applied: 1, refused: 1 } });
  expect(answer.json().reasons).toMatchObject([{ code: "not-allowed" }]);
  expect((await icuOf(server, riverside)).source).toBe("api");
  await expect(icuOf(server, hill)).rejects.toThrow("404");

  const packed = await push(gzipSync(Buffer.from(file.replace(",8,", ",7,").replace("11:00", "11:10"))), {
    "content-type": "application/octet-stream",
  });
  expect(packed.json()).toMatchObject({ outcome: "applied", counts: { applied: 1 } });
  expect((await push(Buffer.from("<html>"))).statusCode).toBe(422);
  expect((await push(Buffer.from(file))).statusCode).toBe(409);
  const stranger = await server.machineOf(hill);
  const own = await ownFeed(boss, riverside, "http://127.0.0.1:9/", { source: { kind: "push" } });
  const refused = await server.app.fastify.inject({
    method: "POST",
    url: `/api/v1/feeds/${own.id}/data`,
    headers: { ...stranger.headers, "content-type": "text/csv" },
    payload: file,
  });
  expect(refused.statusCode).toBe(404);
});

test("a stopped feed is not run, and says who stopped it and why", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  const { riverside, boss } = await aCity(server);
  const feed = await ownFeed(boss, riverside, "http://127.0.0.1:9/");
  const stopped = await boss.call(stopFeed, {
    params: { id: feed.id },
    body: { reason: "Their server moves" },
  });
  expect(stopped).toMatchObject({
    state: "stopped",
    stop: { kind: "by-hand", detail: "Their server moves" },
  });
  await expect(run(boss, feed)).rejects.toThrow("409");
  expect(await boss.call(startFeed, { params: { id: feed.id } })).toMatchObject({ state: "on", stop: null });
});

test("a schedule is read in its time zone, and one that is none is refused by its place", async () => {
  await using server = await testServer();
  const { riverside, boss } = await aCity(server);
  const feed = await ownFeed(boss, riverside, "http://127.0.0.1:9/", {
    schedule: { cron: "30 18 * * *", timeZone: "Asia/Kolkata" },
  });
  expect(feed.nextRunAt).toBe(at("13:00"));
  await expect(
    ownFeed(boss, riverside, "http://127.0.0.1:9/", { schedule: { cron: "61 * * * *" } }),
  ).rejects.toThrow("400 bad-input: schedule/cron");
});

/** Somebody who administers the platform. */
async function cityBoss(server: TestServer): Promise<Caller> {
  const [email, password] = ["city@example.org", "correct horse"];
  await createPerson(server.ctx, { email, password, name: "City", cityRoles: ["platform-administrator"] });
  const signed = await server.app.fastify.inject({
    method: "POST",
    url: "/api/v1/session",
    payload: { email, password },
  });
  const cookie = signed.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
  return server.as({ cookie, origin: "http://localhost:80" });
}

function rows(count: number, occupied: number, total = 10): string {
  return Array.from(
    { length: count },
    (_, at) => `Ward House ${at + 1},${total},${occupied},2026-03-01T11:00:00Z\n`,
  ).join("");
}
