import { z } from "zod";
import { FacilityId } from "../ids.ts";
import { canonical } from "../observations/rules.ts";
import { FacilityRole } from "../people/schema.ts";
import { Instant } from "../time.ts";
import { HoldKind, HoldState } from "../holds/schema.ts";

/**
 * One step of a hold, as the public may read it. Who is concerned stands as a pseudonym: a keyed hash
 * that is another at each facility on each day, so that the steps of one hold and the holds of one
 * person there that day can be seen together, and nobody can be traced.
 */
export const LogEntry = z.object({
  seq: z.int().min(1).describe("1 for the first row ever, and one more for each"),
  at: Instant,
  step: HoldState,
  hold: z.string().describe("The same for all steps of one hold"),
  holder: z.string(),
  facility: FacilityId,
  kind: HoldKind,
  bedType: z.string().nullable(),
  units: z.int(),
  officer: z.string().nullable().describe("Who answered: the same for one officer at a facility"),
  officerRole: FacilityRole.nullable(),
});
export type LogEntry = z.infer<typeof LogEntry>;

/** A row of the log. `hash` is over the hash of the row before and this entry's text. */
export const LogRow = z.object({
  entry: LogEntry.loose(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type LogRow = z.infer<typeof LogRow>;

/** Where the log stood at a moment, signed: a log that does not lead there was cut short or rewritten. */
export const LogHead = z.object({
  seq: z.int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: Instant,
  publicKey: z.string().describe("Ed25519, base64url"),
  signature: z.string().describe("Over the text of `signedText`, base64url"),
});
export type LogHead = z.infer<typeof LogHead>;

/** What stands in the place of a hash before the first row. */
export const FIRST_HASH = "0".repeat(64);

/** The text that is hashed for a row: the hash before it, a line's end, the entry with its keys in order. */
export function hashedText(before: string, entry: unknown): string {
  return `${before}\n${canonical(entry)}`;
}

/** The text that is signed for a head. */
export function signedText({ seq, hash, at }: Pick<LogHead, "seq" | "hash" | "at">): string {
  return `ihims log of holds ${seq} ${hash} ${at}`;
}

/** What was found. `seq`: the first row that is not as it was written, or is not there. */
export type Verdict =
  | { kind: "whole"; rows: number; hash: string }
  | { kind: "broken"; seq: number; why: string };

/** Follows the chain row by row, from the first. */
export class ChainReader {
  readonly #sha256: (text: string) => string;
  readonly #heads: Map<number, LogHead>;
  #seq = 0;
  #hash = FIRST_HASH;
  #broken: Verdict | undefined;

  /**
   * @param sha256 of a text in UTF-8, as 64 hexadecimal digits in lower case
   * @param heads that were signed, and whose signatures are right
   */
  constructor(sha256: (text: string) => string, heads: readonly LogHead[] = []) {
    this.#sha256 = sha256;
    this.#heads = new Map(heads.map((head) => [head.seq, head]));
  }

  read(given: unknown): void {
    if (this.#broken) return;
    const seq = this.#seq + 1;
    const row = LogRow.safeParse(given);
    if (!row.success) return this.#break(seq, "cannot be read as a row of the log");
    const { entry, hash } = row.data;
    if (entry.seq !== seq) return this.#break(seq, `is not there: row ${entry.seq} stands in its place`);
    if (this.#sha256(hashedText(this.#hash, entry)) !== hash)
      return this.#break(seq, "was changed: its hash does not follow from the row before it");
    const head = this.#heads.get(seq);
    if (head && head.hash !== hash)
      return this.#break(seq, `was rewritten: the head that was signed at ${head.at} has another hash`);
    this.#seq = seq;
    this.#hash = hash;
  }

  #break(seq: number, why: string): void {
    this.#broken = { kind: "broken", seq, why };
  }

  /** After the last row. */
  verdict(): Verdict {
    if (this.#broken) return this.#broken;
    const later = [...this.#heads.values()].find(({ seq }) => seq > this.#seq);
    if (later)
      return {
        kind: "broken",
        seq: this.#seq + 1,
        why: `is not there: the head that was signed at ${later.at} is of row ${later.seq}`,
      };
    return { kind: "whole", rows: this.#seq, hash: this.#hash };
  }
}
