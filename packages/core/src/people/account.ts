import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { Instant } from "../time.ts";

const SessionId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "not an id");
const code = z.string().trim().min(6).max(20).describe("Six digits of the authenticator, or a recovery code");

/** A place where somebody is signed in. */
export const OpenSession = z.object({
  id: SessionId,
  isThis: z.boolean().describe("The one that asks"),
  startedAt: Instant,
  usedAt: Instant.describe("To the day"),
  expiresAt: Instant,
  device: z.string().nullable().describe("How the browser names itself"),
});
export type OpenSession = z.infer<typeof OpenSession>;

export const listSessions = endpoint({
  method: "GET",
  path: "/sessions",
  access: "signed-in",
  noun: "people",
  summary: "Where I am signed in",
  reply: z.object({ items: z.array(OpenSession) }),
});

export const endSession = endpoint({
  method: "DELETE",
  path: "/sessions/:id",
  access: "signed-in",
  noun: "people",
  summary: "Sign me out somewhere",
  params: z.object({ id: SessionId }),
});

export const getSecondStep = endpoint({
  method: "GET",
  path: "/people/me/second-step",
  access: "signed-in",
  noun: "people",
  summary: "Whether I sign in with a code beside the password",
  reply: z.object({ isOn: z.boolean(), recoveryCodesLeft: z.int() }),
});

export const beginSecondStep = endpoint({
  method: "POST",
  path: "/people/me/second-step",
  access: "signed-in",
  noun: "people",
  summary: "Make a secret for an authenticator app (TOTP, RFC 6238); it counts once a code of it was shown",
  reply: z.object({
    secret: z.string().describe("Base 32, to be typed where a link cannot be opened"),
    link: z.string().describe("otpauth://"),
  }),
  status: 201,
});

export const confirmSecondStep = endpoint({
  method: "PUT",
  path: "/people/me/second-step",
  access: "signed-in",
  noun: "people",
  summary: "Show a code of the new secret: from then on one is asked for at each sign-in",
  body: z.strictObject({ code }),
  reply: z.object({
    recoveryCodes: z.array(z.string()).describe("Each good for one sign-in; shown this once"),
  }),
});

export const endSecondStep = endpoint({
  method: "POST",
  path: "/people/me/second-step/end",
  access: "signed-in",
  noun: "people",
  summary: "Sign in with the password alone again",
  body: z.strictObject({ code }),
});
