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
import { FEED_BYTES_MAX, FeedRun, type Feed } from "@ihims/core/feeds/schema.ts";
import { FeedId } from "@ihims/core/ids.ts";
import { kindOf } from "@ihims/core/observations/schema.ts";
import { mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import { z } from "zod";
import { Answer } from "../../platform/answer.ts";
import type { Context } from "../../platform/context.ts";
import { API_BASE, type Server, type TextRequest } from "../../platform/http.ts";
import * as feeds from "./feeds.ts";
import { decideMatch, listMatches } from "./matches.ts";
import { previewFeed, suggestFeed } from "./preview.ts";
import { refusedCsv } from "./refused.ts";
import { findRefused, findRun } from "./run-store.ts";
import { findFeed } from "./store.ts";

const RunParams = z.object({ id: FeedId, run: z.string().regex(/^[0-9]{1,19}$/) });

export function mountFeeds(server: Server, engine: feeds.FeedEngine): void {
  server.on(listFeeds, (ctx, { query }) => feeds.listFeeds(ctx, query));
  server.on(createFeed, async (ctx, { body }) => tagged(await feeds.createFeed(ctx, body)));
  server.on(getFeed, async (ctx, { params }) => tagged(await feeds.getFeed(ctx, params.id)));
  server.on(changeFeed, async (ctx, { params, body }, { ifMatch }) =>
    tagged(await feeds.changeFeed(ctx, params.id, body, ifMatch)),
  );
  server.on(deleteFeed, (ctx, { params }, { ifMatch }) => feeds.deleteFeed(ctx, params.id, ifMatch));
  server.on(listMappings, (ctx, { params, query }) => feeds.listMappings(ctx, params.id, query));
  server.on(runFeedNow, async (ctx, { params }) => {
    await feeds.getFeedRow(ctx, params.id);
    return feeds.runFeed(ctx, engine, params.id, { trigger: "by-hand" });
  });
  server.on(stopFeed, async (ctx, { params, body }) =>
    tagged(await feeds.stopFeed(ctx, params.id, body.reason)),
  );
  server.on(startFeed, async (ctx, { params, body }) =>
    tagged(await feeds.startFeed(ctx, params.id, body?.acceptShape ?? false)),
  );
  server.on(listFeedRuns, (ctx, { params, query }) => feeds.listRuns(ctx, params.id, query));
  server.on(listFeedMatches, (ctx, { params, query }) => listMatches(ctx, params.id, query));
  server.on(decideFeedMatch, (ctx, { params, body }) =>
    decideMatch(ctx, { feed: params.id, match: params.match, facility: body.facility }),
  );
  server.on(tryFeed, (ctx, { body: { mapping, ...draft } }) => previewFeed(ctx, engine, draft, mapping));
  server.on(suggestMapping, (ctx, { body }) => suggestFeed(ctx, engine, body));
  server.on(listNotices, (ctx, { query }) => feeds.listNotices(ctx, query));
  mountRefused(server);
  mountPush(server, engine);
}

function tagged(feed: Feed): Answer<Feed> {
  return new Answer({ body: feed, etag: feed.version });
}

function mountRefused(server: Server): void {
  server.text({
    method: "GET",
    url: `${API_BASE}/feeds/:id/runs/:run/refused`,
    access: "signed-in",
    described: {
      path: `${API_BASE}/feeds/{id}/runs/{run}/refused`,
      noun: "feeds",
      operation: {
        summary: "The lines that a run refused, with where they stand and why, as CSV",
        parameters: [pathParameter("id"), pathParameter("run")],
        responses: {
          "200": { description: "CSV: place, field, text, code, reason", content: { "text/csv": {} } },
        },
      },
    },
    async handle(ctx, request) {
      const { id, run } = paramsOf(RunParams, request);
      await feeds.getFeedRow(ctx, id);
      if (!(await findRun(ctx.db, id, run))) throw new Problem("not-found", "There is no such run");
      return {
        type: "text/csv; charset=utf-8",
        body: refusedCsv(await findRefused(ctx.db, run)),
        headers: { "content-disposition": `attachment; filename="refused-${run}.csv"` },
      };
    },
  });
}

function mountPush(server: Server, engine: feeds.FeedEngine): void {
  server.text({
    method: "POST",
    url: `${API_BASE}/feeds/:id/data`,
    access: "signed-in",
    bodyMaxBytes: FEED_BYTES_MAX,
    isRaw: true,
    described: {
      method: "POST",
      path: `${API_BASE}/feeds/{id}/data`,
      noun: "feeds",
      operation: {
        summary: "Push a file in the form that the feed's mapping reads; the answer is the run",
        parameters: [pathParameter("id")],
        requestBody: { required: true, content: { "*/*": {} } },
        responses: {
          "200": { description: "The run, as in the list of runs" },
          "422": { description: "The run: nothing was taken, and why" },
        },
      },
    },
    async handle(ctx, request) {
      const { id } = paramsOf(z.object({ id: FeedId }), request);
      const body = request.body;
      if (!Buffer.isBuffer(body) || body.length === 0)
        throw new Problem("bad-input", "There is nothing in the body");
      const run = await pushTo(ctx, engine, id, {
        bytes: body,
        charset: /;\s*charset\s*=\s*"?([A-Za-z0-9._-]{1,40})/i.exec(
          request.headers.get("content-type") ?? "",
        )?.[1],
      });
      // What could not be taken at all is the sender's to know at once.
      return {
        type: "application/json; charset=utf-8",
        body: JSON.stringify(FeedRun.parse(run)),
        status: run.outcome === "poisoned" || run.outcome === "failed" ? 422 : 200,
      };
    },
  });
}

/** @throws Problem `not-found`, also for somebody who does not speak for it; `too-large` */
async function pushTo(
  ctx: Context,
  engine: feeds.FeedEngine,
  id: FeedId,
  pushed: { bytes: Buffer; charset: string | undefined },
): Promise<FeedRun> {
  const feed = await findFeed(ctx.db, id);
  const { actor } = ctx;
  const isKey = actor.kind === "key" && (!feed?.facility || actor.facilities.includes(feed.facility));
  if (!feed || !(isKey || feeds.mayFeed(ctx, feed.facility)))
    throw new Problem("not-found", "There is no such feed");
  if (feed.source.kind !== "push") throw new Problem("conflict", "This feed is fetched, not pushed to");
  if (pushed.bytes.length > feed.limits.bytes)
    throw new Problem("too-large", `More than ${feed.limits.bytes} bytes, the feed's limit`);
  return feeds.runFeed(ctx, engine, id, {
    trigger: "push",
    pushed: { name: null, ...pushed, cursor: {} },
    ...(actor.kind === "key"
      ? { mayReport: (facility, subject) => mayReport(actor, facility, kindOf(subject)) }
      : {}),
  });
}

function pathParameter(name: string) {
  return { name, in: "path", required: true, schema: { type: "string" } };
}

function paramsOf<T extends z.ZodType>(schema: T, { params }: TextRequest): z.output<T> {
  const read = schema.safeParse(params);
  if (!read.success) throw new Problem("not-found", "There is no such thing");
  return read.data;
}
