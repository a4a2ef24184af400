import { editsBetween } from "./edits.ts";
import { isDevanagari } from "./fold.ts";
import { stemOf } from "./forms.ts";
import { meaningOf } from "./meanings.ts";
import { soundOf } from "./sound.ts";

/** Shortest word in which typing errors are looked for, in letters: a shorter one is too often another word. */
const ERRORS_FROM_LETTERS = 4;
/** From here on two errors are forgiven. */
const TWO_ERRORS_FROM_LETTERS = 8;
/** Shortest sound by which words of two scripts meet. */
const SOUND_MIN = 3;

/** How a word was found: as it is, in another form, in the other script, or misspelt. */
export type Likeness = "same" | "form" | "sound" | "error";

/** A word of the index that a typed word may stand for. */
export interface Found {
  stem: string;
  /** The written word that is nearest. */
  word: string;
  /** 0 to 1: 1 the word itself. */
  weight: number;
  likeness: Likeness;
}

/** The distinct words of a vocabulary, findable in their forms, in either script and with typing errors. */
export class WordIndex {
  /** Each word with its stem. */
  readonly #words = new Map<string, string>();
  readonly #byStem = new Map<string, string>();
  readonly #bySound = new Map<string, Set<string>>();
  /** Words by first letter and length, each with the set of its letters in bits. */
  readonly #byShape = new Map<string, { word: string; letters: number }[]>();

  /** Take in a word; the stem that it is found by, which words of the same meaning share. */
  add(word: string): string {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const stem = meaningOf(word);
    this.#words.set(word, stem);
    if (!this.#byStem.has(stem)) this.#byStem.set(stem, word);
    addTo(this.#bySound, soundOf(word), word);
    if (isDevanagari(word)) addTo(this.#bySound, soundOf(stemOf(word)), word);
    if (word.length < ERRORS_FROM_LETTERS) return stem;
    const shape = shapeOf(word[0] ?? "", word.length);
    const alike = this.#byShape.get(shape);
    const lettered = { word, letters: lettersOf(word) };
    if (alike) alike.push(lettered);
    else this.#byShape.set(shape, [lettered]);
    return stem;
  }

  get size(): number {
    return this.#words.size;
  }

  /**
   * What a typed word may stand for, best first; words with errors only when there is nothing better.
   *
   * @param alsoHeard look in the other script too for a word that is known: "pet" in a text that is Hindi
   */
  find(word: string, alsoHeard: boolean): readonly Found[] {
    const stem = meaningOf(word);
    const own = this.#words.has(word) ? word : this.#byStem.get(stem);
    if (own !== undefined) {
      const found: Found =
        own === word
          ? { stem, word, weight: 1, likeness: "same" }
          : { stem, word: own, weight: 0.95, likeness: "form" };
      return alsoHeard ? [found, ...this.#heard(word)] : [found];
    }
    const heard = this.#heard(word);
    return heard.length > 0 ? heard : this.#misspelt(word);
  }

  #heard(word: string): Found[] {
    const isDeva = isDevanagari(word);
    const sound = soundOf(isDeva ? stemOf(word) : word);
    // Hindi in Latin letters has its endings still: "pathri" is found by what पथरी and its forms share.
    const sounds = isDeva ? [sound, soundOf(word)] : [sound, sound.replace(/[iu]$/, "")];
    const known = sounds
      .filter((one) => one.length >= SOUND_MIN)
      .flatMap((one) =>
        [...(this.#bySound.get(one) ?? [])].filter((other) => isDevanagari(other) !== isDeva),
      );
    return [...new Set(known)]
      .slice(0, 6)
      .map((other) => ({ stem: meaningOf(other), word: other, weight: 0.8, likeness: "sound" as const }));
  }

  #misspelt(word: string): Found[] {
    if (word.length < ERRORS_FROM_LETTERS || /\d/.test(word)) return [];
    const max = word.length >= TWO_ERRORS_FROM_LETTERS ? 2 : 1;
    let best = max + 1;
    let found: string[] = [];
    for (const known of this.#candidates(word, max)) {
      const edits = editsBetween(word, known, max);
      if (edits > max || edits > best) continue;
      if (edits < best) found = [];
      best = edits;
      found.push(known);
    }
    return found.slice(0, 4).map((known) => ({
      stem: meaningOf(known),
      word: known,
      weight: best === 1 ? 0.7 : 0.5,
      likeness: "error",
    }));
  }

  /**
   * Words of nearly the same length and nearly the same letters. The first letter is hardly ever
   * wrong, except when two are swapped.
   */
  #candidates(word: string, max: number): string[] {
    const letters = lettersOf(word);
    const found: string[] = [];
    for (const first of new Set(word.slice(0, 2))) {
      for (let length = word.length - max; length <= word.length + max; length += 1) {
        for (const known of this.#byShape.get(shapeOf(first, length)) ?? []) {
          if (first !== word[0] && known.word[1] !== word[0]) continue;
          // An error takes at most one letter away and brings one in.
          if (bitsIn(known.letters ^ letters) <= 2 * max) found.push(known.word);
        }
      }
    }
    return found;
  }
}

function shapeOf(first: string, length: number): string {
  return `${first}${length}`;
}

/** Which letters a word has, as bits; several letters share a bit. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

function bitsIn(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}
