import { Unzip, UnzipInflate } from "fflate";
import readXlsxFile from "read-excel-file/node";
import type { GridCell, GridRow } from "@ihims/connectors/mapping/formats/table.ts";
import { UnreadableSource } from "@ihims/connectors/mapping/record.ts";

/** Packed bytes of a workbook. */
export const WORKBOOK_MAX_BYTES = 50_000_000;
/** Unpacked bytes of all its parts: what a bomb is told by. */
export const UNPACKED_MAX_BYTES = 400_000_000;
/** Rows times columns of the widest reach of a sheet's cells, empty ones counted. */
const AREA_MAX_CELLS = 20_000_000;
const CHUNK_BYTES = 1 << 16;

export interface Sheet {
  name: string;
  rows: GridRow[];
}

/**
 * The sheets of a workbook. It is unpacked once before, into nothing, so that what would fill the
 * memory is refused before the reader of workbooks sees it.
 *
 * @throws UnreadableSource in words
 */
export async function readWorkbook(
  bytes: Uint8Array,
  unpackedMaxBytes = UNPACKED_MAX_BYTES,
): Promise<Sheet[]> {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf)
    throw new UnreadableSource("it is a workbook of the old .xls form: save it as .xlsx or CSV");
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new UnreadableSource("it is no .xlsx workbook");
  guard(bytes, unpackedMaxBytes);
  try {
    const sheets = await readXlsxFile(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      trim: true,
    });
    return sheets.map(({ sheet, data }) => ({
      name: sheet,
      rows: data.map((cells, at) => ({
        number: at + 1,
        place: `sheet ${sheet}, row ${at + 1}`,
        cells: cells.map(cellOf),
      })),
    }));
  } catch (error) {
    throw new UnreadableSource(
      `the workbook cannot be read: ${error instanceof Error ? error.message : "no reason is given"}`,
      { cause: error },
    );
  }
}

/** Dates come as moments of a clock that has no zone: written as that clock shows them. */
function cellOf(value: unknown): GridCell {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return null;
    // Fractions of a day are not exact to the second.
    const text = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString();
    return text.slice(11, 19) === "00:00:00" ? text.slice(0, 10) : text.slice(0, 19);
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

function guard(bytes: Uint8Array, maxBytes: number): void {
  let total = 0;
  let problem: string | undefined;
  const unzip = new Unzip((file) => {
    const isSheet = /worksheets\/[^/]+\.xml$/iu.test(file.name);
    const reach = { rows: 0, columns: 0 };
    let tail = "";
    file.ondata = (error, chunk) => {
      if (error) problem ??= `a part of it cannot be unpacked: ${error.message}`;
      if (problem !== undefined) return;
      total += chunk.length;
      if (total > maxBytes) problem = `unpacked it is larger than ${maxBytes / 1e6} MB`;
      if (!isSheet) return;
      const text = tail + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("latin1");
      extend(reach, text);
      tail = text.slice(-40);
      if (reach.rows * reach.columns > AREA_MAX_CELLS)
        problem = `a sheet reaches over more than ${AREA_MAX_CELLS / 1e6} million cells`;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length && problem === undefined; at += CHUNK_BYTES)
      unzip.push(bytes.subarray(at, at + CHUNK_BYTES), at + CHUNK_BYTES >= bytes.length);
  } catch (error) {
    problem ??= `it cannot be unpacked: ${error instanceof Error ? error.message : "no reason is given"}`;
  }
  if (problem !== undefined) throw new UnreadableSource(`the workbook cannot be read: ${problem}`);
}

/** Addresses of cells are letters for the column and figures for the row. */
function extend(reach: { rows: number; columns: number }, xml: string): void {
  for (const [, letters = "", digits = ""] of xml.matchAll(/\br="([A-Z]{1,10})(\d{1,12})"/gu)) {
    let column = 0;
    for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
    reach.columns = Math.max(reach.columns, column);
    reach.rows = Math.max(reach.rows, Number(digits));
  }
}
