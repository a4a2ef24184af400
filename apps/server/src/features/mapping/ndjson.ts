import { readTree } from "@ihims/connectors/mapping/formats/tree.ts";
import { UnreadableSource, type SourcePage, type SourceRecord } from "@ihims/connectors/mapping/record.ts";
import type { Records } from "@ihims/connectors/mapping/schema.ts";

/** A line that is longer is no record. */
const LINE_MAX_CHARS = 5_000_000;

/** The records of a text that has one JSON value on each line; a line that has none is refused by its number. */
export async function* readNdjson(
  text: AsyncIterable<string>,
  records: Records,
  page: SourcePage,
): AsyncGenerator<SourceRecord> {
  const numbers = { next: 1 };
  let rest = "";
  let line = 0;
  for await (const chunk of text) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LINE_MAX_CHARS)
      throw new UnreadableSource(
        `line ${line + lines.length + 1} is longer than ${LINE_MAX_CHARS} characters`,
      );
    for (const one of lines) yield* readLine(one, ++line, records, page, numbers);
  }
  yield* readLine(rest, ++line, records, page, numbers);
}

async function* readLine(
  line: string,
  number: number,
  records: Records,
  page: SourcePage,
  numbers: { next: number },
): AsyncGenerator<SourceRecord> {
  if (line.trim() === "") return;
  const place = `line ${number}`;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    if (number === 1 && line.trim().startsWith("<"))
      throw new UnreadableSource("it is a web page or XML, not JSON");
    yield { number: numbers.next++, place, fields: {}, page, fault: "is not JSON" };
    return;
  }
  try {
    for await (const record of readTree(value, records, page, numbers))
      yield { ...record, place: record.place.startsWith("/") ? `${place}, ${record.place}` : place };
  } catch (error) {
    if (!(error instanceof UnreadableSource)) throw error;
    yield { number: numbers.next++, place, fields: {}, page, fault: error.message };
  }
}
