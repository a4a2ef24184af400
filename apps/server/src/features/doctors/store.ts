import { sql } from "kysely";
import { Doctor, type DoctorProfile, type Roster } from "@ihims/core/doctors/schema.ts";
import type { DoctorId, FacilityId } from "@ihims/core/ids.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";

interface DoctorRow {
  id: string;
  profile: object;
  posts: unknown;
  version: number;
  updated_at: string;
}

function doctorFromRow({ id, profile, posts, version, updated_at }: DoctorRow): Doctor {
  return Doctor.parse({ ...profile, id, posts, version, updatedAt: updated_at });
}

const WITH_POSTS = sql`
  select d.id, d.profile, d.version, d.updated_at,
    coalesce(jsonb_agg(p.roster || jsonb_build_object('facility', p.facility_id) order by p.facility_id)
      filter (where p.facility_id is not null), '[]') as posts
  from doctor d left join post p on p.doctor_id = d.id
`;

export async function findAllDoctors(db: Db): Promise<Doctor[]> {
  const { rows } = await sql<DoctorRow>`${WITH_POSTS} group by d.id`.execute(db);
  return rows.map(doctorFromRow);
}

export async function findDoctors(db: Db, ids: readonly DoctorId[]): Promise<Doctor[]> {
  const { rows } = await sql<DoctorRow>`
    ${WITH_POSTS} where d.id = any(${ids}::text[]) group by d.id order by d.id
  `.execute(db);
  return rows.map(doctorFromRow);
}

/** Who has a post at a facility. */
export async function findDoctorsOf(db: Db, facility: FacilityId): Promise<Doctor[]> {
  const { rows } = await sql<DoctorRow>`
    ${WITH_POSTS} where d.id in (select doctor_id from post where facility_id = ${facility}) group by d.id order by d.id
  `.execute(db);
  return rows.map(doctorFromRow);
}

export async function insertDoctors(
  db: Db,
  doctors: readonly { id: DoctorId; profile: DoctorProfile }[],
  now: Instant,
): Promise<void> {
  await sql`
    insert into doctor (id, profile, updated_at)
    select id, profile::jsonb, ${now}::timestamptz
    from unnest(${doctors.map(({ id }) => id)}::text[], ${doctors.map(({ profile }) => JSON.stringify(profile))}::text[])
      as given (id, profile)
  `.execute(db);
}

export async function insertPosts(
  db: Db,
  posts: readonly { doctor: DoctorId; facility: FacilityId; roster: Roster }[],
): Promise<void> {
  await sql`
    insert into post (doctor_id, facility_id, roster)
    select doctor, facility, roster::jsonb
    from unnest(
      ${posts.map(({ doctor }) => doctor)}::text[], ${posts.map(({ facility }) => facility)}::text[],
      ${posts.map(({ roster }) => JSON.stringify(roster))}::text[]
    ) as given (doctor, facility, roster)
  `.execute(db);
}

export async function deletePostsOf(db: Db, facility: FacilityId): Promise<void> {
  await sql`delete from post where facility_id = ${facility}`.execute(db);
}

/** One version on, for whoever's posts changed. */
export async function countVersions(db: Db, ids: readonly DoctorId[], now: Instant): Promise<void> {
  await sql`
    update doctor set version = version + 1, updated_at = ${now}::timestamptz where id = any(${ids}::text[])
  `.execute(db);
}
