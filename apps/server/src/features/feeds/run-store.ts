import { sql } from "kysely";
import { z } from "zod";
import type { RefusedLine } from "@ihims/core/feeds/endpoints.ts";
import { FeedRun, FeedShape, Notice, type FeedCounts } from "@ihims/core/feeds/schema.ts";
import { FeedId, type FacilityId } from "@ihims/core/ids.ts";
import { Standing, type Subject, type Value } from "@ihims/core/observations/schema.ts";
import { millisOf, type Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";

export const NO_COUNTS: FeedCounts = {
  read: 0,
  applied: 0,
  unchanged: 0,
  superseded: 0,
  refused: 0,
  undecided: 0,
  skipped: 0,
};

/** Runs of each feed that are kept. */
const RUNS_KEPT = 1000;
/** Runs of each feed whose refused lines are kept. */
const REFUSED_KEPT_RUNS = 20;
/** Runs over which the rate of errors is reckoned. */
export const ERROR_RATE_RUNS = 50;

const COLUMNS = sql`id::text as id, trigger, started_at as "startedAt", finished_at as "finishedAt", outcome, counts, bytes,
  lag_s as "lagS", reasons, questions, error, findings, mapping_version as "mappingVersion"`;

/** Do `work` while no other process runs this feed; undefined when one does. The lock ends with the process. */
export async function whileRunningAlone<T>(
  db: Db,
  feed: FeedId,
  work: () => Promise<T>,
): Promise<T | undefined> {
  return db.connection().execute(async (connection) => {
    const key = `feed ${feed}`;
    const { rows } = await sql<{ taken: boolean }>`
      select pg_try_advisory_lock(hashtext('feeds'), hashtext(${key})) as taken
    `.execute(connection);
    if (!rows[0]?.taken) return undefined;
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(hashtext('feeds'), hashtext(${key}))`.execute(connection);
    }
  });
}

/** A run that its process did not end is over: nobody else holds the lock. */
export async function closeInterrupted(db: Db, feed: FeedId, now: Instant): Promise<void> {
  await sql`
    update feed_run set outcome = 'interrupted', finished_at = ${now}::timestamptz,
      error = 'the server stopped before it was done; what was not taken in is taken in by the next run'
    where feed_id = ${feed} and finished_at is null
  `.execute(db);
}

export async function insertRun(
  db: Db,
  feed: FeedId,
  run: Pick<FeedRun, "trigger" | "startedAt" | "mappingVersion">,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into feed_run (feed_id, trigger, started_at, outcome, counts, mapping_version)
    values (${feed}, ${run.trigger}, ${run.startedAt}::timestamptz, 'running', ${JSON.stringify(NO_COUNTS)}::jsonb, ${run.mappingVersion})
    returning id::text as id
  `.execute(db);
  if (!rows[0]) throw new Error("a run was written and has no id");
  return rows[0].id;
}

export async function finishRun(
  db: Db,
  run: Omit<FeedRun, "trigger" | "startedAt" | "mappingVersion">,
  shape: FeedShape | null,
): Promise<void> {
  await sql`
    update feed_run set finished_at = ${run.finishedAt}::timestamptz, outcome = ${run.outcome}, counts = ${JSON.stringify(run.counts)}::jsonb,
      bytes = ${run.bytes}, lag_s = ${run.lagS}, reasons = ${JSON.stringify(run.reasons)}::jsonb, questions = ${run.questions},
      error = ${run.error}, findings = ${JSON.stringify(run.findings)}::jsonb, shape = ${shape ? JSON.stringify(shape) : null}::jsonb
    where id = ${run.id}::bigint
  `.execute(db);
}

export async function findRuns(db: Db, feed: FeedId, limit: number, before?: string): Promise<FeedRun[]> {
  const { rows } = await sql`
    select ${COLUMNS} from feed_run where feed_id = ${feed} and ${before === undefined ? sql`true` : sql`id < ${before}::bigint`}
    order by feed_run.id desc limit ${limit}
  `.execute(db);
  return rows.map((row) => FeedRun.parse(row));
}

export async function findRun(db: Db, feed: FeedId, id: string): Promise<FeedRun | undefined> {
  const { rows } =
    await sql`select ${COLUMNS} from feed_run where feed_id = ${feed} and id = ${id}::bigint`.execute(db);
  return rows[0] ? FeedRun.parse(rows[0]) : undefined;
}

/** What a run's delivery looked like. */
export async function findShape(db: Db, run: string): Promise<FeedShape | undefined> {
  const { rows } = await sql<{
    shape: unknown;
  }>`select shape from feed_run where id = ${run}::bigint`.execute(db);
  return FeedShape.nullish().parse(rows[0]?.shape) ?? undefined;
}

/** Of each feed the last run, the share of failures among the last ones, and how many facilities are not told apart. */
export async function findStates(
  db: Db,
  feeds: readonly FeedId[],
): Promise<Map<FeedId, { lastRun: FeedRun | null; errorRate: number | null; openMatches: number }>> {
  const { rows } = await sql`
    select f.id as feed,
      (select to_jsonb(r) from (select ${COLUMNS} from feed_run where feed_id = f.id order by feed_run.id desc limit 1) r) as "lastRun",
      (select avg((outcome in ('failed', 'poisoned', 'interrupted'))::int)::float8 from
        (select outcome from feed_run where feed_id = f.id and finished_at is not null order by feed_run.id desc limit ${ERROR_RATE_RUNS}) o) as "errorRate",
      (select count(*) from feed_match m where m.feed_id = f.id and m.state = 'open') as "openMatches"
    from unnest(${feeds}::text[]) as f (id)
  `.execute(db);
  return new Map(
    rows.map((row) => {
      const { feed, ...state } = StateRow.parse(row);
      return [feed, state];
    }),
  );
}
const StateRow = z.object({
  feed: FeedId,
  lastRun: FeedRun.nullable(),
  errorRate: z.number().nullable(),
  openMatches: z.int(),
});

export async function insertRefused(db: Db, run: string, lines: readonly RefusedLine[]): Promise<void> {
  if (lines.length === 0) return;
  await sql`
    insert into feed_refused (run_id, line, place, field, text, code, reason)
    select ${run}::bigint, row_number() over (), * from unnest(
      ${lines.map(({ place }) => place)}::text[], ${lines.map(({ field }) => field)}::text[], ${lines.map(({ text }) => text)}::text[],
      ${lines.map(({ code }) => code)}::text[], ${lines.map(({ reason }) => reason)}::text[]
    )
  `.execute(db);
}

export async function findRefused(db: Db, run: string): Promise<RefusedLine[]> {
  const { rows } = await sql<RefusedLine>`
    select place, field, text, code, reason from feed_refused where run_id = ${run}::bigint order by line
  `.execute(db);
  return rows;
}

/** Forget the runs and the refused lines of a feed that are older than what is kept. */
export async function forgetOldRuns(db: Db, feed: FeedId): Promise<void> {
  await sql`
    delete from feed_refused where run_id in (
      select id from feed_run where feed_id = ${feed} order by id desc offset ${REFUSED_KEPT_RUNS})
  `.execute(db);
  await sql`
    delete from feed_run where id in (select id from feed_run where feed_id = ${feed} order by id desc offset ${RUNS_KEPT})
  `.execute(db);
}

/** What a sender last told of some subjects. */
export async function findTold(
  db: Db,
  sender: string,
  wanted: readonly { facility: FacilityId; subject: Subject }[],
): Promise<Map<string, Value>> {
  const { rows } = await sql<{ facility: string; subject: string; value: unknown }>`
    select s.facility_id as facility, s.subject, s.value
    from unnest(${wanted.map(({ facility }) => facility)}::text[], ${wanted.map(({ subject }) => subject)}::text[]) as w (facility_id, subject)
    join standing s on s.facility_id = w.facility_id and s.subject = w.subject and s.sender = ${sender}
  `.execute(db);
  return new Map(
    rows.map(({ facility, subject, value }) => [`${facility} ${subject}`, Standing.shape.value.parse(value)]),
  );
}

const NOTICE_COLUMNS = sql`n.id::text as id, n.kind, n.facility_id as facility, n.feed_id as feed, f.name as "feedName", n.detail,
  n.noted_at as "notedAt", n.resolved_at as "resolvedAt"`;

/** Tell a feed's owner something, once until it is resolved; what it says is kept up to date. */
export async function noteNotice(
  db: Db,
  notice: Pick<Notice, "kind" | "facility" | "feed" | "detail">,
  now: Instant,
): Promise<void> {
  await sql`
    insert into notice (kind, facility_id, feed_id, detail, noted_at)
    values (${notice.kind}, ${notice.facility}, ${notice.feed}, ${notice.detail}, ${now}::timestamptz)
    on conflict (feed_id, kind) where resolved_at is null do update set detail = excluded.detail
  `.execute(db);
}

export async function resolveNotices(
  db: Db,
  feed: FeedId,
  kinds: readonly Notice["kind"][],
  now: Instant,
): Promise<void> {
  await sql`
    update notice set resolved_at = ${now}::timestamptz where feed_id = ${feed} and kind = any(${kinds}::text[]) and resolved_at is null
  `.execute(db);
}

/** Notices of some facilities (of all and of the city, when undefined), newest first, before one. */
export async function findNotices(
  db: Db,
  query: {
    facilities: readonly FacilityId[] | undefined;
    state: "open" | "resolved";
    limit: number;
    before?: string | undefined;
  },
): Promise<Notice[]> {
  const { rows } = await sql`
    select ${NOTICE_COLUMNS} from notice n join feed f on f.id = n.feed_id
    where ${query.facilities ? sql`n.facility_id = any(${query.facilities}::text[])` : sql`true`}
      and n.resolved_at is ${query.state === "open" ? sql`null` : sql`not null`}
      and ${query.before === undefined ? sql`true` : sql`n.id < ${query.before}::bigint`}
    order by n.id desc limit ${query.limit}
  `.execute(db);
  return rows.map((row) => Notice.parse(row));
}

/** Seconds from one moment to another, never below 0. */
export function secondsBetween(from: Instant, to: Instant): number {
  return Math.max(0, Math.round((millisOf(to) - millisOf(from)) / 1000));
}
