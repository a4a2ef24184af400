import { sql, type Kysely } from "kysely";

/** Volunteer donors and the calls that ask them. A place is kept to two decimals, and the table sees to it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table donor (
     person_id text primary key references person (id) on delete cascade,
     blood_group text not null,
     sex text not null,
     last_donated_on text,
     is_available boolean not null,
     quiet_from text not null,
     quiet_to text not null,
     within_km integer not null,
     lat numeric(4, 2) not null,
     lon numeric(5, 2) not null,
     language text not null,
     asked_at timestamptz
   )`,
  `create index donor_group on donor (blood_group, lat) where is_available`,
  `create table donor_call (
     id text primary key,
     facility_id text not null references facility (id),
     blood_group text not null,
     component text not null,
     wanted integer not null check (wanted > 0),
     state text not null check (state in ('open', 'filled', 'ended')),
     started_at timestamptz not null,
     until timestamptz not null,
     called_by text not null
   )`,
  `create index donor_call_open on donor_call (id) where state = 'open'`,
  `create index donor_call_facility on donor_call (facility_id, started_at desc)`,
  // Who was asked and left is forgotten; that somebody was asked stays counted.
  `create table donor_ask (
     call_id text not null references donor_call (id) on delete cascade,
     person_id text references person (id) on delete set null,
     asked_at timestamptz not null,
     answer text check (answer in ('coming', 'no')),
     answered_at timestamptz
   )`,
  `create unique index donor_ask_once on donor_ask (call_id, person_id)`,
  `create index donor_ask_person on donor_ask (person_id, asked_at desc)`,
];
