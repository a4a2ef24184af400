import { isDevanagari } from "./fold.ts";

/** Shortest stem that is left, in letters: below it, an ending is part of the word. */
const LATIN_STEM_MIN = 3;
const DEVANAGARI_STEM_MIN = 2;

/** Endings of English words, the longest first, with what takes their place. */
const ENGLISH: readonly (readonly [RegExp, string])[] = [
  [/ies$/, "y"],
  [/(ss|x|ch|sh)es$/, "$1"],
  [/([^su])s$/, "$1"],
  [/([^aeiou])ing$/, "$1"],
  [/([^aeiou])ed$/, "$1"],
  [/e$/, ""],
];

/** British and American letters of the same sound; the shorter one stands. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/aemi/g, "emi"],
  [/haem/g, "hem"],
  [/paed/g, "ped"],
  [/gynae/g, "gyne"],
  [/oe(?=[dst])/g, "e"],
  [/aes/g, "es"],
  [/our$/, "or"],
  [/is(?=ation|e$|ing$|ed$)/g, "iz"],
  [/rrhoea/g, "rrhea"],
  [/orrhage/g, "orrhag"],
];

/** What each of them has somewhere: most words have none. */
const TWO_SPELLINGS = /ae|oe|our$|is(?:ation|e$|ing$|ed$)|orrhag/;

/**
 * Endings that Hindi and Marathi put to a noun or verb, folded, the longest first: cases that
 * Marathi writes in one word with the noun (पोटात, पोटाला, पोटामध्ये), plurals and oblique forms,
 * and the commonest verb endings.
 */
const INDIC = [
  "मध्ये",
  "पासुन",
  "वरुन",
  "साठि",
  "मुळे",
  "कडुन",
  "ातुन",
  "ातिल",
  "ांच्या",
  "ाच्या",
  "िच्या",
  "ांना",
  "ांचे",
  "ांचि",
  "ांचा",
  "ांनि",
  "ण्यास",
  "ण्याच",
  "ल्या",
  "तात",
  "ताना",
  "णारे",
  "णारि",
  "णारा",
  "लेले",
  "लेलि",
  "लेला",
  "ाचे",
  "ाचि",
  "ाचा",
  "िचे",
  "िचि",
  "िचा",
  "ाला",
  "िला",
  "ाने",
  "िने",
  "ावर",
  "िवर",
  "ांत",
  "ांव",
  "ियां",
  "ियों",
  "ाएं",
  "ुन",
  "णे",
  "ना",
  "ने",
  "ते",
  "तो",
  "ता",
  "ति",
  "ात",
  "ित",
  "ले",
  "लि",
  "ला",
  "ाय",
  "या",
  "ये",
  "ों",
  "ां",
  "ें",
  "ा",
  "ि",
  "े",
  "ो",
  "ु",
  "ं",
] as const;

/** A word without its endings, so that its forms meet: stones and stone, पोटात and पोट. Light: it may leave some on. */
export function stemOf(word: string): string {
  return isDevanagari(word) ? indicStem(word) : englishStem(word);
}

const INDIC_BY_LAST = Map.groupBy(INDIC, (ending) => ending.slice(-1));

function indicStem(word: string): string {
  for (const ending of INDIC_BY_LAST.get(word.slice(-1)) ?? []) {
    if (word.endsWith(ending) && lettersOf(word.slice(0, -ending.length)) >= DEVANAGARI_STEM_MIN) {
      const stem = word.slice(0, -ending.length);
      // The oblique stem of Marathi keeps a vowel: डोळ्या-त.
      return stem.replace(/्य?$/, "").replace(/[ािेोुं]$/, (sign) => (lettersOf(stem) > 2 ? "" : sign));
    }
  }
  return word;
}

/** Consonants and vowels that stand by themselves; signs do not count. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    if ((code >= 0x0904 && code <= 0x0939) || (code >= 0x0958 && code <= 0x0961)) letters += 1;
  }
  return letters;
}

function englishStem(word: string): string {
  let stem = word;
  if (TWO_SPELLINGS.test(stem)) for (const [spelling, one] of SPELLINGS) stem = stem.replace(spelling, one);
  if (stem.length <= LATIN_STEM_MIN) return stem;
  for (const [ending, instead] of ENGLISH) {
    const shorter = stem.replace(ending, instead);
    if (shorter !== stem && shorter.length >= LATIN_STEM_MIN) {
      stem = shorter;
      if (ending.source.includes("s$")) continue;
      break;
    }
  }
  return stem.replace(/([bdfgmnprt])\1$/, "$1").replace(/y$/, "i");
}
