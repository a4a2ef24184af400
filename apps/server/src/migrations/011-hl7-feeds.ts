import { sql, type Kysely } from "kysely";

/** Visits that are over, so that what is told late of them opens nothing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // A keyed hash, when it ended, and for 7 days only.
  `create table hl7_ended_visit (
     facility_id text not null references facility (id),
     key text not null,
     event text not null,
     at timestamptz not null,
     unseen_in text,
     kept_since timestamptz not null,
     primary key (facility_id, key)
   )`,
  `create index hl7_ended_visit_kept on hl7_ended_visit (kept_since)`,
];
