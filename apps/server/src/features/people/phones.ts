import { createHmac, randomInt } from "node:crypto";
import { foldDigits, readMobile } from "@ihims/connectors/facilities/phones.ts";
import type { Language } from "@ihims/core/languages.ts";
import type { Session } from "@ihims/core/people/schema.ts";
import { codeInWords } from "@ihims/core/people/words.ts";
import { Problem } from "@ihims/core/problem.ts";
import { DAY_MS, HOUR_MS, later, MINUTE_MS, SECOND_MS, type Instant } from "@ihims/core/time.ts";
import type { Attempts, Limit } from "../../platform/attempts.ts";
import type { Context } from "../../platform/context.ts";
import { queueSms } from "../../platform/messages.ts";
import { keyFor } from "../../platform/secrets.ts";
import type { SmsProvider } from "../../platform/sms.ts";
import type { Authentication } from "./authentication.ts";
import { sealPhone, sessionOf } from "./people.ts";
import { findPersonWithRoles, insertCode, savePhone, takeCodes } from "./store.ts";

const CODE_DIGITS = 6;
const CODE_VALID_MS = 15 * MINUTE_MS;

/**
 * A code of six digits, at most five of them valid at once, guessed ten times in 15 minutes: one in
 * 20,000. An address is shared by many behind a carrier's gateway, so it may do more.
 */
const LIMITS = {
  soon: { name: "codes soon", max: 1, windowMs: 20 * SECOND_MS },
  hour: { name: "codes of an hour", max: 5, windowMs: HOUR_MS },
  day: { name: "codes of a day", max: 15, windowMs: DAY_MS },
  address: { name: "codes of an address", max: 100, windowMs: HOUR_MS },
  guess: { name: "guesses", max: 10, windowMs: CODE_VALID_MS },
  guessesOfAddress: { name: "guesses of an address", max: 100, windowMs: CODE_VALID_MS },
} as const satisfies Record<string, Limit>;

/** Of the longest of the limits. */
export const ATTEMPTS_KEPT_MS = DAY_MS;

/** The machine itself is no crowd. */
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** What telephones are reached and counted with. */
export interface PhoneDoor {
  attempts: Attempts;
  /** Undefined: this process sends no messages. */
  sms?: SmsProvider | undefined;
  publicUrl: string | undefined;
}

/**
 * Send a one-time code. What is done and answered is the same whether the number is known: an
 * account is only made, or found, when the code comes back.
 *
 * @throws Problem `bad-input` for what is no mobile number, `too-many-requests`, `not-ready` where no messages are sent
 */
export async function sendPhoneCode(
  ctx: Context,
  door: PhoneDoor,
  given: { phone: string; address: string; language: Language },
): Promise<{ digits: number; validUntil: Instant }> {
  if (!door.sms || (door.sms.isForDemonstrationsOnly && !ctx.city.isDemonstration))
    throw new Problem("not-ready", "This city does not send messages to telephones yet");
  const phone = mobileOf(ctx, given.phone);
  const phoneHash = hashOfPhone(ctx, phone);
  const now = ctx.now();
  if (!LOOPBACK.test(given.address)) await door.attempts.take(LIMITS.address, given.address, now);
  for (const limit of [LIMITS.soon, LIMITS.hour, LIMITS.day]) await door.attempts.take(limit, phoneHash, now);

  const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, "0");
  const validUntil = later(now, CODE_VALID_MS);
  const { name, names } = ctx.city;
  const text = codeInWords(code, {
    city: names[given.language] ?? name,
    minutes: CODE_VALID_MS / MINUTE_MS,
    lang: given.language,
    host: door.publicUrl === undefined ? undefined : new URL(door.publicUrl).hostname,
  });
  await ctx.transaction(async (tx) => {
    await insertCode(tx.db, phoneHash, hashOfCode(ctx, phoneHash, code), validUntil);
    await queueSms(tx, { phone, text }, validUntil);
  });
  return { digits: CODE_DIGITS, validUntil };
}

/**
 * Sign in with a code that was sent. Each is good for one sign-in, and ends those sent before it.
 *
 * @throws Problem `not-signed-in` when it is wrong or too old, `bad-input`, `too-many-requests`
 */
export async function signInWithPhone(
  ctx: Context,
  authentication: Authentication,
  door: PhoneDoor,
  given: { phone: string; code: string; address: string; headers: Headers },
): Promise<{ session: Session; cookies: string[] }> {
  const phone = mobileOf(ctx, given.phone);
  const phoneHash = hashOfPhone(ctx, phone);
  const now = ctx.now();
  if (!LOOPBACK.test(given.address)) await door.attempts.take(LIMITS.guessesOfAddress, given.address, now);
  await door.attempts.take(LIMITS.guess, phoneHash, now);
  const code = foldDigits(given.code).replaceAll(/[\s-]/gu, "");
  if (!(await takeCodes(ctx.db, phoneHash, hashOfCode(ctx, phoneHash, code), now)))
    throw new Problem("not-signed-in", "The code is not right, or is older than 15 minutes");
  await door.attempts.forgive(LIMITS.guess, phoneHash);

  const { personId, expiresAt, cookies } = await authentication.signInProven(given.headers, phoneHash);
  await savePhone(ctx.db, personId, sealPhone(ctx, phone));
  const person = await findPersonWithRoles(ctx.db, personId);
  if (!person) throw new Error("an account that was just signed in to is not there");
  return { session: sessionOf(ctx, person, expiresAt), cookies };
}

function mobileOf(ctx: Context, text: string): string {
  const phone = readMobile(text, ctx.city.countryCode);
  if (phone === undefined)
    throw new Problem("bad-input", "This is not a mobile number that messages can be sent to", {
      errors: [{ pointer: "/phone", detail: "not a mobile number" }],
    });
  return phone;
}

function hashOfPhone(ctx: Context, phone: string): string {
  return createHmac("sha256", keyFor(ctx.secretKey, "phone numbers")).update(phone).digest("hex");
}

function hashOfCode(ctx: Context, phoneHash: string, code: string): Buffer {
  return createHmac("sha256", keyFor(ctx.secretKey, "phone codes")).update(`${phoneHash} ${code}`).digest();
}
