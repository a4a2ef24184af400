import { sql, type Kysely } from "kysely";

/** Invitations by link, and the second step of signing in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [INVITATION, SECOND_STEP]) await sql.raw(statement).execute(db);
}

/** The link is known by its hash; it is good once, until it expires or is revoked. */
const INVITATION = `create table invitation (
   id text primary key,
   token_hash bytea not null unique,
   facilities jsonb not null,
   role text not null,
   note text,
   invited_by text not null,
   created_at timestamptz not null,
   expires_at timestamptz not null,
   accepted_by text,
   accepted_at timestamptz,
   revoked_at timestamptz
 )`;

/** The secret stands encrypted, recovery codes as keyed hashes. It counts once it is confirmed. */
const SECOND_STEP = `create table second_step (
   person_id text primary key references person (id) on delete cascade,
   secret bytea not null,
   confirmed_at timestamptz,
   last_step bigint not null default 0,
   recovery_hashes text[] not null default '{}'
 )`;
