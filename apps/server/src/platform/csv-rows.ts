import { parse } from "csv-parse/sync";

const SEPARATORS = [",", ";", "\t", "|"];
/** A record over more lines than this is not an address with line breaks: a quote was never closed. */
const RECORD_LINES_MAX = 20;
/** Lines by which the separator is found. */
const SEPARATOR_LINES = 50;

/** One record of a CSV text. */
export interface CsvRow {
  /** Number of its first line, from 1. */
  line: number;
  /** `line 12`, `lines 12-13`. */
  place: string;
  fields: string[];
  /** What is wrong with it; its fields are then what could be saved. */
  fault?: string;
}

/**
 * Take a CSV text apart, record by record, blank lines included.
 *
 * A quote that is never closed would swallow the rest of the text into one field; its lines are
 * then read each for itself, so that only those that are broken are lost, and by number.
 *
 * @param firstLine number of the text's first line, where the text is a piece of a file
 */
export function readCsvRows(text: string, delimiter: string, firstLine = 1): CsvRow[] {
  const lines = text.split(/\r\n|\n|\r/u);
  const width = lines.find((line) => line.trim() !== "")?.split(delimiter).length ?? 0;
  const spans =
    parsed(text, delimiter) ?? lines.map((_, at) => ({ first: at + 1, last: at + 1, fields: null }));
  return spans.flatMap((span) => rowsOf(span, lines, delimiter, width, firstLine - 1));
}

/**
 * The separator of a CSV text by its lines: the one that most lines have equally many of. Titles
 * and remarks above the table do not count, for they have none, or few.
 */
export function separatorOf(lines: readonly string[]): string {
  const plain = lines
    .filter((line) => line.trim() !== "")
    .slice(0, SEPARATOR_LINES)
    .map((line) => line.replace(/"[^"]*"/gu, ""));
  const scores = SEPARATORS.map((separator) => {
    const lineCount = new Map<number, number>();
    for (const line of plain) {
      const count = line.split(separator).length - 1;
      if (count > 0) lineCount.set(count, (lineCount.get(count) ?? 0) + 1);
    }
    return Math.max(0, ...[...lineCount].map(([count, times]) => times * times * count));
  });
  return SEPARATORS[scores.indexOf(Math.max(...scores))] ?? ",";
}

interface Span {
  first: number;
  last: number;
  /** Null: not taken apart yet. */
  fields: string[] | null;
}

/** Every record with its lines; undefined when the text as a whole breaks the rules of CSV. */
function parsed(text: string, delimiter: string): Span[] | undefined {
  const spans: Span[] = [];
  let last = 0;
  try {
    parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      on_record: (fields: string[], { lines }) => {
        spans.push({ first: last + 1, last: lines, fields });
        last = lines;
        return null;
      },
    });
    return spans;
  } catch {
    return undefined;
  }
}

function rowsOf(
  { first, last, fields }: Span,
  lines: readonly string[],
  delimiter: string,
  width: number,
  before: number,
): CsvRow[] {
  if (fields && last - first < RECORD_LINES_MAX)
    return [{ line: before + first, place: placeOf(before + first, before + last), fields }];
  return lines.slice(first - 1, last).map((text, at): CsvRow => {
    const alone = parsed(text, delimiter)?.[0]?.fields;
    const line = before + first + at;
    const place = placeOf(line, line);
    if (alone) return { line, place, fields: alone };
    // What can be saved, for the person who looks for it in the file: the parts without their quotes.
    const parts = text.split(delimiter).map((part) => part.replaceAll('"', "").trim());
    return { line, place, fields: parts.slice(0, width), fault: "has a quote that is not closed" };
  });
}

function placeOf(first: number, last: number): string {
  return first === last ? `line ${first}` : `lines ${first}-${last}`;
}
