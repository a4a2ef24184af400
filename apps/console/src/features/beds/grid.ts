/** A cell that takes the keyboard: its row and its column, both from 0. */
export interface Cell {
  row: number;
  column: number;
}

/** How many rows there are and how many columns take the keyboard. */
export interface GridSize {
  rows: number;
  columns: number;
}

/** What a key asks of the grid: where to go, or nothing that the grid knows. */
export type Move = "up" | "down" | "left" | "right" | "row-start" | "row-end" | "first" | "last";

/** The move that a key stands for; undefined when it is none. `Control` with Home and End goes to the corners. */
export function moveOf(key: string, isControl: boolean): Move | undefined {
  switch (key) {
    case "ArrowUp":
      return "up";
    case "ArrowDown":
      return "down";
    case "ArrowLeft":
      return "left";
    case "ArrowRight":
      return "right";
    case "Home":
      return isControl ? "first" : "row-start";
    case "End":
      return isControl ? "last" : "row-end";
    default:
      return undefined;
  }
}

/** The cell that a move ends at. At the edge it stays: going round would send a tired hand to the wrong ward. */
export function moved(from: Cell, move: Move, { rows, columns }: GridSize): Cell {
  const within = (value: number, count: number) => Math.max(0, Math.min(value, count - 1));
  const to = {
    up: { row: from.row - 1, column: from.column },
    down: { row: from.row + 1, column: from.column },
    left: { row: from.row, column: from.column - 1 },
    right: { row: from.row, column: from.column + 1 },
    "row-start": { row: from.row, column: 0 },
    "row-end": { row: from.row, column: columns - 1 },
    first: { row: 0, column: 0 },
    last: { row: rows - 1, column: columns - 1 },
  }[move];
  return { row: within(to.row, rows), column: within(to.column, columns) };
}

/**
 * Whether a horizontal arrow leaves a cell that is being typed in: only past the end of the text,
 * so that inside it the arrow moves the caret as everywhere else.
 */
export function leavesText(
  move: Move,
  caret: { start: number | null; end: number | null; length: number },
): boolean {
  if (move === "up" || move === "down") return true;
  if (caret.start !== caret.end) return false;
  if (move === "left") return caret.start === 0;
  if (move === "right") return caret.end === caret.length;
  return false;
}
