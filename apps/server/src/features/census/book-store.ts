import { sql } from "kysely";
import { BedType } from "@ihims/core/beds/schema.ts";
import type { BookChanges, StatusOfBed, WardCounts } from "@ihims/core/census/book.ts";
import {
  BedStatus,
  BLOCKING_STATUSES,
  Census,
  EndedVisit,
  Visit,
  Ward,
  type BedPlace,
} from "@ihims/core/census/schema.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { Instant } from "@ihims/core/time.ts";
import { z } from "zod";
import type { Db } from "../../platform/database.ts";

/** Something, and whose it is: many facilities are read and written at once. */
export interface OfFacility<T> {
  facility: FacilityId;
  of: T;
}

function ofFacility<T extends { facility: FacilityId }>({
  facility,
  ...of
}: T): OfFacility<Omit<T, "facility">> {
  return { facility, of };
}

const facilitiesOf = (all: readonly OfFacility<unknown>[]) => all.map(({ facility }) => facility);

const withFacility = z.object({ facility: FacilityId });
const WardRow = withFacility.extend(Ward.shape);
const VisitRow = withFacility.extend(Visit.shape);
const EndedRow = withFacility.extend(EndedVisit.shape);
const CensusRow = withFacility.extend({ type: BedType, ...Census.shape });

export async function findWardsOf(db: Db, facilities: readonly FacilityId[]): Promise<OfFacility<Ward>[]> {
  const { rows } = await sql`
    select facility_id as facility, code, bed_type as "bedType", staffed from hl7_ward
    where facility_id = any(${facilities}::text[])
  `.execute(db);
  return rows.map((row) => ofFacility(WardRow.parse(row)));
}

const wanted = (names: readonly OfFacility<string>[]) => sql`
  unnest(${facilitiesOf(names)}::text[], ${names.map(({ of }) => of)}::text[]) as w (facility_id, key)`;

const VISIT_COLUMNS = sql`v.facility_id as facility, v.key, jsonb_build_object('ward', v.ward, 'room', v.room, 'bed', v.bed) as location,
  v.class, v.is_away as "isAway", v.prior, v.last_event as "lastEvent", v.last_event_at as "lastEventAt"`;

export async function findVisitsOf(
  db: Db,
  names: readonly OfFacility<string>[],
): Promise<OfFacility<Visit>[]> {
  if (names.length === 0) return [];
  const { rows } = await sql`
    select distinct ${VISIT_COLUMNS} from ${wanted(names)}
    join hl7_visit v on v.facility_id = w.facility_id and v.key = w.key
  `.execute(db);
  return rows.map((row) => ofFacility(VisitRow.parse(row)));
}

export async function findEndedOf(
  db: Db,
  names: readonly OfFacility<string>[],
): Promise<OfFacility<EndedVisit>[]> {
  if (names.length === 0) return [];
  const { rows } = await sql`
    select distinct e.facility_id as facility, e.key, e.event, e.at, e.unseen_in as "unseenIn" from ${wanted(names)}
    join hl7_ended_visit e on e.facility_id = w.facility_id and e.key = w.key
  `.execute(db);
  return rows.map((row) => ofFacility(EndedRow.parse(row)));
}

const wantedBeds = (beds: readonly OfFacility<BedPlace>[]) => sql`
  unnest(${facilitiesOf(beds)}::text[], ${beds.map(({ of }) => of.ward)}::text[],
    ${beds.map(({ of }) => of.room ?? "")}::text[], ${beds.map(({ of }) => of.bed)}::text[]) as w (facility_id, ward, room, bed)`;

/** The visits that are in some beds. */
export async function findOccupantsOf(
  db: Db,
  beds: readonly OfFacility<BedPlace>[],
): Promise<OfFacility<Visit>[]> {
  if (beds.length === 0) return [];
  const { rows } = await sql`
    select distinct ${VISIT_COLUMNS} from ${wantedBeds(beds)} join hl7_visit v
      on v.facility_id = w.facility_id and v.ward = w.ward and coalesce(v.room, '') = w.room and v.bed = w.bed
  `.execute(db);
  return rows.map((row) => ofFacility(VisitRow.parse(row)));
}

const StatusRow = withFacility.extend({
  ward: z.string(),
  room: z.string(),
  bed: z.string(),
  status: BedStatus,
  at: Instant,
});

export async function findStatusesOf(
  db: Db,
  beds: readonly OfFacility<BedPlace>[],
): Promise<OfFacility<StatusOfBed>[]> {
  if (beds.length === 0) return [];
  const { rows } = await sql`
    select distinct s.facility_id as facility, s.ward, s.room, s.bed, s.status, s.at from ${wantedBeds(beds)}
    join hl7_bed_status s
      on s.facility_id = w.facility_id and s.ward = w.ward and s.room = w.room and s.bed = w.bed
  `.execute(db);
  return rows.map((row) => {
    const { facility, ward, room, bed, status, at } = StatusRow.parse(row);
    return { facility, of: { place: { ward, room: room || null, bed }, status, at } };
  });
}

const CountRow = withFacility.extend({
  ward: z.string(),
  visits: z.int(),
  statuses: z.int(),
  blocking: z.int(),
});

/** Visits and beds with a status, ward by ward; a bed that somebody is in blocks nothing. */
export async function countWardsOf(
  db: Db,
  wards: readonly OfFacility<Ward>[],
): Promise<OfFacility<WardCounts>[]> {
  if (wards.length === 0) return [];
  const { rows } = await sql`
    select w.facility_id as facility, w.code as ward,
      (select count(*) from hl7_visit v where v.facility_id = w.facility_id and v.ward = w.code) as visits,
      s.statuses, s.blocking
    from unnest(${facilitiesOf(wards)}::text[], ${wards.map(({ of }) => of.code)}::text[]) as w (facility_id, code)
    cross join lateral (
      select count(*) as statuses, count(*) filter (
        where s.status = any(${[...BLOCKING_STATUSES]}::text[]) and not exists (
          select from hl7_visit v where v.facility_id = s.facility_id and v.ward = s.ward
            and coalesce(v.room, '') = s.room and v.bed = s.bed
        )) as blocking
      from hl7_bed_status s where s.facility_id = w.facility_id and s.ward = w.code
    ) s
  `.execute(db);
  return rows.map((row) => ofFacility(CountRow.parse(row)));
}

/** What is known beside the visits, type by type. */
export async function findCensusOf(
  db: Db,
  facilities: readonly FacilityId[],
): Promise<OfFacility<Census & { type: BedType }>[]> {
  const { rows } = await sql`
    select facility_id as facility, bed_type as type, unattributed, anchored_at as "anchoredAt", counted_at as "countedAt"
    from hl7_census where facility_id = any(${facilities}::text[])
  `.execute(db);
  return rows.map((row) => ofFacility(CensusRow.parse(row)));
}

/** Rows of one kind, as JSON that PostgreSQL reads as records; each names its facility. */
function records<T extends object>(all: readonly OfFacility<readonly T[]>[]): object[] {
  return all.flatMap(({ facility, of }) => of.map((one) => ({ ...one, facility })));
}

/** Write what is different. Visits go before any comes: two that exchange their beds are never in one. */
export async function saveBooks(
  db: Db,
  all: readonly OfFacility<BookChanges>[],
  now: Instant,
): Promise<void> {
  const visits = records(
    all.map(({ facility, of }) => ({
      facility,
      of: of.visits.map(({ location, ...visit }) => ({ ...visit, ...location })),
    })),
  );
  const gone = all.flatMap(({ facility, of }) =>
    [...of.gone, ...of.visits.map(({ key }) => key)].map((key) => ({ facility, of: key })),
  );
  if (gone.length > 0)
    await sql`
      delete from hl7_visit v using ${wanted(gone)} where v.facility_id = w.facility_id and v.key = w.key
    `.execute(db);
  if (visits.length > 0)
    await sql`
      insert into hl7_visit (facility_id, key, ward, room, bed, class, is_away, prior, last_event, last_event_at)
      select facility, key, ward, room, bed, class, "isAway", nullif(prior, 'null'::jsonb), "lastEvent", "lastEventAt"
      from jsonb_to_recordset(${JSON.stringify(visits)}::jsonb) as v (facility text, key text, ward text, room text,
        bed text, class text, "isAway" boolean, prior jsonb, "lastEvent" text, "lastEventAt" timestamptz)
    `.execute(db);
  await saveEnded(db, all, now);
  await saveStatuses(db, all);
  await saveCensus(db, all);
}

async function saveEnded(db: Db, all: readonly OfFacility<BookChanges>[], now: Instant): Promise<void> {
  const reopened = all.flatMap(({ facility, of }) => of.reopened.map((key) => ({ facility, of: key })));
  if (reopened.length > 0)
    await sql`
      delete from hl7_ended_visit e using ${wanted(reopened)} where e.facility_id = w.facility_id and e.key = w.key
    `.execute(db);
  const ended = records(all.map(({ facility, of }) => ({ facility, of: of.ended })));
  if (ended.length === 0) return;
  await sql`
    insert into hl7_ended_visit (facility_id, key, event, at, unseen_in, kept_since)
    select facility, key, event, at, "unseenIn", ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as e (facility text, key text, event text, at timestamptz, "unseenIn" text)
    on conflict (facility_id, key) do update set event = excluded.event, at = excluded.at,
      unseen_in = excluded.unseen_in, kept_since = excluded.kept_since
  `.execute(db);
}

async function saveStatuses(db: Db, all: readonly OfFacility<BookChanges>[]): Promise<void> {
  const statuses = records(
    all.map(({ facility, of }) => ({
      facility,
      of: of.statuses.map(({ place, ...status }) => ({ ...status, ...place, room: place.room ?? "" })),
    })),
  );
  if (statuses.length === 0) return;
  await sql`
    insert into hl7_bed_status (facility_id, ward, room, bed, status, at)
    select facility, ward, room, bed, status, at
    from jsonb_to_recordset(${JSON.stringify(statuses)}::jsonb) as s (facility text, ward text, room text, bed text, status text, at timestamptz)
    on conflict (facility_id, ward, room, bed) do update set status = excluded.status, at = excluded.at
  `.execute(db);
}

async function saveCensus(db: Db, all: readonly OfFacility<BookChanges>[]): Promise<void> {
  const census = records(
    all.map(({ facility, of }) => ({
      facility,
      of: [...of.census].map(([type, one]) => ({ ...one, type })),
    })),
  );
  if (census.length === 0) return;
  await sql`
    insert into hl7_census (facility_id, bed_type, unattributed, anchored_at, counted_at)
    select facility, type, unattributed, "anchoredAt", "countedAt"
    from jsonb_to_recordset(${JSON.stringify(census)}::jsonb) as c (facility text, type text, unattributed int,
      "anchoredAt" timestamptz, "countedAt" timestamptz)
    on conflict (facility_id, bed_type) do update set unattributed = excluded.unattributed,
      anchored_at = excluded.anchored_at, counted_at = excluded.counted_at
  `.execute(db);
}

/** Forget visits that were over before a moment. */
export async function forgetEndedBefore(db: Db, moment: Instant): Promise<void> {
  await sql`delete from hl7_ended_visit where kept_since < ${moment}::timestamptz`.execute(db);
}
