import { sql, type Kysely } from "kysely";

/** People who sign in by telephone, messages on their way to them, holds, and the public log of holds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...PHONES, ...HOLDS, ...HOLD_LOG]) await sql.raw(statement).execute(db);
}

/** A number is known by a keyed hash; where it must be called back it stands encrypted. */
const PHONES = [
  `alter table person
     add column phone_hash text unique,
     add column phone_verified boolean,
     add column phone bytea`,
  `create table phone_code (
     phone_hash text not null,
     code_hash bytea not null,
     expires_at timestamptz not null,
     primary key (phone_hash, code_hash)
   )`,
  `create table attempt (
     key text primary key,
     since timestamptz not null,
     count integer not null
   )`,
  `create table message (
     id bigint generated always as identity primary key,
     sealed bytea not null,
     tries integer not null default 0,
     due_at timestamptz not null,
     expires_at timestamptz not null
   )`,
  `create index message_due on message (due_at)`,
];

/**
 * `until` is when it ends by itself: past it a hold counts as ended, whether or not that was written
 * yet. One that was fulfilled goes on being taken off a figure until it is seen anew.
 */
const HOLDS = [
  `create table hold (
     id text primary key,
     facility_id text not null references facility (id),
     subject text not null,
     kind text not null,
     units integer not null check (units > 0),
     holder text not null,
     asked_by text not null,
     phone bytea,
     language text not null,
     code text not null,
     state text not null check (state in ('requested', 'accepted', 'refused', 'released', 'expired', 'fulfilled', 'cancelled')),
     requested_at timestamptz not null,
     until timestamptz not null,
     answered_at timestamptz,
     ended_at timestamptz,
     officer text,
     officer_role text,
     reason text
   )`,
  `create unique index hold_one_of_a_kind on hold (holder, kind)
     where state in ('requested', 'accepted') and holder like 'person:%'`,
  `create index hold_open on hold (facility_id, subject) where state in ('requested', 'accepted')`,
  `create index hold_due on hold (until) where state in ('requested', 'accepted')`,
  `create index hold_fulfilled on hold (facility_id, subject, ended_at) where state = 'fulfilled'`,
  `create index hold_holder on hold (holder, requested_at desc, id desc)`,
  `create index hold_facility on hold (facility_id, requested_at desc, id desc)`,
];

/** The text of an entry is kept as it was hashed, to the letter. */
const HOLD_LOG = [
  `create table hold_log (
     seq bigint primary key,
     entry text not null,
     hash text not null
   )`,
  `create table hold_log_head (
     seq bigint primary key,
     head text not null,
     signature text not null
   )`,
  `create function refuse_rewriting() returns trigger language plpgsql as $$
     begin raise exception 'the log of holds is only appended to'; end
   $$`,
  `create trigger hold_log_append_only before update or delete or truncate on hold_log
     for each statement execute function refuse_rewriting()`,
  `create trigger hold_log_head_append_only before update or delete or truncate on hold_log_head
     for each statement execute function refuse_rewriting()`,
];
