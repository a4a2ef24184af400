import { createFeed, getFeed } from "@ihims/core/feeds/endpoints.ts";
import { expect, test, vi } from "vitest";
import { testServer } from "../../testing/server.ts";
import { runFeed } from "./feeds.ts";
import { startFeedJobs } from "./jobs.ts";
import { closeInterrupted, findRuns, insertRun } from "./run-store.ts";
import { aFeed, ALLOW_LOOPBACK, OWN_MAPPING, startPeer } from "./testing/peer.ts";

const WAIT = { timeout: 50_000, interval: 100 };

test("a feed's job fails, is tried again, and succeeds; of two processes one runs it", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  let tries = 0;
  await using peer = await startPeer((_request, response) => {
    tries += 1;
    if (tries === 1) response.writeHead(500).end();
    else response.end("total,occupied\n12,8\n");
  });
  const { id: facility } = await server.aFacility();
  const boss = await server.person("administrator", facility);
  const feed = await boss.call(createFeed, {
    body: aFeed({ facility, source: { kind: "http", url: peer.url }, mapping: OWN_MAPPING }),
  });
  const options = { databaseUrl: server.databaseUrl, retryDelayS: 1 };
  const jobs = await startFeedJobs(() => server.ctx, server.app.feeds, options);
  await using another = await server.another();
  const others = await startFeedJobs(() => another.app.operator(), another.app.feeds, options);
  try {
    await Promise.all([jobs.send(feed.id), others.send(feed.id), jobs.send(feed.id)]);
    await vi.waitFor(async () => {
      const runs = await findRuns(server.ctx.db, feed.id, 10);
      expect(runs.some(({ outcome }) => outcome === "applied")).toBe(true);
    }, WAIT);
    const runs = await findRuns(server.ctx.db, feed.id, 10);
    expect(runs.filter(({ outcome }) => outcome === "failed").length).toBe(1);
    expect(runs.filter(({ outcome }) => outcome === "applied").length).toBe(1);
  } finally {
    await others.stop();
    await jobs.stop();
  }
});

test("a feed never runs beside itself, in whichever process", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  let answer = () => undefined as void;
  await using peer = await startPeer((_request, response) => {
    answer = () => void response.end("total,occupied\n12,8\n");
  });
  const { id: facility } = await server.aFacility();
  const boss = await server.person("administrator", facility);
  const feed = await boss.call(createFeed, {
    body: aFeed({ facility, source: { kind: "http", url: peer.url }, mapping: OWN_MAPPING }),
  });
  await using another = await server.another();
  const first = runFeed(server.ctx, server.app.feeds, feed.id, { trigger: "by-hand" });
  await vi.waitFor(() => expect(peer.asked.length).toBe(1), WAIT);
  await expect(
    runFeed(another.app.operator(), another.app.feeds, feed.id, { trigger: "by-hand" }),
  ).rejects.toThrow("running already");
  answer();
  expect(await first).toMatchObject({ outcome: "applied" });
});

test("a run that its process did not end is taken up by the next one", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  await using peer = await startPeer("total,occupied\n12,8\n");
  const { id: facility } = await server.aFacility();
  const boss = await server.person("administrator", facility);
  const feed = await boss.call(createFeed, {
    body: aFeed({ facility, source: { kind: "http", url: peer.url }, mapping: OWN_MAPPING }),
  });
  const left = { trigger: "schedule" as const, startedAt: server.ctx.now(), mappingVersion: 1 };
  await insertRun(server.ctx.db, feed.id, left);
  await expect(insertRun(server.ctx.db, feed.id, left)).rejects.toThrow("feed_run_one_at_a_time");
  expect(await runFeed(server.ctx, server.app.feeds, feed.id, { trigger: "by-hand" })).toMatchObject({
    outcome: "applied",
  });
  expect((await findRuns(server.ctx.db, feed.id, 2)).map(({ outcome }) => outcome)).toEqual([
    "applied",
    "interrupted",
  ]);
  await closeInterrupted(server.ctx.db, feed.id, server.ctx.now());
  expect((await boss.call(getFeed, { params: { id: feed.id } })).lastRun).toMatchObject({
    outcome: "applied",
  });
});
