import { hashPassword } from "better-auth/crypto";
import { z } from "zod";
import { PersonId, type FacilityId } from "@ihims/core/ids.ts";
import { mayAdminister } from "@ihims/core/people/rules.ts";
import type { Actor, CityRole, FacilityRole, Session } from "@ihims/core/people/schema.ts";
import { Problem } from "@ihims/core/problem.ts";
import { instantOf } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { randomId } from "../../platform/random-id.ts";
import type { Authentication } from "./authentication.ts";
import {
  findIdByEmail,
  findPersonWithRoles,
  hasPeople,
  insertPerson,
  saveMembership,
  type PersonWithRoles,
} from "./store.ts";

export const NewPerson = z.object({
  email: z
    .email()
    .max(200)
    .transform((text) => text.toLowerCase()),
  name: z.string().min(1).max(120),
  password: z.string().min(8, "a password has at least 8 characters").max(200),
});

/**
 * Make an account.
 *
 * @throws Problem `conflict` when the address has one already, `not-allowed`
 */
export async function createPerson(
  ctx: Context,
  given: z.input<typeof NewPerson> & {
    cityRoles?: readonly CityRole[];
    memberships?: readonly { facility: FacilityId; role: FacilityRole }[];
  },
): Promise<PersonId> {
  const { cityRoles = [], memberships = [] } = given;
  if (
    ctx.actor.kind !== "operator" &&
    (cityRoles.length > 0 ||
      memberships.length === 0 ||
      !memberships.every(({ facility }) => mayAdminister(ctx.actor, facility)))
  ) {
    throw new Problem("not-allowed", "Only an administrator of the facility makes accounts for it");
  }
  const { email, name, password } = NewPerson.parse(given);
  const passwordHash = await hashPassword(password);
  return ctx.transaction(async (tx) => {
    if (await findIdByEmail(tx.db, email))
      throw new Problem("conflict", "There is an account with this address");
    const id = PersonId.parse(`p${randomId()}`);
    await insertPerson(tx.db, { id, name, email, passwordHash, cityRoles });
    for (const { facility, role } of memberships) await saveMembership(tx.db, id, facility, role);
    return id;
  });
}

/** Make the first platform administrator, when nobody has an account yet. */
export async function bootstrapAdministrator(ctx: Context, emailAndPassword: string): Promise<boolean> {
  if (await hasPeople(ctx.db)) return false;
  const colon = emailAndPassword.indexOf(":");
  await createPerson(ctx, {
    email: emailAndPassword.slice(0, colon),
    password: emailAndPassword.slice(colon + 1),
    name: "Administrator",
    cityRoles: ["platform-administrator"],
  });
  return true;
}

/** Give somebody a role at a facility, or another one than they have. */
export async function grantMembership(
  ctx: Context,
  person: PersonId,
  facility: FacilityId,
  role: FacilityRole,
): Promise<void> {
  if (!mayAdminister(ctx.actor, facility))
    throw new Problem("not-allowed", "Only an administrator of the facility gives roles at it");
  await saveMembership(ctx.db, person, facility, role);
}

/** Who a session's cookie belongs to; anonymous when it is none, or has ended. */
export async function personOf(
  ctx: Pick<Context, "db">,
  authentication: Authentication,
  headers: Headers,
): Promise<Actor> {
  const session = await authentication.sessionOf(headers);
  const person = session && (await findPersonWithRoles(ctx.db, session.personId));
  if (!person) return { kind: "anonymous" };
  return { kind: "person", id: person.id, cityRoles: person.cityRoles, memberships: person.memberships };
}

/** @throws Problem `not-signed-in` */
export async function currentSession(
  ctx: Context,
  authentication: Authentication,
  headers: Headers,
): Promise<Session> {
  const session = await authentication.sessionOf(headers);
  const person = session && (await findPersonWithRoles(ctx.db, session.personId));
  if (!person) throw new Problem("not-signed-in", "There is no session");
  return sessionOf(person, session.expiresAt);
}

/** @throws Problem `not-signed-in`, with the same words whether the address or the password is wrong */
export async function signInWith(
  ctx: Context,
  authentication: Authentication,
  headers: Headers,
  given: { email: string; password: string },
): Promise<{ session: Session; cookies: string[] }> {
  const signedIn = await authentication.signIn(headers, { ...given, email: given.email.toLowerCase() });
  const person = signedIn && (await findPersonWithRoles(ctx.db, signedIn.personId));
  if (!person) throw new Problem("not-signed-in", "The e-mail or the password is not right");
  return { session: sessionOf(person, signedIn.expiresAt), cookies: signedIn.cookies };
}

function sessionOf(person: PersonWithRoles, expiresAt: Date): Session {
  const { id, name, email, cityRoles, memberships } = person;
  return { person: { id, name, email }, cityRoles, memberships, expiresAt: instantOf(expiresAt) };
}
