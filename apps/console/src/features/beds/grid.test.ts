import { expect, test } from "vitest";
import { leavesText, moved, moveOf, type Cell } from "./grid.ts";

/** In a grid of three rows and four columns, `key` pressed at `from`: where is the focus then? */
function check(from: [number, number], key: string, expected: [number, number], isControl = false) {
  const [row, column] = from;
  const move = moveOf(key, isControl);
  const to: Cell | undefined = move && moved({ row, column }, move, { rows: 3, columns: 4 });
  expect(to && [to.row, to.column]).toEqual(expected);
}

test("an arrow goes to the neighbour", () => {
  check([1, 1], "ArrowUp", [0, 1]);
  check([1, 1], "ArrowDown", [2, 1]);
  check([1, 1], "ArrowLeft", [1, 0]);
  check([1, 1], "ArrowRight", [1, 2]);
});

test("at the edge the focus stays", () => {
  check([0, 0], "ArrowUp", [0, 0]);
  check([2, 3], "ArrowDown", [2, 3]);
  check([2, 0], "ArrowLeft", [2, 0]);
  check([1, 3], "ArrowRight", [1, 3]);
});

test("Home and End go along the row, with Control to the corners", () => {
  check([1, 2], "Home", [1, 0]);
  check([1, 2], "End", [1, 3]);
  check([1, 2], "Home", [0, 0], true);
  check([1, 2], "End", [2, 3], true);
});

test("a key that is no move is left to the cell", () => {
  expect(moveOf("7", false)).toBeUndefined();
  expect(moveOf("Tab", false)).toBeUndefined();
});

test("inside the text a horizontal arrow moves the caret, past its end it leaves the cell", () => {
  expect(leavesText("left", { start: 1, end: 1, length: 2 })).toBe(false);
  expect(leavesText("left", { start: 0, end: 0, length: 2 })).toBe(true);
  expect(leavesText("right", { start: 2, end: 2, length: 2 })).toBe(true);
  expect(leavesText("right", { start: 0, end: 2, length: 2 })).toBe(false);
  expect(leavesText("down", { start: 1, end: 1, length: 2 })).toBe(true);
});
