import { CronExpressionParser } from "cron-parser";
import { Mapping } from "@ihims/connectors/mapping/schema.ts";
import { deliversOf, repeatsOf, silentFromOf } from "@ihims/core/feeds/rules.ts";
import type {
  Feed,
  FeedPatch,
  FeedRun,
  FeedSchedule,
  FeedSource,
  NewFeed,
  Notice,
} from "@ihims/core/feeds/schema.ts";
import { FeedId, type FacilityId } from "@ihims/core/ids.ts";
import { mayAdminister } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import { instantOf, millisOf, type Instant } from "@ihims/core/time.ts";
import { pointerOf } from "../../platform/input.ts";
import type { Context } from "../../platform/context.ts";
import { readCursor, writeCursor } from "../../platform/cursor.ts";
import { randomId } from "../../platform/random-id.ts";
import { findFacility } from "../facilities/facilities.ts";
import { sealCredentials } from "./credentials.ts";
import { findNotices, findRuns, findShape, findStates, resolveNotices } from "./run-store.ts";
import { oneQuestion } from "./sql-text.ts";
import {
  findFeed,
  findFeeds,
  findMappings,
  insertFeed,
  insertMapping,
  removeFeed,
  updateFeed,
  FeedRow,
  type MappingVersion,
} from "./store.ts";

export { feedEngine, type FeedEngine } from "./fetch.ts";
export { Guard, NO_FEED_SETTINGS, type FeedSettings } from "./guard.ts";
export { runFeed, noteSilentFeeds } from "./run.ts";
export { fetchSql } from "./sql-source.ts";
export { findSilences } from "./store.ts";

interface Page {
  limit: number;
  cursor?: string | undefined;
}

/** Whether somebody may make and see feeds of a facility; of the city: who administers the platform. */
export function mayFeed({ actor }: Context, facility: FacilityId | null): boolean {
  if (facility !== null) return mayAdminister(actor, facility);
  return (
    actor.kind === "operator" ||
    (actor.kind === "person" && actor.cityRoles.includes("platform-administrator"))
  );
}

/** @throws Problem `not-allowed`, `bad-input`, `not-found` for a facility that is not there */
export async function createFeed(ctx: Context, given: NewFeed): Promise<Feed> {
  mustBeAllowed(ctx, given.facility, given.source);
  if (given.facility !== null && !(await findFacility(ctx, given.facility)))
    throw new Problem("not-found", "There is no such facility");
  const document = readMapping(given.mapping, given.source);
  checkSchedule(ctx, given.schedule, given.source);
  const now = ctx.now();
  const feed: FeedRow = {
    id: FeedId.parse(`f${randomId()}`),
    name: given.name,
    facility: given.facility,
    source: given.source,
    credentials: namesIn(given.credentials),
    schedule: given.schedule,
    limits: given.limits,
    usualIntervalS: given.usualIntervalS,
    delivers: given.delivers ?? deliversOf(given.source),
    repeats: given.repeats ?? repeatsOf(given.source),
    mappingVersion: 1,
    state: given.isOn ? "on" : "stopped",
    stop: given.isOn
      ? null
      : { kind: "by-hand", detail: "it was not switched on yet", findings: [], at: now, run: null },
    cursor: {},
    goodShape: null,
    createdAt: now,
    lastSuccessAt: null,
    silentFrom: silentFromOf(now, given.usualIntervalS),
    version: 1,
  };
  const by = whoIs(ctx);
  await ctx.transaction(async (tx) => {
    await insertFeed(tx.db, feed, given.credentials ? sealCredentials(tx, given.credentials) : null, by);
    await insertMapping(tx.db, feed.id, {
      version: 1,
      document: asDocument(document),
      madeAt: now,
      madeBy: by,
    });
  });
  return describe(ctx, feed);
}

/** @throws Problem `not-found`, `changed-meanwhile`, `bad-input` */
export function changeFeed(
  ctx: Context,
  id: FeedId,
  patch: FeedPatch,
  version: string | undefined,
): Promise<Feed> {
  return ctx.transaction(async (tx) => {
    const known = await lockFeed(tx, id, version);
    const source = patch.source ?? known.source;
    mustBeAllowed(tx, known.facility, source);
    const schedule = patch.schedule === undefined ? known.schedule : patch.schedule;
    checkSchedule(tx, schedule, source);
    const isNewSource = patch.source !== undefined && !isSame(patch.source, known.source);
    mustNotSendElsewhere(known, source, patch.credentials);
    const usualIntervalS = patch.usualIntervalS ?? known.usualIntervalS;
    const mapping = patch.mapping && readMapping(patch.mapping, source);
    const feed: FeedRow = {
      ...known,
      source,
      schedule,
      usualIntervalS,
      name: patch.name ?? known.name,
      limits: patch.limits ?? known.limits,
      delivers: patch.delivers ?? known.delivers,
      repeats: patch.repeats ?? known.repeats,
      credentials: patch.credentials === undefined ? known.credentials : namesIn(patch.credentials),
      mappingVersion: known.mappingVersion + (mapping ? 1 : 0),
      // What another source or another mapping makes is held against nothing that was before.
      cursor: isNewSource || mapping ? {} : known.cursor,
      goodShape: isNewSource || mapping ? null : known.goodShape,
      silentFrom: silentFromOf(known.lastSuccessAt ?? known.createdAt, usualIntervalS),
      version: known.version + 1,
    };
    const sealed =
      patch.credentials === undefined
        ? undefined
        : patch.credentials === null
          ? null
          : sealCredentials(tx, patch.credentials);
    await updateFeed(tx.db, feed, sealed);
    if (mapping)
      await insertMapping(tx.db, id, {
        version: feed.mappingVersion,
        document: asDocument(mapping),
        madeAt: tx.now(),
        madeBy: whoIs(tx),
      });
    return describe(tx, feed);
  });
}

/** Kept secrets go where they were meant for: another host needs them entered again. */
function mustNotSendElsewhere(
  known: FeedRow,
  source: FeedSource,
  credentials: FeedPatch["credentials"],
): void {
  if (credentials !== undefined || known.credentials.length === 0) return;
  if (hostOf(known.source) !== hostOf(source))
    throw new Problem("bad-input", "credentials: enter them again for another host", {
      errors: [{ pointer: "/credentials", detail: "are kept for another host: enter them again" }],
    });
}

export function hostOf(source: FeedSource): string {
  switch (source.kind) {
    case "http":
    case "fhir":
      return new URL(source.url).origin;
    case "sql":
      return `${source.engine} ${source.host}:${source.port ?? ""}`;
    case "sftp":
      return `${source.host}:${source.port} ${source.hostKey}`;
    case "folder":
    case "push":
      return source.kind;
  }
}

export async function deleteFeed(ctx: Context, id: FeedId, version: string | undefined): Promise<void> {
  await ctx.transaction(async (tx) => {
    await lockFeed(tx, id, version);
    await removeFeed(tx.db, id, tx.now());
  });
}

export function stopFeed(ctx: Context, id: FeedId, reason: string): Promise<Feed> {
  return ctx.transaction(async (tx) => {
    const known = await lockFeed(tx, id, undefined);
    const feed: FeedRow = {
      ...known,
      state: "stopped",
      stop: { kind: "by-hand", detail: reason, findings: [], at: tx.now(), run: null },
      version: known.version + 1,
    };
    await updateFeed(tx.db, feed);
    return describe(tx, feed);
  });
}

/** Let a feed go on; with `acceptShape` as what stopped it looks. */
export function startFeed(ctx: Context, id: FeedId, acceptShape: boolean): Promise<Feed> {
  return ctx.transaction(async (tx) => {
    const known = await lockFeed(tx, id, undefined);
    const run = known.stop?.run ?? null;
    const accepted = acceptShape && run !== null ? await findShape(tx.db, run) : undefined;
    if (acceptShape && !accepted)
      throw new Problem("conflict", "Nothing stopped it that could be accepted: start it without");
    const feed: FeedRow = {
      ...known,
      state: "on",
      stop: null,
      goodShape: accepted ? { ...accepted, largest: null } : known.goodShape,
      cursor: accepted ? {} : known.cursor,
      version: known.version + 1,
    };
    await updateFeed(tx.db, feed);
    await resolveNotices(tx.db, id, ["feed-poisoned"], tx.now());
    return describe(tx, feed);
  });
}

/** @throws Problem `not-found`, also when it is of somebody else's facility */
export async function getFeedRow(ctx: Context, id: FeedId): Promise<FeedRow> {
  const feed = await findFeed(ctx.db, id);
  if (!feed || !mayFeed(ctx, feed.facility)) throw new Problem("not-found", "There is no such feed");
  return feed;
}

export async function getFeed(ctx: Context, id: FeedId): Promise<Feed> {
  return describe(ctx, await getFeedRow(ctx, id));
}

async function lockFeed(tx: Context, id: FeedId, version: string | undefined): Promise<FeedRow> {
  const feed = await findFeed(tx.db, id, { lock: true });
  if (!feed || !mayFeed(tx, feed.facility)) throw new Problem("not-found", "There is no such feed");
  if (version !== undefined && version !== "*" && version !== String(feed.version))
    throw new Problem("changed-meanwhile", "Somebody else has changed this feed since");
  return feed;
}

/** The facilities whose feeds somebody sees; undefined: all of them and the city's. */
export function facilitiesSeen({ actor }: Context): FacilityId[] | undefined {
  if (actor.kind === "operator") return undefined;
  if (actor.kind !== "person") throw new Problem("not-allowed", "A machine does not see feeds");
  if (actor.cityRoles.includes("platform-administrator")) return undefined;
  return actor.memberships.filter(({ role }) => role === "administrator").map(({ facility }) => facility);
}

function facilitiesOf(ctx: Context, facility: FacilityId | undefined): FacilityId[] | undefined {
  if (facility === undefined) return facilitiesSeen(ctx);
  if (!mayFeed(ctx, facility))
    throw new Problem("not-allowed", "Only an administrator of the facility sees this");
  return [facility];
}

export async function listFeeds(
  ctx: Context,
  query: Page & { facility?: FacilityId | undefined },
): Promise<{ items: Feed[]; nextCursor: string | null }> {
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, "string");
  const found = await findFeeds(ctx.db, facilitiesOf(ctx, query.facility), query.limit + 1, after);
  const items = found.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: await describeAll(ctx, items),
    nextCursor: found.length > query.limit && last ? writeCursor([last.name, last.id]) : null,
  };
}

export async function listRuns(
  ctx: Context,
  id: FeedId,
  query: Page,
): Promise<{ items: FeedRun[]; nextCursor: string | null }> {
  await getFeedRow(ctx, id);
  return pageById(query, (limit, before) => findRuns(ctx.db, id, limit, before));
}

export async function listNotices(
  ctx: Context,
  query: Page & { facility?: FacilityId | undefined; state: "open" | "resolved" },
): Promise<{ items: Notice[]; nextCursor: string | null }> {
  const facilities = facilitiesOf(ctx, query.facility);
  return pageById(query, (limit, before) =>
    findNotices(ctx.db, { facilities, state: query.state, limit, before }),
  );
}

export async function listMappings(
  ctx: Context,
  id: FeedId,
  query: Page,
): Promise<{ items: MappingVersion[]; nextCursor: string | null }> {
  await getFeedRow(ctx, id);
  const before = query.cursor === undefined ? undefined : readCursor(query.cursor, "number")[0];
  const found = await findMappings(ctx.db, id, query.limit + 1, before);
  const last = found.at(query.limit - 1);
  return {
    items: found.slice(0, query.limit),
    nextCursor: found.length > query.limit && last ? writeCursor([last.version, ""]) : null,
  };
}

/** A page of what is put in order by a growing id. */
export async function pageById<T extends { id: string }>(
  { limit, cursor }: Page,
  find: (limit: number, after: string | undefined) => Promise<T[]>,
): Promise<{ items: T[]; nextCursor: string | null }> {
  const found = await find(limit + 1, cursor === undefined ? undefined : readCursor(cursor, "string")[1]);
  const last = found.at(limit - 1);
  return {
    items: found.slice(0, limit),
    nextCursor: found.length > limit && last ? writeCursor(["", last.id]) : null,
  };
}

async function describe(ctx: Context, feed: FeedRow): Promise<Feed> {
  const [described] = await describeAll(ctx, [feed]);
  if (!described) throw new Error("a feed was not described");
  return described;
}

async function describeAll(ctx: Context, feeds: readonly FeedRow[]): Promise<Feed[]> {
  const states = await findStates(
    ctx.db,
    feeds.map(({ id }) => id),
  );
  return feeds.map((feed) => ({
    ...FeedRow.omit({ cursor: true, goodShape: true, version: true }).parse(feed),
    version: String(feed.version),
    isSilent: feed.silentFrom <= ctx.now(),
    nextRunAt: feed.state === "on" ? nextRunAt(ctx, feed.schedule) : null,
    ...(states.get(feed.id) ?? { lastRun: null, errorRate: null, openMatches: 0 }),
  }));
}

function nextRunAt(ctx: Context, schedule: FeedSchedule | null): Instant | null {
  if (!schedule) return null;
  return instantOf(
    CronExpressionParser.parse(schedule.cron, {
      currentDate: new Date(millisOf(ctx.now())),
      tz: schedule.timeZone ?? ctx.city.timeZone,
    })
      .next()
      .toDate(),
  );
}

function checkSchedule(ctx: Context, schedule: FeedSchedule | null, source: FeedSource): void {
  if (source.kind === "push" && schedule) refuse("/schedule", "a feed that is pushed to has no schedule");
  try {
    nextRunAt(ctx, schedule);
  } catch (error) {
    refuse("/schedule/cron", error instanceof Error ? error.message.slice(0, 200) : "cannot be read");
  }
}

function refuse(pointer: string, detail: string): never {
  throw new Problem("bad-input", `${pointer.slice(1)}: ${detail}`, { errors: [{ pointer, detail }] });
}

function mustBeAllowed(ctx: Context, facility: FacilityId | null, source: FeedSource): void {
  if (!mayFeed(ctx, facility))
    throw new Problem("not-allowed", "Only an administrator of the facility makes feeds for it");
  // Folders are of this machine, and of nobody's facility.
  if (source.kind === "folder" && !mayFeed(ctx, null))
    throw new Problem("not-allowed", "Only a platform administrator watches folders of the server");
  if (source.kind === "sql") oneQuestion(source.query);
}

/**
 * @throws Problem `bad-input` that names each place of the document that is wrong
 */
export function readMapping(document: unknown, source: FeedSource): Mapping {
  const read = Mapping.safeParse(document);
  if (!read.success) {
    const errors = read.error.issues.slice(0, 20).map(({ path, message }) => ({
      pointer: `/mapping${pointerOf(path)}`,
      detail: message,
    }));
    throw new Problem("bad-input", `mapping: ${errors[0]?.detail ?? "cannot be read"}`, { errors });
  }
  if (source.kind === "sql" || source.kind === "fhir") return { ...read.data, format: { kind: "ndjson" } };
  return read.data;
}

function asDocument(mapping: Mapping): Record<string, unknown> {
  return { ...mapping };
}

function namesIn(credentials: object | null | undefined): string[] {
  return Object.entries(credentials ?? {})
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([name]) => name)
    .sort();
}

export function whoIs({ actor }: Context): string {
  return actor.kind === "person" || actor.kind === "key" ? `${actor.kind}:${actor.id}` : actor.kind;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
