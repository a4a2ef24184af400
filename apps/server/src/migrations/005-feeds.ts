import { sql, type Kysely } from "kysely";

/** Feeds: what is fetched or pushed from other systems, what came of it, and what nobody has decided (decision 015). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // `credentials` is sealed; `cursor`: what was fetched last; `good_shape`: what the last good delivery looked like.
  `create table feed (
     id text primary key,
     name text not null,
     facility_id text references facility (id),
     source jsonb not null,
     credentials bytea,
     credential_names jsonb not null default '[]',
     schedule jsonb,
     limits jsonb not null,
     usual_interval_s integer not null,
     delivers text not null check (delivers in ('all', 'changes')),
     repeats text not null check (repeats in ('ignore', 'confirm')),
     mapping_version integer not null,
     state text not null check (state in ('on', 'stopped')),
     stop jsonb,
     cursor jsonb not null default '{}',
     good_shape jsonb,
     created_at timestamptz not null,
     created_by text not null,
     last_success_at timestamptz,
     silent_from timestamptz not null,
     version integer not null default 1,
     deleted_at timestamptz
   )`,
  `create index feed_facility on feed (facility_id)`,
  `create table feed_mapping (
     feed_id text not null references feed (id),
     version integer not null,
     document jsonb not null,
     made_at timestamptz not null,
     made_by text not null,
     primary key (feed_id, version)
   )`,
  `create table feed_run (
     id bigint generated always as identity primary key,
     feed_id text not null references feed (id),
     trigger text not null,
     started_at timestamptz not null,
     finished_at timestamptz,
     outcome text not null check (outcome in ('running', 'applied', 'unchanged', 'failed', 'poisoned', 'interrupted')),
     counts jsonb not null,
     bytes bigint not null default 0,
     lag_s bigint,
     reasons jsonb not null default '[]',
     questions integer not null default 0,
     error text,
     findings jsonb not null default '[]',
     shape jsonb,
     mapping_version integer not null
   )`,
  `create unique index feed_run_one_at_a_time on feed_run (feed_id) where finished_at is null`,
  `create index feed_run_feed on feed_run (feed_id, id desc)`,
  `create table feed_refused (
     run_id bigint not null references feed_run (id) on delete cascade,
     line integer not null,
     place text not null,
     field text,
     text text,
     code text not null,
     reason text not null,
     primary key (run_id, line)
   )`,
  `create table feed_match (
     id bigint generated always as identity primary key,
     feed_id text not null references feed (id),
     key text not null,
     reference jsonb not null,
     state text not null check (state in ('open', 'matched', 'ignored')),
     facility_id text references facility (id),
     candidates jsonb not null,
     noted_at timestamptz not null,
     decided_by text,
     decided_at timestamptz,
     unique (feed_id, key),
     check ((state = 'matched') = (facility_id is not null))
   )`,
  // The newest line of each subject that waits until somebody says of which facility it is.
  `create table feed_waiting (
     match_id bigint not null references feed_match (id) on delete cascade,
     subject text not null,
     value jsonb not null,
     observed_at timestamptz not null,
     source_ref text,
     noted_at timestamptz not null,
     primary key (match_id, subject)
   )`,
  `create table notice (
     id bigint generated always as identity primary key,
     kind text not null,
     facility_id text references facility (id),
     feed_id text not null references feed (id),
     detail text not null,
     noted_at timestamptz not null,
     resolved_at timestamptz
   )`,
  `create unique index notice_open on notice (feed_id, kind) where resolved_at is null`,
  `create index notice_facility on notice (facility_id, id desc)`,
  // Accepted figures that somebody should look at: derived from the ledger, never written by a door.
  `create table question (
     id bigint generated always as identity primary key,
     facility_id text not null references facility (id),
     subject text not null,
     source text not null,
     code text not null,
     observation_id bigint not null,
     detail jsonb not null,
     asked_at timestamptz not null,
     seen_at timestamptz not null,
     answer text check (answer in ('right', 'wrong', 'passed')),
     answered_at timestamptz,
     answered_by text
   )`,
  `create unique index question_open on question (facility_id, subject, source, code) where answered_at is null`,
  `create index question_facility on question (facility_id, id desc)`,
  // How far who reads the stream of changes at his own pace has come.
  `create table change_reader (
     name text primary key,
     position text not null
   )`,
];
