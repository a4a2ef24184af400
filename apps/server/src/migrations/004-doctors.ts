import { sql, type Kysely } from "kysely";

/** Doctors, and where and when they work. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table doctor (
     id text primary key,
     profile jsonb not null,
     version integer not null default 1,
     updated_at timestamptz not null
   )`,
  `create table post (
     doctor_id text not null references doctor (id),
     facility_id text not null references facility (id),
     roster jsonb not null,
     primary key (doctor_id, facility_id)
   )`,
  `create index post_facility on post (facility_id)`,
];
