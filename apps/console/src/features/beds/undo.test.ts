import { ObservationId } from "@ihims/core/ids.ts";
import { Instant, later } from "@ihims/core/time.ts";
import { expect, test } from "vitest";
import { current, secondsLeft, UNDO_MAX, withoutUndo, withUndo, type UndoStack } from "./undo.ts";

const start = Instant.parse("2026-03-01T03:00:00Z");
const done = (id: string) => ({
  id,
  observations: [ObservationId.parse("7")],
  what: { kind: "changed" as const, type: "icu" as const },
});

test("a change can be taken back for ten seconds, and not after", () => {
  const stack = withUndo([], done("a"), start);
  expect(current(stack, later(start, 9_999)).map((one) => one.id)).toEqual(["a"]);
  expect(current(stack, later(start, 10_000))).toEqual([]);
});

test("the newest change is the last, and taking it back leaves the one before", () => {
  const stack = withUndo(withUndo([], done("a"), start), done("b"), later(start, 1000));
  expect(stack.map((one) => one.id)).toEqual(["a", "b"]);
  expect(withoutUndo(stack, "b").map((one) => one.id)).toEqual(["a"]);
});

test("the countdown begins at ten", () => {
  const [one] = withUndo([], done("a"), start);
  expect(one && secondsLeft(one, start)).toBe(10);
  expect(one && secondsLeft(one, later(start, 9_001))).toBe(1);
});

test("only the newest changes are kept", () => {
  let stack: UndoStack = [];
  for (let n = 0; n < UNDO_MAX + 5; n++) stack = withUndo(stack, done(String(n)), start);
  expect(stack.length).toBe(UNDO_MAX);
  expect(stack[0]?.id).toBe("5");
});
