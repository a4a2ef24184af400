import { plainDigits, plainText } from "./digits.ts";
import { ABSENT, refused, valueOf, type Reading } from "./reading.ts";

/** Words that mean "no figure" everywhere. "Nil" and "not available" are not among them: in a column of beds they may mean 0. */
const ABSENT_WORDS = new Set([
  "",
  "-",
  "--",
  "---",
  "–",
  "—",
  ".",
  "..",
  "...",
  "na",
  "n/a",
  "n.a.",
  "n.a",
  "#n/a",
  "null",
  "nan",
  "none given",
  "लागू नहीं",
  "लागू नाही",
]);

/** Words behind a number that change nothing: what is counted is known from the mapping. */
const UNIT_WORDS = new Set([
  "bed",
  "beds",
  "no",
  "nos",
  "unit",
  "units",
  "बेड",
  "खाट",
  "खाटा",
  "बिस्तर",
  "यूनिट",
  "युनिट",
]);

const MONEY_BEFORE = /^(?:mrp\s*[:.]?\s*)?(?:rs\.?|inr|₹|रु\.?|usd|us\$|\$|eur|€|gbp|£)\s*/iu;
const MONEY_BEHIND = /\s*(?:\/-|\/=|rs\.?|inr|₹|eur|€)$/iu;

/** No count that we keep is as large; a number beyond is a telephone number or an id. */
const NUMBER_MAX = 1e12;

/** How numbers are written in a column. */
export interface NumberStyle {
  decimal: "." | ",";
  /** More words that may stand behind a number. */
  units: readonly string[];
  /** A price: a currency's mark may stand before it, and /- behind it as in India. */
  isMoney?: boolean;
}

/** Whether a text says "no value", by the words that always do and those of the mapping. */
export function isAbsentText(text: string, more: readonly string[]): boolean {
  const plain = plainText(text);
  return ABSENT_WORDS.has(plain) || more.some((word) => plainText(word) === plain);
}

/** A number read from a text, and whether a % stood behind it. */
export interface NumberRead {
  number: number;
  isPercent: boolean;
}

/**
 * Read a number from what stands in a cell. Nothing is guessed: what can be read in two ways or
 * holds more than the number is refused with the reason.
 *
 * Digits of Indian scripts are read; groups may be western (1,234,567) or Indian (12,34,567), by
 * blanks or apostrophes; a mark of a footnote behind the number is dropped.
 */
export function readNumber(raw: unknown, field: string | null, style: NumberStyle): Reading<NumberRead> {
  if (raw === null || raw === undefined) return ABSENT;
  if (typeof raw === "number") {
    if (Number.isNaN(raw)) return ABSENT;
    return Math.abs(raw) > NUMBER_MAX
      ? refused(field, raw, "out-of-range", "is too large to be a count")
      : valueOf({ number: raw, isPercent: false });
  }
  if (typeof raw !== "string")
    return refused(field, raw, "not-a-number", `is ${kindOfValue(raw)}, not a number`);
  const written = plainDigits(raw).trim();
  const text = style.isMoney ? written.replace(MONEY_BEFORE, "").replace(MONEY_BEHIND, "") : written;
  const isPercent = /\d\s*%$/u.test(text);
  const bare = bareNumber(text.replace(/\s*%$/u, ""), style.units);
  const number = parseNumber(bare, style.decimal);
  if (number !== undefined) {
    return Math.abs(number) > NUMBER_MAX
      ? refused(field, raw, "out-of-range", "is too large to be a count")
      : valueOf({ number, isPercent });
  }
  return refused(field, raw, ...whyNoNumber(text, bare, style.decimal));
}

function kindOfValue(raw: unknown): string {
  if (typeof raw === "boolean") return "yes or no";
  return Array.isArray(raw) ? "a list" : "an object";
}

/** Without the marks of a footnote and the words that change nothing. */
function bareNumber(text: string, more: readonly string[]): string {
  const marked = text.replace(/\s*[*†‡^#]+$/u, "").replace(/^[*†‡^#]+\s*/u, "");
  const behind = /^(.*\d)\s*([\p{L}\p{M}][\p{L}\p{M} ]*)\.?$/u.exec(marked);
  if (!behind) return marked;
  const word = plainText(behind[2] ?? "");
  return UNIT_WORDS.has(word) || more.some((one) => plainText(one) === word) ? (behind[1] ?? "") : marked;
}

const GROUPED: Record<"." | ",", RegExp> = {
  ".": /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d{1,3}(?:[ '’]\d{3})+)(?:\.(\d+))?$/u,
  ",": /^([+-]?)(\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:[ '’]\d{3})+)(?:,(\d+))?$/u,
};

/** The number that a text without anything else writes; undefined when it writes none. */
export function parseNumber(text: string, decimal: "." | ","): number | undefined {
  const match = GROUPED[decimal].exec(text.replace(/^([+-])\s+/u, "$1"));
  if (!match) return undefined;
  const [, sign = "", whole = "", fraction = ""] = match;
  return Number(`${sign}${whole.replace(/\D/gu, "")}.${fraction === "" ? "0" : fraction}`);
}

function whyNoNumber(
  text: string,
  bare: string,
  decimal: "." | ",",
): ["not-a-number" | "several-numbers", string] {
  const numbers = text.match(/\d+(?:[.,]\d+)*/gu) ?? [];
  if (numbers.length === 0) return ["not-a-number", "is no number"];
  if (numbers.length > 1)
    return [
      "several-numbers",
      `holds ${numbers.length} numbers (${numbers.slice(0, 4).join(", ")}): a pattern can say which is meant`,
    ];
  if (/^[<>≤≥~≈]|\d\s*\+$/u.test(text))
    return ["not-a-number", "says more or less than a number, not the number"];
  const other = decimal === "." ? "," : ".";
  if (parseNumber(bare, other) !== undefined)
    return [
      "not-a-number",
      `is no number with "${decimal}" as the decimal mark: does the file write "${other}"?`,
    ];
  return ["not-a-number", "is a number with other words, of which nothing is known"];
}
