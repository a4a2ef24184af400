import { sql } from "kysely";
import { z } from "zod";
import { FacilityId, type PersonId } from "@ihims/core/ids.ts";
import { Invitation, Member } from "@ihims/core/members/endpoints.ts";
import type { FacilityRole } from "@ihims/core/people/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";

/** Who works at a facility, by name. */
export async function findMembers(db: Db, facility: FacilityId, now: Instant): Promise<Member[]> {
  const { rows } = await sql`
    select jsonb_build_object('id', p.id, 'name', p.name,
        'email', case when p.email like '%@phone.invalid' then null else p.email end) as person,
      m.role, s.confirmed_at is not null as "hasSecondStep",
      (select max(updated_at) from person_session o where o.person_id = p.id and o.expires_at > ${now}::timestamptz) as "lastSeenAt"
    from membership m join person p on p.id = m.person_id left join second_step s on s.person_id = p.id
    where m.facility_id = ${facility} order by p.name, p.id
  `.execute(db);
  return rows.map((row) => Member.parse(row));
}

/** @returns whether they were a member */
export async function deleteMembership(db: Db, facility: FacilityId, person: PersonId): Promise<boolean> {
  const { rows } = await sql`
    delete from membership where facility_id = ${facility} and person_id = ${person} returning person_id
  `.execute(db);
  return rows.length > 0;
}

/** Give a member another role. @returns whether they are one */
export async function updateMembership(
  db: Db,
  facility: FacilityId,
  person: PersonId,
  role: FacilityRole,
): Promise<boolean> {
  const { rows } = await sql`
    update membership set role = ${role} where facility_id = ${facility} and person_id = ${person} returning person_id
  `.execute(db);
  return rows.length > 0;
}

/** How many administer a facility. */
export async function countAdministrators(db: Db, facility: FacilityId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from membership where facility_id = ${facility} and role = 'administrator'
  `.execute(db);
  return rows[0]?.count ?? 0;
}

const Kept = Invitation.extend({ facilityIds: z.array(FacilityId) });
export type KeptInvitation = z.infer<typeof Kept>;

const INVITATION = sql`
  select i.id, i.role, i.note, p.name as "invitedBy", i.created_at as "createdAt", i.expires_at as "expiresAt",
    i.facilities as "facilityIds",
    coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.profile->>'name') order by f.profile->>'name')
      from facility f where i.facilities ? f.id), '[]') as facilities
  from invitation i left join person p on p.id = i.invited_by
`;

/** The open invitations of a facility, the newest first. */
export async function findOpenInvitations(
  db: Db,
  facility: FacilityId,
  now: Instant,
): Promise<KeptInvitation[]> {
  const { rows } = await sql`
    ${INVITATION} where i.facilities ? ${facility} and i.accepted_at is null and i.revoked_at is null
      and i.expires_at > ${now}::timestamptz
    order by i.created_at desc, i.id limit 100
  `.execute(db);
  return rows.map((row) => Kept.parse(row));
}

/** An open invitation by its id, or by the hash of its link. */
export async function findOpenInvitation(
  db: Db,
  by: { id: string } | { tokenHash: Buffer },
  now: Instant,
): Promise<KeptInvitation | undefined> {
  const { rows } = await sql`
    ${INVITATION} where ${"id" in by ? sql`i.id = ${by.id}` : sql`i.token_hash = ${by.tokenHash}`}
      and i.accepted_at is null and i.revoked_at is null and i.expires_at > ${now}::timestamptz
  `.execute(db);
  return rows[0] ? Kept.parse(rows[0]) : undefined;
}

export async function insertInvitation(
  db: Db,
  given: {
    id: string;
    tokenHash: Buffer;
    facilities: readonly FacilityId[];
    role: FacilityRole;
    note: string | null;
    invitedBy: string;
    createdAt: Instant;
    expiresAt: Instant;
  },
): Promise<void> {
  await sql`
    insert into invitation (id, token_hash, facilities, role, note, invited_by, created_at, expires_at)
    values (${given.id}, ${given.tokenHash}, ${JSON.stringify(given.facilities)}::jsonb, ${given.role}, ${given.note},
      ${given.invitedBy}, ${given.createdAt}::timestamptz, ${given.expiresAt}::timestamptz)
  `.execute(db);
}

/** Use an invitation up. @returns false when somebody else did before */
export async function takeInvitation(db: Db, id: string, person: PersonId, now: Instant): Promise<boolean> {
  const { rows } = await sql`
    update invitation set accepted_at = ${now}::timestamptz, accepted_by = ${person}
    where id = ${id} and accepted_at is null and revoked_at is null returning id
  `.execute(db);
  return rows.length > 0;
}

export async function saveRevoked(db: Db, id: string, now: Instant): Promise<void> {
  await sql`update invitation set revoked_at = ${now}::timestamptz where id = ${id} and accepted_at is null`.execute(
    db,
  );
}
