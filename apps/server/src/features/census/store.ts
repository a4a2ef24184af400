import { sql } from "kysely";
import { BedType } from "@ihims/core/beds/schema.ts";
import { Hl7Sender, type Hl7SenderName } from "@ihims/core/census/endpoints.ts";
import { BLOCKING_STATUSES, Census, Ward } from "@ihims/core/census/schema.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { z } from "zod";
import type { Db } from "../../platform/database.ts";

const certificate = z.string().nullable();
const SenderRow = z.object({ id: z.string(), facility: FacilityId, certificate });
export type SenderRow = z.infer<typeof SenderRow>;

/**
 * Who sends each of some messages, in their order; undefined for one that is not registered. MSH-4
 * may be registered as its first component or as the whole field, and the longer one is meant.
 */
export async function findSendersNamed(
  db: Db,
  names: readonly { application: string; facilityCode: string; facility: string }[],
): Promise<(SenderRow | undefined)[]> {
  const { rows } = await sql`
    select distinct on (n.place) n.place, s.id, s.facility_id as facility, s.certificate
    from unnest(${names.map(({ application }) => application)}::text[], ${names.map(({ facilityCode }) => facilityCode)}::text[],
      ${names.map(({ facility }) => facility)}::text[]) with ordinality as n (application, code, whole, place)
    join hl7_sender s on s.application = n.application and s.facility_code in (n.code, n.whole)
    order by n.place, length(s.facility_code) desc
  `.execute(db);
  const found = new Map(
    rows.map((row) => {
      const { place, ...sender } = PlacedSenderRow.parse(row);
      return [place, sender];
    }),
  );
  return names.map((_, place) => found.get(place + 1));
}
const PlacedSenderRow = SenderRow.extend({ place: z.int() });

export async function findSenders(db: Db, facility: FacilityId): Promise<Hl7Sender[]> {
  const { rows } = await sql`
    select id, application, facility_code as "facilityCode", certificate,
      (select max(received_at) from hl7_message where sender_id = hl7_sender.id) as "lastHeardAt"
    from hl7_sender where facility_id = ${facility} order by application, facility_code
  `.execute(db);
  return rows.map((row) => {
    const { certificate: registered, ...sender } = CertifiedRow.parse(row);
    return Hl7Sender.parse({ ...sender, ...(registered !== null && { certificate: registered }) });
  });
}

const CertifiedRow = z.looseObject({ certificate });

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
    insert into hl7_sender (id, facility_id, application, facility_code, certificate)
    select id, ${facility}, application, facility_code, certificate
    from unnest(${senders.map(({ id }) => id)}::text[], ${applications}::text[], ${codes}::text[],
      ${senders.map((sender) => sender.certificate ?? null)}::text[]) as n (id, application, facility_code, certificate)
    on conflict (application, facility_code) do update set certificate = excluded.certificate
      where hl7_sender.facility_id = excluded.facility_id
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
