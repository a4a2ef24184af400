import { sql, type RawBuilder } from "kysely";
import { z } from "zod";
import { DonorAnswer, DonorCall, DonorCallState, DonorProfile } from "@ihims/core/donors/schema.ts";
import { BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import { DonorCallId, FacilityId, PersonId } from "@ihims/core/ids.ts";
import { Language } from "@ihims/core/languages.ts";
import { Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";

/** A volunteer with what is needed to ask them. */
export const DonorRow = DonorProfile.extend({
  person: PersonId,
  language: Language,
  phone: z.instanceof(Buffer).nullable(),
  askedAt: Instant.nullable(),
});
export type DonorRow = z.infer<typeof DonorRow>;

export const CallRow = DonorCall.omit({ reachKm: true }).extend({ facility: FacilityId });
export type CallRow = z.infer<typeof CallRow>;

const DONOR = sql`d.person_id as person, d.blood_group as "group", d.sex, d.last_donated_on as "lastDonatedOn",
  d.is_available as "isAvailable", d.quiet_from as "quietFrom", d.quiet_to as "quietTo", d.within_km as "withinKm",
  json_build_object('lat', d.lat, 'lon', d.lon) as place, d.language, p.phone, d.asked_at as "askedAt"`;
const CALL = sql`c.id, c.facility_id as facility, c.blood_group as "group", c.component, c.wanted, c.state,
  c.started_at as "startedAt", c.until,
  (select count(*)::int from donor_ask a where a.call_id = c.id) as asked,
  (select count(*)::int from donor_ask a where a.call_id = c.id and a.answer = 'coming') as coming,
  (select count(*)::int from donor_ask a where a.call_id = c.id and a.answer = 'no') as declined`;
/** Kilometres in a degree of latitude, for a first cut. */
const KM_A_DEGREE = 110;
const CANDIDATES_MAX = 5000;

export async function findDonor(db: Db, person: PersonId): Promise<DonorRow | undefined> {
  const { rows } = await sql`
    select ${DONOR} from donor d join person p on p.id = d.person_id where d.person_id = ${person}
  `.execute(db);
  return rows[0] === undefined ? undefined : DonorRow.parse(rows[0]);
}

export async function saveDonor(
  db: Db,
  person: PersonId,
  donor: DonorProfile,
  language: Language,
): Promise<void> {
  await sql`
    insert into donor (person_id, blood_group, sex, last_donated_on, is_available, quiet_from, quiet_to, within_km, lat, lon, language)
    values (${person}, ${donor.group}, ${donor.sex}, ${donor.lastDonatedOn}, ${donor.isAvailable}, ${donor.quietFrom},
      ${donor.quietTo}, ${donor.withinKm}, ${donor.place.lat}, ${donor.place.lon}, ${language})
    on conflict (person_id) do update set blood_group = excluded.blood_group, sex = excluded.sex,
      last_donated_on = excluded.last_donated_on, is_available = excluded.is_available, quiet_from = excluded.quiet_from,
      quiet_to = excluded.quiet_to, within_km = excluded.within_km, lat = excluded.lat, lon = excluded.lon,
      language = excluded.language
  `.execute(db);
}

/** Nothing of somebody as a donor is left; that an unknown was asked stays counted. */
export async function deleteDonor(db: Db, person: PersonId): Promise<void> {
  await sql`delete from donor where person_id = ${person}`.execute(db);
  await sql`update donor_ask set person_id = null where person_id = ${person}`.execute(db);
}

/** Volunteers of a group around a place who were not asked in a call yet; others who ask them wait. */
export async function findCandidates(
  db: Db,
  call: { id: DonorCallId; group: BloodGroup },
  around: Position,
  reachKm: number,
): Promise<DonorRow[]> {
  const degrees = reachKm / KM_A_DEGREE;
  const { rows } = await sql`
    select ${DONOR} from donor d join person p on p.id = d.person_id
    where d.blood_group = ${call.group} and d.is_available and p.phone is not null
      and d.lat between ${around.lat - degrees} and ${around.lat + degrees}
      and not exists (select from donor_ask a where a.call_id = ${call.id} and a.person_id = d.person_id)
    order by abs(d.lat - ${around.lat}) + abs(d.lon - ${around.lon}), d.person_id limit ${CANDIDATES_MAX}
    for update of d skip locked
  `.execute(db);
  return rows.map((row) => DonorRow.parse(row));
}

export async function insertAsk(db: Db, call: DonorCallId, person: PersonId, now: Instant): Promise<void> {
  await sql`insert into donor_ask (call_id, person_id, asked_at) values (${call}, ${person}, ${now}::timestamptz)`.execute(
    db,
  );
  await sql`update donor set asked_at = ${now}::timestamptz where person_id = ${person}`.execute(db);
}

/** @returns whether they were asked at all */
export async function saveAnswer(
  db: Db,
  call: DonorCallId,
  person: PersonId,
  answer: DonorAnswer,
  now: Instant,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update donor_ask set answer = ${answer}, answered_at = ${now}::timestamptz where call_id = ${call} and person_id = ${person}
  `.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

async function findCalls(db: Db, where: RawBuilder<unknown>): Promise<CallRow[]> {
  const { rows } = await sql`select ${CALL} from donor_call c where ${where}`.execute(db);
  return rows.map((row) => CallRow.parse(row));
}

/** A call, with others who work on it waiting until the transaction ends. */
export async function lockCall(db: Db, id: DonorCallId): Promise<CallRow | undefined> {
  await sql`select from donor_call where id = ${id} for update`.execute(db);
  return (await findCalls(db, sql`c.id = ${id}`))[0];
}

export function findCallsOf(db: Db, facility: FacilityId, since: Instant, limit: number): Promise<CallRow[]> {
  return findCalls(
    db,
    sql`c.facility_id = ${facility} and c.started_at > ${since}::timestamptz order by c.started_at desc, c.id limit ${limit}`,
  );
}

export async function findOpenCalls(db: Db, limit: number): Promise<DonorCallId[]> {
  const { rows } = await sql<{ id: string }>`
    select id from donor_call where state = 'open' order by id limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => DonorCallId.parse(id));
}

export async function insertCall(db: Db, call: CallRow, calledBy: string): Promise<void> {
  await sql`
    insert into donor_call (id, facility_id, blood_group, component, wanted, state, started_at, until, called_by)
    values (${call.id}, ${call.facility}, ${call.group}, ${call.component}, ${call.wanted}, ${call.state},
      ${call.startedAt}::timestamptz, ${call.until}::timestamptz, ${calledBy})
  `.execute(db);
}

export async function saveCallState(db: Db, id: DonorCallId, state: DonorCallState): Promise<void> {
  await sql`update donor_call set state = ${state} where id = ${id}`.execute(db);
}

const AskRow = z.object({
  call: DonorCallId,
  facility: FacilityId,
  group: BloodGroup,
  component: BloodComponent,
  state: DonorCallState,
  until: Instant,
  answer: DonorAnswer.nullable(),
});

/** Calls that somebody was asked in, newest first. */
export async function findAsks(
  db: Db,
  person: PersonId,
  since: Instant,
  limit: number,
): Promise<z.infer<typeof AskRow>[]> {
  const { rows } = await sql`
    select c.id as call, c.facility_id as facility, c.blood_group as "group", c.component, c.state, c.until, a.answer
    from donor_ask a join donor_call c on c.id = a.call_id
    where a.person_id = ${person} and a.asked_at > ${since}::timestamptz order by a.asked_at desc limit ${limit}
  `.execute(db);
  return rows.map((row) => AskRow.parse(row));
}
