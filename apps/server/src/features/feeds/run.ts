import { Mapping } from "@ihims/connectors/mapping/schema.ts";
import { newColumns, poisonIn, silentFromOf, type Told } from "@ihims/core/feeds/rules.ts";
import type {
  FeedCounts,
  FeedRun,
  FeedRunOutcome,
  FeedShape,
  PoisonFinding,
} from "@ihims/core/feeds/schema.ts";
import type { FacilityId, FeedId } from "@ihims/core/ids.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Instant } from "@ihims/core/time.ts";
import { appendChanges } from "../../platform/changes.ts";
import type { Context } from "../../platform/context.ts";
import { senderOfFeed, type CityChange } from "../observations/observations.ts";
import { FetchFailed, type Cursor, type Delivery } from "./delivery.ts";
import { fetchDeliveries, type FeedEngine } from "./fetch.ts";
import { insertMatches } from "./match-store.ts";
import { recordLines, type Sorted, sortLines } from "./record.ts";
import { Resolver } from "./resolve.ts";
import {
  closeInterrupted,
  findRun,
  findRuns,
  findTold,
  finishRun,
  forgetOldRuns,
  insertRefused,
  insertRun,
  NO_COUNTS,
  noteNotice,
  resolveNotices,
  secondsBetween,
  whileRunningAlone,
} from "./run-store.ts";
import { findFeed, findMappings, findSilent, saveProgress, updateFeed, type FeedRow } from "./store.ts";
import { digestOf, readDelivery, type ReadDelivery } from "./take.ts";
import { credentialsOf } from "./credentials.ts";

/** Failures in a row after which an owner is told. */
const FAILURES_TOLD = 3;

export interface RunOptions {
  trigger: FeedRun["trigger"];
  /** What was pushed; absent: the source is asked. */
  pushed?: Delivery;
  /** Whether somebody who pushes may speak for a facility; absent: the feed itself decides. */
  mayReport?: (facility: FacilityId, kind: Sorted["observation"]["subject"]) => boolean;
}

/**
 * Fetch and take in what a feed has. Never twice at once, in whichever process: a run that finds
 * another going on is refused. A run that was broken off is taken up by the next, since what was
 * recorded once is known again.
 *
 * @returns the run as it ended; failing is an outcome, not an error
 * @throws Problem `not-found`; `conflict` when the feed is stopped or running already
 */
export async function runFeed(
  ctx: Context,
  engine: FeedEngine,
  id: FeedId,
  options: RunOptions,
): Promise<FeedRun> {
  const run = await whileRunningAlone(ctx.db, id, async () => {
    await closeInterrupted(ctx.db, id, ctx.now());
    const feed = await findFeed(ctx.db, id);
    if (!feed) throw new Problem("not-found", "There is no such feed");
    if (feed.state === "stopped") throw new Problem("conflict", "The feed is stopped: start it first");
    const running = new Running(
      ctx,
      feed,
      options,
      await insertRun(ctx.db, id, {
        trigger: options.trigger,
        startedAt: ctx.now(),
        mappingVersion: feed.mappingVersion,
      }),
    );
    await running.run(engine);
    const done = await findRun(ctx.db, id, running.id);
    if (!done) throw new Error("a run that was just ended is not there");
    return done;
  });
  if (!run) throw new Problem("conflict", "The feed is running already");
  return run;
}

/** One run of one feed. */
class Running {
  readonly id: string;
  readonly #ctx: Context;
  readonly #feed: FeedRow;
  readonly #options: RunOptions;
  #counts: FeedCounts = { ...NO_COUNTS };
  #bytes = 0;
  #lagS: number | null = null;
  #questions = 0;
  #read: ReadDelivery | undefined;
  #cursor: Cursor;
  #goodShape: FeedShape | null;
  #isAnythingNew = false;

  constructor(ctx: Context, feed: FeedRow, options: RunOptions, id: string) {
    this.#ctx = ctx;
    this.#feed = feed;
    this.#options = options;
    this.id = id;
    this.#cursor = feed.cursor;
    this.#goodShape = feed.goodShape;
  }

  async run(engine: FeedEngine): Promise<void> {
    const { seconds } = this.#feed.limits;
    try {
      const mapping = await this.#mapping();
      const signal = AbortSignal.timeout(seconds * 1000);
      for await (const delivery of this.#deliveries(engine, signal)) {
        if (delivery === "unchanged") continue;
        const findings = await this.#take(delivery, mapping);
        await delivery.settle?.(findings.length > 0 ? "refused" : "taken");
        if (findings.length > 0) {
          await this.#endPoisoned(findings);
          return;
        }
      }
      await this.#endWell();
    } catch (error) {
      await this.#endFailed(error);
    }
  }

  #deliveries(engine: FeedEngine, signal: AbortSignal): AsyncIterable<Delivery | "unchanged"> {
    const { pushed } = this.#options;
    if (pushed) return oneOf(pushed);
    return fetchDeliveries(engine, this.#feed, () => credentialsOf(this.#ctx, this.#feed.id), {
      cursor: this.#cursor,
      limits: this.#feed.limits,
      signal,
    });
  }

  async #mapping(): Promise<Mapping> {
    const [version] = await findMappings(this.#ctx.db, this.#feed.id, 1);
    if (!version) throw new Error("a feed has no mapping");
    return Mapping.parse(version.document);
  }

  /** Read a delivery, judge it, and record it. @returns why nothing was taken; nothing when it was */
  async #take(delivery: Delivery, mapping: Mapping): Promise<PoisonFinding[]> {
    const feed = this.#feed;
    this.#bytes += delivery.bytes.length;
    const digest = digestOf(delivery.bytes);
    const isRepeated = digest === this.#cursor.digest;
    const cursor: Cursor = { ...delivery.cursor, digest };
    if (isRepeated && feed.repeats === "ignore") {
      this.#cursor = cursor;
      return [];
    }
    const fetchedAt = this.#ctx.now();
    const { timeZone, countryCode } = this.#ctx.city;
    const read = await readDelivery(delivery, mapping, {
      timeZone: feed.schedule?.timeZone ?? timeZone,
      countryCode,
      fetchedAt,
      rowsMax: feed.limits.rows,
    });
    this.#read = read;
    this.#counts.read += read.shape.records;
    this.#counts.skipped += read.skipped;
    const resolver = await Resolver.of(this.#ctx, feed);
    const sorted = await sortLines(read, resolver, {
      feed,
      sender: senderOfFeed(feed.id),
      mayReport: this.#options.mayReport,
    });
    const findings = [...read.findings, ...(await this.#judge(read, sorted.known))];
    if (findings.length > 0) return findings;
    await insertMatches(this.#ctx.db, feed.id, resolver.fresh, this.#ctx.now());
    const recorded = await recordLines(this.#ctx, feed.id, sorted, read.refused);
    for (const name of ["applied", "unchanged", "superseded", "undecided"] as const)
      this.#counts[name] += recorded[name];
    this.#counts.refused += read.refused.count;
    this.#questions += sorted.questions;
    const newest = sorted.known.reduce<Instant | null>(
      (most, { observation: { observedAt } }) => (most === null || observedAt > most ? observedAt : most),
      null,
    );
    if (newest !== null) this.#lagS = secondsBetween(newest, fetchedAt);
    await this.#noteColumns(read.shape);
    this.#goodShape = read.shape;
    this.#cursor = cursor;
    this.#isAnythingNew = true;
    return [];
  }

  async #judge(read: ReadDelivery, known: readonly Sorted[]): Promise<PoisonFinding[]> {
    if (read.findings.length > 0) return [];
    const before = await findTold(
      this.#ctx.db,
      senderOfFeed(this.#feed.id),
      known.map(({ observation }) => observation),
    );
    const told = known.flatMap(({ observation: { facility, subject, value } }): Told[] => {
      const was = before.get(`${facility} ${subject}`);
      return was === undefined ? [] : [{ subject, before: was, now: value }];
    });
    return poisonIn(this.#goodShape ?? undefined, read.shape, this.#feed.delivers, told);
  }

  async #noteColumns(shape: FeedShape): Promise<void> {
    const fresh = newColumns(this.#goodShape ?? undefined, shape);
    if (fresh.length > 0)
      await this.#notice("feed-columns", `there are columns that were not: ${fresh.slice(0, 10).join(", ")}`);
  }

  #notice(kind: Parameters<typeof noteNotice>[1]["kind"], detail: string): Promise<void> {
    const { id: feed, facility } = this.#feed;
    return noteNotice(this.#ctx.db, { kind, feed, facility, detail }, this.#ctx.now());
  }

  async #end(
    outcome: FeedRunOutcome,
    more: { error?: string; findings?: PoisonFinding[] } = {},
  ): Promise<void> {
    const { db } = this.#ctx;
    await finishRun(
      db,
      {
        id: this.id,
        finishedAt: this.#ctx.now(),
        outcome,
        counts: this.#counts,
        bytes: this.#bytes,
        lagS: this.#lagS,
        reasons: this.#read?.refused.reasons() ?? [],
        questions: this.#questions,
        error: more.error ?? null,
        findings: more.findings ?? [],
      },
      this.#read?.shape ?? null,
    );
    await insertRefused(db, this.id, this.#read?.refused.kept ?? []);
    await forgetOldRuns(db, this.#feed.id);
  }

  async #endWell(): Promise<void> {
    const { id, usualIntervalS } = this.#feed;
    await this.#ctx.transaction(async (tx) => {
      const lastSuccessAt = tx.now();
      const silentFrom = silentFromOf(lastSuccessAt, usualIntervalS);
      const progress = { cursor: this.#cursor, goodShape: this.#goodShape, lastSuccessAt, silentFrom };
      await saveProgress(tx.db, id, progress);
      await resolveNotices(tx.db, id, ["feed-silent", "feed-failing", "feed-poisoned"], lastSuccessAt);
      await appendChanges(tx, [{ kind: "feed", feed: id, silentFrom } satisfies CityChange]);
    });
    if (this.#counts.undecided > 0)
      await this.#notice("feed-matches", "it names facilities that nobody has said are which of ours");
    await this.#end(this.#isAnythingNew ? "applied" : "unchanged");
  }

  /** Nothing was taken: the last good state stays and ages, and the feed waits for a person. */
  async #endPoisoned(findings: PoisonFinding[]): Promise<void> {
    const detail = findings.map((one) => one.detail).join("; ");
    this.#counts.refused += this.#read?.refused.count ?? 0;
    await this.#ctx.transaction(async (tx) => {
      const feed = await findFeed(tx.db, this.#feed.id, { lock: true });
      if (!feed) return;
      const at = tx.now();
      await updateFeed(tx.db, {
        ...feed,
        state: "stopped",
        stop: { kind: "poisoned", detail: detail.slice(0, 500), findings, at, run: this.id },
        version: feed.version + 1,
      });
    });
    await this.#notice("feed-poisoned", detail.slice(0, 500));
    await this.#end("poisoned", { findings });
  }

  async #endFailed(error: unknown): Promise<void> {
    const isTold = error instanceof FetchFailed;
    if (!isTold) this.#ctx.log.error({ err: error, feed: this.#feed.id }, "a feed's run failed");
    await this.#end("failed", { error: isTold ? error.message : "something went wrong on our side" });
    const failures = await countFailures(this.#ctx, this.#feed.id);
    if (failures >= FAILURES_TOLD)
      await this.#notice(
        "feed-failing",
        `the last ${failures} runs failed: ${isTold ? error.message : "something went wrong on our side"}`,
      );
  }
}

async function countFailures(ctx: Context, feed: FeedId): Promise<number> {
  const runs = await findRuns(ctx.db, feed, 20);
  const success = runs.findIndex(({ outcome }) => outcome === "applied" || outcome === "unchanged");
  return success === -1 ? runs.length : success;
}

async function* oneOf<T>(one: T): AsyncGenerator<T> {
  yield one;
}

/** Owners are told of feeds that have become silent. Called now and then; figures are stale without it. */
export async function noteSilentFeeds(ctx: Context): Promise<void> {
  for (const { id: feed, facility, lastSuccessAt } of await findSilent(ctx.db, ctx.now()))
    await noteNotice(
      ctx.db,
      {
        kind: "feed-silent",
        feed,
        facility,
        detail: lastSuccessAt === null ? "it was never heard of" : `it was last heard of at ${lastSuccessAt}`,
      },
      ctx.now(),
    );
}
