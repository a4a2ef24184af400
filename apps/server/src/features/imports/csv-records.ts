import { parse } from "csv-parse/sync";
import type { ListRecord } from "@ihims/connectors/csv/facility-list.ts";

const SEPARATORS = [",", ";", "\t", "|"];
/** A record over more lines than this is not an address with line breaks: a quote was never closed. */
const RECORD_LINES_MAX = 20;

export type CsvTable =
  | { ok: true; headers: string[]; records: ListRecord[] }
  | { ok: false; problem: string };

/**
 * Take a CSV text apart. The separator is the one that the header has most of.
 *
 * A quote that is never closed would swallow the rest of the file into one field; its lines are
 * then read each for itself, so that only those that are broken are lost, and by number.
 */
export function readCsvRecords(text: string): CsvTable {
  const body = text.replace(/^\uFEFF/u, "");
  const lines = body.split(/\r\n|\n|\r/u);
  const headerAt = lines.findIndex((line) => line.trim() !== "");
  const header = lines[headerAt];
  if (header === undefined) return { ok: false, problem: "it is empty" };
  const delimiter = separatorOf(header);
  const records =
    parsed(body, delimiter) ?? lines.map((_, at) => ({ first: at + 1, last: at + 1, fields: null }));
  const whole = records.flatMap((record) => recordsOf(record, lines, delimiter, header));
  const [headers, ...rest] = whole.filter(({ fields }) => fields.some((field) => field.trim() !== ""));
  if (!headers || headers.fault !== undefined) return { ok: false, problem: "its header cannot be read" };
  return { ok: true, headers: headers.fields.map((field) => field.trim()), records: rest };
}

interface Span {
  first: number;
  last: number;
  /** Null: not taken apart yet. */
  fields: string[] | null;
}

function separatorOf(header: string): string {
  const plain = header.replace(/"[^"]*"/gu, "");
  const counts = SEPARATORS.map((separator) => plain.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
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

function recordsOf(
  { first, last, fields }: Span,
  lines: readonly string[],
  delimiter: string,
  header: string,
): ListRecord[] {
  if (fields && last - first < RECORD_LINES_MAX) return [{ place: placeOf(first, last), fields }];
  return lines.slice(first - 1, last).map((line, at): ListRecord => {
    const alone = parsed(line, delimiter)?.[0]?.fields;
    const place = placeOf(first + at, first + at);
    if (alone) return { place, fields: alone };
    // What can be saved, for the person who looks for it in the file: the parts without their quotes.
    const parts = line.split(delimiter).map((part) => part.replaceAll('"', "").trim());
    const width = header.split(delimiter).length;
    return { place, fields: parts.slice(0, width), fault: "has a quote that is not closed" };
  });
}

function placeOf(first: number, last: number): string {
  return first === last ? `line ${first}` : `lines ${first}-${last}`;
}
