import { sql } from "kysely";
import { z } from "zod";
import { PersonId, type FacilityId } from "@ihims/core/ids.ts";
import { CityRole, Membership, type FacilityRole } from "@ihims/core/people/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";

/** Accounts made by a telephone have no address; better-auth wants one nevertheless. */
const NO_EMAIL_SUFFIX = "@phone.invalid";

const Roles = z.object({
  id: PersonId,
  name: z.string(),
  email: z.string().transform((email) => (email.endsWith(NO_EMAIL_SUFFIX) ? null : email)),
  phone: z.instanceof(Buffer).nullable().describe("Sealed; null until it was proven"),
  cityRoles: z.array(CityRole),
  memberships: z.array(Membership),
});
export type PersonWithRoles = z.infer<typeof Roles>;

/** A person with everything that they may do. */
export async function findPersonWithRoles(db: Db, id: string): Promise<PersonWithRoles | undefined> {
  const { rows } = await sql`
    select p.id, p.name, p.email, case when p.phone_verified then p.phone end as phone, p.city_roles as "cityRoles", coalesce(
      (select jsonb_agg(jsonb_build_object('facility', m.facility_id, 'facilityName', f.profile->>'name', 'role', m.role) order by f.profile->>'name')
       from membership m join facility f on f.id = m.facility_id where m.person_id = p.id), '[]') as memberships
    from person p where p.id = ${id}
  `.execute(db);
  return rows[0] ? Roles.parse(rows[0]) : undefined;
}

export async function insertPerson(
  db: Db,
  person: { id: PersonId; name: string; email: string; passwordHash: string; cityRoles: readonly CityRole[] },
): Promise<void> {
  await sql`
    insert into person (id, name, email, email_verified, city_roles)
    values (${person.id}, ${person.name}, ${person.email}, true, ${JSON.stringify(person.cityRoles)}::jsonb)
  `.execute(db);
  await sql`
    insert into person_account (id, person_id, account_id, provider_id, password)
    values (${`${person.id}-password`}, ${person.id}, ${person.id}, 'credential', ${person.passwordHash})
  `.execute(db);
}

export async function saveMembership(
  db: Db,
  person: PersonId,
  facility: FacilityId,
  role: FacilityRole,
): Promise<void> {
  await sql`
    insert into membership (person_id, facility_id, role) values (${person}, ${facility}, ${role})
    on conflict (person_id, facility_id) do update set role = excluded.role
  `.execute(db);
}

export async function hasPeople(db: Db): Promise<boolean> {
  const { rows } = await sql`select from person limit 1`.execute(db);
  return rows.length > 0;
}

/** The password's hash and the id of the account with this address. */
export async function findIdByEmail(db: Db, email: string): Promise<PersonId | undefined> {
  const { rows } = await sql<{ id: string }>`select id from person where email = ${email}`.execute(db);
  return rows[0] && PersonId.parse(rows[0].id);
}

/** An address that stands where there is none. */
export function noEmailFor(phoneHash: string): string {
  return `${phoneHash}${NO_EMAIL_SUFFIX}`;
}

export async function insertCode(
  db: Db,
  phoneHash: string,
  codeHash: Buffer,
  expiresAt: Instant,
): Promise<void> {
  await sql`
    insert into phone_code (phone_hash, code_hash, expires_at)
    values (${phoneHash}, ${codeHash}, ${expiresAt}::timestamptz)
    on conflict (phone_hash, code_hash) do update set expires_at = excluded.expires_at
  `.execute(db);
}

/** Use a code up, and all others of the number with it. @returns whether it was one */
export async function takeCodes(db: Db, phoneHash: string, codeHash: Buffer, now: Instant): Promise<boolean> {
  const { rows } = await sql`
    delete from phone_code where phone_hash = ${phoneHash} and exists (
      select from phone_code c
      where c.phone_hash = ${phoneHash} and c.code_hash = ${codeHash} and c.expires_at > ${now}::timestamptz
    )
    returning phone_hash
  `.execute(db);
  return rows.length > 0;
}

export async function forgetCodesBefore(db: Db, moment: Instant): Promise<void> {
  await sql`delete from phone_code where expires_at < ${moment}::timestamptz`.execute(db);
}

/** @param sealed the number, encrypted */
export async function savePhone(db: Db, id: PersonId, sealed: Buffer): Promise<void> {
  await sql`update person set phone = ${sealed} where id = ${id}`.execute(db);
}

/** The account with its sessions, its password and its roles. */
export async function deletePerson(db: Db, id: PersonId): Promise<void> {
  await sql`delete from person where id = ${id}`.execute(db);
}
