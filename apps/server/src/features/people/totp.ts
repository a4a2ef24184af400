import { createHmac, timingSafeEqual } from "node:crypto";
import { millisOf, SECOND_MS, type Instant } from "@ihims/core/time.ts";

/** RFC 6238: 30 second steps, six digits, SHA-1, as every authenticator app takes for granted. */
const STEP_MS = 30 * SECOND_MS;
const DIGITS = 6;
/** Steps by which a telephone's clock may be off. */
const STEPS_OFF_MAX = 1;

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** RFC 4648 base 32 without padding. */
export function base32(bytes: Buffer): string {
  let bits = 0;
  let value = 0;
  let text = "";
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      text += BASE32.charAt((value >>> (bits - 5)) & 31);
      bits -= 5;
    }
    value &= 0xff;
  }
  return bits > 0 ? text + BASE32.charAt((value << (5 - bits)) & 31) : text;
}

/** The code of one step (RFC 4226 §5.3). */
export function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", secret).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 0xf;
  const number = hash.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, "0");
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
