import { sql, type Kysely } from "kysely";

/** The catalogue of medicines. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // `equivalence` is the same for what may stand in for one another; null where nothing may.
  `create table medicine (
     id text primary key,
     source text not null,
     ref text not null,
     profile jsonb not null,
     equivalence text,
     revision bigint not null,
     updated_at timestamptz not null,
     unique (source, ref)
   )`,
  `create index medicine_equivalence on medicine (equivalence) where equivalence is not null`,
  `create index medicine_revision on medicine (revision, id)`,
  `create index medicine_name on medicine ((profile->>'name'), id)`,
  `create sequence medicine_revision_number`,
];
