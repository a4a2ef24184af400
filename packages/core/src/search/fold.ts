/** Longest text that is read, in UTF-16 code units: a complaint is a few sentences. */
export const TEXT_MAX_CHARS = 1000;

/** Half consonants that are written as a dot as well: सन्धि and संधि, मुम्बई and मुंबई. */
const NASAL_BEFORE_CONSONANT = /[ङञणनम]्(?=[क-ढत-धप-भ])/g;

/** Devanagari in which nothing is left to fold. */
const FOLDED_DEVANAGARI = /^(?:[ंअआइउऋएऐओऔक-घच-झट-ढत-धप-भय-रलळवशषसहािुृेैोौ् ]|[ङञणनम](?!्[क-ढत-धप-भ]))*$/;

/** Letters that stand for one another. */
// oxfmt-ignore
const ONE_SPELLING: Readonly<Record<string, string>> = {
  "०": "0", "१": "1", "२": "2", "३": "3", "४": "4", "५": "5", "६": "6", "७": "7", "८": "8", "९": "9",
  "ँ": "ं", "ॅ": "े", "ऍ": "ए", "ऎ": "ए", "ॲ": "अ", "ी": "ि", "ू": "ु", "ई": "इ", "ऊ": "उ", "ॉ": "ो", "ऑ": "ओ",
};

/**
 * One spelling for what is written in several ways: case, accents, full-width forms; in Devanagari
 * the nukta, ँ and ं, half nasals, long and short i and u, joiners, and the digits.
 */
export function fold(text: string): string {
  // Most of what is read is plain or folded already, and there is much of it at the start.
  if (/^[ -~]*$/.test(text)) return text.toLowerCase();
  if (FOLDED_DEVANAGARI.test(text)) return text;
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f\u093c\u200b-\u200d\ufeff]/g, "")
    .replace(NASAL_BEFORE_CONSONANT, "ं")
    .replace(/अॅ/g, "अ")
    .replace(/[०-९ँॅऍऎॲीूईऊॉऑ]/g, (letter) => ONE_SPELLING[letter] ?? letter)
    .normalize("NFC");
}

/** The words of a text, folded, in order. Apostrophes join (`can't` is `cant`), everything else parts. */
export function wordsOf(text: string): string[] {
  const folded = fold(text.slice(0, TEXT_MAX_CHARS));
  const joined = /['’`]/.test(folded) ? folded.replace(/(?<=\p{L})['’`](?=\p{L})/gu, "") : folded;
  return joined.match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? [];
}

/** Whether a word is written in Devanagari. */
export function isDevanagari(word: string): boolean {
  return /[\u0900-\u097f]/.test(word);
}
