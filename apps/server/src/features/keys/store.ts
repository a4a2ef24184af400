import { sql } from "kysely";
import type { FacilityId, KeyId } from "@ihims/core/ids.ts";
import { ApiKey } from "@ihims/core/people/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";

const COLUMNS = sql`id, name, prefix, facilities, subjects, may_change_pages as "mayChangePages", created_at as "createdAt", last_used_at as "lastUsedAt", expires_at as "expiresAt", revoked_at as "revokedAt"`;

export async function insertKey(db: Db, key: ApiKey, secretHash: Buffer, issuedBy: string): Promise<void> {
  await sql`
    insert into api_key (id, name, prefix, secret_hash, facilities, subjects, may_change_pages, issued_by, created_at, expires_at)
    values (${key.id}, ${key.name}, ${key.prefix}, ${secretHash}, ${JSON.stringify(key.facilities)}::jsonb,
      ${JSON.stringify(key.subjects)}::jsonb, ${key.mayChangePages}, ${issuedBy}, ${key.createdAt}::timestamptz, ${key.expiresAt}::timestamptz)
  `.execute(db);
}

export async function findKeyBySecretHash(db: Db, secretHash: Buffer): Promise<ApiKey | undefined> {
  const { rows } = await sql`select ${COLUMNS} from api_key where secret_hash = ${secretHash}`.execute(db);
  return rows[0] ? ApiKey.parse(rows[0]) : undefined;
}

export async function findKey(db: Db, id: KeyId): Promise<ApiKey | undefined> {
  const { rows } = await sql`select ${COLUMNS} from api_key where id = ${id}`.execute(db);
  return rows[0] ? ApiKey.parse(rows[0]) : undefined;
}

/** Keys that speak for any of some facilities (for all, when undefined), newest first, after an id. */
export async function findKeys(
  db: Db,
  facilities: readonly FacilityId[] | undefined,
  limit: number,
  after: readonly [string, string] | undefined,
): Promise<ApiKey[]> {
  const { rows } = await sql`
    select ${COLUMNS} from api_key
    where ${facilities ? sql`facilities ?| ${facilities}::text[]` : sql`true`}
      and ${after ? sql`(created_at, id) < (${after[0]}::timestamptz, ${after[1]})` : sql`true`}
    order by created_at desc, id desc limit ${limit}
  `.execute(db);
  return rows.map((row) => ApiKey.parse(row));
}

export async function saveRevocation(db: Db, id: KeyId, now: Instant): Promise<void> {
  await sql`update api_key set revoked_at = coalesce(revoked_at, ${now}::timestamptz) where id = ${id}`.execute(
    db,
  );
}

/** Remember that a key was used; at most once a minute, so that reading does not become writing. */
export async function touchKey(db: Db, id: KeyId, now: Instant): Promise<void> {
  await sql`
    update api_key set last_used_at = ${now}::timestamptz
    where id = ${id} and (last_used_at is null or last_used_at < ${now}::timestamptz - interval '1 minute')
  `.execute(db);
}
