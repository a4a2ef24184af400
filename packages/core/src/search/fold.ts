/** Longest text that is read, in UTF-16 code units: a complaint is a few sentences. */
export const TEXT_MAX_CHARS = 1000;

/** Half consonants that are written as a dot as well: सन्धि and संधि, मुम्बई and मुंबई. */
const NASAL_BEFORE_CONSONANT = /[ङञणनम]्(?=[क-ढत-धप-भ])/g;

/**
 * One spelling for what is written in several ways: case, accents, full-width forms; in Devanagari
 * the nukta, ँ and ं, half nasals, long and short i and u, joiners, and the digits.
 */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f\u093c\u200b-\u200d\ufeff]/g, "")
    .replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966))
    .replace(/ँ/g, "ं")
    .replace(NASAL_BEFORE_CONSONANT, "ं")
    .replace(/अॅ/g, "अ")
    .replace(/ॅ/g, "े")
    .replace(/[ऍऎ]/g, "ए")
    .replace(/ॲ/g, "अ")
    .replace(/ी/g, "ि")
    .replace(/ू/g, "ु")
    .replace(/ई/g, "इ")
    .replace(/ऊ/g, "उ")
    .replace(/ॉ/g, "ो")
    .replace(/ऑ/g, "ओ")
    .normalize("NFC");
}

/** The words of a text, folded, in order. Apostrophes join (`can't` is `cant`), everything else parts. */
export function wordsOf(text: string): string[] {
  return (
    fold(text.slice(0, TEXT_MAX_CHARS))
      .replace(/(?<=\p{L})['’`](?=\p{L})/gu, "")
      .match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? []
  );
}

/** Whether a word is written in Devanagari. */
export function isDevanagari(word: string): boolean {
  return /[\u0900-\u097f]/.test(word);
}
