import { isUtf8 } from "node:buffer";

/**
 * The text of a file that somebody exported somewhere. A byte order mark says what it is; without
 * one, bytes that are UTF-8 are taken as that, every second byte zero as UTF-16, and the rest as
 * windows-1252, which is what spreadsheets of the West write.
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** The encoding of a text by its first bytes, of which the last character may be cut in two. */
export function encodingOf(bytes: Uint8Array): Encoding {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const zeros = [0, 0];
  for (const [at, byte] of bytes.subarray(0, 2000).entries())
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const half = Math.min(bytes.length, 2000) / 2;
  if (odd > half * 0.4 && odd > even) return "utf-16le";
  if (even > half * 0.4) return "utf-16be";
  return [0, 1, 2, 3].some((cut) => isUtf8(bytes.subarray(0, Math.max(0, bytes.length - cut))))
    ? "utf-8"
    : "windows-1252";
}
