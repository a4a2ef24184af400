import { sql } from "kysely";
import { z } from "zod";
import { OpenSession } from "@ihims/core/people/account.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { PersonId } from "@ihims/core/ids.ts";
import type { Db } from "../../platform/database.ts";

/** Sessions that have not ended, the one that was used last first. */
export async function findSessions(
  db: Db,
  person: PersonId,
  now: Instant,
): Promise<Omit<OpenSession, "isThis">[]> {
  const { rows } = await sql`
    select id, created_at as "startedAt", updated_at as "usedAt", expires_at as "expiresAt", user_agent as device
    from person_session where person_id = ${person} and expires_at > ${now}::timestamptz
    order by updated_at desc, id limit 100
  `.execute(db);
  return rows.map((row) => OpenSession.omit({ isThis: true }).parse(row));
}

/** @returns whether there was such a session of the person */
export async function deleteSession(db: Db, person: PersonId, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from person_session where person_id = ${person} and id = ${id} returning id
  `.execute(db);
  return rows.length > 0;
}

export async function deleteSessionByToken(db: Db, token: string): Promise<void> {
  await sql`delete from person_session where token = ${token}`.execute(db);
}

const SecondStep = z.object({
  secret: z.instanceof(Buffer),
  isConfirmed: z.boolean(),
  lastStep: z.coerce.number(),
  recoveryHashes: z.array(z.string()),
});
export type SecondStep = z.infer<typeof SecondStep>;

/** Somebody's second step, with others who use it waiting until the transaction ends. */
export async function lockSecondStep(db: Db, person: string): Promise<SecondStep | undefined> {
  const { rows } = await sql`
    select secret, confirmed_at is not null as "isConfirmed", last_step as "lastStep", recovery_hashes as "recoveryHashes"
    from second_step where person_id = ${person} for update
  `.execute(db);
  return rows[0] ? SecondStep.parse(rows[0]) : undefined;
}

/** A new secret in the place of one that was not confirmed. */
export async function saveNewSecret(db: Db, person: PersonId, sealed: Buffer): Promise<void> {
  await sql`
    insert into second_step (person_id, secret) values (${person}, ${sealed})
    on conflict (person_id) do update set secret = excluded.secret, last_step = 0 where second_step.confirmed_at is null
  `.execute(db);
}

export async function saveConfirmed(
  db: Db,
  person: PersonId,
  given: { step: number; recoveryHashes: readonly string[]; now: Instant },
): Promise<void> {
  await sql`
    update second_step set confirmed_at = ${given.now}::timestamptz, last_step = ${given.step}, recovery_hashes = ${given.recoveryHashes}
    where person_id = ${person}
  `.execute(db);
}

export async function saveUsed(
  db: Db,
  person: string,
  left: { lastStep: number; recoveryHashes: readonly string[] },
): Promise<void> {
  await sql`
    update second_step set last_step = ${left.lastStep}, recovery_hashes = ${left.recoveryHashes} where person_id = ${person}
  `.execute(db);
}

export async function deleteSecondStep(db: Db, person: PersonId): Promise<void> {
  await sql`delete from second_step where person_id = ${person}`.execute(db);
}
