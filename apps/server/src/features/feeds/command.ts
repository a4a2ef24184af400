import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { PAGE_MAX_ITEMS } from "@ihims/core/endpoint.ts";
import { FeedCredentials, NewFeed, type Feed, type FeedRun } from "@ihims/core/feeds/schema.ts";
import { FacilityId, FeedId } from "@ihims/core/ids.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Context } from "../../platform/context.ts";
import { createFeed, getFeed, getFeedRow, listFeeds, listRuns, startFeed, stopFeed } from "./feeds.ts";
import type { FeedEngine } from "./fetch.ts";
import { decideMatch, listMatches } from "./matches.ts";
import { previewFeed } from "./preview.ts";
import { runFeed } from "./run.ts";
import { findMappings } from "./store.ts";

type WithFeeds = (work: (ctx: Context, engine: FeedEngine) => Promise<void>) => Promise<void>;

interface Json {
  json?: boolean;
}

/** `ihims feed list|add|show|test|run|stop|start|log|matches|decide`. */
export function addFeedCommands(program: Command, withFeeds: WithFeeds): void {
  const feed =
    program.commands.find((command) => command.name() === "feed") ??
    program.command("feed").description("Feeds: what others publish, fetched or pushed, read by a mapping");
  addSettings(feed, withFeeds);
  addState(feed, withFeeds);
  addRunning(feed, withFeeds);
  addMatches(feed, withFeeds);
}

function addSettings(feed: Command, withFeeds: WithFeeds): void {
  feed
    .command("list")
    .description("List feeds by name, with what came of them last")
    .option("--json", "print one JSON object on each line")
    .action((options: Json) =>
      withFeeds(async (ctx) => {
        for (const one of await allFeeds(ctx)) print(options, one, feedInWords(one));
      }),
    );
  feed
    .command("add <file>")
    .description(
      "Make a feed from a JSON file: {name, facility, source, schedule, usualIntervalS, mapping, ...}",
    )
    .option("--mapping <file>", "the mapping, in a file of its own")
    .option("--credentials <file>", "what the source is opened with: {user, password, token, privateKey}")
    .option("--json", "print the feed as JSON")
    .action((file: string, options: Json & { mapping?: string; credentials?: string }) =>
      withFeeds(async (ctx) => {
        const written = {
          ...(await readJson(file)),
          ...(options.mapping === undefined ? {} : { mapping: await readJson(options.mapping) }),
          ...(options.credentials === undefined
            ? {}
            : { credentials: FeedCredentials.parse(await readJson(options.credentials)) }),
        };
        const read = NewFeed.safeParse(written);
        if (!read.success) {
          const issues = read.error.issues.slice(0, 5);
          const words = issues.map(({ path, message }) => `${path.join(".") || "the feed"}: ${message}`);
          throw new Problem("bad-input", `${file}: ${words.join("; ")}`);
        }
        const made = await createFeed(ctx, read.data);
        print(options, made, `${made.id}  ${made.name}`);
      }),
    );
  feed
    .command("show <id>")
    .description("Show a feed with its mapping; credentials are never shown")
    .action((id: string) =>
      withFeeds(async (ctx) => {
        const [mapping] = await findMappings(ctx.db, FeedId.parse(id), 1);
        const shown = { ...(await getFeed(ctx, FeedId.parse(id))), mapping: mapping?.document };
        process.stdout.write(`${JSON.stringify(shown, undefined, 2)}\n`);
      }),
    );
}

function addState(feed: Command, withFeeds: WithFeeds): void {
  feed
    .command("stop <id>")
    .description("Stop a feed; its figures stay and age")
    .requiredOption("--reason <words>", "why, for those who will wonder")
    .option("--json", "print the feed as JSON")
    .action((id: string, options: Json & { reason: string }) =>
      withFeeds(async (ctx) => {
        const stopped = await stopFeed(ctx, FeedId.parse(id), options.reason);
        print(options, stopped, feedInWords(stopped));
      }),
    );
  feed
    .command("start <id>")
    .description("Let a stopped feed go on")
    .option("--accept", "what stopped it is how its data looks from now on")
    .option("--json", "print the feed as JSON")
    .action((id: string, options: Json & { accept?: boolean }) =>
      withFeeds(async (ctx) => {
        const started = await startFeed(ctx, FeedId.parse(id), options.accept ?? false);
        print(options, started, feedInWords(started));
      }),
    );
}

function addRunning(feed: Command, withFeeds: WithFeeds): void {
  feed
    .command("test <id>")
    .description("Ask the source and show what would come of it; nothing is recorded")
    .option("--json", "print the whole preview as JSON")
    .action((id: string, options: Json) =>
      withFeeds(async (ctx, engine) => {
        const { source, facility, limits } = await getFeedRow(ctx, FeedId.parse(id));
        const [mapping] = await findMappings(ctx.db, FeedId.parse(id), 1);
        const draft = { source, facility, limits, feed: FeedId.parse(id) };
        const preview = await previewFeed(ctx, engine, draft, mapping?.document);
        const { counts } = preview;
        print(
          options,
          preview,
          [
            `${preview.records} records, ${counts.observations} observations of ${counts.facilities} facilities, ${counts.undecided} undecided, ${counts.refused} refused, ${counts.skipped} skipped`,
            ...preview.lines
              .slice(0, 10)
              .map(
                (line) =>
                  `  ${line.place}: ${line.facilityName ?? line.facility} ${line.subject} ${JSON.stringify(line.value)} at ${line.observedAt}`,
              ),
            ...preview.reasons.map(({ code, reason, lines }) => `  refused ${lines} x ${code}: ${reason}`),
            ...preview.findings.map(({ code, detail }) => `  would stop the feed, ${code}: ${detail}`),
          ].join("\n"),
        );
      }),
    );
  feed
    .command("run <id>")
    .description("Fetch and take in now")
    .option("--json", "print the run as JSON")
    .action((id: string, options: Json) =>
      withFeeds(async (ctx, engine) => {
        const run = await runFeed(ctx, engine, FeedId.parse(id), { trigger: "by-hand" });
        print(options, run, runInWords(run));
        if (run.outcome === "failed" || run.outcome === "poisoned")
          throw new Problem("conflict", run.error ?? run.findings.map(({ detail }) => detail).join("; "));
      }),
    );
  feed
    .command("log <id>")
    .description("What came of a feed's runs, newest first")
    .option("--limit <count>", "how many", "20")
    .option("--json", "print one JSON object on each line")
    .action((id: string, options: Json & { limit: string }) =>
      withFeeds(async (ctx) => {
        const limit = Math.min(PAGE_MAX_ITEMS, Math.max(1, Number.parseInt(options.limit, 10) || 20));
        const { items } = await listRuns(ctx, FeedId.parse(id), { limit });
        for (const run of items) print(options, run, runInWords(run));
      }),
    );
}

function addMatches(feed: Command, withFeeds: WithFeeds): void {
  feed
    .command("matches <id>")
    .description("What a feed calls facilities that nobody has said are which of ours, with those it may be")
    .option("--all", "those that were decided as well")
    .option("--json", "print one JSON object on each line")
    .action((id: string, options: Json & { all?: boolean }) =>
      withFeeds(async (ctx) => {
        const state = options.all ? undefined : ("open" as const);
        for (let cursor: string | undefined; ;) {
          const page = await listMatches(ctx, FeedId.parse(id), { state, limit: PAGE_MAX_ITEMS, cursor });
          for (const match of page.items)
            print(
              options,
              match,
              [
                `${match.id}  ${match.state}  ${match.name ?? match.ids.map(({ value }) => value).join(", ")}${match.facilityName ? ` = ${match.facilityName}` : ""}  ${match.waiting} lines wait`,
                ...match.candidates.map(
                  (one) =>
                    `    ${one.facility}  ${Math.round(one.similarity * 100)} %  ${one.name}${one.distanceM === null ? "" : `, ${one.distanceM} m away`}`,
                ),
              ].join("\n"),
            );
          if (page.nextCursor === null) return;
          cursor = page.nextCursor;
        }
      }),
    );
  feed
    .command("decide <id> <match> <facility>")
    .description("Say which facility is meant, or `none`; what waited is recorded")
    .option("--json", "print the result as JSON")
    .action((id: string, match: string, facility: string, options: Json) =>
      withFeeds(async (ctx) => {
        const decided = await decideMatch(ctx, {
          feed: FeedId.parse(id),
          match,
          facility: facility === "none" ? null : FacilityId.parse(facility),
        });
        print(options, decided, `${decided.match.state}, ${decided.applied.applied} figures recorded`);
      }),
    );
}

async function allFeeds(ctx: Context): Promise<Feed[]> {
  const feeds: Feed[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listFeeds(ctx, { limit: PAGE_MAX_ITEMS, cursor });
    feeds.push(...page.items);
    if (page.nextCursor === null) return feeds;
    cursor = page.nextCursor;
  }
}

async function readJson(file: string): Promise<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(await readFile(file, "utf8"));
    if (read === null || typeof read !== "object" || Array.isArray(read)) throw new Error("it is no object");
    return { ...read };
  } catch (error) {
    throw new Problem("bad-input", `${file} cannot be read: ${error instanceof Error ? error.message : ""}`, {
      cause: error,
    });
  }
}

function print({ json }: Json, value: unknown, words: string): void {
  process.stdout.write(`${json ? JSON.stringify(value) : words}\n`);
}

function feedInWords(feed: Feed): string {
  const state =
    feed.state === "stopped" ? `stopped (${feed.stop?.detail ?? ""})` : feed.isSilent ? "silent" : "on";
  const last = feed.lastRun ? `, last ${feed.lastRun.outcome} at ${feed.lastRun.startedAt}` : ", never run";
  return `${feed.id}  ${feed.source.kind}  ${state}  ${feed.name}${last}${feed.openMatches > 0 ? `, ${feed.openMatches} facilities undecided` : ""}`;
}

function runInWords({ id, startedAt, outcome, counts, error, findings, reasons }: FeedRun): string {
  const numbers = `${counts.read} read, ${counts.applied} applied, ${counts.unchanged} unchanged, ${counts.superseded} superseded, ${counts.refused} refused, ${counts.undecided} undecided`;
  return [
    `${id}  ${startedAt}  ${outcome}  ${numbers}${error === null ? "" : `: ${error}`}`,
    ...findings.map(({ code, detail }) => `    ${code}: ${detail}`),
    ...reasons.slice(0, 10).map(({ lines, reason }) => `    ${lines} x ${reason}`),
  ].join("\n");
}
