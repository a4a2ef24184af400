import { sql } from "kysely";
import { z } from "zod";
import { ExternalId } from "@ihims/core/facilities/schema.ts";
import { FeedMatch } from "@ihims/core/feeds/schema.ts";
import { Position } from "@ihims/core/geo.ts";
import { FacilityId, type FeedId } from "@ihims/core/ids.ts";
import { Subject, Value } from "@ihims/core/observations/schema.ts";
import { Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";

/** A facility as a source names it. */
export const NamedReference = z.object({
  kind: z.literal("named"),
  ids: z.array(ExternalId),
  name: z.string().nullable(),
  locality: z.string().nullable(),
  address: z.string().nullable(),
  position: Position.nullable(),
});
export type NamedReference = z.infer<typeof NamedReference>;

export const KnownMatch = z.object({
  id: z.string(),
  key: z.string(),
  state: z.enum(["open", "matched", "ignored"]),
  facility: FacilityId.nullable(),
});
export type KnownMatch = z.infer<typeof KnownMatch>;

/** Everything that a feed's facilities were decided to be, by the key of what it calls them. */
export async function findKnownMatches(db: Db, feed: FeedId): Promise<Map<string, KnownMatch>> {
  const { rows } = await sql`
    select id::text as id, key, state, facility_id as facility from feed_match where feed_id = ${feed}
  `.execute(db);
  return new Map(rows.map((row) => KnownMatch.parse(row)).map((match) => [match.key, match]));
}

export interface NewMatch {
  key: string;
  reference: NamedReference;
  facility: FacilityId | null;
  candidates: readonly { facility: FacilityId; similarity: number; distanceM: number | null }[];
}

/** Note what a feed calls a facility: matched at once when it is sure, open otherwise. Decisions stand. */
export async function insertMatches(
  db: Db,
  feed: FeedId,
  matches: readonly NewMatch[],
  now: Instant,
): Promise<void> {
  if (matches.length === 0) return;
  await sql`
    insert into feed_match (feed_id, key, reference, state, facility_id, candidates, noted_at)
    select ${feed}, key, reference::jsonb, case when facility is null then 'open' else 'matched' end, facility, candidates::jsonb, ${now}::timestamptz
    from unnest(${matches.map(({ key }) => key)}::text[], ${matches.map(({ reference }) => JSON.stringify(reference))}::text[],
      ${matches.map(({ facility }) => facility)}::text[], ${matches.map(({ candidates }) => JSON.stringify(candidates))}::text[])
      as m (key, reference, facility, candidates)
    on conflict (feed_id, key) do nothing
  `.execute(db);
}

export const WaitingLine = z.object({
  subject: Subject,
  value: Value,
  observedAt: Instant,
  sourceRef: z.string().nullable(),
});
export type WaitingLine = z.infer<typeof WaitingLine>;

/** Keep lines until somebody says of which facility they are; of each subject the newest. */
export async function keepWaiting(
  db: Db,
  lines: readonly (WaitingLine & { match: string })[],
  now: Instant,
): Promise<void> {
  const newest = new Map<string, WaitingLine & { match: string }>();
  for (const line of lines) {
    const key = `${line.match} ${line.subject}`;
    const known = newest.get(key);
    if (!known || known.observedAt <= line.observedAt) newest.set(key, line);
  }
  const kept = [...newest.values()];
  if (kept.length === 0) return;
  await sql`
    insert into feed_waiting (match_id, subject, value, observed_at, source_ref, noted_at)
    select match_id, subject, value::jsonb, observed_at, source_ref, ${now}::timestamptz
    from unnest(${kept.map(({ match }) => match)}::bigint[], ${kept.map(({ subject }) => subject)}::text[],
      ${kept.map(({ value }) => JSON.stringify(value))}::text[], ${kept.map(({ observedAt }) => observedAt)}::timestamptz[],
      ${kept.map(({ sourceRef }) => sourceRef)}::text[]) as w (match_id, subject, value, observed_at, source_ref)
    on conflict (match_id, subject) do update
      set value = excluded.value, observed_at = excluded.observed_at, source_ref = excluded.source_ref, noted_at = excluded.noted_at
      where feed_waiting.observed_at <= excluded.observed_at
  `.execute(db);
}

/** Take the lines that waited for a decision. */
export async function takeWaiting(db: Db, match: string): Promise<WaitingLine[]> {
  const { rows } = await sql`
    delete from feed_waiting where match_id = ${match}::bigint
    returning subject, value, observed_at as "observedAt", source_ref as "sourceRef"
  `.execute(db);
  return rows.map((row) => WaitingLine.parse(row));
}

export async function saveMatchDecision(
  db: Db,
  given: { feed: FeedId; match: string; facility: FacilityId | null; by: string },
  now: Instant,
): Promise<boolean> {
  const { rows } = await sql`
    update feed_match set state = ${given.facility === null ? "ignored" : "matched"}, facility_id = ${given.facility},
      decided_by = ${given.by}, decided_at = ${now}::timestamptz
    where feed_id = ${given.feed} and id = ${given.match}::bigint returning id
  `.execute(db);
  return rows.length > 0;
}

const MatchRow = z.object({
  id: z.string(),
  reference: NamedReference,
  state: FeedMatch.shape.state,
  facility: FacilityId.nullable(),
  facilityName: z.string().nullable(),
  candidates: FeedMatch.shape.candidates,
  waiting: z.int(),
  decidedBy: z.string().nullable(),
  notedAt: Instant,
});

/** What a feed calls facilities, by id, after one. */
export async function findMatches(
  db: Db,
  feed: FeedId,
  query: { state?: FeedMatch["state"] | undefined; limit: number; after?: string | undefined; id?: string },
): Promise<FeedMatch[]> {
  const { rows } = await sql`
    select m.id::text as id, m.reference, m.state, m.facility_id as facility, f.profile ->> 'name' as "facilityName",
      m.decided_by as "decidedBy", m.noted_at as "notedAt",
      (select count(*) from feed_waiting w where w.match_id = m.id) as waiting,
      (select coalesce(jsonb_agg(c || jsonb_build_object('name', cf.profile ->> 'name', 'locality', cf.profile ->> 'locality') order by place), '[]')
        from jsonb_array_elements(m.candidates) with ordinality as e (c, place) join facility cf on cf.id = c ->> 'facility') as candidates
    from feed_match m left join facility f on f.id = m.facility_id
    where m.feed_id = ${feed} and ${query.state ? sql`m.state = ${query.state}` : sql`true`}
      and ${query.after === undefined ? sql`true` : sql`m.id > ${query.after}::bigint`}
      and ${query.id === undefined ? sql`true` : sql`m.id = ${query.id}::bigint`}
    order by m.id limit ${query.limit}
  `.execute(db);
  return rows.map((row) => {
    const { reference, ...match } = MatchRow.parse(row);
    return { ...match, name: reference.name, locality: reference.locality, ids: reference.ids };
  });
}
