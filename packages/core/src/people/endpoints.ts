import { z } from "zod";
import { endpoint, pageOf, pageQuery } from "../endpoint.ts";
import { FacilityId, KeyId } from "../ids.ts";
import { SubjectKind } from "../observations/schema.ts";
import { Instant } from "../time.ts";
import { ApiKey, Session } from "./schema.ts";

export const signIn = endpoint({
  method: "POST",
  path: "/session",
  access: "public",
  noun: "people",
  summary: "Sign in with e-mail and password; sets the session's cookie",
  body: z.strictObject({
    email: z.email().max(200),
    password: z.string().min(1).max(200),
    code: z
      .string()
      .max(20)
      .optional()
      .describe("Of the authenticator, or a recovery code: wanted when a 401 has the reason `code-wanted`"),
  }),
  reply: Session,
});

export const getSession = endpoint({
  method: "GET",
  path: "/session",
  access: "signed-in",
  noun: "people",
  summary: "Who is signed in, and what they may do where",
  reply: Session,
});

export const signOut = endpoint({
  method: "DELETE",
  path: "/session",
  access: "public",
  noun: "people",
  summary: "Sign out; ends the session",
});

const phone = z.string().trim().min(4).max(40).describe("As people write it; without a country, the city's");

export const requestPhoneCode = endpoint({
  method: "POST",
  path: "/session/phone",
  access: "public",
  noun: "people",
  summary:
    "Send a one-time code by SMS; the answer is the same for a number that is known and one that is not",
  body: z.strictObject({ phone }),
  reply: z.object({
    digits: z.int().describe("How many digits the code has"),
    validUntil: Instant.describe("An earlier code stays valid for its own time"),
  }),
  status: 202,
});

export const signInByPhone = endpoint({
  method: "POST",
  path: "/session/phone/verification",
  access: "public",
  noun: "people",
  summary:
    "Sign in with the code from the SMS; sets the session's cookie, and makes the account when there is none",
  body: z.strictObject({
    phone,
    code: z.string().max(40).describe("Spaces and hyphens do not count"),
  }),
  reply: Session,
});

export const deleteAccount = endpoint({
  method: "DELETE",
  path: "/people/me",
  access: "signed-in",
  noun: "people",
  summary: "Delete my account and everything that leads back to me; my open holds are cancelled",
});

const NewKey = z.strictObject({
  name: z.string().trim().min(1).max(100),
  facilities: z.array(FacilityId).min(1).max(1000),
  subjects: z.array(SubjectKind).min(1),
  mayChangePages: z.boolean().default(false),
  expiresAt: Instant.optional(),
});

export const issueKey = endpoint({
  method: "POST",
  path: "/keys",
  access: "signed-in",
  noun: "keys",
  summary: "Issue an API key for facilities and kinds of figure; the secret is shown this once",
  body: NewKey,
  reply: ApiKey.extend({
    secret: z.string().describe("Send it as Authorization: Bearer; it is not kept and not shown again"),
  }),
  status: 201,
});

export const listKeys = endpoint({
  method: "GET",
  path: "/keys",
  access: "signed-in",
  noun: "keys",
  summary: "The keys of my facilities, without their secrets",
  query: z.strictObject({ facility: FacilityId.optional(), ...pageQuery }),
  reply: pageOf(ApiKey),
});

export const revokeKey = endpoint({
  method: "DELETE",
  path: "/keys/:id",
  access: "signed-in",
  noun: "keys",
  summary: "Revoke a key; it opens nothing from then on",
  params: z.object({ id: KeyId }),
});
