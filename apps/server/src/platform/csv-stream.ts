import { isUtf8 } from "node:buffer";
import { parse } from "csv-parse/sync";

/** A record over more lines than this is no address with line breaks: a quote was never closed. */
const RECORD_LINES_MAX = 20;
/** Records that are taken apart and handed on together. */
const BATCH_RECORDS = 1000;
/** Longest line that is read, in characters; a file without line breaks is no table. */
const LINE_MAX_CHARS = 1_000_000;
const SEPARATORS = [",", ";", "\t", "|"];

/** One record of a table, with the line that it begins on. */
export interface CsvRecord {
  line: number;
  fields: string[];
  /** Why it could not be taken apart; the fields are then what could be saved of it. */
  fault?: string;
}

/** A text is no table from a line on. */
export class UnreadableCsv extends Error {
  readonly line: number;
  constructor(line: number, why: string) {
    super(why);
    this.line = line;
  }
}

/** A table that is read bit by bit: its header first, then its records in batches. */
export interface CsvStream {
  headers: string[];
  separator: string;
  batches: AsyncIterable<CsvRecord[]>;
}

/**
 * Read a CSV of any length in little memory. The separator is the one that the header has most of. A
 * quote that is never closed costs its own line, not the rest of the file.
 *
 * @throws UnreadableCsv when there is no header, or a line that is longer than any
 */
export async function readCsvStream(bytes: AsyncIterable<Uint8Array>): Promise<CsvStream> {
  const records = logicalRecords(linesOf(bytes));
  const first = await records.next();
  if (first.done) throw new UnreadableCsv(1, "it is empty");
  const separator = separatorOf(first.value.text);
  const [header] = takeApart([first.value], separator);
  if (!header || header.fault !== undefined) throw new UnreadableCsv(1, "its header cannot be read");
  const headers = header.fields.map((field) => field.trim());
  return { headers, separator, batches: batchesOf(records, separator) };
}

interface Line {
  number: number;
  text: string;
}

/** The lines of a text as it comes in. The first bytes say how it is written. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let decoder: TextDecoder | undefined;
  let [rest, number] = ["", 0];
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/u);
    rest = lines.pop() ?? "";
    if (rest.length > LINE_MAX_CHARS)
      throw new UnreadableCsv(number + lines.length + 1, `line ${number + lines.length + 1} is too long`);
    for (const text of lines)
      yield { number: ++number, text: number === 1 ? text.replace(/^\uFEFF/u, "") : text };
  }
  rest = (rest + (decoder?.decode() ?? "")).replace(/\r$/u, "");
  if (rest !== "") yield { number: ++number, text: number === 1 ? rest.replace(/^\uFEFF/u, "") : rest };
}

function encodingOf(chunk: Uint8Array): string {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return "utf-16le";
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return "utf-16be";
  // A letter of several bytes may be cut at the end of the chunk.
  for (let cut = 0; cut < 4; cut += 1) if (isUtf8(chunk.subarray(0, chunk.length - cut))) return "utf-8";
  return "windows-1252";
}

interface LogicalRecord extends Line {
  fault?: string;
}

/** Lines that belong together by their quotes. */
async function* logicalRecords(lines: AsyncGenerator<Line>): AsyncGenerator<LogicalRecord> {
  let open: Line[] = [];
  const settle = function* (): Generator<LogicalRecord> {
    // The quote of the first line is never closed: it is set aside, the others are read anew.
    while (open.length > 0) {
      const [broken, ...others] = open;
      if (broken)
        yield isWhole(broken.text) ? broken : { ...broken, fault: "has a quote that is not closed" };
      open = others;
    }
  };
  for await (const line of lines) {
    if (open.length === 0 && isWhole(line.text)) {
      if (line.text.trim() !== "") yield line;
      continue;
    }
    open.push(line);
    const [start] = open;
    const text = open.map((one) => one.text).join("\n");
    if (start && isWhole(text)) {
      yield { number: start.number, text };
      open = [];
    } else if (open.length >= RECORD_LINES_MAX) yield* settle();
  }
  yield* settle();
}

function isWhole(text: string): boolean {
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 0;
}

async function* batchesOf(
  records: AsyncGenerator<LogicalRecord>,
  separator: string,
): AsyncGenerator<CsvRecord[]> {
  let batch: LogicalRecord[] = [];
  for await (const record of records) {
    batch.push(record);
    if (batch.length < BATCH_RECORDS) continue;
    yield takeApart(batch, separator);
    batch = [];
  }
  if (batch.length > 0) yield takeApart(batch, separator);
}

function takeApart(records: readonly LogicalRecord[], separator: string): CsvRecord[] {
  const whole = records.filter(({ fault }) => fault === undefined);
  const together = parsed(whole.map(({ text }) => text).join("\n"), separator);
  const fieldsOf = new Map<LogicalRecord, string[] | undefined>();
  for (const [at, record] of whole.entries())
    fieldsOf.set(
      record,
      together?.length === whole.length ? together[at] : parsed(record.text, separator)?.[0],
    );
  return records.map((record): CsvRecord => {
    const fields = fieldsOf.get(record);
    if (fields) return { line: record.number, fields };
    const parts = record.text.split(separator).map((part) => part.replaceAll('"', "").trim());
    return { line: record.number, fields: parts, fault: record.fault ?? "cannot be taken apart" };
  });
}

function parsed(text: string, delimiter: string): string[][] | undefined {
  try {
    // Without columns and casts the parser gives lists of texts.
    return parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }) as string[][];
  } catch {
    return undefined;
  }
}

function separatorOf(header: string): string {
  const plain = header.replace(/"[^"]*"/gu, "");
  const counts = SEPARATORS.map((separator) => plain.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
}
