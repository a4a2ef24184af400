import type { GenericId } from "../schema.ts";
import { InternedLists } from "./interned.ts";
import type { AlikeWord, MedicineWords } from "./medicine-words.ts";
import { readName } from "./product-words.ts";

/** Shorter names of a generic are abbreviations, of which every other one is a letter away: only as they are. */
const MISSPELT_FROM_LETTERS = 5;

/** How well the words of a search name what is in a composition. */
export interface CompositionFit {
  /** By typed word, how likely it names one of the generics; 0: none. */
  likeness: Float32Array;
  /** Share of the generics that are named. */
  coverage: number;
}

/** Generics by the words of all their names, and the sets of them that products are made of. */
export class GenericWords {
  readonly #words: MedicineWords;
  readonly #namesOf: (generic: GenericId) => readonly string[];
  readonly #numberOf = new Map<GenericId, number>();
  readonly #genericsOfWord = new Map<number, number[]>();
  readonly #compositions = new InternedLists<number>();
  readonly #compositionsOf: number[][] = [];

  constructor(words: MedicineWords, namesOf: (generic: GenericId) => readonly string[]) {
    this.#words = words;
    this.#namesOf = namesOf;
  }

  /** The number of a set of generics. */
  compositionOf(generics: readonly GenericId[]): number {
    const numbers = [...new Set(generics)].map((generic) => this.#learn(generic)).sort((a, b) => a - b);
    const size = this.#compositions.size;
    const composition = this.#compositions.add(numbers);
    if (composition === size) for (const generic of numbers) this.#compositionsOf[generic]?.push(composition);
    return composition;
  }

  #learn(generic: GenericId): number {
    const known = this.#numberOf.get(generic);
    if (known !== undefined) return known;
    const number = this.#numberOf.size;
    this.#numberOf.set(generic, number);
    this.#compositionsOf[number] = [];
    const names = [generic.replaceAll("-", " "), ...this.#namesOf(generic)];
    const words = new Set(names.flatMap((name) => readName(name).words.map(({ text }) => text)));
    for (const text of words) {
      const word = this.#words.add(text);
      const generics = this.#genericsOfWord.get(word);
      if (generics) generics.push(number);
      else this.#genericsOfWord.set(word, [number]);
    }
    return number;
  }

  /** Sets with this generic; none for one that no product has. */
  compositionsWith(generic: GenericId): readonly number[] {
    const number = this.#numberOf.get(generic);
    return number === undefined ? [] : (this.#compositionsOf[number] ?? []);
  }

  isGenericWord(word: number): boolean {
    return this.#genericsOfWord.has(word);
  }

  /** Every composition that some word of the search names a generic of, with how well. */
  fits(alike: readonly (readonly AlikeWord[])[]): Map<number, CompositionFit> {
    const likenessOf = new Map<number, Float32Array>();
    for (const [at, words] of alike.entries()) {
      for (const { word, likeness } of words) {
        if (likeness < 1 && this.#words.store.length(word) < MISSPELT_FROM_LETTERS) continue;
        for (const generic of this.#genericsOfWord.get(word) ?? []) {
          const row = likenessOf.get(generic) ?? new Float32Array(alike.length);
          row[at] = Math.max(row[at] ?? 0, likeness);
          likenessOf.set(generic, row);
        }
      }
    }
    const fits = new Map<number, CompositionFit>();
    for (const generic of likenessOf.keys()) {
      for (const composition of this.#compositionsOf[generic] ?? [])
        if (!fits.has(composition)) fits.set(composition, this.#fitOf(composition, likenessOf, alike.length));
    }
    return fits;
  }

  #fitOf(composition: number, likenessOf: ReadonlyMap<number, Float32Array>, length: number): CompositionFit {
    const likeness = new Float32Array(length);
    let named = 0;
    const generics = this.#compositions.get(composition);
    for (const generic of generics) {
      const row = likenessOf.get(generic);
      if (!row) continue;
      named += Math.max(...row);
      for (let at = 0; at < length; at += 1) likeness[at] = Math.max(likeness[at] ?? 0, row[at] ?? 0);
    }
    return { likeness, coverage: named / generics.length };
  }
}
