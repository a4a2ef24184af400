import { sql } from "kysely";
import { z } from "zod";
import { FacilityProfile, type ExternalId } from "@ihims/core/facilities/schema.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";

/** What one register calls a facility, and what it stated of it last. */
export interface Identity {
  id: ExternalId;
  facility: FacilityId;
  stated: FacilityProfile | undefined;
}

const IdentityRow = z.object({
  system: z.string(),
  value: z.string(),
  facility_id: FacilityId,
  stated: FacilityProfile.nullable(),
});

export async function findAllIdentities(db: Db): Promise<Identity[]> {
  const { rows } = await sql`select system, value, facility_id, stated from facility_identity`.execute(db);
  return rows.map((row) => {
    const { system, value, facility_id: facility, stated } = IdentityRow.parse(row);
    return { id: { system, value }, facility, stated: stated ?? undefined };
  });
}

/** Note under which name a register has a facility, and what it stated. A name that is known stays with its facility. */
export async function saveIdentity(db: Db, identity: Identity, now: Instant): Promise<void> {
  const { id, facility, stated } = identity;
  await sql`
    insert into facility_identity (system, value, facility_id, stated, noted_at)
    values (${id.system}, ${id.value}, ${facility}, ${stated ? JSON.stringify(stated) : null}::jsonb, ${now}::timestamptz)
    on conflict (system, value) do update set stated = coalesce(excluded.stated, facility_identity.stated), noted_at = excluded.noted_at
    where facility_identity.stated is distinct from coalesce(excluded.stated, facility_identity.stated)
  `.execute(db);
}

/** The facilities that any register has under this id. */
export async function findFacilitiesKnownAs(db: Db, value: string): Promise<FacilityId[]> {
  const { rows } = await sql<{
    facility_id: string;
  }>`select distinct facility_id from facility_identity where value = ${value}`.execute(db);
  return rows.map((row) => FacilityId.parse(row.facility_id));
}

/** Let the names of one facility stand for another from now on. */
export async function moveIdentities(db: Db, from: FacilityId, to: FacilityId): Promise<void> {
  await sql`update facility_identity set facility_id = ${to} where facility_id = ${from}`.execute(db);
}

export const Verdict = z.enum(["open", "same", "different"]);
export type Verdict = z.infer<typeof Verdict>;

/** Two facilities that look alike, and whether somebody has said that they are one. */
export const Match = z.object({
  one: FacilityId,
  other: FacilityId,
  verdict: Verdict,
  /** The one that stands for both; null unless they are the same. */
  kept: FacilityId.nullable(),
  nameSimilarity: z.number().nullable(),
  distanceM: z.int().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
});
export type Match = z.infer<typeof Match>;

const MATCH_COLUMNS = sql`one, other, verdict, kept, name_similarity as "nameSimilarity", distance_m as "distanceM", decided_by as "decidedBy", decided_at as "decidedAt"`;

export async function findMatches(db: Db, verdict?: Verdict): Promise<Match[]> {
  const { rows } = await sql`
    select ${MATCH_COLUMNS} from match_decision where ${verdict ? sql`verdict = ${verdict}` : sql`true`} order by noted_at, one, other
  `.execute(db);
  return rows.map((row) => Match.parse(row));
}

/** Note that two facilities look alike. What was decided of them stands. */
export async function noteLikeness(
  db: Db,
  match: Pick<Match, "one" | "other" | "nameSimilarity" | "distanceM">,
  now: Instant,
): Promise<void> {
  const [one, other] = inOrder(match.one, match.other);
  await sql`
    insert into match_decision (one, other, verdict, name_similarity, distance_m, noted_at)
    values (${one}, ${other}, 'open', ${match.nameSimilarity}::real, ${match.distanceM}::integer, ${now}::timestamptz)
    on conflict (one, other) do nothing
  `.execute(db);
}

/** Keep what somebody has decided of two facilities; the last word stands. With `same`, `one` stands for both. */
export async function saveDecision(
  db: Db,
  decision: { one: FacilityId; other: FacilityId; verdict: "same" | "different"; by: string },
  now: Instant,
): Promise<void> {
  const [one, other] = inOrder(decision.one, decision.other);
  const kept = decision.verdict === "same" ? decision.one : null;
  await sql`
    insert into match_decision (one, other, verdict, kept, noted_at, decided_by, decided_at)
    values (${one}, ${other}, ${decision.verdict}, ${kept}, ${now}::timestamptz, ${decision.by}, ${now}::timestamptz)
    on conflict (one, other) do update
    set verdict = excluded.verdict, kept = excluded.kept, decided_by = excluded.decided_by, decided_at = excluded.decided_at
  `.execute(db);
}

function inOrder(a: FacilityId, b: FacilityId): [FacilityId, FacilityId] {
  return a < b ? [a, b] : [b, a];
}

/**
 * Do `work` while no other process imports into this database; wait for one that does. The lock
 * hangs on a connection of its own, so it ends with the process whatever becomes of it.
 */
export async function whileImportingAlone<T>(db: Db, work: () => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(hashtext('import of facilities'))`.execute(connection);
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(hashtext('import of facilities'))`.execute(connection);
    }
  });
}
