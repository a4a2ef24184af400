import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { FacilityId, PersonId } from "../ids.ts";
import { FacilityRole } from "../people/schema.ts";
import { Instant } from "../time.ts";

/** Most facilities that one invitation covers: an organization's. */
export const INVITED_FACILITIES_MAX = 100;
/** Shortest password that is taken. */
export const PASSWORD_MIN_CHARS = 8;

/** Who works at a facility, and as what. */
export const Member = z.object({
  person: z.object({ id: PersonId, name: z.string(), email: z.string().nullable() }),
  role: FacilityRole,
  hasSecondStep: z.boolean().describe("Signs in with a code beside the password"),
  lastSeenAt: Instant.nullable().describe("To the day, of a session that has not ended"),
});
export type Member = z.infer<typeof Member>;

const InvitationId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "not an id");

/** A link that makes whoever has it a member, once. The link itself is only shown when it is made. */
export const Invitation = z.object({
  id: InvitationId,
  facilities: z.array(z.object({ id: FacilityId, name: z.string() })),
  role: FacilityRole,
  note: z.string().nullable().describe("Whom it is for, in the words of who made it"),
  invitedBy: z.string().nullable(),
  createdAt: Instant,
  expiresAt: Instant,
});
export type Invitation = z.infer<typeof Invitation>;

const token = z.string().min(20).max(100).describe("What stands behind # in the link");

export const listMembers = endpoint({
  method: "GET",
  path: "/members",
  access: "signed-in",
  noun: "members",
  summary: "Who works at a facility, and the invitations that are open",
  query: z.strictObject({ facility: FacilityId }),
  reply: z.object({ items: z.array(Member), invitations: z.array(Invitation) }),
});

export const inviteMember = endpoint({
  method: "POST",
  path: "/members",
  access: "signed-in",
  noun: "members",
  summary: "Make a link that makes whoever opens it a member of one or several facilities, once",
  body: z.strictObject({
    facilities: z.array(FacilityId).min(1).max(INVITED_FACILITIES_MAX),
    role: FacilityRole,
    note: z.string().trim().min(1).max(120).optional().describe("Whom it is for"),
  }),
  reply: Invitation.extend({ token }),
  status: 201,
});

export const changeMember = endpoint({
  method: "PUT",
  path: "/facilities/:id/members/:person",
  access: "signed-in",
  noun: "members",
  summary: "Give a member another role",
  params: z.object({ id: FacilityId, person: PersonId }),
  body: z.strictObject({ role: FacilityRole }),
});

export const removeMember = endpoint({
  method: "DELETE",
  path: "/facilities/:id/members/:person",
  access: "signed-in",
  noun: "members",
  summary: "Let a member go; what they reported keeps their name",
  params: z.object({ id: FacilityId, person: PersonId }),
});

export const revokeInvitation = endpoint({
  method: "DELETE",
  path: "/invitations/:id",
  access: "signed-in",
  noun: "members",
  summary: "Make an open invitation's link worthless",
  params: z.object({ id: InvitationId }),
});

export const readInvitation = endpoint({
  method: "POST",
  path: "/invitations/reading",
  access: "public",
  noun: "members",
  summary: "What a link invites to",
  body: z.strictObject({ token }),
  reply: Invitation.pick({ facilities: true, role: true, invitedBy: true, expiresAt: true }),
});

export const acceptInvitation = endpoint({
  method: "POST",
  path: "/invitations/acceptance",
  access: "public",
  noun: "members",
  summary: "Become a member by a link: with a new account, or as who is signed in",
  body: z.strictObject({
    token,
    account: z
      .strictObject({
        email: z.email().max(200),
        name: z.string().trim().min(1).max(120),
        password: z.string().min(PASSWORD_MIN_CHARS).max(200),
      })
      .optional()
      .describe("Absent: the account that is signed in"),
  }),
  reply: z.object({ person: PersonId, facilities: z.array(FacilityId) }),
  status: 201,
});
