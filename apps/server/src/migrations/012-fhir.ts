import { sql, type Kysely } from "kysely";

/** Every version of the pages that the FHIR directory is made of, and keys that may change them (decision 016). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...HISTORY, ...EARLIER, ...KEYS]) await sql.raw(statement).execute(db);
}

/**
 * Written by triggers, so that no writer can forget it: an import, somebody at the console, a sender
 * of FHIR. A doctor's page is written when the transaction ends, with all posts that it has then.
 */
const HISTORY = [
  `create table page_version (
     kind text not null check (kind in ('facility', 'doctor', 'ground')),
     page_id text not null,
     version integer not null,
     at timestamptz not null,
     page jsonb,
     primary key (kind, page_id, version)
   )`,
  `create index page_version_at on page_version (kind, at desc, page_id desc, version desc)`,
  `create function keep_page_of_facility() returns trigger language plpgsql as $$
   begin
     if tg_op = 'DELETE' then
       insert into page_version (kind, page_id, version, at, page)
       values (tg_table_name, old.id, old.version + 1, date_trunc('milliseconds', clock_timestamp()), null) on conflict do nothing;
     else
       insert into page_version (kind, page_id, version, at, page)
       values ('facility', new.id, new.version, new.updated_at, new.profile) on conflict do nothing;
     end if;
     return null;
   end $$`,
  `create trigger keep_page after insert or update or delete on facility
     for each row execute function keep_page_of_facility()`,
  `create function doctor_page(doctor) returns jsonb language sql stable as $$
     select $1.profile || jsonb_build_object('posts', coalesce((
       select jsonb_agg(roster || jsonb_build_object('facility', facility_id) order by facility_id)
       from post where doctor_id = $1.id), '[]'))
   $$`,
  `create function keep_doctor_page() returns trigger language plpgsql as $$
   begin
     insert into page_version (kind, page_id, version, at, page)
     select 'doctor', d.id, d.version, d.updated_at, doctor_page(d) from doctor d where d.id = new.id
     on conflict do nothing;
     return null;
   end $$`,
  `create constraint trigger keep_page after insert or update on doctor deferrable initially deferred
     for each row execute function keep_doctor_page()`,
  `create trigger keep_end after delete on doctor for each row execute function keep_page_of_facility()`,
  `create function keep_ground() returns trigger language plpgsql as $$
   begin
     if tg_op = 'INSERT' or new.ground is distinct from old.ground or new.settings is distinct from old.settings then
       insert into page_version (kind, page_id, version, at, page)
       select 'ground', 'city', coalesce(max(version), 0) + 1, date_trunc('milliseconds', clock_timestamp()),
         jsonb_build_object('city', new.settings, 'ground', new.ground)
       from page_version where kind = 'ground';
     end if;
     return null;
   end $$`,
  `create trigger keep_page after insert or update on city for each row execute function keep_ground()`,
];

/** What was there before begins its history now, as the version that it has. */
const EARLIER = [
  `insert into page_version (kind, page_id, version, at, page)
   select 'facility', id, version, updated_at, profile from facility`,
  `insert into page_version (kind, page_id, version, at, page)
   select 'doctor', id, version, updated_at, doctor_page(doctor) from doctor`,
  `insert into page_version (kind, page_id, version, at, page)
   select 'ground', 'city', 1, now(), jsonb_build_object('city', settings, 'ground', ground) from city`,
];

const KEYS = [`alter table api_key add column may_change_pages boolean not null default false`];
