import { sql, type RawBuilder } from "kysely";
import { z } from "zod";
import { HistoryEntry } from "@ihims/core/history/endpoints.ts";
import type { FacilityId, ObservationId } from "@ihims/core/ids.ts";
import type { Subject, SubjectKind } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";

/** What of a facility's ledger is wanted. */
export interface HistoryFilter {
  facility: FacilityId;
  subject?: Subject | undefined;
  kind?: SubjectKind | undefined;
  from?: Instant | undefined;
  to?: Instant | undefined;
  changesOnly?: boolean | undefined;
  /** Only those before this one, in the order in which we heard; undefined: from the newest on. */
  before?: string | undefined;
}

const Row = HistoryEntry.omit({ who: true }).extend({
  sender: z.string(),
  senderName: z.string().nullable(),
});
export type HistoryRow = z.infer<typeof Row>;

/** Reports, newest first. A sender's name is null when there is no such account, key or feed any more. */
export async function findHistory(db: Db, filter: HistoryFilter, limit: number): Promise<HistoryRow[]> {
  const { rows } = await sql`
    select o.id::text as observation, o.subject, o.outcome, o.value, b.value as before, o.observed_at as "observedAt",
      o.received_at as "receivedAt", o.source, o.sender,
      coalesce(p.name, k.name, f.name) as "senderName",
      case when r.observation_id is not null then jsonb_build_object('at', r.retracted_at, 'by', rp.name) end as retraction
    from (${wantedRows(filter, limit)}) o
    left join lateral (
      select value from observation e
      where e.facility_id = o.facility_id and e.subject = o.subject and e.id < o.id and e.outcome <> 'superseded'
        and not exists (select from retraction x where x.observation_id = e.id and x.retracted_at <= o.received_at)
      order by e.id desc limit 1
    ) b on true
    left join person p on o.sender = 'person:' || p.id
    left join api_key k on o.sender = 'key:' || k.id
    left join feed f on o.sender = 'feed:' || f.id
    left join retraction r on r.observation_id = o.id
    left join person rp on r.actor = 'person:' || rp.id
    order by o.id desc
  `.execute(db);
  return rows.map((row) => Row.parse(row));
}

function wantedRows(filter: HistoryFilter, limit: number): RawBuilder<unknown> {
  const { facility, subject, kind, from, to, changesOnly, before } = filter;
  const wanted = [
    sql`facility_id = ${facility}`,
    ...(subject === undefined ? [] : [sql`subject = ${subject}`]),
    ...(kind === undefined ? [] : [sql`starts_with(subject, ${`${kind}:`})`]),
    ...(from === undefined ? [] : [sql`received_at >= ${from}::timestamptz`]),
    ...(to === undefined ? [] : [sql`received_at < ${to}::timestamptz`]),
    ...(changesOnly ? [sql`outcome <> 'confirmed'`] : []),
    ...(before === undefined ? [] : [sql`id < ${before}::bigint`]),
  ];
  return sql`select * from observation where ${sql.join(wanted, sql` and `)} order by id desc limit ${limit}`;
}

/** What one report said. */
export async function findReport(
  db: Db,
  facility: FacilityId,
  observation: ObservationId,
): Promise<{ subject: string; value: unknown } | undefined> {
  const { rows } = await sql<{ subject: string; value: unknown }>`
    select subject, value from observation where facility_id = ${facility} and id = ${observation}::bigint
  `.execute(db);
  return rows[0];
}
