import { editsBetween } from "./edits.ts";

/** Words that a misspelt one may be: of nearly the same length and nearly the same letters. */
export class SimilarWords {
  /** By first letter and length, each with the set of its letters in bits. */
  readonly #byShape = new Map<string, { word: string; letters: number }[]>();

  /** Take in a word that is not in it yet. */
  add(word: string): void {
    const shape = shapeOf(word[0] ?? "", word.length);
    const lettered = { word, letters: lettersOf(word) };
    const alike = this.#byShape.get(shape);
    if (alike) alike.push(lettered);
    else this.#byShape.set(shape, [lettered]);
  }

  /**
   * The words that are at most so many typing errors away, with how many. The first letter is hardly
   * ever wrong, except when two are swapped.
   */
  *within(edits: number, word: string): Generator<{ word: string; edits: number }, void> {
    const letters = lettersOf(word);
    for (const first of new Set(word.slice(0, 2))) {
      for (let length = word.length - edits; length <= word.length + edits; length += 1) {
        for (const known of this.#byShape.get(shapeOf(first, length)) ?? []) {
          if (first !== word[0] && known.word[1] !== word[0]) continue;
          // An error takes at most one letter away and brings one in.
          if (bitsIn(known.letters ^ letters) > 2 * edits) continue;
          const apart = editsBetween(word, known.word, edits);
          if (apart <= edits) yield { word: known.word, edits: apart };
        }
      }
    }
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
