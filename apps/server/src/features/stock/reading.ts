import { parse, type Parser } from "csv-parse";
import { guessColumns, lineOfCells, StockField } from "@ihims/core/stock/list.ts";
import { Problem } from "@ihims/core/problem.ts";

/** A line of a list as it was found. `given` is for `StockLine` to read; with a `fault` it cannot be. */
export interface FoundLine {
  /** Line of the text, from 1; the place in a JSON array. */
  line: number;
  text: () => string;
  given: unknown;
  fault?: string;
}

/** Longest line, in characters. One that is longer is a quote that was never closed. */
const LINE_MAX_CHARS = 16_384;
const SEPARATORS = [",", ";", "\t", "|"];

/** A list broke off: what follows a place cannot be told apart any more. */
export class BrokenList extends Error {
  readonly line: number;
  constructor(line: number, why: string) {
    super(why);
    this.line = line;
  }
}

/**
 * The lines of a list, some at a time, as they come.
 *
 * @throws BrokenList; Problem `bad-input` when its headings say nothing
 */
export function readList(
  type: string,
  body: AsyncIterable<Buffer>,
  map: string | undefined,
): AsyncGenerator<FoundLine[]> {
  const text = textOf(body);
  if (type === "text/csv") return readCsv(text, map);
  return type === "application/json" ? readArray(text) : readLines(text);
}

async function* textOf(body: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let isFirst = true;
  for await (const bytes of body) {
    const text = decoder.decode(bytes, { stream: true });
    if (text !== "") yield isFirst ? text.replace(/^\uFEFF/u, "") : text;
    isFirst = false;
  }
}

async function* readLines(text: AsyncIterable<string>): AsyncGenerator<FoundLine[]> {
  let rest = "";
  let line = 0;
  const found = (one: string): FoundLine[] => {
    line += 1;
    return one.trim() === "" ? [] : [foundJson(line, one)];
  };
  for await (const piece of text) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LINE_MAX_CHARS) throw new BrokenList(line + 1, "the line is too long");
    yield lines.flatMap(found);
  }
  yield found(rest);
}

function foundJson(line: number, text: string): FoundLine {
  try {
    const given: unknown = JSON.parse(text);
    return { line, text: () => text, given };
  } catch {
    return { line, text: () => text, given: undefined, fault: "is not JSON" };
  }
}

/** The elements of one array, found by their brackets without reading the whole of it. */
async function* readArray(text: AsyncIterable<string>): AsyncGenerator<FoundLine[]> {
  let rest = "";
  let [depth, line] = [0, 0];
  let [isText, isEscaped, isOver] = [false, false, false];
  for await (const piece of text) {
    const from = rest.length;
    rest += piece;
    const found: FoundLine[] = [];
    let start = 0;
    for (let at = from; at < rest.length; at += 1) {
      const one = rest[at];
      if (isText) {
        if (isEscaped) isEscaped = false;
        else if (one === "\\") isEscaped = true;
        else if (one === '"') isText = false;
      } else if (one === '"') isText = true;
      else if (one === "{" || one === "[") {
        depth += 1;
        if (depth === 1) start = at + 1;
      } else if (one === "}" || one === "]") {
        depth -= 1;
        isOver = depth === 0;
      }
      const isEnd = !isText && ((depth === 1 && one === ",") || isOver);
      if (!isEnd) continue;
      const element = rest.slice(start, at).trim();
      line += 1;
      if (element !== "") found.push(foundJson(line, element));
      start = at + 1;
      if (isOver) break;
    }
    rest = rest.slice(start);
    yield found;
    // Whatever follows the array is read to the end and not looked at.
    if (isOver) {
      for await (const _ of text);
      return;
    }
    if (rest.length > LINE_MAX_CHARS) throw new BrokenList(line + 1, "no element of an array ends here");
  }
  throw new BrokenList(line + 1, "the array is not closed");
}

async function* readCsv(text: AsyncIterable<string>, map: string | undefined): AsyncGenerator<FoundLine[]> {
  let parser: Parser | undefined;
  let columns: (StockField | undefined)[] | undefined;
  let separator = ",";
  let [head, last] = ["", 0];
  let records: FoundLine[] = [];
  let unknown: Problem | undefined;
  const onRecord = (cells: string[], lines: number) => {
    const line = last + 1;
    last = lines;
    if (unknown || (cells.length === 1 && cells[0]?.trim() === "")) return;
    if (!columns) {
      const read = columnsOf(cells, map);
      // Nothing may be thrown within the parser.
      if (read instanceof Problem) unknown = read;
      else columns = read;
    } else records.push({ line, text: () => cells.join(separator), given: lineOfCells(cells, columns) });
  };
  const take = (): FoundLine[] => {
    if (unknown) throw unknown;
    const taken = records;
    records = [];
    return taken;
  };
  for await (const piece of text) {
    if (!parser) {
      head += piece;
      if (!head.includes("\n") && head.length < LINE_MAX_CHARS) continue;
    }
    const next = parser ? piece : head;
    if (!parser) separator = separatorOf(head.split("\n", 1)[0] ?? "");
    parser ??= parserOf(separator, onRecord);
    await feed(parser, next, () => last + 1);
    yield take();
  }
  if (!parser && head === "") throw new Problem("bad-input", "The list is empty");
  if (!parser) separator = separatorOf(head);
  const ending = parser ?? parserOf(separator, onRecord);
  if (!parser) await feed(ending, head, () => last + 1);
  await end(ending, () => last + 1);
  yield take();
}

function parserOf(delimiter: string, onRecord: (cells: string[], lines: number) => void): Parser {
  return parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LINE_MAX_CHARS,
    on_record: (cells: string[], { lines }) => {
      onRecord(cells, lines);
      return null;
    },
  });
}

function feed(parser: Parser, text: string, line: () => number): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once("error", () => reject(new BrokenList(line(), "a quote is not closed")));
    parser.write(text, (error) => {
      parser.removeAllListeners("error");
      if (error) reject(new BrokenList(line(), "a quote is not closed"));
      else resolve();
    });
  });
}

function end(parser: Parser, line: () => number): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once("error", () => reject(new BrokenList(line(), "a quote is not closed")));
    parser.once("end", resolve);
    parser.resume();
    parser.end();
  });
}

function separatorOf(headings: string): string {
  const counts = SEPARATORS.map((one) => headings.split(one).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
}

/** What each column holds: as it was said, and else as its heading tells. */
function columnsOf(
  headings: readonly string[],
  map: string | undefined,
): (StockField | undefined)[] | Problem {
  const columns = guessColumns(headings);
  for (const pair of map?.split(",") ?? []) {
    const [field = "", heading = ""] = pair.split("=").map((part) => part.trim());
    const known = StockField.safeParse(field);
    const at = headings.findIndex((one) => one.trim().toLowerCase() === heading.toLowerCase());
    if (!known.success || at < 0)
      return badMap(`${pair} is not field=heading of one of ${StockField.options.join(", ")}`);
    for (const [other, one] of columns.entries()) if (one === known.data) columns[other] = undefined;
    columns[at] = known.data;
  }
  if (!columns.includes("quantity"))
    return badMap("no column holds the quantity; say which: map=quantity=<heading>");
  if (!["medicine", "code", "name"].some((one) => columns.some((column) => column === one)))
    return badMap("no column holds the medicine, a code or a name; say which: map=name=<heading>");
  return columns;
}

function badMap(detail: string): Problem {
  return new Problem("bad-input", `The columns cannot be told: ${detail}`, {
    errors: [{ parameter: "map", detail }],
  });
}
