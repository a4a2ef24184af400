import { sql } from "kysely";
import { z } from "zod";
import { PersonId, type FacilityId } from "@ihims/core/ids.ts";
import { CityRole, Membership, type FacilityRole } from "@ihims/core/people/schema.ts";
import type { Db } from "../../platform/database.ts";

const Roles = z.object({
  id: PersonId,
  name: z.string(),
  email: z.string(),
  cityRoles: z.array(CityRole),
  memberships: z.array(Membership),
});
export type PersonWithRoles = z.infer<typeof Roles>;

/** A person with everything that they may do. */
export async function findPersonWithRoles(db: Db, id: string): Promise<PersonWithRoles | undefined> {
  const { rows } = await sql`
    select p.id, p.name, p.email, p.city_roles as "cityRoles", coalesce(
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
