import { hashPassword } from "better-auth/crypto";
import { z } from "zod";
import { PersonId, type FacilityId } from "@ihims/core/ids.ts";
import { mayAdminister } from "@ihims/core/people/rules.ts";
import type { Actor, CityRole, FacilityRole, Session } from "@ihims/core/people/schema.ts";
import { Problem } from "@ihims/core/problem.ts";
import { instantOf } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { randomId } from "../../platform/random-id.ts";
import { keyFor, seal, unseal } from "../../platform/secrets.ts";
import type { Attempts } from "../../platform/attempts.ts";
import { passSecondStep } from "./account.ts";
import { deleteSessionByToken } from "./account-store.ts";
import type { Authentication } from "./authentication.ts";
import {
  deletePerson,
  findIdByEmail,
  findPersonWithRoles,
  hasPeople,
  insertPerson,
  saveMembership,
  type PersonWithRoles,
} from "./store.ts";

/** What of a number is shown: the country, and enough to know it again. */
const PHONE_START_CHARS = 3;
const PHONE_END_CHARS = 3;
const PHONES_PURPOSE = "phones";

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
  return insertAccount(ctx, given, { cityRoles, memberships });
}

async function insertAccount(
  ctx: Context,
  given: z.input<typeof NewPerson>,
  may: {
    cityRoles: readonly CityRole[];
    memberships: readonly { facility: FacilityId; role: FacilityRole }[];
  },
): Promise<PersonId> {
  const { email, name, password } = NewPerson.parse(given);
  const passwordHash = await hashPassword(password);
  return ctx.transaction(async (tx) => {
    if (await findIdByEmail(tx.db, email))
      throw new Problem("conflict", "There is an account with this address");
    const id = PersonId.parse(`p${randomId()}`);
    await insertPerson(tx.db, { id, name, email, passwordHash, cityRoles: may.cityRoles });
    for (const { facility, role } of may.memberships) await saveMembership(tx.db, id, facility, role);
    return id;
  });
}

/** Make an account for who has an invitation, without any rights yet. @throws Problem `conflict` */
export function createInvited(ctx: Context, given: z.input<typeof NewPerson>): Promise<PersonId> {
  return insertAccount(ctx, given, { cityRoles: [], memberships: [] });
}

/** Give who has an invitation its role at a facility; an administrator stays one. */
export async function grantInvited(
  ctx: Context,
  person: PersonId,
  facility: FacilityId,
  role: FacilityRole,
): Promise<void> {
  const known = (await findPersonWithRoles(ctx.db, person))?.memberships.find(
    (one) => one.facility === facility,
  );
  if (known?.role !== "administrator") await saveMembership(ctx.db, person, facility, role);
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
  const { id, cityRoles, memberships, phone } = person;
  return { kind: "person", id, cityRoles, memberships, hasPhone: phone !== null };
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
  return sessionOf(ctx, person, session.expiresAt);
}

/** @throws Problem `not-signed-in`, with the same words whether the address or the password is wrong */
export async function signInWith(
  ctx: Context,
  authentication: Authentication,
  headers: Headers,
  attempts: Attempts,
  given: { email: string; password: string; code?: string | undefined },
): Promise<{ session: Session; cookies: string[] }> {
  const { email, password, code } = given;
  const signedIn = await authentication.signIn(headers, { email: email.toLowerCase(), password });
  const person = signedIn && (await findPersonWithRoles(ctx.db, signedIn.personId));
  if (!person) throw new Problem("not-signed-in", "The e-mail or the password is not right");
  try {
    await passSecondStep(ctx, attempts, person.id, code);
  } catch (error) {
    // The password alone has begun a session: without the code there is none.
    await deleteSessionByToken(ctx.db, signedIn.token);
    throw error;
  }
  return { session: sessionOf(ctx, person, signedIn.expiresAt), cookies: signedIn.cookies };
}

/** What a session's owner is told of it. */
export function sessionOf(
  ctx: Pick<Context, "secretKey">,
  person: PersonWithRoles,
  expiresAt: Date,
): Session {
  const { id, name, email, cityRoles, memberships } = person;
  const number = phoneOf(ctx, person.phone);
  const phone = number && `${number.slice(0, PHONE_START_CHARS)}…${number.slice(-PHONE_END_CHARS)}`;
  return { person: { id, name, email, phone }, cityRoles, memberships, expiresAt: instantOf(expiresAt) };
}

/** The number that was sealed, in E.164. @param sealed as it stands in the database; null: none */
export function phoneOf(ctx: Pick<Context, "secretKey">, sealed: Buffer | null): string | null {
  return sealed && unseal(keyFor(ctx.secretKey, PHONES_PURPOSE), sealed);
}

/** The number that somebody has proven, encrypted; null when they have not. */
export async function findPhone(ctx: Context, id: PersonId): Promise<Buffer | null> {
  return (await findPersonWithRoles(ctx.db, id))?.phone ?? null;
}

/** Encrypt a number that somebody is to be called back on. */
export function sealPhone(ctx: Pick<Context, "secretKey">, phone: string): Buffer {
  return seal(keyFor(ctx.secretKey, PHONES_PURPOSE), phone);
}

/**
 * Delete one's own account. Those who work for an institution or the city are let go by their
 * administrators: what they reported keeps their name.
 *
 * @throws Problem `not-allowed`, `conflict`
 */
export async function deleteOwnAccount(
  ctx: Context,
  forget: (tx: Context, id: PersonId) => Promise<void>,
): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== "person") throw new Problem("not-allowed", "Only a person has an account to delete");
  if (actor.memberships.length > 0 || actor.cityRoles.length > 0)
    throw new Problem("conflict", "This account works for an institution: its administrator removes it");
  await ctx.transaction(async (tx) => {
    await forget(tx, actor.id);
    await deletePerson(tx.db, actor.id);
  });
}
