import { createHmac, randomBytes } from "node:crypto";
import type { Reply } from "@ihims/core/endpoint.ts";
import type { PersonId } from "@ihims/core/ids.ts";
import type {
  beginSecondStep,
  confirmSecondStep,
  getSecondStep,
  listSessions,
} from "@ihims/core/people/account.ts";
import { Problem } from "@ihims/core/problem.ts";
import { MINUTE_MS } from "@ihims/core/time.ts";
import type { Attempts, Limit } from "../../platform/attempts.ts";
import type { Context } from "../../platform/context.ts";
import { keyFor, seal, unseal } from "../../platform/secrets.ts";
import {
  deleteSecondStep,
  deleteSession,
  findSessions,
  lockSecondStep,
  saveConfirmed,
  saveNewSecret,
  saveUsed,
} from "./account-store.ts";
import type { Authentication } from "./authentication.ts";
import { base32, stepOf } from "./totp.ts";

const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;
const PURPOSE = "second steps";
/** Three codes are right at a time, so ten guesses in 15 minutes: one in 33,000. */
const GUESSES: Limit = { name: "second steps", max: 10, windowMs: 15 * MINUTE_MS };

/** @throws Problem `not-allowed` for a machine */
function me({ actor }: Context): PersonId {
  if (actor.kind !== "person") throw new Problem("not-allowed", "Only people have sessions");
  return actor.id;
}

/** Where I am signed in. */
export async function sessionsOf(
  ctx: Context,
  authentication: Authentication,
  headers: Headers,
): Promise<Reply<typeof listSessions>> {
  const current = await authentication.sessionOf(headers);
  const sessions = await findSessions(ctx.db, me(ctx), ctx.now());
  return { items: sessions.map((one) => ({ ...one, isThis: one.id === current?.sessionId })) };
}

/** @throws Problem `not-found`, also for somebody else's */
export async function endSessionOf(ctx: Context, id: string): Promise<void> {
  if (!(await deleteSession(ctx.db, me(ctx), id)))
    throw new Problem("not-found", "There is no such session of yours");
}

export async function secondStepOf(ctx: Context): Promise<Reply<typeof getSecondStep>> {
  const step = await ctx.transaction((tx) => lockSecondStep(tx.db, me(tx)));
  return { isOn: step?.isConfirmed ?? false, recoveryCodesLeft: step?.recoveryHashes.length ?? 0 };
}

/** @throws Problem `conflict` when it is on already */
export function startSecondStep(ctx: Context): Promise<Reply<typeof beginSecondStep>> {
  const secret = randomBytes(SECRET_BYTES);
  return ctx.transaction(async (tx) => {
    const person = me(tx);
    if ((await lockSecondStep(tx.db, person))?.isConfirmed)
      throw new Problem("conflict", "You sign in with a code already: end that first");
    await saveNewSecret(tx.db, person, seal(keyFor(tx.secretKey, PURPOSE), secret.toString("base64")));
    const label = encodeURIComponent(`IHIMS ${tx.city.name}`);
    const text = base32(secret);
    return { secret: text, link: `otpauth://totp/${label}?secret=${text}&issuer=IHIMS` };
  });
}

/** @throws Problem `bad-input` when the code is not of the new secret, `conflict` when there is none */
export async function switchOnSecondStep(
  ctx: Context,
  attempts: Attempts,
  code: string,
): Promise<Reply<typeof confirmSecondStep>> {
  const person = me(ctx);
  await attempts.take(GUESSES, person, ctx.now());
  return ctx.transaction(async (tx) => {
    const known = await lockSecondStep(tx.db, person);
    if (!known || known.isConfirmed) throw new Problem("conflict", "There is no new secret to confirm");
    const step = stepOf(secretOf(tx, known.secret), plain(code), tx.now(), 0);
    if (step === undefined) throw wrongCode();
    const recoveryCodes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    const recoveryHashes = recoveryCodes.map((one) => hashOfRecovery(tx, person, one));
    await saveConfirmed(tx.db, person, { step, recoveryHashes, now: tx.now() });
    return { recoveryCodes };
  });
}

/** @throws Problem `bad-input` when the code is wrong, `conflict` when there is nothing to end */
export async function switchOffSecondStep(ctx: Context, attempts: Attempts, code: string): Promise<void> {
  const person = me(ctx);
  await attempts.take(GUESSES, person, ctx.now());
  await ctx.transaction(async (tx) => {
    const outcome = await useCode(tx, person, code);
    if (outcome === "not-wanted") throw new Problem("conflict", "You sign in with the password alone");
    if (outcome === "wrong") throw wrongCode();
    await deleteSecondStep(tx.db, person);
  });
}

/**
 * Hold the second step of somebody whose password was right against a code, and use the code up.
 *
 * @throws Problem `not-signed-in` with the reason `code-wanted` or `code-wrong`, `too-many-requests`
 */
export async function passSecondStep(
  ctx: Context,
  attempts: Attempts,
  person: string,
  code: string | undefined,
): Promise<void> {
  const isWanted = (await ctx.transaction((tx) => lockSecondStep(tx.db, person)))?.isConfirmed ?? false;
  if (!isWanted) return;
  if (code === undefined)
    throw new Problem("not-signed-in", "The code of the authenticator is wanted as well", {
      reason: "code-wanted",
    });
  await attempts.take(GUESSES, person, ctx.now());
  if ((await ctx.transaction((tx) => useCode(tx, person, code))) === "wrong")
    throw new Problem("not-signed-in", "The code is not right, or was used before", { reason: "code-wrong" });
  await attempts.forgive(GUESSES, person);
}

async function useCode(
  ctx: Context,
  person: string,
  given: string,
): Promise<"right" | "wrong" | "not-wanted"> {
  const known = await lockSecondStep(ctx.db, person);
  if (!known?.isConfirmed) return "not-wanted";
  const code = plain(given);
  const { lastStep, recoveryHashes } = known;
  const step = stepOf(secretOf(ctx, known.secret), code, ctx.now(), lastStep);
  if (step !== undefined) {
    await saveUsed(ctx.db, person, { lastStep: step, recoveryHashes });
    return "right";
  }
  const hash = hashOfRecovery(ctx, person, code);
  if (!recoveryHashes.includes(hash)) return "wrong";
  await saveUsed(ctx.db, person, { lastStep, recoveryHashes: recoveryHashes.filter((one) => one !== hash) });
  return "right";
}

function wrongCode(): Problem {
  return new Problem("bad-input", "The code is not right, or was used before", {
    errors: [{ pointer: "/code", detail: "not a code of this secret" }],
    reason: "code-wrong",
  });
}

/** Spaces and hyphens are for the eye. */
function plain(code: string): string {
  return code.replaceAll(/[\s-]/gu, "").toUpperCase();
}

function newRecoveryCode(): string {
  const text = base32(randomBytes(10)).slice(0, 12);
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}

function secretOf(ctx: Context, sealed: Buffer): Buffer {
  return Buffer.from(unseal(keyFor(ctx.secretKey, PURPOSE), sealed), "base64");
}

function hashOfRecovery(ctx: Context, person: string, code: string): string {
  return createHmac("sha256", keyFor(ctx.secretKey, "recovery codes"))
    .update(`${person} ${plain(code)}`)
    .digest("base64url");
}
