import { sql, type RawBuilder } from "kysely";
import { z } from "zod";
import { LogHead, LogRow } from "@ihims/core/audit/log.ts";
import { HoldKind, HoldState } from "@ihims/core/holds/schema.ts";
import { FacilityId, HoldId } from "@ihims/core/ids.ts";
import { Language } from "@ihims/core/languages.ts";
import { Subject } from "@ihims/core/observations/schema.ts";
import { FacilityRole } from "@ihims/core/people/schema.ts";
import { Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";

/** A hold as it stands. `holder`: `person:<id>` or `facility:<id>`, `gone` when the account was deleted. */
export const HoldRow = z.object({
  id: HoldId,
  facility: FacilityId,
  subject: Subject,
  kind: HoldKind,
  units: z.int(),
  holder: z.string(),
  askedBy: z.string(),
  phone: z.instanceof(Buffer).nullable(),
  language: Language,
  code: z.string(),
  state: HoldState,
  requestedAt: Instant,
  until: Instant,
  answeredAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  officer: z.string().nullable(),
  officerRole: FacilityRole.nullable(),
  reason: z.string().nullable(),
});
export type HoldRow = z.infer<typeof HoldRow>;

/** With what its page shows of others. */
const ShownRow = HoldRow.extend({ profile: z.unknown(), officerName: z.string().nullable() });
export type ShownRow = z.infer<typeof ShownRow>;

const COLUMNS = sql`h.id, h.facility_id as facility, h.subject, h.kind, h.units, h.holder, h.asked_by as "askedBy", h.phone,
  h.language, h.code, h.state, h.requested_at as "requestedAt", h.until, h.answered_at as "answeredAt",
  h.ended_at as "endedAt", h.officer, h.officer_role as "officerRole", h.reason`;
const IS_OPEN = sql`h.state in ('requested', 'accepted')`;

async function findRows(db: Db, where: RawBuilder<unknown>): Promise<HoldRow[]> {
  const { rows } = await sql`select ${COLUMNS} from hold h where ${where}`.execute(db);
  return rows.map((row) => HoldRow.parse(row));
}

/** Others who ask in the same name wait until the transaction ends: what one may ask for is counted. */
export async function lockHolder(db: Db, holder: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`holds of ${holder}`}, 0))`.execute(db);
}

export async function insertHold(db: Db, hold: HoldRow): Promise<void> {
  await sql`
    insert into hold (id, facility_id, subject, kind, units, holder, asked_by, phone, language, code, state, requested_at, until)
    values (${hold.id}, ${hold.facility}, ${hold.subject}, ${hold.kind}, ${hold.units}, ${hold.holder}, ${hold.askedBy},
      ${hold.phone}, ${hold.language}, ${hold.code}, ${hold.state}, ${hold.requestedAt}::timestamptz, ${hold.until}::timestamptz)
  `.execute(db);
}

/** Write what became of a hold. One that is over is not called back. */
export async function saveHold(db: Db, hold: HoldRow): Promise<void> {
  await sql`
    update hold set state = ${hold.state}, answered_at = ${hold.answeredAt}::timestamptz, ended_at = ${hold.endedAt}::timestamptz,
      officer = ${hold.officer}, officer_role = ${hold.officerRole}, reason = ${hold.reason},
      phone = ${hold.endedAt === null ? hold.phone : null}
    where id = ${hold.id}
  `.execute(db);
}

/** A hold, with other writers of it waiting until the transaction ends. */
export async function findHoldForUpdate(db: Db, id: HoldId): Promise<HoldRow | undefined> {
  return (await findRows(db, sql`h.id = ${id} for update`))[0];
}

export async function findHold(db: Db, id: HoldId): Promise<HoldRow | undefined> {
  return (await findRows(db, sql`h.id = ${id}`))[0];
}

/** Open holds at facilities, those whose time is over included; with their rows locked. */
export function findOpenAt(db: Db, facilities: readonly FacilityId[]): Promise<HoldRow[]> {
  return findRows(
    db,
    sql`h.facility_id = any(${facilities}::text[]) and ${IS_OPEN} order by h.facility_id, h.id for update`,
  );
}

export function findOpenOf(db: Db, holder: string): Promise<HoldRow[]> {
  return findRows(db, sql`h.holder = ${holder} and ${IS_OPEN} order by h.facility_id, h.id`);
}

/** Facilities at which the time of holds is over that are not written down as such. */
export async function findFacilitiesDue(db: Db, now: Instant, limit: number): Promise<FacilityId[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct h.facility_id as id from hold h where ${IS_OPEN} and h.until <= ${now}::timestamptz order by id limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => FacilityId.parse(id));
}

/** How many holds of a kind somebody asked for since a moment. */
export async function countSince(db: Db, holder: string, kind: HoldKind, since: Instant): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from hold h
    where h.holder = ${holder} and h.kind = ${kind} and h.requested_at > ${since}::timestamptz
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** Which holds a list is of. */
export interface Listed {
  holders?: readonly string[];
  facility?: FacilityId;
  kinds?: readonly HoldKind[];
  id?: HoldId;
  state?: "open" | "ended" | undefined;
}

/** Holds with what is shown of them, newest first. */
export async function findShown(
  db: Db,
  { holders, facility, kinds, id, state }: Listed,
  page: { limit: number; after?: readonly [string, string] | undefined },
): Promise<ShownRow[]> {
  const { rows } = await sql`
    select ${COLUMNS}, f.profile, p.name as "officerName"
    from hold h join facility f on f.id = h.facility_id
      left join person p on h.officer = 'person:' || p.id
    where ${holders ? sql`h.holder = any(${holders}::text[])` : sql`true`}
      and ${facility ? sql`h.facility_id = ${facility}` : sql`true`}
      and ${kinds ? sql`h.kind = any(${kinds}::text[])` : sql`true`}
      and ${id ? sql`h.id = ${id}` : sql`true`}
      and ${state === undefined ? sql`true` : state === "open" ? IS_OPEN : sql`not (${IS_OPEN})`}
      and ${page.after ? sql`(h.requested_at, h.id) < (${page.after[0]}::timestamptz, ${page.after[1]})` : sql`true`}
    order by h.requested_at desc, h.id desc limit ${page.limit}
  `.execute(db);
  return rows.map((row) => ShownRow.parse(row));
}

/** Nothing of an account leads back from its holds any more. */
export async function forgetHolder(db: Db, holder: string): Promise<void> {
  await sql`update hold set holder = 'gone', asked_by = 'gone', phone = null where holder = ${holder}`.execute(
    db,
  );
}

/** Holds that were asked for since a moment, with what an onlooker of the city needs. */
export async function findSince(
  db: Db,
  since: Instant,
  limit: number,
): Promise<(HoldRow & { officerName: string | null; facilityName: string })[]> {
  const { rows } = await sql`
    select ${COLUMNS}, f.profile->>'name' as "facilityName", p.name as "officerName"
    from hold h join facility f on f.id = h.facility_id left join person p on h.officer = 'person:' || p.id
    where h.requested_at > ${since}::timestamptz order by h.requested_at desc limit ${limit}
  `.execute(db);
  return rows.map((row) => SinceRow.parse(row));
}
const SinceRow = HoldRow.extend({ officerName: z.string().nullable(), facilityName: z.string() });

/** The end of the log, with other writers of it waiting until the transaction ends. */
export async function lockLogEnd(db: Db): Promise<{ seq: number; hash: string } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended('log of holds', 0))`.execute(db);
  return findLogEnd(db);
}

export async function findLogEnd(db: Db): Promise<{ seq: number; hash: string } | undefined> {
  const { rows } = await sql<{ seq: number; hash: string }>`
    select seq, hash from hold_log order by seq desc limit 1
  `.execute(db);
  return rows[0];
}

export async function insertLogRows(
  db: Db,
  rows: readonly { seq: number; entry: string; hash: string }[],
): Promise<void> {
  await sql`
    insert into hold_log (seq, entry, hash) select * from unnest(
      ${rows.map(({ seq }) => seq)}::bigint[], ${rows.map(({ entry }) => entry)}::text[], ${rows.map(({ hash }) => hash)}::text[]
    )
  `.execute(db);
}

/** Rows of the log after one, oldest first. */
export async function findLogRows(db: Db, after: number, limit: number): Promise<LogRow[]> {
  const { rows } = await sql<{ entry: string; hash: string }>`
    select entry, hash from hold_log where seq > ${after} order by seq limit ${limit}
  `.execute(db);
  return rows.map(({ entry, hash }) => LogRow.parse({ entry: JSON.parse(entry), hash }));
}

export async function insertLogHead(db: Db, head: LogHead): Promise<void> {
  const { seq, signature, ...rest } = head;
  await sql`
    insert into hold_log_head (seq, head, signature) values (${seq}, ${JSON.stringify(rest)}, ${signature})
    on conflict (seq) do nothing
  `.execute(db);
}

/** Signed heads before one, newest first. */
export async function findLogHeads(db: Db, before: number, limit: number): Promise<LogHead[]> {
  const { rows } = await sql<{ seq: number; head: string; signature: string }>`
    select seq, head, signature from hold_log_head where seq < ${before} order by seq desc limit ${limit}
  `.execute(db);
  return rows.map(({ seq, head, signature }) => LogHead.parse({ ...JSON.parse(head), seq, signature }));
}
