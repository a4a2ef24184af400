import { timingSafeEqual } from "node:crypto";
import { HOTP, Secret } from "otpauth";
import { millisOf, SECOND_MS, type Instant } from "@ihims/core/time.ts";

/** RFC 6238: 30 second steps, six digits, SHA-1, as every authenticator app takes for granted. */
const STEP_MS = 30 * SECOND_MS;
const DIGITS = 6;
/** Steps by which a telephone's clock may be off. */
const STEPS_OFF_MAX = 1;

/** A secret as authenticators take it: RFC 4648 base 32 without padding. */
export function base32(secret: Buffer): string {
  return secretOf(secret).base32;
}

/** The code of one step. */
export function codeAt(secret: Buffer, step: number): string {
  return HOTP.generate({ secret: secretOf(secret), counter: step, digits: DIGITS, algorithm: "SHA1" });
}

function secretOf(secret: Buffer): Secret {
  return new Secret({ buffer: Uint8Array.from(secret).buffer });
}

/**
 * The step that a code is of; undefined when it is of none that is near enough, or of one that was
 * used before: a code that was overseen opens nothing.
 */
export function stepOf(secret: Buffer, code: string, now: Instant, lastStep: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const current = Math.floor(millisOf(now) / STEP_MS);
  for (let step = current - STEPS_OFF_MAX; step <= current + STEPS_OFF_MAX; step++) {
    if (step > lastStep && timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code))) return step;
  }
  return undefined;
}
