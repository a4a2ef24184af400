import { asText } from "../cells.ts";
import { readClockText, readDateText } from "../date-text.ts";
import { fieldOf, scopeOf } from "../fields.ts";
import { isAbsentText, parseNumber, readNumber } from "../numbers.ts";
import type { SourceRecord } from "../record.ts";
import { headerWords } from "../words.ts";

/** Fields of a tree are looked for so deep. */
const DEPTH_MAX = 4;
const COLUMNS_MAX = 500;

/** A column of a sample, or a field of its tree, with what its values are. */
export interface Column {
  /** As a mapping names it. */
  field: string;
  words: string;
  /** The values that are there, as texts. */
  texts: string[];
  /** Of those, how many are numbers. */
  numbers: (number | undefined)[];
  isNumeric: boolean;
  hasDecimals: boolean;
  decimal: "." | ",";
  isDate: boolean;
  isTime: boolean;
  /** Share of the records that have a value. */
  filled: number;
  /** Share of the values that are another than all before. */
  different: number;
}

/** All columns of some records, in their order. */
export function columnsOf(records: readonly SourceRecord[]): Column[] {
  const named = records[0]?.page.columns;
  const fields = named ? [...named] : fieldsOf(records);
  return fields.slice(0, COLUMNS_MAX).map((field) => describe(field, records));
}

function fieldsOf(records: readonly SourceRecord[]): string[] {
  const found = new Set<string>();
  const visit = (value: unknown, path: string, depth: number) => {
    if (typeof value !== "object" || value === null) {
      if (path !== "") found.add(path);
    } else if (!Array.isArray(value) && depth < DEPTH_MAX)
      for (const [key, one] of Object.entries(value))
        visit(one, path === "" ? key : `${path}.${key}`, depth + 1);
  };
  for (const { fields } of records) visit(fields, "", 0);
  // What holds the records may say what they do not: the district, the time.
  const [first] = records;
  for (const [key, value] of Object.entries(first?.parent?.fields ?? {}))
    if (typeof value !== "object") found.add(`$parent.${key}`);
  const root = first?.page.root;
  if (
    typeof root === "object" &&
    root !== null &&
    !Array.isArray(root) &&
    root !== first?.fields &&
    root !== first?.parent?.fields
  )
    for (const [key, value] of Object.entries(root)) if (typeof value !== "object") found.add(`$root.${key}`);
  return [...found];
}

function describe(field: string, records: readonly SourceRecord[]): Column {
  const values = records.map((record) => {
    const found = fieldOf(scopeOf(record), field);
    return found.isFound ? found.value : undefined;
  });
  const texts = values.flatMap((value) => {
    const text = value === null || value === undefined ? undefined : asText(value);
    return text === undefined || isAbsentText(text, []) ? [] : [text];
  });
  const decimal = decimalOf(texts);
  const numbers = values.map((value) => {
    const read = readNumber(asText(value), null, { decimal, units: [], isMoney: true });
    return read.kind === "value" ? read.value.number : undefined;
  });
  const isShare = (count: number, least: number) => texts.length > 0 && count >= least * texts.length;
  const count = numbers.filter((number) => number !== undefined).length;
  return {
    field,
    words: headerWords(field.replace(/^\$(?:parent|root)\./u, "").replaceAll(".", " ")),
    texts,
    numbers,
    isNumeric: isShare(count, 0.6),
    hasDecimals: numbers.some((number) => number !== undefined && !Number.isInteger(number)),
    decimal,
    isDate: isMostlyDates(texts),
    isTime: isShare(
      texts.filter((text) => /[:.apAP]|बजे|वाजता/u.test(text) && readClockText(text).ok).length,
      0.7,
    ),
    filled: records.length === 0 ? 0 : texts.length / records.length,
    different: texts.length === 0 ? 0 : new Set(texts).size / texts.length,
  };
}

/** A comma is the decimal mark of a column where it must be: "12,5", and no value can only be read with a point. */
function decimalOf(texts: readonly string[]): "." | "," {
  const needs = (mark: "." | ",", other: "." | ",") =>
    texts.some((text) => parseNumber(text, mark) !== undefined && parseNumber(text, other) === undefined);
  return needs(",", ".") && !needs(".", ",") ? "," : ".";
}

export function isDateText(text: string): boolean {
  if (/^\d{10}(\d{3})?$/u.test(text)) return Number(text.slice(0, 10)) > 1_000_000_000;
  const read = readDateText(text);
  return (
    read.ok &&
    (read.date.month !== undefined ||
      read.date.unordered !== undefined ||
      read.date.epochMs !== undefined ||
      read.date.agoMs !== undefined)
  );
}

/** A 0 among counts of seconds means that nobody ever said. */
function isMostlyDates(texts: readonly string[]): boolean {
  const said = texts.filter((text) => text !== "0");
  return said.length > 0 && said.filter(isDateText).length >= 0.7 * said.length;
}
