import { z } from "zod";
import { Problem } from "@ihims/core/problem.ts";

const Place = { number: z.tuple([z.number(), z.string()]), string: z.tuple([z.string(), z.string()]) };

/** The place of the last item of a page, as text that callers only pass back. */
export function writeCursor(place: readonly [number | string, string]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/**
 * Read a cursor that this server wrote.
 *
 * @throws Problem `bad-input` when it is not one of this order
 */
export function readCursor<K extends keyof typeof Place>(
  cursor: string,
  kind: K,
): z.output<(typeof Place)[K]> {
  try {
    return Place[kind].parse(JSON.parse(Buffer.from(cursor, "base64url").toString())) as z.output<
      (typeof Place)[K]
    >; // The schema of that kind made it.
  } catch (cause) {
    throw new Problem("bad-input", "The cursor is not one that this list gave", {
      errors: [{ parameter: "cursor", detail: "not a cursor of this list" }],
      cause,
    });
  }
}
