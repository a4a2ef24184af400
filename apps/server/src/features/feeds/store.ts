import { sql } from "kysely";
import { z } from "zod";
import {
  FeedLimits,
  FeedSchedule,
  FeedShape,
  FeedSource,
  FeedStop,
  MappingDocument,
} from "@ihims/core/feeds/schema.ts";
import { FacilityId, FeedId } from "@ihims/core/ids.ts";
import { Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";
import type { Cursor } from "./delivery.ts";

/** A feed as it is kept, without its credentials. */
export const FeedRow = z.object({
  id: FeedId,
  name: z.string(),
  facility: FacilityId.nullable(),
  source: FeedSource,
  credentials: z.array(z.string()),
  schedule: FeedSchedule.nullable(),
  limits: FeedLimits,
  usualIntervalS: z.int(),
  delivers: z.enum(["all", "changes"]),
  repeats: z.enum(["ignore", "confirm"]),
  mappingVersion: z.int(),
  state: z.enum(["on", "stopped"]),
  stop: FeedStop.nullable(),
  cursor: z.object({
    etag: z.string().optional(),
    lastModified: z.string().optional(),
    digest: z.string().optional(),
    since: z.string().optional(),
    files: z.record(z.string(), z.string()).optional(),
  }),
  goodShape: FeedShape.nullable(),
  createdAt: Instant,
  lastSuccessAt: Instant.nullable(),
  silentFrom: Instant,
  version: z.int(),
});
export type FeedRow = z.infer<typeof FeedRow>;

const COLUMNS = sql`id, name, facility_id as facility, source, credential_names as credentials, schedule, limits,
  usual_interval_s as "usualIntervalS", delivers, repeats, mapping_version as "mappingVersion", state, stop, cursor,
  good_shape as "goodShape", created_at as "createdAt", last_success_at as "lastSuccessAt", silent_from as "silentFrom", version`;

export async function insertFeed(
  db: Db,
  feed: FeedRow,
  sealed: Buffer | null,
  createdBy: string,
): Promise<void> {
  await sql`
    insert into feed (id, name, facility_id, source, credentials, credential_names, schedule, limits, usual_interval_s,
      delivers, repeats, mapping_version, state, stop, cursor, good_shape, created_at, created_by, silent_from, version)
    values (${feed.id}, ${feed.name}, ${feed.facility}, ${JSON.stringify(feed.source)}::jsonb, ${sealed},
      ${JSON.stringify(feed.credentials)}::jsonb, ${jsonOrNull(feed.schedule)}::jsonb, ${JSON.stringify(feed.limits)}::jsonb,
      ${feed.usualIntervalS}, ${feed.delivers}, ${feed.repeats}, ${feed.mappingVersion}, ${feed.state},
      ${jsonOrNull(feed.stop)}::jsonb, '{}', null, ${feed.createdAt}::timestamptz, ${createdBy},
      ${feed.silentFrom}::timestamptz, ${feed.version})
  `.execute(db);
}

/** Write what can be changed of a feed. Credentials stay when `sealed` is undefined. */
export async function updateFeed(db: Db, feed: FeedRow, sealed?: Buffer | null): Promise<void> {
  await sql`
    update feed set name = ${feed.name}, source = ${JSON.stringify(feed.source)}::jsonb,
      credentials = ${sealed === undefined ? sql`credentials` : sealed}, credential_names = ${JSON.stringify(feed.credentials)}::jsonb,
      schedule = ${jsonOrNull(feed.schedule)}::jsonb, limits = ${JSON.stringify(feed.limits)}::jsonb,
      usual_interval_s = ${feed.usualIntervalS}, delivers = ${feed.delivers}, repeats = ${feed.repeats},
      mapping_version = ${feed.mappingVersion}, state = ${feed.state}, stop = ${jsonOrNull(feed.stop)}::jsonb,
      cursor = ${JSON.stringify(feed.cursor)}::jsonb, good_shape = ${jsonOrNull(feed.goodShape)}::jsonb,
      last_success_at = ${feed.lastSuccessAt}::timestamptz, silent_from = ${feed.silentFrom}::timestamptz, version = ${feed.version}
    where id = ${feed.id}
  `.execute(db);
}

function jsonOrNull(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

/** What a run has found out; it is no change of the feed's settings, so its version stays. */
export async function saveProgress(
  db: Db,
  id: FeedId,
  given: { cursor: Cursor; goodShape: FeedShape | null; lastSuccessAt: Instant; silentFrom: Instant },
): Promise<void> {
  await sql`
    update feed set cursor = ${JSON.stringify(given.cursor)}::jsonb, good_shape = ${jsonOrNull(given.goodShape)}::jsonb,
      last_success_at = ${given.lastSuccessAt}::timestamptz, silent_from = ${given.silentFrom}::timestamptz
    where id = ${id}
  `.execute(db);
}

export async function findFeed(
  db: Db,
  id: FeedId,
  options: { lock: boolean } = { lock: false },
): Promise<FeedRow | undefined> {
  const { rows } = await sql`
    select ${COLUMNS} from feed where id = ${id} and deleted_at is null ${options.lock ? sql`for update` : sql``}
  `.execute(db);
  return rows[0] ? FeedRow.parse(rows[0]) : undefined;
}

export async function findSealed(db: Db, id: FeedId): Promise<Buffer | null> {
  const { rows } = await sql<{ credentials: Buffer | null }>`
    select credentials from feed where id = ${id} and deleted_at is null
  `.execute(db);
  return rows[0]?.credentials ?? null;
}

/** Feeds of some facilities (of all and of the city, when undefined), by name, after one. */
export async function findFeeds(
  db: Db,
  facilities: readonly FacilityId[] | undefined,
  limit: number,
  after?: readonly [string, string],
): Promise<FeedRow[]> {
  const { rows } = await sql`
    select ${COLUMNS} from feed
    where deleted_at is null and ${facilities ? sql`facility_id = any(${facilities}::text[])` : sql`true`}
      and ${after ? sql`(name, id) > (${after[0]}, ${after[1]})` : sql`true`}
    order by name, id limit ${limit}
  `.execute(db);
  return rows.map((row) => FeedRow.parse(row));
}

/** Every feed that is on and has a time table. */
export async function findScheduled(
  db: Db,
): Promise<{ id: FeedId; schedule: FeedSchedule; seconds: number }[]> {
  const { rows } = await sql`
    select id, schedule, (limits ->> 'seconds')::int as seconds from feed
    where deleted_at is null and state = 'on' and schedule is not null order by id
  `.execute(db);
  return rows.map((row) => Scheduled.parse(row));
}
const Scheduled = z.object({ id: FeedId, schedule: FeedSchedule, seconds: z.int() });

/** Feeds that are silent at a moment. */
export async function findSilent(db: Db, now: Instant): Promise<FeedRow[]> {
  const { rows } = await sql`
    select ${COLUMNS} from feed where deleted_at is null and silent_from <= ${now}::timestamptz order by id
  `.execute(db);
  return rows.map((row) => FeedRow.parse(row));
}

/** When each feed counts as silent, for boards. Deleted ones too: what they told ages on. */
export async function findSilences(db: Db): Promise<{ feed: FeedId; silentFrom: Instant }[]> {
  const { rows } = await sql`
    select id as feed, silent_from as "silentFrom" from feed where last_success_at is not null
  `.execute(db);
  return rows.map((row) => z.object({ feed: FeedId, silentFrom: Instant }).parse(row));
}

export async function removeFeed(db: Db, id: FeedId, now: Instant): Promise<void> {
  await sql`
    update feed set deleted_at = ${now}::timestamptz, credentials = null, credential_names = '[]', state = 'stopped'
    where id = ${id}
  `.execute(db);
  await sql`update notice set resolved_at = ${now}::timestamptz where feed_id = ${id} and resolved_at is null`.execute(
    db,
  );
}

const MappingVersion = z.object({
  version: z.int(),
  document: MappingDocument,
  madeAt: Instant,
  madeBy: z.string(),
});
export type MappingVersion = z.infer<typeof MappingVersion>;

export async function insertMapping(db: Db, feed: FeedId, mapping: MappingVersion): Promise<void> {
  await sql`
    insert into feed_mapping (feed_id, version, document, made_at, made_by)
    values (${feed}, ${mapping.version}, ${JSON.stringify(mapping.document)}::jsonb, ${mapping.madeAt}::timestamptz, ${mapping.madeBy})
  `.execute(db);
}

/** Versions of a mapping, newest first, older than one. */
export async function findMappings(
  db: Db,
  feed: FeedId,
  limit: number,
  before?: number,
): Promise<MappingVersion[]> {
  const { rows } = await sql`
    select version, document, made_at as "madeAt", made_by as "madeBy" from feed_mapping
    where feed_id = ${feed} and ${before === undefined ? sql`true` : sql`version < ${before}`}
    order by version desc limit ${limit}
  `.execute(db);
  return rows.map((row) => MappingVersion.parse(row));
}
