import { grown, type WordStore } from "./word-store.ts";

/** Longest word that is compared letter by letter: as many as a machine word has bits. */
const LETTERS_MAX = 31;

interface Bucket {
  size: number;
  words: Int32Array;
  /** Which letters a word has, as bits. */
  once: Int32Array;
  /** Which letters it has twice or more. */
  twice: Int32Array;
}

/**
 * All words of a store that are within a few typing errors of another, found without missing one:
 * by length and by the sets of their letters, which one error changes by two bits at most, and then
 * letter by letter. A hundred thousand words take some tenths of a millisecond.
 */
export class NearWords {
  readonly #store: WordStore;
  /** By length. */
  readonly #buckets: Bucket[] = [];
  /** Where a letter stands in the word that is looked for, as bits, by its code. */
  readonly #places = new Int32Array(128);

  constructor(store: WordStore) {
    this.#store = store;
  }

  /** Take in a word of the store; one that is too long or not in plain letters is never found. */
  add(number: number): void {
    const text = this.#store.text(number);
    if (text.length > LETTERS_MAX || !/^[\x21-\x7e]+$/.test(text)) return;
    const bucket = (this.#buckets[text.length] ??= {
      size: 0,
      words: new Int32Array(16),
      once: new Int32Array(16),
      twice: new Int32Array(16),
    });
    const at = bucket.size++;
    bucket.words = grown(bucket.words, bucket.size);
    bucket.once = grown(bucket.once, bucket.size);
    bucket.twice = grown(bucket.twice, bucket.size);
    const [once, twice] = lettersOf(text);
    bucket.words[at] = number;
    bucket.once[at] = once;
    bucket.twice[at] = twice;
  }

  /**
   * Every word within so many errors: a letter too many, one missing, another one, two swapped
   * (optimal string alignment).
   *
   * @param found is told each word and its errors, in no order
   */
  find(word: string, errors: 1 | 2, found: (number: number, errors: number) => void): void {
    if (word.length > LETTERS_MAX || !/^[\x21-\x7e]+$/.test(word)) return;
    for (let at = 0; at < word.length; at += 1)
      this.#places[word.charCodeAt(at)] = (this.#places[word.charCodeAt(at)] ?? 0) | (1 << at);
    const [once, twice] = lettersOf(word);
    for (let length = Math.max(1, word.length - errors); length <= word.length + errors; length += 1) {
      const bucket = this.#buckets[length];
      if (bucket) this.#scan(bucket, { length, once, twice, errors, of: word.length }, found);
    }
    for (let at = 0; at < word.length; at += 1) this.#places[word.charCodeAt(at)] = 0;
  }

  #scan(
    { size, words, once, twice }: Bucket,
    asked: { length: number; once: number; twice: number; errors: 1 | 2; of: number },
    found: (number: number, errors: number) => void,
  ): void {
    // A letter too many or missing changes one bit, another letter two; of the errors, as many as the
    // lengths differ by are of the first kind.
    const bitsMax = 2 * asked.errors - Math.abs(asked.length - asked.of);
    for (let at = 0; at < size; at += 1) {
      const ofOnce = (once[at] as number) ^ asked.once;
      let left = ofOnce;
      for (let taken = 0; taken < bitsMax; taken += 1) left &= left - 1;
      if (left !== 0) continue;
      if (bitsIn(ofOnce) + bitsIn((twice[at] as number) ^ asked.twice) > bitsMax) continue;
      const number = words[at] as number;
      const errors = this.#errorsTo(this.#store.start(number), asked.length, asked.of);
      if (errors <= asked.errors) found(number, errors);
    }
  }

  /**
   * Errors between the word that is looked for and one of the store. All columns of the usual table
   * at once, a bit each (H. Hyyrö, A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit
   * Distances, 2003).
   */
  #errorsTo(start: number, length: number, of: number): number {
    const chars = this.#store.chars;
    const last = 1 << (of - 1);
    let [rises, falls, same, before] = [-1, 0, 0, 0];
    let errors = of;
    for (let at = start; at < start + length; at += 1) {
      const places = this.#places[chars[at] as number] as number;
      const swapped = ((~same & places) << 1) & before;
      same = ((((places & rises) + rises) | 0) ^ rises) | places | falls | swapped;
      let up = falls | ~(same | rises);
      let down = same & rises;
      if ((up & last) !== 0) errors += 1;
      if ((down & last) !== 0) errors -= 1;
      up = (up << 1) | 1;
      down <<= 1;
      rises = down | ~(same | up);
      falls = up & same;
      before = places;
    }
    return errors;
  }
}

/** Which letters a word has, and which it has twice or more; digits and signs share bits with letters. */
function lettersOf(word: string): [once: number, twice: number] {
  let [once, twice] = [0, 0];
  for (let at = 0; at < word.length; at += 1) {
    const bit = 1 << (word.charCodeAt(at) & 31);
    twice |= once & bit;
    once |= bit;
  }
  return [once, twice];
}

function bitsIn(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}
