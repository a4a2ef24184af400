import { BedType } from "@ihims/core/beds/schema.ts";
import type { Cell, CellSpec, CodeList } from "./cell.ts";
import { plainText } from "./digits.ts";
import { fieldOf, type Scope } from "./fields.ts";
import { textOfHtml } from "./formats/html-text.ts";
import { isAbsentText, readNumber } from "./numbers.ts";
import { patternOf, TEXT_MAX_CHARS } from "./patterns.ts";
import { ABSENT, refused, valueOf, type Reading } from "./reading.ts";

/** What the whole mapping says of its cells. */
export interface CellContext {
  absent: readonly string[];
  decimal: "." | ",";
  lists: Readonly<Record<string, CodeList>>;
  /** Told of each field that was asked for in a tree, and whether it was there. */
  onField?: (field: string, isFound: boolean) => void;
}

/** A cell as the mapping names it, for a refusal. */
export function nameOf(cell: Cell): string | null {
  if (typeof cell === "string") return cell;
  if (cell.field !== undefined) return cell.field;
  if (cell.expression !== undefined) return cell.expression.slice(0, 100);
  const [first] = cell.firstOf ?? cell.join ?? [];
  return first === undefined ? null : nameOf(first);
}

function specOf(cell: Cell): CellSpec {
  return typeof cell === "string" ? { field: cell } : cell;
}

/** What a cell holds once its pattern and code list have been applied; absent when that says nothing. */
export function readCell(cell: Cell, scope: Scope, ctx: CellContext): Reading<unknown> {
  const spec = specOf(cell);
  const read = readPlain(spec, nameOf(cell), scope, ctx);
  return read.kind === "absent" && spec.otherwise !== undefined ? valueOf(spec.otherwise) : read;
}

function readPlain(spec: CellSpec, name: string | null, scope: Scope, ctx: CellContext): Reading<unknown> {
  const source = readSource(spec, scope, ctx);
  if (source.kind !== "value") return source;
  const raw = spec.html && typeof source.value === "string" ? textOfHtml(source.value) : source.value;
  const said = withoutAbsent(raw, spec, ctx);
  if (said.kind !== "value") return said;
  const picked = spec.pattern === undefined ? said : pick(said.value, spec, name);
  if (picked.kind !== "value") return picked;
  const meant = spec.list === undefined ? picked : lookUp(picked.value, spec.list, name, ctx);
  return meant.kind === "value" ? withoutAbsent(meant.value, spec, ctx) : meant;
}

function readSource(spec: CellSpec, scope: Scope, ctx: CellContext): Reading<unknown> {
  if (spec.field !== undefined) return readField(spec.field, scope, ctx);
  if (spec.constant !== undefined) return valueOf(spec.constant);
  if (spec.expression !== undefined) {
    return (
      scope.expressions?.get(spec.expression) ??
      refused(spec.expression, null, "expression", "was not worked out for this record")
    );
  }
  if (spec.firstOf) return firstOf(spec.firstOf, scope, ctx);
  return join(spec.join ?? [], spec.with ?? " ", scope, ctx);
}

function readField(field: string, scope: Scope, ctx: CellContext): Reading<unknown> {
  const found = fieldOf(scope, field);
  if (found.isFound) {
    ctx.onField?.(field, true);
    return found.value === null || found.value === undefined ? ABSENT : valueOf(found.value);
  }
  const { columns } = scope.record.page;
  // In a tree a field that says nothing is often left out; a table's columns are all there.
  if (columns && !field.startsWith("$")) {
    const named = columns.slice(0, 12).join(", ");
    return refused(field, null, "no-such-field", `is no column of it: columns are ${named}`);
  }
  ctx.onField?.(field, false);
  return ABSENT;
}

function firstOf(cells: readonly Cell[], scope: Scope, ctx: CellContext): Reading<unknown> {
  let fault: Reading<unknown> = ABSENT;
  // One of them will often not be there at all: that is no fault while another is.
  const quiet = { ...ctx, onField: () => undefined };
  for (const cell of cells) {
    const read = readCell(cell, scope, quiet);
    if (read.kind === "value") return read;
    if (read.kind === "refused" && read.fault.code !== "no-such-field") return read;
    if (read.kind === "refused") fault = read;
    else if (fault.kind === "absent") fault = read;
  }
  return fault;
}

function join(cells: readonly Cell[], between: string, scope: Scope, ctx: CellContext): Reading<unknown> {
  const texts: string[] = [];
  for (const cell of cells) {
    const read = readText(cell, scope, ctx);
    if (read.kind === "refused") return read;
    if (read.kind === "value") texts.push(read.value);
  }
  return texts.length === 0 ? ABSENT : valueOf(texts.join(between));
}

function withoutAbsent(value: unknown, spec: CellSpec, ctx: CellContext): Reading<unknown> {
  if (typeof value === "number" && ctx.absent.concat(spec.absent ?? []).includes(String(value)))
    return ABSENT;
  if (typeof value !== "string") return value === null || value === undefined ? ABSENT : valueOf(value);
  if (isAbsentText(value, ctx.absent) || isAbsentText(value, spec.absent ?? [])) return ABSENT;
  return spec.zero?.some((word) => plainText(word) === plainText(value)) ? valueOf(0) : valueOf(value);
}

function pick(value: unknown, spec: CellSpec, name: string | null): Reading<unknown> {
  const text = asText(value);
  if (text === undefined || text.length > TEXT_MAX_CHARS)
    return refused(name, value, "pattern", "is no text that a pattern can be tried on");
  const match = patternOf(spec.pattern ?? "").first(text);
  if (!match)
    return spec.unmatched === "absent" ? ABSENT : refused(name, value, "pattern", "does not fit the pattern");
  const group = "value" in match.named ? match.named["value"] : (match.groups[0] ?? match.whole);
  const isGroupless = match.groups.length === 0;
  const picked = isGroupless ? match.whole : "value" in match.named ? group : match.groups[0];
  return picked === null || picked === undefined || picked.trim() === "" ? ABSENT : valueOf(picked.trim());
}

/** The code list's meaning of a value; what it does not have stays as it is, for the reader behind it. */
function lookUp(
  value: unknown,
  list: string | CodeList,
  name: string | null,
  ctx: CellContext,
): Reading<unknown> {
  const codes = typeof list === "string" ? ctx.lists[list] : list;
  if (!codes)
    return refused(name, value, "unknown-word", `there is no list "${String(list)}" in the mapping`);
  const text = asText(value);
  if (text === undefined) return valueOf(value);
  const found = indexOf(codes).get(plainText(text));
  if (found === undefined) return valueOf(value);
  return found === null ? ABSENT : valueOf(found);
}

const indexes = new WeakMap<CodeList, Map<string, string | number | boolean | null>>();

function indexOf(codes: CodeList): Map<string, string | number | boolean | null> {
  let index = indexes.get(codes);
  if (!index) {
    index = new Map(Object.entries(codes).map(([said, meant]) => [plainText(said), meant]));
    indexes.set(codes, index);
  }
  return index;
}

/** A value as text: of a list its members, of an element with attributes its words; undefined of any other object. */
export function asText(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return value.trim();
    case "number":
    case "boolean":
    case "bigint":
      return String(value);
    case "object": {
      if (Array.isArray(value)) {
        const parts = value.map(asText);
        return parts.every((part) => part !== undefined) ? parts.filter(Boolean).join(", ") : undefined;
      }
      const words: unknown = value !== null && "#text" in value ? value["#text"] : undefined;
      return typeof words === "string" ? words.trim() : undefined;
    }
    default:
      return undefined;
  }
}

/** Read a cell as text, without blanks at its ends; absent when nothing is left. */
export function readText(cell: Cell, scope: Scope, ctx: CellContext): Reading<string> {
  const read = readCell(cell, scope, ctx);
  if (read.kind !== "value") return read;
  const text = asText(read.value);
  if (text === undefined) return refused(nameOf(cell), read.value, "impossible", "is an object, not a text");
  return text === "" ? ABSENT : valueOf(text);
}

/** Read a cell as a number, with the factors that the mapping gives it. */
export function readNumberCell(cell: Cell, scope: Scope, ctx: CellContext, isMoney = false): Reading<number> {
  const spec = specOf(cell);
  const name = nameOf(cell);
  const read = readCell(cell, scope, ctx);
  if (read.kind !== "value") return read;
  const raw = typeof read.value === "object" ? (asText(read.value) ?? read.value) : read.value;
  const number = readNumber(raw, name, {
    decimal: spec.decimal ?? ctx.decimal,
    units: spec.units ?? [],
    isMoney,
  });
  if (number.kind !== "value") return number;
  if (number.value.isPercent && spec.percentOf === undefined)
    return refused(name, raw, "not-a-number", "is a percentage: the mapping does not say of what");
  let value = number.value.number * (spec.times ?? 1);
  for (const [factor, isPercent] of [
    [spec.divideBy, false],
    [spec.percentOf, true],
  ] as const) {
    if (factor === undefined) continue;
    const other = typeof factor === "number" ? valueOf(factor) : readNumberCell(factor, scope, ctx);
    if (other.kind !== "value") return other;
    if (!isPercent && other.value === 0) return refused(name, raw, "impossible", "is to be divided by 0");
    value = isPercent ? (value * other.value) / 100 : value / other.value;
  }
  return valueOf(value);
}

/** What rounds a number to a whole one; the margin is for what binary fractions lose: 0.29 * 100. */
const MARGIN = 1e-9;
const ROUND: Record<"nearest" | "down" | "up", (value: number) => number> = {
  nearest: (value) => Math.round(value + MARGIN),
  down: (value) => Math.floor(value + MARGIN),
  up: (value) => Math.ceil(value - MARGIN),
};

/** Read a cell as a count: whole and not below 0, or what the mapping makes of it. */
export function readCount(cell: Cell, scope: Scope, ctx: CellContext): Reading<number> {
  const spec = specOf(cell);
  const read = readNumberCell(cell, scope, ctx);
  if (read.kind !== "value") return read;
  const nearest = Math.round(read.value);
  const isWhole = Math.abs(read.value - nearest) < MARGIN;
  if (!isWhole && spec.round === undefined)
    return refused(
      nameOf(cell),
      read.value,
      "not-whole",
      "is no whole number, and the mapping does not round it",
    );
  const count = isWhole ? nearest : ROUND[spec.round ?? "nearest"](read.value);
  if (count >= 0) return valueOf(Math.abs(count));
  if (spec.negative === "zero") return valueOf(0);
  return spec.negative === "absent" ? ABSENT : refused(nameOf(cell), read.value, "negative", "is below 0");
}

/** Read a code that the mapping gives as it is, or has a cell for, whose words `known` understands. */
export function readCode<T extends string>(
  code: T | CellSpec,
  known: (text: string) => T | undefined,
  what: string,
  scope: Scope,
  ctx: CellContext,
): Reading<T> {
  if (typeof code === "string") return valueOf(code);
  const read = readText(code, scope, ctx);
  if (read.kind !== "value") return read;
  const meant = known(read.value);
  return meant === undefined
    ? refused(
        nameOf(code),
        read.value,
        "unknown-word",
        `names no ${what} that is known: a list can say what is meant`,
      )
    : valueOf(meant);
}

/** A bed type by its code. */
export function bedTypeByCode(text: string): BedType | undefined {
  const code = BedType.safeParse(text);
  return code.success ? code.data : undefined;
}
