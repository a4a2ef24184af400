import type { Condition } from "./cell.ts";
import { asText, readCell, readNumberCell, type CellContext } from "./cells.ts";
import { plainText } from "./digits.ts";
import type { Scope } from "./fields.ts";
import { patternOf } from "./patterns.ts";
import { valueOf, type Reading } from "./reading.ts";

/** Whether all conditions hold; refused where one cannot be asked, as of a column that is not there. */
export function holdAll(
  conditions: readonly Condition[],
  scope: Scope,
  ctx: CellContext,
): Extract<Reading<boolean>, { kind: "value" | "refused" }> {
  for (const condition of conditions) {
    const held = holds(condition, scope, ctx);
    if (held.kind === "refused" || !held.value) return held;
  }
  return { kind: "value", value: true };
}

/** Words that mean "no value" elsewhere are words here: a row can be left out for its "-". */
const PLAIN: Pick<CellContext, "absent"> = { absent: [] };

function holds(
  condition: Condition,
  scope: Scope,
  ctx: CellContext,
): Extract<Reading<boolean>, { kind: "value" | "refused" }> {
  const read = readCell(condition.cell, scope, { ...ctx, ...PLAIN });
  if (read.kind === "refused") return read;
  const text = read.kind === "value" ? (asText(read.value) ?? "") : "";
  const isAmong = (words: readonly string[]) => words.some((word) => plainText(word) === plainText(text));
  const { is, isNot, matches, doesNotMatch, present, atLeast, atMost } = condition;
  if (present !== undefined && present !== (read.kind === "value" && text !== "")) return no;
  if (is && !isAmong(is)) return no;
  if (isNot && isAmong(isNot)) return no;
  if (matches !== undefined && !patternOf(matches).isIn(text)) return no;
  if (doesNotMatch !== undefined && patternOf(doesNotMatch).isIn(text)) return no;
  if (atLeast === undefined && atMost === undefined) return yes;
  const number = readNumberCell(condition.cell, scope, ctx);
  if (number.kind !== "value") return no;
  return number.value >= (atLeast ?? -Infinity) && number.value <= (atMost ?? Infinity) ? yes : no;
}

const yes = valueOf(true) as { kind: "value"; value: boolean }; // Of the union that valueOf answers, it is this one.
const no = valueOf(false) as { kind: "value"; value: boolean };
