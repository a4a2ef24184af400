import type { GridRow } from "@ihims/connectors/mapping/formats/table.ts";
import { UnreadableSource } from "@ihims/connectors/mapping/record.ts";
import { readCsvRows, separatorOf } from "../../platform/csv-rows.ts";

/** A file is taken apart in pieces of about this size. */
const PIECE_CHARS = 2_000_000;
/** Lines by which the separator is told. */
const HEAD_LINES = 60;

/** The rows of a CSV text that comes in pieces, of any length, in bounded memory. */
export async function* readCsvGrid(
  text: AsyncIterable<string>,
  delimiter: string | undefined,
): AsyncGenerator<GridRow> {
  let rest = "";
  let line = 1;
  let separator = delimiter;
  for await (const chunk of text) {
    rest += chunk;
    if (rest.length < PIECE_CHARS) continue;
    separator ??= separatorIn(rest);
    const end = lastRecordEnd(rest);
    yield* rowsOf(rest.slice(0, end), separator, line);
    line += linesIn(rest.slice(0, end));
    rest = rest.slice(end);
  }
  if (rest === "" && line === 1) throw new UnreadableSource("it is empty");
  yield* rowsOf(rest, separator ?? separatorIn(rest), line);
}

function separatorIn(text: string): string {
  if (/^\s*<(?:!doctype|html|\?xml|head|body)/iu.test(text))
    throw new UnreadableSource("it is a web page or XML, not CSV");
  if (/^\s*[[{]\s*["{[]/u.test(text)) throw new UnreadableSource("it is JSON, not CSV");
  return separatorOf(text.slice(0, 200_000).split(/\r\n|\n|\r/u, HEAD_LINES));
}

function* rowsOf(text: string, separator: string, firstLine: number): Generator<GridRow> {
  // The last line's end is no line of its own.
  const body = text.replace(/(?:\r\n|\n|\r)$/u, "");
  if (body === "") return;
  for (const { line, place, fields, fault } of readCsvRows(body, separator, firstLine))
    yield { number: line, place, cells: fields, ...(fault !== undefined && { fault }) };
}

/**
 * Where the last record of a piece ends: the last line's end outside quotes. When a quote was never
 * closed there may be none: then the last line's end, and those lines are read each for itself.
 */
function lastRecordEnd(text: string): number {
  let isQuoted = false;
  let last = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) isQuoted = !isQuoted;
    else if (code === 10 && !isQuoted) last = at + 1;
  }
  if (last > text.length / 2) return last;
  const anyEnd = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1;
  return anyEnd > 0 ? anyEnd : text.length;
}

function linesIn(text: string): number {
  return text.match(/\r\n|\n|\r/gu)?.length ?? 0;
}
