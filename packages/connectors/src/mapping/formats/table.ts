import { plainText } from "../digits.ts";
import { UnreadableSource, type SourcePage, type SourceRecord } from "../record.ts";
import type { Records } from "../schema.ts";

/** A cell that a wider one reaches over: the one at this place of the row, from 0. */
export interface Spanned {
  spanOf: number;
}

export type GridCell = string | number | boolean | null | Spanned;

/** A row of a table as the file has it. */
export interface GridRow {
  /** Its number in the file, the sheet or the table, from 1, blank rows counted. */
  number: number;
  place: string;
  cells: readonly GridCell[];
  /** Addresses that its cells link to, in the cells' order. */
  links?: readonly (string | null)[];
  fault?: string;
}

/** A table with what stands around it. */
export interface Grid {
  page: SourcePage;
  rows: Iterable<GridRow> | AsyncIterable<GridRow>;
  /** Cells that reach over others are known, so that an empty one is empty. */
  isExact: boolean;
  /** More cells than columns mean that the row has slipped. */
  isStrict: boolean;
}

/** Rows in which a header is looked for. */
const HEADER_SEARCH_ROWS = 500;
export const COLUMNS_MAX = 10_000;
/** Text above the records that is kept. */
const ABOVE_MAX_CHARS = 5000;

/**
 * Turn the rows of a table into records by its header: lines before it are the text `above`, blank
 * rows and repetitions of the header are passed over, missing cells are null.
 *
 * @throws UnreadableSource when the header is not there
 */
export async function* readTable(
  grid: Grid,
  records: Records,
  numbers: { next: number },
): AsyncGenerator<SourceRecord> {
  const header = new HeaderReader(records, grid);
  for await (const row of grid.rows) {
    if (!header.isDone) {
      for (const early of header.take(row)) yield* recordsOf(early, header, numbers);
      continue;
    }
    yield* recordsOf(row, header, numbers);
  }
  for (const late of header.finish()) yield* recordsOf(late, header, numbers);
}

function* recordsOf(row: GridRow, header: HeaderReader, numbers: { next: number }): Generator<SourceRecord> {
  const record = header.recordOf(row);
  if (record) yield { ...record, number: numbers.next++ };
}

/** The words of a cell in one line. */
function wordsOf(cell: GridCell | undefined): string {
  return typeof cell === "string" || typeof cell === "number" || typeof cell === "boolean"
    ? String(cell).replace(/\s+/gu, " ").trim()
    : "";
}

function isBlank({ cells }: GridRow): boolean {
  return cells.every((cell) => wordsOf(cell) === "");
}

class HeaderReader {
  isDone = false;
  readonly #grid: Grid;
  readonly #records: Records;
  readonly #rows: GridRow[] = [];
  readonly #above: string[] = [];
  #columns: string[] = [];
  #width: number | undefined;
  #links = new Set<number>();
  #page: SourcePage;
  #repeats = new Set<string>();

  constructor(records: Records, grid: Grid) {
    this.#grid = grid;
    this.#records = records;
    this.#page = grid.page;
  }

  /** Take a row of the top; answers rows that turn out to be records. */
  take(row: GridRow): GridRow[] {
    const { header, columns } = this.#records;
    if (header === "none" || (columns && header === undefined)) {
      if (isBlank(row)) return [];
      this.#name(columns ?? row.cells.map((_, at) => String(at + 1)), [], row);
      return [row];
    }
    const wanted = header ?? {};
    if (this.#rows.length === 0 && !this.#isFirst(row, wanted)) {
      if (!isBlank(row)) this.#above.push(row.cells.map(wordsOf).filter(Boolean).join(" "));
      if (this.#above.length > HEADER_SEARCH_ROWS) this.#missing();
      return [];
    }
    this.#rows.push(row);
    if (this.#rows.length < (wanted.rows ?? 1)) return [];
    const names = columns ? [...columns, ...this.#headerNames().slice(columns.length)] : this.#headerNames();
    this.#name(names, this.#rows, row);
    return [];
  }

  /** The file has ended. */
  finish(): GridRow[] {
    const { header } = this.#records;
    // A table without anything has no records, which is no fault; one without the header that is named has.
    if (!this.isDone && header !== undefined && header !== "none") this.#missing();
    return [];
  }

  recordOf(row: GridRow): Omit<SourceRecord, "number"> | undefined {
    const base = { place: row.place, page: this.#page };
    if (row.fault !== undefined) return { ...base, fields: this.#fieldsOf(row), fault: row.fault };
    if (isBlank(row) || this.#repeats.has(keyOf(row))) return undefined;
    // Some programs end each line with a separator; a line that alone is longer has slipped.
    this.#width ??= Math.max(this.#columns.length, row.cells.length);
    const over = row.cells.slice(this.#columns.length).some((cell) => wordsOf(cell) !== "");
    const fault =
      this.#grid.isStrict && (over || row.cells.length > this.#width)
        ? `has ${row.cells.length} cells under ${this.#columns.length} columns: a separator without quotes?`
        : undefined;
    return { ...base, fields: this.#fieldsOf(row), ...(fault !== undefined && { fault }) };
  }

  #fieldsOf({ cells, links }: GridRow): Record<string, unknown> {
    // Not by assignment: a column may be called __proto__.
    const pairs: [string, unknown][] = this.#columns.map((name, at) => {
      const cell = cells[at];
      return [name, typeof cell === "object" || cell === undefined ? null : cell];
    });
    for (const at of this.#links) pairs.push([`${this.#columns[at] ?? ""} link`, links?.[at] ?? null]);
    return Object.fromEntries(pairs);
  }

  #isFirst(
    row: GridRow,
    { row: number, words }: { row?: number | undefined; words?: string[] | undefined },
  ): boolean {
    if (number !== undefined) return row.number >= number;
    if (words)
      return words.every((word) =>
        row.cells.some((cell) => plainText(wordsOf(cell)).includes(plainText(word))),
      );
    return !isBlank(row);
  }

  #missing(): never {
    const { header } = this.#records;
    const wanted =
      typeof header === "object" && header.words
        ? `with ${header.words.join(", ")}`
        : "that the mapping names";
    throw new UnreadableSource(`the table has no header ${wanted}`);
  }

  /** The names of the columns from the rows of the header, upper words before lower ones. */
  #headerNames(): string[] {
    const width = Math.max(...this.#rows.map(({ cells }) => cells.length));
    const last = this.#rows.length - 1;
    const parts = this.#rows.map((row, at) => this.#spread(row, width, at < last));
    return Array.from({ length: width }, (_, column) => {
      const words = parts.map((row) => row[column] ?? "").filter(Boolean);
      return words.filter((word, at) => word !== words[at - 1]).join(" ");
    });
  }

  /** The words of a header's row over all the columns that they are for. */
  #spread({ cells }: GridRow, width: number, isUpper: boolean): string[] {
    let before = "";
    return Array.from({ length: width }, (_, at) => {
      const cell = cells[at];
      if (typeof cell === "object" && cell !== null) return wordsOf(cells[cell.spanOf]);
      const words = wordsOf(cell);
      if (words !== "") before = words;
      return words === "" && isUpper && !this.#grid.isExact ? before : words;
    });
  }

  #name(names: readonly string[], rows: readonly GridRow[], last: GridRow): void {
    if (names.length > COLUMNS_MAX)
      throw new UnreadableSource(`the table has ${names.length} columns: at most ${COLUMNS_MAX} are read`);
    const seen = new Map<string, number>();
    this.#columns = names.map((name, at) => {
      const plain = name === "" ? `column ${at + 1}` : name;
      const count = (seen.get(plain) ?? 0) + 1;
      seen.set(plain, count);
      return count === 1 ? plain : `${plain} (${count})`;
    });
    for (const row of [...rows, last])
      for (const [at, link] of (row.links ?? []).entries()) if (link) this.#links.add(at);
    this.#repeats = new Set(rows.filter((row) => !isBlank(row)).map(keyOf));
    const above = [this.#grid.page.above, ...this.#above]
      .filter(Boolean)
      .join("\n")
      .slice(0, ABOVE_MAX_CHARS);
    this.#page = { ...this.#grid.page, above, columns: this.#columns };
    this.isDone = true;
  }
}

function keyOf({ cells }: GridRow): string {
  return cells.map((cell) => plainText(wordsOf(cell))).join("\u0000");
}
