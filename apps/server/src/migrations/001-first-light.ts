import { sql, type Kysely } from "kysely";

/** The city, its facilities, the ledger with what stands, the stream of changes, people and keys. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...CITY, ...LEDGER, ...CHANGES, ...PEOPLE, ...REQUESTS])
    await sql.raw(statement).execute(db);
}

const CITY = [
  `create table city (
     only_one boolean primary key default true check (only_one),
     settings jsonb not null,
     ground jsonb not null
   )`,
  `create table facility (
     id text primary key,
     profile jsonb not null,
     leads jsonb not null default '[]',
     version integer not null default 1,
     updated_at timestamptz not null
   )`,
];

/**
 * The ledger is partitioned by the month in which we heard: that month is always the newest, so its
 * partition can be made ahead, whatever a source says of when it saw. A key that must be unique over
 * all months cannot live on a partitioned table, so the names of reports have a table of their own.
 */
const LEDGER = [
  `create sequence observation_id`,
  `create sequence standing_version`,
  `create table observation (
     id bigint not null,
     received_at timestamptz not null,
     observed_at timestamptz not null,
     facility_id text not null,
     subject text not null,
     source text not null,
     sender text not null,
     source_ref text,
     value jsonb not null,
     outcome text not null check (outcome in ('changed', 'confirmed', 'superseded')),
     primary key (id, received_at)
   ) partition by range (received_at)`,
  `create index observation_subject on observation (facility_id, subject, observed_at desc)`,
  `create table observation_key (
     key uuid primary key,
     observation_id bigint not null
   )`,
  `create table retraction (
     observation_id bigint primary key,
     actor text not null,
     retracted_at timestamptz not null
   )`,
  `create table standing (
     facility_id text not null references facility (id),
     subject text not null,
     source text not null,
     observation_id bigint not null,
     sender text not null,
     value jsonb not null,
     observed_at timestamptz not null,
     received_at timestamptz not null,
     version bigint not null,
     primary key (facility_id, subject, source)
   )`,
];

/**
 * What was changed, in the order in which it was committed: a row is read when no transaction with
 * a smaller number is open any more (decision 003).
 */
const CHANGES = [
  `create table change (
     id bigint generated always as identity primary key,
     xid xid8 not null default pg_current_xact_id(),
     committed_about timestamptz not null,
     body jsonb not null
   )`,
  `create index change_order on change (xid, id)`,
];

const PEOPLE = [
  `create table person (
     id text primary key,
     name text not null,
     email text not null unique,
     email_verified boolean not null default false,
     image text,
     city_roles jsonb not null default '[]',
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now()
   )`,
  `create table person_session (
     id text primary key,
     person_id text not null references person (id) on delete cascade,
     token text not null unique,
     expires_at timestamptz not null,
     ip_address text,
     user_agent text,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now()
   )`,
  `create index person_session_person on person_session (person_id)`,
  `create table person_account (
     id text primary key,
     person_id text not null references person (id) on delete cascade,
     account_id text not null,
     provider_id text not null,
     access_token text,
     refresh_token text,
     access_token_expires_at timestamptz,
     refresh_token_expires_at timestamptz,
     scope text,
     id_token text,
     password text,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now()
   )`,
  `create index person_account_person on person_account (person_id)`,
  `create table person_verification (
     id text primary key,
     identifier text not null,
     value text not null,
     expires_at timestamptz not null,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now()
   )`,
  `create table membership (
     person_id text not null references person (id) on delete cascade,
     facility_id text not null references facility (id),
     role text not null,
     primary key (person_id, facility_id)
   )`,
  `create table api_key (
     id text primary key,
     name text not null,
     prefix text not null,
     secret_hash bytea not null unique,
     facilities jsonb not null,
     subjects jsonb not null,
     issued_by text not null,
     created_at timestamptz not null,
     last_used_at timestamptz,
     expires_at timestamptz,
     revoked_at timestamptz
   )`,
];

/** Answers to requests with an idempotency key, committed together with what they did. */
const REQUESTS = [
  `create table idempotent_request (
     caller text not null,
     key text not null,
     request_hash bytea not null,
     reply bytea,
     answered_at timestamptz not null,
     primary key (caller, key)
   )`,
];
