import { createHash } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { HeldUnits } from "@ihims/core/holds/schema.ts";
import { FacilityId, type ObservationId } from "@ihims/core/ids.ts";
import { canonical, type Draft } from "@ihims/core/observations/rules.ts";
import { Standing, Subject, type Observation, type Source } from "@ihims/core/observations/schema.ts";
import { DAY_MS, later, millisOf, type Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";

export type Outcome = "changed" | "confirmed" | "superseded";

/** A row on its way into the ledger. */
export interface LedgerRow {
  id: ObservationId;
  observation: Observation;
  receivedAt: Instant;
  outcome: Outcome;
  key: string;
}

const LEDGER_COLUMNS = sql`id::text as observation, facility_id as facility, subject, source, sender, value, observed_at as "observedAt", received_at as "receivedAt", is_confirmation as "isConfirmation"`;

/**
 * Lock facilities against other writers of their figures, in one order so that two batches cannot
 * wait for each other. What a source last said is read, decided on and written under this lock.
 *
 * @returns those that exist
 */
export async function lockFacilities(db: Db, ids: readonly FacilityId[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from facility where id = any(${ids}::text[]) order by id for no key update
  `.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Which source leads, facility by facility. */
export async function findLeads(db: Db, ids: readonly FacilityId[]): Promise<Map<string, unknown>> {
  const { rows } = await sql<{ id: string; leads: unknown }>`
    select id, leads from facility where id = any(${ids}::text[]) and leads <> '[]'
  `.execute(db);
  return new Map(rows.map(({ id, leads }) => [id, leads]));
}

/** The rows of reports that are in the ledger already, by their keys. */
export async function findRecorded(db: Db, keys: readonly string[]): Promise<Map<string, ObservationId>> {
  const { rows } = await sql<{ key: string; id: ObservationId }>`
    select key::text as key, observation_id::text as id from observation_key where key = any(${keys}::uuid[])
  `.execute(db);
  return new Map(rows.map(({ key, id }) => [key, id]));
}

/** What each source last said of some subjects. */
export async function findStandingsOf(
  db: Db,
  wanted: readonly { facility: FacilityId; subject: Subject }[],
): Promise<Standing[]> {
  const { rows } = await sql`
    select observation_id::text as observation, s.facility_id as facility, s.subject, source, sender, value,
      observed_at as "observedAt", received_at as "receivedAt", version, is_confirmation as "isConfirmation"
    from unnest(${wanted.map(({ facility }) => facility)}::text[], ${wanted.map(({ subject }) => subject)}::text[]) as w (facility_id, subject)
    join standing s on s.facility_id = w.facility_id and s.subject = w.subject
  `.execute(db);
  return rows.map((row) => Standing.parse(row));
}

/** Everything that stands, for a board that is being built; or of one facility. */
export async function findAllStandings(db: Db, facility?: FacilityId): Promise<Standing[]> {
  const { rows } = await sql`
    select observation_id::text as observation, s.facility_id as facility, subject, s.source, sender, value,
      observed_at as "observedAt", received_at as "receivedAt", s.version, s.is_confirmation as "isConfirmation",
      f.silent_from as "silentFrom"
    from standing s left join feed f on s.sender = 'feed:' || f.id and f.last_success_at is not null
    where ${facility ? sql`s.facility_id = ${facility}` : sql`true`}
  `.execute(db);
  return rows.map((row) => Standing.parse(row));
}

/** A fulfilled hold is taken off a figure until it is seen anew, for so long at most. */
const TAKEN_MAX_MS = DAY_MS;

const HeldRow = z.object({ facility: FacilityId, subject: Subject, held: z.array(HeldUnits) });
export type Held = z.infer<typeof HeldRow>;

/** What is kept for people on the way, of the city or of one facility, by subject. */
export async function findHeld(db: Db, facility: FacilityId | undefined, now: Instant): Promise<Held[]> {
  const since = later(now, -TAKEN_MAX_MS);
  const { rows } = await sql`
    select facility_id as facility, subject, jsonb_agg(jsonb_build_object(
      'units', units,
      'until', to_json(case when state = 'fulfilled' then ended_at + ${TAKEN_MAX_MS} * interval '1 ms' else until end),
      'takenAt', to_json(case when state = 'fulfilled' then ended_at end)
    ) order by requested_at, id) as held
    from hold
    where (state in ('requested', 'accepted') or (state = 'fulfilled' and ended_at > ${since}::timestamptz))
      and ${facility ? sql`facility_id = ${facility}` : sql`true`}
    group by facility_id, subject
  `.execute(db);
  return rows.map((row) => HeldRow.parse(row));
}

/** Numbers for new rows: one for the ledger and one for what stands, each growing. */
export async function takeNumbers(db: Db, count: number): Promise<{ id: ObservationId; version: number }[]> {
  const { rows } = await sql`
    select nextval('observation_id')::text as id, nextval('standing_version') as version from generate_series(1, ${count}::int)
  `.execute(db);
  return rows.map((row) => Numbers.parse(row)).sort((a, b) => a.version - b.version);
}
const Numbers = z.object({ id: Standing.shape.observation, version: z.int() });

/** Both volumes of the ledger are divided by the month in which we heard. */
type LedgerTable = "observation" | "stock_observation";

/** The name of the ledger's partition for the month (UTC) of a moment. */
function partitionOf(table: LedgerTable, moment: Instant): string {
  return `${table}_${moment.slice(0, 7).replace("-", "_")}`;
}

/** Make sure that the ledger has a partition for the month (UTC) of a moment. Two that make it at once wait for each other. */
export async function ensurePartition(db: Db, table: LedgerTable, moment: Instant): Promise<void> {
  const name = partitionOf(table, moment);
  const { rows } = await sql<{
    is_there: boolean;
  }>`select to_regclass(${name}) is not null as is_there`.execute(db);
  if (rows[0]?.is_there) return;
  const [year = 0, month = 0] = moment.split("-").map(Number);
  const start = new Date(Date.UTC(year, month - 1, 1)).toISOString();
  const end = new Date(Date.UTC(year, month, 1)).toISOString();
  await sql`select pg_advisory_xact_lock(hashtext('partitions of the ledger'))`.execute(db);
  await sql
    .raw(
      `create table if not exists ${name} partition of ${table} for values from ('${start}') to ('${end}')`,
    )
    .execute(db);
}

/** Remember under which names reports are in the ledger. */
export async function saveKeys(db: Db, rows: readonly Pick<LedgerRow, "key" | "id">[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into observation_key (key, observation_id)
    select * from unnest(${rows.map(({ key }) => key)}::uuid[], ${rows.map(({ id }) => id)}::bigint[])
  `.execute(db);
}

/** Append to the ledger. */
export async function appendToLedger(db: Db, rows: readonly LedgerRow[]): Promise<void> {
  await saveKeys(db, rows);
  await sql`
    insert into observation (id, received_at, observed_at, facility_id, subject, source, sender, source_ref, value, outcome, is_confirmation)
    select id, received_at, observed_at, facility_id, subject, source, sender, source_ref, value::jsonb, outcome, is_confirmation
    from unnest(
      ${rows.map(({ id }) => id)}::bigint[], ${rows.map(({ receivedAt }) => receivedAt)}::timestamptz[],
      ${rows.map(({ observation }) => observation.observedAt)}::timestamptz[], ${rows.map(({ observation }) => observation.facility)}::text[],
      ${rows.map(({ observation }) => observation.subject)}::text[], ${rows.map(({ observation }) => observation.source)}::text[],
      ${rows.map(({ observation }) => observation.sender)}::text[], ${rows.map(({ observation }) => observation.sourceRef ?? null)}::text[],
      ${rows.map(({ observation }) => JSON.stringify(observation.value))}::text[], ${rows.map(({ outcome }) => outcome)}::text[],
      ${rows.map(({ observation }) => observation.isConfirmation ?? false)}::boolean[]
    ) as r (id, received_at, observed_at, facility_id, subject, source, sender, source_ref, value, outcome, is_confirmation)
  `.execute(db);
}

/** Write what sources now say; one row for a facility, subject and source. */
export async function saveStandings(db: Db, rows: readonly Standing[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into standing (facility_id, subject, source, observation_id, sender, value, observed_at, received_at, version, is_confirmation)
    select facility_id, subject, source, observation_id, sender, value::jsonb, observed_at, received_at, version, is_confirmation
    from unnest(
      ${rows.map((row) => row.facility)}::text[], ${rows.map((row) => row.subject)}::text[], ${rows.map((row) => row.source)}::text[],
      ${rows.map((row) => row.observation)}::bigint[], ${rows.map((row) => row.sender)}::text[],
      ${rows.map((row) => JSON.stringify(row.value))}::text[], ${rows.map((row) => row.observedAt)}::timestamptz[],
      ${rows.map((row) => row.receivedAt)}::timestamptz[], ${rows.map((row) => row.version)}::bigint[],
      ${rows.map((row) => row.isConfirmation ?? false)}::boolean[]
    ) as r (facility_id, subject, source, observation_id, sender, value, observed_at, received_at, version, is_confirmation)
    on conflict (facility_id, subject, source) do update set
      observation_id = excluded.observation_id, sender = excluded.sender, value = excluded.value,
      observed_at = excluded.observed_at, received_at = excluded.received_at, version = excluded.version,
      is_confirmation = excluded.is_confirmation
  `.execute(db);
}

/** A source has nothing standing on a subject any more. */
export async function removeStanding(
  db: Db,
  one: Pick<Standing, "facility" | "subject" | "source">,
): Promise<void> {
  await sql`
    delete from standing where facility_id = ${one.facility} and subject = ${one.subject} and source = ${one.source}
  `.execute(db);
}

/** A row of the ledger as it is read back. */
export const LedgerEntry = Standing.omit({ version: true }).extend({ isRetracted: z.boolean() });
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** Rows of the ledger by their numbers. */
export async function findLedgerEntries(db: Db, ids: readonly ObservationId[]): Promise<LedgerEntry[]> {
  const { rows } = await sql`
    select ${LEDGER_COLUMNS}, exists (select from retraction r where r.observation_id = observation.id) as "isRetracted"
    from observation where id = any(${ids}::bigint[])
  `.execute(db);
  return rows.map((row) => LedgerEntry.parse(row));
}

/** The newest report of a source on a subject that was not retracted. */
export async function findNewestEntry(
  db: Db,
  facility: FacilityId,
  subject: Subject,
  source: Source,
): Promise<(Draft & { observation: ObservationId }) | undefined> {
  const { rows } = await sql`
    select ${LEDGER_COLUMNS}, false as "isRetracted"
    from observation
    where facility_id = ${facility} and subject = ${subject} and source = ${source}
      and not exists (select from retraction r where r.observation_id = observation.id)
    order by observed_at desc, id desc limit 1
  `.execute(db);
  return rows[0] ? LedgerEntry.omit({ isRetracted: true }).parse(rows[0]) : undefined;
}

/** Remember that reports were taken back; the ledger itself is never edited. */
export async function saveRetractions(
  db: Db,
  ids: readonly ObservationId[],
  actor: string,
  now: Instant,
): Promise<void> {
  await sql`
    insert into retraction (observation_id, actor, retracted_at)
    select id, ${actor}, ${now}::timestamptz from unnest(${ids}::bigint[]) as given (id)
    on conflict do nothing
  `.execute(db);
}

/**
 * The name of a report, the same for the same report: the sender's own reference, or else all that
 * it says. 128 bits of SHA-256, written as a UUID because that is the smallest key PostgreSQL has.
 */
export function keyOf(observation: Observation): string {
  const { facility, subject, source, sender, sourceRef, value, observedAt } = observation;
  const said =
    sourceRef === undefined
      ? ["content", String(millisOf(observedAt)), canonical(value)]
      : ["ref", sourceRef];
  const digest = createHash("sha256")
    .update(JSON.stringify([source, sender, facility, subject, ...said]))
    .digest("hex");
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-${digest.slice(12, 16)}-${digest.slice(16, 20)}-${digest.slice(20, 32)}`;
}
