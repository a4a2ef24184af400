import { applyMapping } from "@ihims/connectors/mapping/apply.ts";
import { plainText } from "@ihims/connectors/mapping/digits.ts";
import { readHtml } from "@ihims/connectors/mapping/formats/html.ts";
import { parseJsonText } from "@ihims/connectors/mapping/formats/json-text.ts";
import { readTable } from "@ihims/connectors/mapping/formats/table.ts";
import { readTree } from "@ihims/connectors/mapping/formats/tree.ts";
import { readXml } from "@ihims/connectors/mapping/formats/xml.ts";
import type { MappedLine, MappingOptions } from "@ihims/connectors/mapping/line.ts";
import {
  UnreadableSource,
  type ReadRecords,
  type SourcePage,
  type SourceRecord,
} from "@ihims/connectors/mapping/record.ts";
import type { Format, Mapping, Records } from "@ihims/connectors/mapping/schema.ts";
import { suggestMapping, type Suggestion } from "@ihims/connectors/mapping/suggest/suggest.ts";
import type { Sample } from "@ihims/connectors/mapping/suggest/suggest-part.ts";
import { candidatesOf, formatOf } from "./candidates.ts";
import { readCsvGrid } from "./csv.ts";
import { readNdjson } from "./ndjson.ts";
import { readAll, textOf, wholeText, type Source } from "./source.ts";
import { readWorkbook, WORKBOOK_MAX_BYTES, type Sheet } from "./xlsx.ts";

export { readWorkbook, WORKBOOK_MAX_BYTES, type Sheet } from "./xlsx.ts";
export { sourceOfBytes, sourceOfFile, type Source } from "./source.ts";

/** JSON is held whole: a city's feed is far smaller. */
export const JSON_MAX_CHARS = 150_000_000;
export const HTML_MAX_CHARS = 30_000_000;

/**
 * Everything that a mapping makes of a source, line by line, in the order of the file.
 *
 * @throws UnreadableSource, in words, when the source as a whole is not what the mapping says it is
 */
export function mapSource(
  source: Source,
  mapping: Mapping,
  options: MappingOptions,
): AsyncGenerator<MappedLine> {
  return applyMapping(mapping, recordsOf(source, mapping.format), options);
}

/** Opens a source in a format: goes through its records, as often as a mapping asks. What is held whole is read once. */
export function recordsOf(source: Source, format: Format): ReadRecords {
  const page: SourcePage = { file: source.name, sheet: null, above: "" };
  const text = () => textOf(source, format.encoding);
  switch (format.kind) {
    case "csv":
      return (records = {}) =>
        readTable(
          { page, rows: readCsvGrid(text(), format.delimiter), isExact: false, isStrict: true },
          records,
          { next: 1 },
        );
    case "ndjson":
      return (records = {}) => readNdjson(text(), records, page);
    case "xml":
      return (records = {}) => readXml(text(), records, page, { next: 1 });
    case "json": {
      const root = once(async () => parseJsonText(await wholeText(source, format.encoding, JSON_MAX_CHARS)));
      return (records = {}) => later(root(), (tree) => readTree(tree, records, page, { next: 1 }));
    }
    case "html": {
      const html = once(() => wholeText(source, format.encoding, HTML_MAX_CHARS));
      return (records = {}) => later(html(), (whole) => readHtml(whole, records, page, { next: 1 }));
    }
    case "xlsx": {
      const sheets = once(async () => readWorkbook(await readAll(source, WORKBOOK_MAX_BYTES)));
      return (records = {}) => later(sheets(), (all) => readSheets(all, records, page));
    }
  }
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}

async function* later<T>(
  what: Promise<T>,
  then: (what: T) => AsyncGenerator<SourceRecord>,
): AsyncGenerator<SourceRecord> {
  yield* then(await what);
}

async function* readSheets(
  sheets: readonly Sheet[],
  records: Records,
  page: SourcePage,
): AsyncGenerator<SourceRecord> {
  const { sheet = 1 } = records;
  const chosen = sheets.filter(
    ({ name }, at) =>
      sheet === "*" ||
      sheet === at + 1 ||
      (typeof sheet === "string" && plainText(name) === plainText(sheet)),
  );
  if (chosen.length === 0)
    throw new UnreadableSource(
      `there is no sheet ${JSON.stringify(sheet)}: sheets are ${sheets.map(({ name }) => name).join(", ")}`,
    );
  const numbers = { next: 1 };
  for (const { name, rows } of chosen)
    yield* readTable(
      { page: { ...page, sheet: name }, rows, isExact: false, isStrict: false },
      records,
      numbers,
    );
}

/** Records by which a mapping is suggested. */
const SAMPLE_MAX_RECORDS = 200;

/**
 * Suggest a mapping for a source by its first records.
 *
 * @returns undefined when nothing in it was understood
 * @throws UnreadableSource, in words, when it cannot be read at all
 */
export async function suggestFor(source: Source): Promise<Suggestion | undefined> {
  const format: Format = { kind: await formatOf(source) };
  const read = recordsOf(source, format);
  const samples: Sample[] = [];
  for (const records of await candidatesOf(source, format.kind)) {
    const items = await firstRecords(read, records);
    if (items.length > 0) samples.push({ records, items });
  }
  return suggestMapping(source.name ?? "A file", format, samples);
}

/** The first records at a place that was only supposed; none when there is nothing after all. */
async function firstRecords(read: ReadRecords, records: Records): Promise<SourceRecord[]> {
  const items: SourceRecord[] = [];
  try {
    for await (const record of read(records)) {
      if (record.fault === undefined) items.push(record);
      if (items.length >= SAMPLE_MAX_RECORDS) break;
    }
  } catch (error) {
    if (!(error instanceof UnreadableSource)) throw error;
  }
  return items;
}
