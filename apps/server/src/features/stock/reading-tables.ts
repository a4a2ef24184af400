import { UnreadableSource } from "@ihims/connectors/mapping/record.ts";
import { Problem } from "@ihims/core/problem.ts";
import { guessColumns, lineOfCells, StockField } from "@ihims/core/stock/list.ts";
import { readCsvStream, UnreadableCsv, type CsvStream } from "../../platform/csv-stream.ts";
import { readWorkbook, WORKBOOK_MAX_BYTES, type Sheet } from "../mapping/mapping.ts";
import { BrokenList, type FoundLine } from "./found-line.ts";

/** What a workbook is sent as (IANA, the Office Open XML of ISO/IEC 29500). */
export const SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/** Rows above the headings of a sheet: the shop's name, the day. */
const ABOVE_MAX_ROWS = 20;
/** Rows of a sheet that are handed on together. */
const BATCH_ROWS = 1000;

type Columns = readonly (StockField | undefined)[];

/** @throws BrokenList; Problem `bad-input` when its headings say nothing */
export async function* readCsv(
  body: AsyncIterable<Buffer>,
  map: string | undefined,
): AsyncGenerator<FoundLine[]> {
  const table = await tableOf(body);
  const columns = columnsOf(table.headers, map);
  try {
    for await (const records of table.batches)
      yield records.map(({ line, fields, fault }) => ({
        line,
        text: () => fields.join(table.separator),
        given: lineOfCells(fields, columns),
        ...(fault === undefined ? {} : { fault }),
      }));
  } catch (error) {
    if (error instanceof UnreadableCsv) throw new BrokenList(error.line, error.message);
    throw error;
  }
}

async function tableOf(body: AsyncIterable<Buffer>): Promise<CsvStream> {
  try {
    return await readCsvStream(body);
  } catch (error) {
    if (error instanceof UnreadableCsv)
      throw new Problem("bad-input", `The list cannot be read: ${error.message}`);
    throw error;
  }
}

/**
 * The rows of a workbook's first sheet. A workbook is read whole: its parts cannot be told apart before.
 *
 * @throws Problem `bad-input` when it is no workbook, too large, or its headings say nothing
 */
export async function* readSheet(
  body: AsyncIterable<Buffer>,
  map: string | undefined,
): AsyncGenerator<FoundLine[]> {
  const [sheet] = await sheetsOf(body);
  const rows = (sheet?.rows ?? []).map(({ number, cells }) => ({
    line: number,
    cells: cells.map((cell) => (cell === null ? "" : String(cell))),
  }));
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell !== ""));
  const head = filled.slice(0, ABOVE_MAX_ROWS).findIndex(({ cells }) => saysEnough(guessColumns(cells)));
  const headings = filled[Math.max(0, head)]?.cells;
  if (!headings) throw new Problem("bad-input", "The first sheet of the workbook is empty");
  const columns = columnsOf(headings, map);
  const lines = filled.slice(Math.max(0, head) + 1);
  for (let at = 0; at < lines.length; at += BATCH_ROWS)
    yield lines.slice(at, at + BATCH_ROWS).map(({ line, cells }) => ({
      line,
      text: () => cells.join(","),
      given: lineOfCells(cells, columns),
    }));
}

async function sheetsOf(body: AsyncIterable<Buffer>): Promise<Sheet[]> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > WORKBOOK_MAX_BYTES)
      throw new Problem("bad-input", `A workbook has at most ${WORKBOOK_MAX_BYTES / 1e6} MB: send it as CSV`);
    pieces.push(piece);
  }
  try {
    return await readWorkbook(Buffer.concat(pieces));
  } catch (error) {
    if (error instanceof UnreadableSource)
      throw new Problem("bad-input", `The list cannot be read: ${error.message}`);
    throw error;
  }
}

/** What each column holds: as it was said, and else as its heading tells. @throws Problem `bad-input` */
function columnsOf(headings: readonly string[], map: string | undefined): Columns {
  const columns = guessColumns(headings);
  for (const pair of map?.split(",") ?? []) {
    const [field = "", heading = ""] = pair.split("=").map((part) => part.trim());
    const known = StockField.safeParse(field);
    const at = headings.findIndex((one) => one.trim().toLowerCase() === heading.toLowerCase());
    if (!known.success || at < 0)
      throw badMap(`${pair} is not field=heading of one of ${StockField.options.join(", ")}`);
    for (const [other, one] of columns.entries()) if (one === known.data) columns[other] = undefined;
    columns[at] = known.data;
  }
  const found = headings.filter((one) => one !== "").join(", ");
  if (!columns.includes("quantity"))
    throw badMap(
      `no column holds the quantity; say which: map=quantity=<heading>. The headings are: ${found}`,
    );
  if (!saysEnough(columns))
    throw badMap(
      `no column holds the medicine, a code or a name; say which: map=name=<heading>. The headings are: ${found}`,
    );
  return columns;
}

/** Whether a line of such columns can say how much there is of what. */
function saysEnough(columns: Columns): boolean {
  return (
    columns.includes("quantity") &&
    columns.some((one) => one === "medicine" || one === "code" || one === "name")
  );
}

function badMap(detail: string): Problem {
  return new Problem("bad-input", `The columns cannot be told: ${detail}`, {
    errors: [{ parameter: "map", detail }],
  });
}
