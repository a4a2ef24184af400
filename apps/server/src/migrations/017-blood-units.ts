import { sql, type Kysely } from "kysely";

/** Bags of blood on the shelves of banks, by what is printed on them. Nothing of donors or patients. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table blood_unit (
     id text primary key,
     facility_id text not null references facility (id),
     donation text not null,
     product text not null,
     blood_group text not null,
     component text not null,
     expires_at timestamptz not null,
     state text not null check (state in ('available', 'issued', 'discarded')),
     added_at timestamptz not null,
     added_by text not null,
     moved_at timestamptz,
     moved_by text,
     unique (facility_id, donation, product)
   )`,
  `create index blood_unit_shelf on blood_unit (facility_id, blood_group, component, expires_at) where state = 'available'`,
];
