import { BrokenList, type FoundLine } from "./found-line.ts";
import { readCsv, readSheet, SHEET_TYPE } from "./reading-tables.ts";

/** Longest line, in characters. */
const LINE_MAX_CHARS = 16_384;
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
  if (type === "text/csv") return readCsv(body, map);
  if (type === SHEET_TYPE) return readSheet(body, map);
  const text = textOf(body);
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
