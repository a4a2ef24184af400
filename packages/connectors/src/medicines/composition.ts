import type { Ingredient, Strength } from "@ihims/core/medicines/schema.ts";
import { INGREDIENTS_MAX } from "@ihims/core/medicines/schema.ts";
import { readStrength } from "@ihims/core/medicines/strengths.ts";
import type { SubstanceNames } from "@ihims/core/medicines/substances.ts";

/** Longest composition that is read, in characters. */
export const COMPOSITION_MAX_CHARS = 2000;
const NAME_MAX_CHARS = 200;

export type Composition = { ok: true; composition: Ingredient[] } | { ok: false; problem: string };

/** What stands before the ingredients: "Each film coated tablet contains:". */
const PREAMBLE = /^\s*(?:each|every)\b[^:]*?\b(?:contains?|containing|provides)\b\s*:?\s*/i;
/** "Each 5 ml contains": what each ingredient is in. */
const EACH_AMOUNT = /^\s*(?:each|every)\s+(?<amount>\d+(?:\.\d+)?\s*(?:ml|gm?))\b/i;
/** What stands behind them. */
const EXCIPIENTS = /[,;.]?\s*(?:excipients?|base|colou?rs?|flavou?red|in an? )\b.*$/i;
/** "Amoxycillin trihydrate equivalent to amoxycillin 500 mg": the strength is of what follows. */
const EQUIVALENT = /\b(?:eq\.?|equiv\.?|equivalent|as)\b\s*(?:to\b)?\s*/i;
const NOT_SAID = /^(?:na|n\/a|nil|none|-+|q\.?s\.?|not available|not applicable)$/i;

/**
 * Read what is in a product: "Amoxycillin (500mg) + Clavulanic Acid (125mg)", "Paracetamol 500 mg/5ml",
 * "Each 5 ml contains: ...". An empty text is a composition that nobody says.
 *
 * @returns the problem in words when a part is no ingredient, or its strength cannot be read
 */
export function readComposition(text: string, substances: SubstanceNames): Composition {
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain === "" || NOT_SAID.test(plain)) return { ok: true, composition: [] };
  if (plain.length > COMPOSITION_MAX_CHARS) return { ok: false, problem: "is longer than any composition" };
  // "Co-trimoxazole (Trimethoprim + Sulphamethoxazole)": what it is made of stands in brackets.
  const made = /^[^()+]*\(([^()]*\+[^()]*)\)$/.exec(plain)?.[1];
  const composition: Ingredient[] = [];
  const amount = EACH_AMOUNT.exec(plain)?.groups?.["amount"];
  for (const part of partsOf(made ?? plain)) {
    const read = readIngredient(part, substances);
    if (typeof read === "string") return { ok: false, problem: read };
    composition.push(amount === undefined ? read : inEach(read, amount));
  }
  if (composition.length === 0) return { ok: false, problem: "names no ingredient" };
  if (composition.length > INGREDIENTS_MAX)
    return { ok: false, problem: `has more than ${INGREDIENTS_MAX} ingredients` };
  return { ok: true, composition };
}

/** An ingredient whose amount is said of so much of the medicine. */
function inEach(ingredient: Ingredient, amount: string): Ingredient {
  const { strength } = ingredient;
  const whole = readStrength(`1 mg/${amount}`)?.per;
  if (!strength || strength.per || !whole || strength.unit.startsWith("percent")) return ingredient;
  return { ...ingredient, strength: { ...strength, per: whole } };
}

/** The ingredients of a text, one each; what stands in brackets stays together. */
function partsOf(text: string): string[] {
  const body = text.replace(PREAMBLE, "").replace(EXCIPIENTS, "");
  for (const separators of ["+", ";", "&,", "/"]) {
    const parts = splitOutside(body, separators);
    // A comma and a stroke stand within names and strengths as well.
    const isSure = separators === "+" || separators === ";";
    const isEven = separators !== "/" || new Set(parts.map((part) => /\d/.test(part))).size === 1;
    if (parts.length > 1 && (isSure || (isEven && parts.every((part) => /^[\s(]*\p{L}{3}/u.test(part)))))
      return separators === "+" ? parts.flatMap(splitAnd) : parts;
  }
  return splitAnd(body);
}

/** "Lidocaine 2% and Adrenaline 1:200000": two, when both have letters of their own. */
function splitAnd(text: string): string[] {
  const parts = text.split(/\s+(?:and|with)\s+/i);
  return parts.length > 1 && parts.every((part) => /\d/.test(part) && /^\s*\p{L}{3}/u.test(part))
    ? parts
    : [text];
}

function splitOutside(text: string, separators: string): string[] {
  const parts: string[] = [];
  let [depth, part] = [0, ""];
  for (const [at, letter] of [...text].entries()) {
    if (letter === "(" || letter === "[") depth += 1;
    if (letter === ")" || letter === "]") depth = Math.max(0, depth - 1);
    const isComma = letter === "," && /\d/.test(text[at - 1] ?? "") && /\d/.test(text[at + 1] ?? "");
    if (depth === 0 && separators.includes(letter) && !isComma) {
      parts.push(part);
      part = "";
    } else part += letter;
  }
  return [...parts, part].map((one) => one.trim()).filter((one) => one !== "");
}

function readIngredient(part: string, substances: SubstanceNames): Ingredient | string {
  const split = nameAndStrength(part);
  if (typeof split === "string") return split;
  const { name, strength } = split;
  const substance = name.length <= NAME_MAX_CHARS ? substances.read(name) : undefined;
  if (!substance || !/\p{L}{2}/u.test(name)) return `"${shortened(part)}" is no ingredient`;
  return { ...substance, name, strength };
}

/** "Metformin Hydrochloride (500mg)", "Paracetamol IP 500 mg", "500 mg Paracetamol", "Vitamin D3 (NA)". */
function nameAndStrength(part: string): { name: string; strength: Strength | null } | string {
  const text = part.replaceAll("[", "(").replaceAll("]", ")").trim();
  const bracket = /^(?<name>.*?\S)\s*\((?<inside>[^()]*)\)\s*(?<after>[^()]*)$/u.exec(text)?.groups;
  if (bracket) {
    const { name = "", inside = "", after = "" } = bracket;
    const strength = strengthIn(inside) ?? strengthIn(`${inside} ${after}`);
    if (strength) return { name: tidyName(name), strength };
    if (NOT_SAID.test(inside.trim())) return { name: tidyName(name), strength: null };
    if (/^\s*\d[\d.,]*\s*(?:%|[\p{L}µ])/u.test(inside))
      return `the strength "${shortened(inside)}" of "${shortened(name)}" cannot be read`;
    // Another name in brackets.
    return nameAndStrength(`${name} ${after}`.trim());
  }
  const equivalent = EQUIVALENT.exec(text);
  const said =
    equivalent && equivalent.index > 0 && /\d/.test(text.slice(equivalent.index))
      ? text.slice(equivalent.index + equivalent[0].length)
      : text;
  const behind =
    /^(?<name>.*?\p{L}[^\s]*)\s*(?:-\s*)?(?<strength>(?<![\p{L}\d-])[\d.,]+\s*(?:%|[\p{L}µ/:]).*)$/u.exec(
      said,
    )?.groups;
  if (behind?.["strength"] !== undefined) {
    const strength = strengthIn(behind["strength"]);
    if (strength) return { name: tidyName(behind["name"] ?? ""), strength };
    return `the strength "${shortened(behind["strength"])}" of "${shortened(behind["name"] ?? "")}" cannot be read`;
  }
  const before = /^(?<strength>[\d.,]+\s*(?:%|\p{L}+)(?:\s*\/\s*[\d.]*\s*\p{L}+)?)\s+(?<name>\p{L}.*)$/u.exec(
    said,
  )?.groups;
  const strength = before && strengthIn(before["strength"] ?? "");
  if (strength) return { name: tidyName(before["name"] ?? ""), strength };
  return { name: tidyName(said), strength: null };
}

/** A strength with what lists write beside it: elemental iron, base, IP. */
export function strengthIn(text: string): Strength | undefined {
  return readStrength(
    text.replace(/\b(?:ip|bp|usp|approx)\b\.?|\belemental\b.*$|\(as [^)]*\)|\bbase$/gi, " ").trim(),
  );
}

function tidyName(name: string): string {
  return name
    .replace(/[\s,:;-]+$/u, "")
    .replace(/^[\s,:;-]+/u, "")
    .replace(/\s+/gu, " ");
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
