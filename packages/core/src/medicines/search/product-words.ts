import { fold } from "../../search/fold.ts";
import { findForms, type FoundForm } from "../forms.ts";

const TOKEN = /[\p{L}\p{M}]+|\d+(?:[.,]\d+)*|%/gu;
/** Units, which say nothing by themselves. */
export const UNIT_WORDS: ReadonlySet<string> = new Set(
  "mg mgs gm gms g mcg ug µg ml iu % cc kg w v meq mmol units unit spores मिग्रा एमजी मिलि एमएल".split(" "),
);
/** Words that say nothing in a search for a medicine. */
export const SILENT_WORDS: ReadonlySet<string> = new Set(
  "and with for of the in a an rx x medicine medicines price near ki ka ke की का के".split(" "),
);
const VOLUME_UNITS: ReadonlySet<string> = new Set(["ml", "cc"]);
/** Milligrams of one of a unit. */
const MILLIGRAMS: Readonly<Record<string, number>> = {
  mg: 1,
  mgs: 1,
  g: 1000,
  gm: 1000,
  gms: 1000,
  mcg: 0.001,
  ug: 0.001,
  µg: 0.001,
};

export interface Token {
  text: string;
  /** Whether there is nothing, or only a hyphen, between it and the token before. */
  isJoined: boolean;
}

/** Words and numbers of a text in order, letters and digits apart: "Dolo-650mg" is dolo, 650, mg. */
export function tokensOf(text: string): Token[] {
  const folded = fold(text.slice(0, 300)).replace(/(?<=\p{L})['’`](?=\p{L})/gu, "");
  const tokens: Token[] = [];
  let end = -1;
  for (const { 0: found, index } of folded.matchAll(TOKEN)) {
    const between = end < 0 ? " " : folded.slice(end, index);
    tokens.push({ text: found, isJoined: between === "" || between === "-" });
    end = index + found.length;
  }
  return tokens;
}

/** A strength as somebody writes it: a number, and the milligrams that it comes to when a unit says so. */
export interface AskedStrength {
  typed: string;
  value: number;
  milligrams: number | undefined;
}

/** A text taken apart: what is a name, a strength, a form. */
export interface ReadName {
  words: Token[];
  strengths: AskedStrength[];
  forms: FoundForm[];
}

/**
 * Take a product's name or a search apart.
 *
 * Volumes of a pack (100 ml) and what an amount is in (/5 ml) are left out: they are no strengths.
 */
export function readName(text: string): ReadName {
  const tokens = tokensOf(text);
  const forms = findForms(tokens.map(({ text: one }) => one));
  const inForm = new Set(
    forms.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)),
  );
  const words: Token[] = [];
  const strengths: AskedStrength[] = [];
  for (const [at, token] of tokens.entries()) {
    if (inForm.has(at)) continue;
    if (/^\d/.test(token.text)) {
      const unit = tokens[at + 1]?.text ?? "";
      const value = Number(token.text.replace(/,(?=\d{3}\b)/g, "").replace(",", "."));
      if (!VOLUME_UNITS.has(unit) && Number.isFinite(value) && value > 0)
        strengths.push(strengthOf(value, unit, token.text));
    } else if (!UNIT_WORDS.has(token.text) || !isAfterNumber(tokens, at)) words.push(token);
  }
  return { words: words.filter(({ text: one }) => !SILENT_WORDS.has(one) && one !== "%"), strengths, forms };
}

function isAfterNumber(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text ?? "";
  return /^\d/.test(before) || UNIT_WORDS.has(before);
}

function strengthOf(value: number, unit: string, digits: string): AskedStrength {
  const factor = MILLIGRAMS[unit];
  const milligrams = factor === undefined ? undefined : Number((value * factor).toPrecision(10));
  return { typed: UNIT_WORDS.has(unit) ? `${digits} ${unit}` : digits, value, milligrams };
}
