import { sql, type Kysely } from "kysely";

/** The census that hospitals' ADT messages keep, and the messages that a person has to look at. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table hl7_sender (
     id text primary key,
     facility_id text not null references facility (id),
     application text not null,
     facility_code text not null,
     unique (application, facility_code)
   )`,
  `create index hl7_sender_facility on hl7_sender (facility_id)`,
  `create table hl7_ward (
     facility_id text not null references facility (id),
     code text not null,
     bed_type text,
     staffed integer,
     primary key (facility_id, code)
   )`,
  // A visit is here as a keyed hash, and only while it occupies a bed.
  `create table hl7_visit (
     facility_id text not null references facility (id),
     key text not null,
     ward text not null,
     room text,
     bed text,
     class text not null,
     is_away boolean not null,
     prior jsonb,
     last_event text not null,
     last_event_at timestamptz not null,
     primary key (facility_id, key)
   )`,
  `create unique index hl7_visit_bed on hl7_visit (facility_id, ward, coalesce(room, ''), bed) where bed is not null`,
  `create index hl7_visit_ward on hl7_visit (facility_id, ward)`,
  `create table hl7_bed_status (
     facility_id text not null references facility (id),
     ward text not null,
     room text not null,
     bed text not null,
     status text not null,
     at timestamptz not null,
     primary key (facility_id, ward, room, bed)
   )`,
  `create table hl7_census (
     facility_id text not null references facility (id),
     bed_type text not null,
     unattributed integer not null check (unattributed >= 0),
     anchored_at timestamptz,
     counted_at timestamptz,
     primary key (facility_id, bed_type)
   )`,
  // What was answered, so that a message sent again is known: 7 days.
  `create table hl7_message (
     sender_id text not null references hl7_sender (id) on delete cascade,
     control_id text not null,
     digest bytea not null,
     code text not null check (code in ('AA', 'AE', 'AR')),
     received_at timestamptz not null,
     primary key (sender_id, control_id, digest)
   )`,
  `create index hl7_message_received on hl7_message (received_at)`,
  `create index hl7_message_heard on hl7_message (sender_id, received_at)`,
  `create table hl7_aside (
     id bigint generated always as identity primary key,
     facility_id text references facility (id),
     received_at timestamptz not null,
     kind text not null check (kind in ('refused', 'conflict')),
     application text not null,
     facility_code text not null,
     event text not null,
     reason text not null,
     place jsonb,
     message text,
     state text not null default 'open' check (state in ('open', 'resolved')),
     resolved_at timestamptz,
     resolved_by text
   )`,
  `create index hl7_aside_facility on hl7_aside (facility_id, id desc)`,
  `create index hl7_aside_received on hl7_aside (received_at)`,
];
