import { guessColumns, type StockField } from "@ihims/core/stock/list.ts";

/** The headings of a table, and what each column holds. */
export interface Columns {
  headings: readonly string[];
  fields: readonly (StockField | undefined)[];
}

const SEPARATORS = ["\t", ";", ",", "|"];

/** The headings of a pasted table or CSV, with a guess of what each column holds. */
export function tableHead(text: string): Columns {
  const head = text.replace(/^\uFEFF/u, "").split(/\r?\n/, 1)[0] ?? "";
  const counts = SEPARATORS.map((one) => head.split(one).length);
  const separator = SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
  const headings = head === "" ? [] : head.split(separator).map((one) => one.replace(/^"|"$/g, "").trim());
  return { headings, fields: guessColumns(headings) };
}

/** As the door takes it: `name=Item,quantity=Bal`. */
export function mapOf({ headings, fields }: Columns): string {
  return fields.flatMap((field, at) => (field ? [`${field}=${headings[at] ?? ""}`] : [])).join(",");
}

/** One column holds another thing now; whichever held it before holds nothing. */
export function withField(
  { headings, fields }: Columns,
  column: number,
  field: StockField | undefined,
): Columns {
  return {
    headings,
    fields: fields.map((one, at) => (at === column ? field : one === field ? undefined : one)),
  };
}
