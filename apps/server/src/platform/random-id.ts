import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** A new id: 80 random bits in Crockford's base 32, readable over the telephone. */
export function randomId(): string {
  let id = "";
  for (const byte of randomBytes(16)) id += ALPHABET.charAt(byte & 31);
  return id;
}
