import { sql } from "kysely";
import { BedType } from "@ihims/core/beds/schema.ts";
import { Hl7Sender, type Hl7SenderName } from "@ihims/core/census/endpoints.ts";
import { NO_CENSUS } from "@ihims/core/census/counts.ts";
import {
  BLOCKING_STATUSES,
  Census,
  Visit,
  Ward,
  type BedPlace,
  type BedStatus,
} from "@ihims/core/census/schema.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { Instant } from "@ihims/core/time.ts";
import { z } from "zod";
import type { Db } from "../../platform/database.ts";

const SenderRow = z.object({ id: z.string(), facility: FacilityId });
export type SenderRow = z.infer<typeof SenderRow>;

/** Who sends under a name, given as MSH-3 and the forms that MSH-4 can be read in. */
export async function findSender(
  db: Db,
  application: string,
  codes: readonly string[],
): Promise<SenderRow | undefined> {
  const { rows } = await sql`
    select id, facility_id as facility from hl7_sender
    where application = ${application} and facility_code = any(${codes}::text[])
    order by length(facility_code) desc limit 1
  `.execute(db);
  return rows[0] ? SenderRow.parse(rows[0]) : undefined;
}

export async function findSenders(db: Db, facility: FacilityId): Promise<Hl7Sender[]> {
  const { rows } = await sql`
    select id, application, facility_code as "facilityCode",
      (select max(received_at) from hl7_message where sender_id = hl7_sender.id) as "lastHeardAt"
    from hl7_sender where facility_id = ${facility} order by application, facility_code
  `.execute(db);
  return rows.map((row) => Hl7Sender.parse(row));
}

/** Those names of some that are registered for other facilities. */
export async function findTakenSenders(
  db: Db,
  facility: FacilityId,
  names: readonly Hl7SenderName[],
): Promise<Hl7SenderName[]> {
  const { rows } = await sql`
    select s.application, s.facility_code as "facilityCode" from hl7_sender s
    join unnest(${names.map(({ application }) => application)}::text[], ${names.map(({ facilityCode }) => facilityCode)}::text[])
      as n (application, facility_code) on n.application = s.application and n.facility_code = s.facility_code
    where s.facility_id <> ${facility}
  `.execute(db);
  return rows.map((row) => z.object({ application: z.string(), facilityCode: z.string() }).parse(row));
}

/** These are the senders of a facility and no others; one that was there keeps its id. */
export async function replaceSenders(
  db: Db,
  facility: FacilityId,
  senders: readonly (Hl7SenderName & { id: string })[],
): Promise<void> {
  const applications = senders.map(({ application }) => application);
  const codes = senders.map(({ facilityCode }) => facilityCode);
  await sql`
    delete from hl7_sender where facility_id = ${facility} and (application, facility_code) not in (
      select * from unnest(${applications}::text[], ${codes}::text[])
    )
  `.execute(db);
  await sql`
    insert into hl7_sender (id, facility_id, application, facility_code)
    select id, ${facility}, application, facility_code
    from unnest(${senders.map(({ id }) => id)}::text[], ${applications}::text[], ${codes}::text[]) as n (id, application, facility_code)
    on conflict (application, facility_code) do nothing
  `.execute(db);
}

export async function findWards(db: Db, facility: FacilityId): Promise<Ward[]> {
  const { rows } = await sql`
    select code, bed_type as "bedType", staffed from hl7_ward where facility_id = ${facility} order by code
  `.execute(db);
  return rows.map((row) => Ward.parse(row));
}

export async function replaceWards(db: Db, facility: FacilityId, wards: readonly Ward[]): Promise<void> {
  await sql`delete from hl7_ward where facility_id = ${facility}`.execute(db);
  await sql`
    insert into hl7_ward (facility_id, code, bed_type, staffed)
    select ${facility}, * from unnest(${wards.map(({ code }) => code)}::text[],
      ${wards.map(({ bedType }) => bedType)}::text[], ${wards.map(({ staffed }) => staffed)}::int[])
  `.execute(db);
}

/** Forget visits and beds in wards that are not counted (any more). */
export async function forgetUncounted(db: Db, facility: FacilityId): Promise<void> {
  const counted = sql`select code from hl7_ward where facility_id = ${facility} and bed_type is not null`;
  await sql`delete from hl7_visit where facility_id = ${facility} and ward not in (${counted})`.execute(db);
  await sql`delete from hl7_bed_status where facility_id = ${facility} and ward not in (${counted})`.execute(
    db,
  );
}

const VISIT_COLUMNS = sql`key, jsonb_build_object('ward', ward, 'room', room, 'bed', bed) as location, class,
  is_away as "isAway", prior, last_event as "lastEvent", last_event_at as "lastEventAt"`;

export async function findVisits(db: Db, facility: FacilityId, keys: readonly string[]): Promise<Visit[]> {
  const { rows } = await sql`
    select ${VISIT_COLUMNS} from hl7_visit where facility_id = ${facility} and key = any(${keys}::text[])
  `.execute(db);
  return rows.map((row) => Visit.parse(row));
}

const wantedBeds = (places: readonly BedPlace[]) => sql`
  unnest(${places.map(({ ward }) => ward)}::text[], ${places.map(({ room }) => room ?? "")}::text[],
    ${places.map(({ bed }) => bed)}::text[]) as w (ward, room, bed)`;

/** The visits that are in some beds. */
export async function findOccupants(
  db: Db,
  facility: FacilityId,
  places: readonly BedPlace[],
): Promise<Visit[]> {
  if (places.length === 0) return [];
  const { rows } = await sql`
    select ${VISIT_COLUMNS} from hl7_visit v
    where facility_id = ${facility} and exists (
      select from ${wantedBeds(places)} where w.ward = v.ward and w.room = coalesce(v.room, '') and w.bed = v.bed
    )
  `.execute(db);
  return rows.map((row) => Visit.parse(row));
}

const StatusRow = z.object({ ward: z.string(), room: z.string(), bed: z.string(), at: Instant });

/** When the status of some beds was last said. */
export async function findStatuses(
  db: Db,
  facility: FacilityId,
  places: readonly BedPlace[],
): Promise<{ place: BedPlace; at: Instant }[]> {
  if (places.length === 0) return [];
  const { rows } = await sql`
    select s.ward, s.room, s.bed, s.at from hl7_bed_status s join ${wantedBeds(places)}
      on w.ward = s.ward and w.room = s.room and w.bed = s.bed
    where s.facility_id = ${facility}
  `.execute(db);
  return rows.map((row) => {
    const { at, room, ...rest } = StatusRow.parse(row);
    return { place: { ...rest, room: room || null }, at };
  });
}

/** Write visits over. All go before any comes: two that exchange their beds are never in one. */
export async function replaceVisits(
  db: Db,
  facility: FacilityId,
  gone: readonly string[],
  saved: readonly Visit[],
): Promise<void> {
  const keys = [...gone, ...saved.map(({ key }) => key)];
  if (keys.length === 0) return;
  await sql`delete from hl7_visit where facility_id = ${facility} and key = any(${keys}::text[])`.execute(db);
  if (saved.length === 0) return;
  const rows = saved.map(({ location, ...visit }) => ({ ...visit, ...location }));
  await sql`
    insert into hl7_visit (facility_id, key, ward, room, bed, class, is_away, prior, last_event, last_event_at)
    select ${facility}, v.key, v.ward, v.room, v.bed, v.class, v."isAway", nullif(v.prior, 'null'::jsonb), v."lastEvent", v."lastEventAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (key text, ward text, room text, bed text, class text,
      "isAway" boolean, prior jsonb, "lastEvent" text, "lastEventAt" timestamptz)
  `.execute(db);
}

export async function saveStatuses(
  db: Db,
  facility: FacilityId,
  statuses: readonly { place: BedPlace; status: BedStatus }[],
  at: Instant,
): Promise<void> {
  for (const { place, status } of statuses) {
    await sql`
      insert into hl7_bed_status (facility_id, ward, room, bed, status, at)
      values (${facility}, ${place.ward}, ${place.room ?? ""}, ${place.bed}, ${status}, ${at}::timestamptz)
      on conflict (facility_id, ward, room, bed) do update set status = excluded.status, at = excluded.at
    `.execute(db);
  }
}

const WardCounts = z.object({ ward: z.string(), visits: z.int(), statuses: z.int(), blocking: z.int() });
export type WardCounts = z.infer<typeof WardCounts>;

/** Visits and beds with a status, ward by ward; a bed that somebody is in blocks nothing. */
export async function countWards(
  db: Db,
  facility: FacilityId,
  wards: readonly string[],
): Promise<WardCounts[]> {
  const { rows } = await sql`
    select w.code as ward,
      (select count(*) from hl7_visit where facility_id = ${facility} and ward = w.code) as visits,
      (select count(*) from hl7_bed_status where facility_id = ${facility} and ward = w.code) as statuses,
      (select count(*) from hl7_bed_status s where s.facility_id = ${facility} and s.ward = w.code
         and s.status = any(${[...BLOCKING_STATUSES]}::text[]) and not exists (
           select from hl7_visit v where v.facility_id = ${facility} and v.ward = s.ward
             and coalesce(v.room, '') = s.room and v.bed = s.bed
         )) as blocking
    from unnest(${wards}::text[]) as w (code)
  `.execute(db);
  return rows.map((row) => WardCounts.parse(row));
}

const CensusRow = Census.extend({ type: BedType });

/** What is known beside the visits, type by type; of all types when none are named. */
export async function findCensus(db: Db, facility: FacilityId): Promise<Map<BedType, Census>> {
  const { rows } = await sql`
    select bed_type as type, unattributed, anchored_at as "anchoredAt", counted_at as "countedAt"
    from hl7_census where facility_id = ${facility} order by bed_type
  `.execute(db);
  return new Map(
    rows.map((row) => {
      const { type, ...census } = CensusRow.parse(row);
      return [type, census];
    }),
  );
}

export async function saveCensus(
  db: Db,
  facility: FacilityId,
  type: BedType,
  census: Census = NO_CENSUS,
): Promise<void> {
  await sql`
    insert into hl7_census (facility_id, bed_type, unattributed, anchored_at, counted_at)
    values (${facility}, ${type}, ${census.unattributed}, ${census.anchoredAt}::timestamptz, ${census.countedAt}::timestamptz)
    on conflict (facility_id, bed_type) do update set unattributed = excluded.unattributed,
      anchored_at = excluded.anchored_at, counted_at = excluded.counted_at
  `.execute(db);
}
