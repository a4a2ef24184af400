import { FORM_WORDS } from "../forms.ts";
import type { Form } from "../schema.ts";
import { readName, tokensOf, type AskedStrength, type Token } from "./product-words.ts";

/** Most words of a search that are looked up. */
const WORDS_MAX = 8;
/** Most ways to read the same words. */
const VARIANTS_MAX = 4;
/** Shortest word that is tried as two, and what one of the two has at least. */
const SPLIT_FROM_LETTERS = 4;
const SPLIT_LONGER_MIN = 3;
/** A form of so many letters is known with a letter wrong. */
const FORM_FROM_LETTERS = 5;

/** A search taken apart. */
export interface MedicineQuery {
  /** What is taken for a name. */
  words: Token[];
  strengths: AskedStrength[];
  form: Form | null;
}

/** Take a search apart; where nothing but a form or a number is typed, that is taken for a name. */
export function readQuery(text: string): MedicineQuery {
  const { words, strengths, forms } = readName(text);
  const form = (forms.find(({ isStrong }) => isStrong) ?? forms[0])?.form ?? null;
  if (words.length > 0) return { words: words.slice(0, WORDS_MAX), strengths, form };
  return { words: tokensOf(text).slice(0, WORDS_MAX), strengths: [], form: null };
}

/**
 * The ways to read the words: as they are; two that are one ("aug mentin"); one that is two
 * ("telmah"); and without a form that is misspelt ("tabelt").
 *
 * @param isKnown whether a word is one of the catalogue
 */
export function variantsOf({ words }: MedicineQuery, isKnown: (word: string) => boolean): string[][] {
  const texts = words.map(({ text }) => text);
  const variants: string[][] = [texts];
  const misspeltForms = new Set(texts.filter((text) => !isKnown(text) && isLikeForm(text)));
  const named = texts.filter((text) => !misspeltForms.has(text));
  if (misspeltForms.size > 0 && named.length > 0) variants.push(named);
  for (const [at, text] of texts.entries()) {
    const next = texts[at + 1];
    if (next !== undefined) {
      const joined = text + next;
      if (isKnown(joined) || (!isKnown(text) && !isKnown(next)))
        variants.push([...texts.slice(0, at), joined, ...texts.slice(at + 2)]);
    }
    if (text.length < SPLIT_FROM_LETTERS || isKnown(text)) continue;
    for (let cut = text.length - 1; cut > 0; cut -= 1) {
      const [head, tail] = [text.slice(0, cut), text.slice(cut)];
      if (Math.max(head.length, tail.length) < SPLIT_LONGER_MIN) continue;
      if (!isKnown(head)) continue;
      const isForm = FORM_WORDS.has(tail);
      if (!isForm && !isKnown(tail)) continue;
      variants.push([...texts.slice(0, at), head, ...(isForm ? [] : [tail]), ...texts.slice(at + 1)]);
      break;
    }
  }
  return variants.slice(0, VARIANTS_MAX);
}

const LONG_FORMS = [...FORM_WORDS].filter(
  (word) => word.length >= FORM_FROM_LETTERS && /^[a-z]+$/.test(word),
);

/** Whether a word is a form with one letter wrong. */
function isLikeForm(word: string): boolean {
  return word.length >= FORM_FROM_LETTERS - 1 && LONG_FORMS.some((form) => isOneErrorApart(form, word));
}

function isOneErrorApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}
