import { sql, type Kysely } from "kysely";

/** Which register calls which facility what, and what people have said of those that look alike (decision 006). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // `stated` is what the register said last: what differs from it now was changed by somebody else.
  // Null: only a further name, as a Wikidata id, that no import follows.
  `create table facility_identity (
     system text not null,
     value text not null,
     facility_id text not null references facility (id),
     stated jsonb,
     noted_at timestamptz not null,
     primary key (system, value)
   )`,
  `create index facility_identity_facility on facility_identity (facility_id)`,
  `create table match_decision (
     one text not null references facility (id),
     other text not null references facility (id),
     verdict text not null check (verdict in ('open', 'same', 'different')),
     kept text check (kept in (one, other)),
     name_similarity real,
     distance_m integer,
     noted_at timestamptz not null,
     decided_by text,
     decided_at timestamptz,
     primary key (one, other),
     check (one < other),
     check ((verdict = 'open') = (decided_at is null)),
     check ((verdict = 'same') = (kept is not null))
   )`,
];
