import type { FeedId } from "@ihims/core/ids.ts";
import { FeedId as FeedIdSchema } from "@ihims/core/ids.ts";
import { Problem } from "@ihims/core/problem.ts";
import { PgBoss } from "pg-boss";
import { z } from "zod";
import type { Context } from "../../platform/context.ts";
import type { FeedEngine } from "./fetch.ts";
import { noteSilentFeeds, runFeed } from "./run.ts";
import { findScheduled } from "./store.ts";

const QUEUE = "feeds";
/** Tries after the first, each later than the one before. */
const RETRIES_MAX = 4;
const RETRY_DELAY_S = 30;
const RETRY_DELAY_MAX_S = 900;
/** Feeds that one process runs at the same time. */
const RUNNING_MAX = 4;
/** How often the time tables are read again, and silence is looked for. */
const LOOK_MS = 15_000;
const STOP_MAX_MS = 30_000;

const Job = z.object({ feed: FeedIdSchema });

export interface FeedJobs {
  /** Take up now what was changed in the time tables. */
  look(): Promise<void>;
  /** Have a feed run as a job, now. */
  send(feed: FeedId): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Run feeds by their time tables. Several processes may do so on one database: each occurrence is
 * one job, taken by one of them, tried again when it fails, and never beside itself.
 */
export async function startFeedJobs(
  operator: () => Context,
  engine: FeedEngine,
  options: { databaseUrl: string; lookMs?: number; retryDelayS?: number },
): Promise<FeedJobs> {
  const { log } = operator();
  const boss = new PgBoss({ connectionString: options.databaseUrl, max: 4, application_name: "ihims jobs" });
  boss.on("error", (error) => log.warn({ err: error }, "the queue of jobs is not well"));
  await boss.start();
  // Of one feed at most one job waits and one runs.
  await boss.createQueue(QUEUE, {
    policy: "stately",
    retryLimit: RETRIES_MAX,
    retryDelay: options.retryDelayS ?? RETRY_DELAY_S,
    retryBackoff: true,
    retryDelayMax: RETRY_DELAY_MAX_S,
    expireInSeconds: 3600,
  });
  await boss.work(
    QUEUE,
    { localConcurrency: RUNNING_MAX, pollingIntervalSeconds: 1, includeMetadata: true },
    async (jobs) => {
      for (const { data, retryCount } of jobs)
        await runScheduled(operator(), engine, Job.parse(data).feed, retryCount > 0);
    },
  );
  let scheduled = new Map<string, string>();
  const look = async () => {
    scheduled = await keepSchedules(boss, operator(), scheduled);
    await noteSilentFeeds(operator());
  };
  await look();
  const timer = setInterval(() => {
    look().catch((error: unknown) => log.warn({ err: error }, "the feeds' time tables could not be read"));
  }, options.lookMs ?? LOOK_MS);
  return {
    look,
    async send(feed) {
      await boss.send(QUEUE, { feed }, { singletonKey: feed });
    },
    async stop() {
      clearInterval(timer);
      await boss.stop({ graceful: true, timeout: STOP_MAX_MS });
    },
  };
}

/** A failed run is tried again, later each time; one that a person has to look at is not. */
async function runScheduled(ctx: Context, engine: FeedEngine, feed: FeedId, isRetry: boolean): Promise<void> {
  try {
    const run = await runFeed(ctx, engine, feed, { trigger: isRetry ? "retry" : "schedule" });
    if (run.outcome === "failed") throw new Error(run.error ?? "the run failed");
  } catch (error) {
    // Deleted, stopped, or running elsewhere: nothing that trying again would mend.
    if (error instanceof Problem) return;
    throw error;
  }
}

/** Let the queue's time tables be those of the feeds. @returns them, to see what changes next */
async function keepSchedules(
  boss: PgBoss,
  ctx: Context,
  known: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const wanted = new Map(
    (await findScheduled(ctx.db)).map(({ id, schedule }) => [
      id as string,
      JSON.stringify([schedule.cron, schedule.timeZone ?? ctx.city.timeZone]),
    ]),
  );
  for (const { key } of await boss.getSchedules(QUEUE))
    if (!wanted.has(key)) await boss.unschedule(QUEUE, key);
  for (const [feed, text] of wanted) {
    if (known.get(feed) === text) continue;
    const [cron, tz] = z.tuple([z.string(), z.string()]).parse(JSON.parse(text));
    await boss.schedule(QUEUE, cron, { feed }, { key: feed, tz, singletonKey: feed });
  }
  return wanted;
}
