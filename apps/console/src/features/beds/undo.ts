import type { BedType } from "@ihims/core/beds/schema.ts";
import type { ObservationId } from "@ihims/core/ids.ts";
import { elapsedMs, later, type Instant } from "@ihims/core/time.ts";

/** For how long a change can be taken back with one key. The history can still revert it after that. */
export const UNDO_MS = 10_000;
/** Most changes that can be taken back one after the other. */
export const UNDO_MAX = 20;

/** A change or a confirmation that can be taken back. */
export interface Undoable {
  id: string;
  observations: readonly ObservationId[];
  what: { kind: "changed"; type: BedType } | { kind: "confirmed"; types: readonly BedType[] };
  until: Instant;
}

/** The bed types that one undoing brings back. */
export function typesOf({ what }: Undoable): readonly BedType[] {
  return what.kind === "changed" ? [what.type] : what.types;
}

/** The newest last. */
export type UndoStack = readonly Undoable[];

export function withUndo(stack: UndoStack, done: Omit<Undoable, "until">, now: Instant): UndoStack {
  return [...current(stack, now), { ...done, until: later(now, UNDO_MS) }].slice(-UNDO_MAX);
}

export function withoutUndo(stack: UndoStack, id: string): UndoStack {
  return stack.filter((one) => one.id !== id);
}

/** What can still be taken back at `now`. */
export function current(stack: UndoStack, now: Instant): UndoStack {
  return stack.filter((one) => elapsedMs(now, one.until) > 0);
}

/** Whole seconds left, from 10 down to 1. */
export function secondsLeft(one: Undoable, now: Instant): number {
  return Math.max(0, Math.ceil(elapsedMs(now, one.until) / 1000));
}
