import { createHash, randomBytes } from "node:crypto";
import type { z } from "zod";
import type { Reply } from "@ihims/core/endpoint.ts";
import type { FacilityId, PersonId } from "@ihims/core/ids.ts";
import {
  Invitation,
  type acceptInvitation,
  type inviteMember,
  type listMembers,
  type readInvitation,
} from "@ihims/core/members/endpoints.ts";
import { mayAdminister } from "@ihims/core/people/rules.ts";
import type { FacilityRole } from "@ihims/core/people/schema.ts";
import { Problem } from "@ihims/core/problem.ts";
import { DAY_MS, later } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { randomId } from "../../platform/random-id.ts";
import { findFacility, lockFacility } from "../facilities/facilities.ts";
import { createInvited, grantInvited } from "../people/people.ts";
import {
  countAdministrators,
  deleteMembership,
  findMembers,
  findOpenInvitation,
  findOpenInvitations,
  insertInvitation,
  saveRevoked,
  takeInvitation,
  updateMembership,
  type KeptInvitation,
} from "./store.ts";

/** How long a link is good. */
const INVITATION_MS = 7 * DAY_MS;

/** @throws Problem `not-found`, `not-allowed` */
async function mustAdminister(ctx: Context, facility: FacilityId): Promise<void> {
  if (!mayAdminister(ctx.actor, facility))
    throw new Problem("not-allowed", "Only an administrator of the facility decides who works there");
  if (!(await findFacility(ctx, facility))) throw new Problem("not-found", "There is no such facility");
}

export async function membersOf(ctx: Context, facility: FacilityId): Promise<Reply<typeof listMembers>> {
  await mustAdminister(ctx, facility);
  const invitations = await findOpenInvitations(ctx.db, facility, ctx.now());
  return {
    items: await findMembers(ctx.db, facility, ctx.now()),
    // Who administers one of several facilities does not learn of the others.
    invitations: invitations
      .filter(({ facilityIds }) => facilityIds.every((id) => mayAdminister(ctx.actor, id)))
      .map((one) => Invitation.parse(one)),
  };
}

/** Make a link for one or several facilities, all of which the actor administers. */
export async function invite(
  ctx: Context,
  given: z.output<typeof inviteMember.body>,
): Promise<Reply<typeof inviteMember>> {
  const facilities = [...new Set(given.facilities)];
  for (const facility of facilities) await mustAdminister(ctx, facility);
  const token = randomBytes(32).toString("base64url");
  const id = `i${randomId()}`;
  await insertInvitation(ctx.db, {
    id,
    tokenHash: hashOf(token),
    facilities,
    role: given.role,
    note: given.note ?? null,
    invitedBy: ctx.actor.kind === "person" ? ctx.actor.id : ctx.actor.kind,
    createdAt: ctx.now(),
    expiresAt: later(ctx.now(), INVITATION_MS),
  });
  const made = await findOpenInvitation(ctx.db, { id }, ctx.now());
  if (!made) throw new Error("an invitation that was just made is not there");
  return { ...Invitation.parse(made), token };
}

/** @throws Problem `not-found`, also for who does not administer all of its facilities */
export async function revoke(ctx: Context, id: string): Promise<void> {
  const known = await findOpenInvitation(ctx.db, { id }, ctx.now());
  if (!known?.facilityIds.every((facility) => mayAdminister(ctx.actor, facility)))
    throw new Problem("not-found", "There is no such open invitation of yours");
  await saveRevoked(ctx.db, id, ctx.now());
}

/** @throws Problem `not-found` when the link is worthless */
export async function invitationOf(ctx: Context, token: string): Promise<Reply<typeof readInvitation>> {
  const { facilities, role, invitedBy, expiresAt } = await openInvitation(ctx, token);
  return { facilities, role, invitedBy, expiresAt };
}

async function openInvitation(ctx: Context, token: string): Promise<KeptInvitation> {
  const known = await findOpenInvitation(ctx.db, { tokenHash: hashOf(token) }, ctx.now());
  if (!known)
    throw new Problem("not-found", "This link was used, taken back, or is too old: ask for another one");
  return known;
}

/**
 * Become a member by a link. A link never takes a greater role away that somebody has already.
 *
 * @throws Problem `not-found` when the link is worthless; `not-signed-in` without an account to be a
 *   member with; `conflict` when the address has an account: sign in, then open the link again
 */
export function accept(
  ctx: Context,
  { token, account }: z.output<typeof acceptInvitation.body>,
): Promise<Reply<typeof acceptInvitation>> {
  return ctx.transaction(async (tx) => {
    const invitation = await openInvitation(tx, token);
    const person = account ? await createInvited(tx, account) : mySelf(tx);
    if (!(await takeInvitation(tx.db, invitation.id, person, tx.now())))
      throw new Problem("not-found", "This link was used, taken back, or is too old: ask for another one");
    for (const facility of invitation.facilityIds) await grantInvited(tx, person, facility, invitation.role);
    return { person, facilities: invitation.facilityIds };
  });
}

function mySelf({ actor }: Context): PersonId {
  if (actor.kind !== "person")
    throw new Problem("not-signed-in", "Sign in, or make an account with the link");
  return actor.id;
}

/** @throws Problem `not-found`, `not-allowed`, `conflict` for the last administrator */
export function changeRole(
  ctx: Context,
  facility: FacilityId,
  person: PersonId,
  role: FacilityRole,
): Promise<void> {
  return change(ctx, facility, (tx) => updateMembership(tx.db, facility, person, role));
}

/** @throws Problem as `changeRole` */
export function letGo(ctx: Context, facility: FacilityId, person: PersonId): Promise<void> {
  return change(ctx, facility, (tx) => deleteMembership(tx.db, facility, person));
}

async function change(
  ctx: Context,
  facility: FacilityId,
  work: (tx: Context) => Promise<boolean>,
): Promise<void> {
  await mustAdminister(ctx, facility);
  await ctx.transaction(async (tx) => {
    await lockFacility(tx, facility);
    const before = await countAdministrators(tx.db, facility);
    if (!(await work(tx))) throw new Problem("not-found", "Nobody of that name works there");
    if (before > 0 && (await countAdministrators(tx.db, facility)) === 0)
      throw new Problem("conflict", "Somebody has to administer it: make another member administrator first");
  });
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
