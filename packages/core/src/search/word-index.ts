import { isDevanagari } from "./fold.ts";
import { stemOf } from "./forms.ts";
import { meaningOf } from "./meanings.ts";
import { SimilarWords } from "./similar-words.ts";
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
  readonly #similar = new SimilarWords();

  /** Take in a word; the stem that it is found by, which words of the same meaning share. */
  add(word: string): string {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const stem = meaningOf(word);
    this.#words.set(word, stem);
    if (!this.#byStem.has(stem)) this.#byStem.set(stem, word);
    addTo(this.#bySound, soundOf(word), word);
    if (isDevanagari(word)) addTo(this.#bySound, soundOf(stemOf(word)), word);
    if (word.length >= ERRORS_FROM_LETTERS) this.#similar.add(word);
    return stem;
  }

  /** Whether a word was taken in as it is. */
  has(word: string): boolean {
    return this.#words.has(word);
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
    for (const { word: known, edits } of this.#similar.within(max, word)) {
      if (edits > best) continue;
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
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}
