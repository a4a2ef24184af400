import type { ListRecord } from "@ihims/connectors/csv/facility-list.ts";
import { readCsvRows, separatorOf } from "../../platform/csv-rows.ts";

export type CsvTable =
  | { ok: true; headers: string[]; records: ListRecord[] }
  | { ok: false; problem: string };

/** Take a CSV text apart whose first line that is not blank is its header; blank lines are passed over. */
export function readCsvRecords(text: string): CsvTable {
  const body = text.replace(/^\uFEFF/u, "");
  const lines = body.split(/\r\n|\n|\r/u);
  const header = lines.find((line) => line.trim() !== "");
  if (header === undefined) return { ok: false, problem: "it is empty" };
  const rows = readCsvRows(body, separatorOf([header]));
  const [headers, ...records] = rows.filter(({ fields }) => fields.some((field) => field.trim() !== ""));
  if (!headers || headers.fault !== undefined) return { ok: false, problem: "its header cannot be read" };
  return { ok: true, headers: headers.fields.map((field) => field.trim()), records };
}
