import { isDevanagari } from "../../search/fold.ts";
import { typingCost } from "./cost.ts";
import { NearWords } from "./near-words.ts";
import { medicineSound } from "./sound.ts";
import { grown, WordStore } from "./word-store.ts";

/** Most words that one typed word may stand for; the likeliest stay. */
const ALIKE_MAX = 64;
/** Most words that are gone through for a beginning. */
const BEGUN_MAX = 300;
/** From so many letters on one and two errors are looked for. */
const ONE_ERROR_FROM = 3;
const TWO_ERRORS_FROM = 4;
/** Shortest sound by which words meet. */
const SOUND_MIN = 3;
/** How much one error takes from a word's likeness of 1. */
const COST_OF_ERROR = 0.14;
/** What only sounds alike is as unlike as this share of an error, and as this share of how it is spelt. */
const SOUND_COST = 0.5;
const SPELLING_SHARE = 0.35;
const LIKENESS_MIN = 0.5;
/** A word that is still being typed may be any that begins so. */
const BEGUN_LIKENESS = 0.9;
const LETTERS = 27;

/** A word of the index that a typed one may stand for. */
export interface AlikeWord {
  word: number;
  /** 1: it is the same. */
  likeness: number;
}

/** Every word of the catalogue's names and generics, findable by what somebody typed for it. */
export class MedicineWords {
  readonly store = new WordStore();
  readonly #near = new NearWords(this.store);
  readonly #sounds = new WordStore();
  readonly #nearSounds = new NearWords(this.#sounds);
  /** The last word of a sound plus one, and the one before each word of the same sound. */
  #lastOfSound = new Int32Array(256);
  #beforeOfSound = new Int32Array(256);
  /** The same for words that begin with the same three letters. */
  readonly #lastOfBeginning = new Int32Array(LETTERS ** 3);
  #beforeOfBeginning = new Int32Array(256);

  add(text: string): number {
    const size = this.store.size;
    const word = this.store.add(text);
    if (word < size) return word;
    this.#near.add(word);
    const beginning = beginningOf(text);
    this.#beforeOfBeginning = grown(this.#beforeOfBeginning, word + 1);
    this.#beforeOfBeginning[word] = this.#lastOfBeginning[beginning] ?? 0;
    this.#lastOfBeginning[beginning] = word + 1;
    const sound = medicineSound(text);
    this.#beforeOfSound = grown(this.#beforeOfSound, word + 1);
    if (sound.length < SOUND_MIN) return word;
    const sounds = this.#sounds.size;
    const number = this.#sounds.add(sound);
    if (number === sounds) this.#nearSounds.add(number);
    this.#lastOfSound = grown(this.#lastOfSound, number + 1);
    this.#beforeOfSound[word] = this.#lastOfSound[number] ?? 0;
    this.#lastOfSound[number] = word + 1;
    return word;
  }

  /** The number of a word as it is; -1 when it is not here. */
  find(text: string): number {
    return this.store.find(text);
  }

  /**
   * The words that a typed one may stand for, likeliest first. What is near a word that is known as
   * it is comes too, one error away: it may have been meant.
   */
  alike(typed: string, isBegun: boolean, isUsed: (word: number) => boolean): AlikeWord[] {
    const found = new Map<number, number>();
    const take = (word: number, likeness: number) => {
      if (likeness > Math.max(LIKENESS_MIN, found.get(word) ?? 0) && isUsed(word)) found.set(word, likeness);
    };
    const own = this.store.find(typed);
    if (own >= 0) take(own, 1);
    const isKnown = found.size > 0;
    const isDeva = isDevanagari(typed);
    if (!isDeva) this.#takeMisspelt(typed, isKnown, take);
    if (isDeva || !isKnown) this.#takeHeard(typed, isDeva, take);
    if (isBegun) this.#takeBegun(typed, take);
    return [...found]
      .map(([word, likeness]) => ({ word, likeness }))
      .sort((a, b) => b.likeness - a.likeness || a.word - b.word)
      .slice(0, isBegun ? BEGUN_MAX : ALIKE_MAX);
  }

  #takeMisspelt(typed: string, isKnown: boolean, take: (word: number, likeness: number) => void): void {
    if (typed.length < ONE_ERROR_FROM || (isKnown && typed.length === ONE_ERROR_FROM)) return;
    const errors = isKnown || typed.length < TWO_ERRORS_FROM ? 1 : 2;
    this.#near.find(typed, errors, (word) => take(word, this.#likeness(word, typed)));
  }

  #likeness(word: number, typed: string): number {
    return 1 - COST_OF_ERROR * Math.max(0.3, typingCost(this.store.text(word), typed));
  }

  #takeHeard(typed: string, isDeva: boolean, take: (word: number, likeness: number) => void): void {
    const sound = medicineSound(typed);
    if (sound.length < SOUND_MIN) return;
    const same = this.#sounds.find(sound);
    const heard = (number: number, errors: number) => {
      for (
        let word = (this.#lastOfSound[number] ?? 0) - 1;
        word >= 0;
        word = (this.#beforeOfSound[word] ?? 0) - 1
      ) {
        const apart = isDeva ? 0 : SPELLING_SHARE * typingCost(this.store.text(word), typed);
        take(word, 1 - COST_OF_ERROR * (SOUND_COST + errors + apart));
      }
    };
    if (same >= 0) heard(same, 0);
    if (sound.length <= SOUND_MIN) return;
    this.#nearSounds.find(sound, isDeva && sound.length > 5 ? 2 : 1, (number, errors) => {
      if (number !== same) heard(number, errors);
    });
  }

  #takeBegun(typed: string, take: (word: number, likeness: number) => void): void {
    const from = beginningOf(typed);
    const to = typed.length >= 3 ? from + 1 : from + LETTERS ** (3 - typed.length);
    let taken = 0;
    for (let beginning = from; beginning < to && taken < BEGUN_MAX; beginning += 1) {
      for (
        let word = (this.#lastOfBeginning[beginning] ?? 0) - 1;
        word >= 0 && taken < BEGUN_MAX;
        word = (this.#beforeOfBeginning[word] ?? 0) - 1
      ) {
        const more = this.store.length(word) - typed.length;
        if (more <= 0 || more > 40 || !this.store.text(word).startsWith(typed)) continue;
        take(word, Math.max(0.6, BEGUN_LIKENESS - 0.01 * more));
        taken += 1;
      }
    }
  }
}

/** A number for the first three letters of a word; those that come after no letter are first. */
function beginningOf(text: string): number {
  const letter = (at: number) => {
    const code = text.charCodeAt(at);
    return code >= 97 && code <= 122 ? code - 96 : 0;
  };
  return (letter(0) * LETTERS + letter(1)) * LETTERS + letter(2);
}
