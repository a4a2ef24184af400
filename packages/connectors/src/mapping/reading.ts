import type { RefusalCode } from "./line.ts";

/** Longest piece of a source that a refusal shows. */
const SHOWN_MAX_CHARS = 120;

/** Why a value was not taken. */
export interface Fault {
  field: string | null;
  text: string | null;
  code: RefusalCode;
  reason: string;
}

/** What came of reading a value: it, its absence (the source does not say), or why it is refused. */
export type Reading<T> = { kind: "value"; value: T } | { kind: "absent" } | { kind: "refused"; fault: Fault };

export const ABSENT = { kind: "absent" } as const;

export function valueOf<T>(value: T): Reading<T> {
  return { kind: "value", value };
}

export function refused(
  field: string | null,
  raw: unknown,
  code: RefusalCode,
  reason: string,
): { kind: "refused"; fault: Fault } {
  return { kind: "refused", fault: { field, text: shown(raw), code, reason } };
}

/** A value as a refusal shows it: short, in one line. */
export function shown(raw: unknown): string | null {
  if (raw === undefined || raw === null) return null;
  const text =
    typeof raw === "string" ? raw : typeof raw === "object" ? "(a list or an object)" : String(raw);
  const line = text
    .slice(0, 4 * SHOWN_MAX_CHARS)
    .replace(/\s+/gu, " ")
    .trim();
  return line.length > SHOWN_MAX_CHARS ? `${line.slice(0, SHOWN_MAX_CHARS)}...` : line;
}
