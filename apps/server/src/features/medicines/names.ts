import { GENERICS } from "@ihims/core/medicines/generics.ts";
import { NameIndex, type FoundName } from "@ihims/core/search/names.ts";
import type { MedicineBoard } from "./medicine-board.ts";

/** Most products among what a line of words may mean. */
const PRODUCTS_MAX = 4;
/** A product's name stands behind a generic's that fits as well. */
const PRODUCT_SHARE = 0.97;
/** A name that was only typed in part, or beside other words. */
const PART_SHARE = 0.9;
/** A name that is not what was typed is never taken for certain. */
const UNSURE_SHARE = 0.75;
const UNSURE_SCORE_MIN = 0.65;

/** Medicines by what people call them, for the search of everything: generics, and products of the catalogue. */
export class MedicineNames {
  readonly #generics = new NameIndex<string>();
  readonly #board: MedicineBoard;

  constructor(board: MedicineBoard) {
    this.#board = board;
    for (const { id, en, hi, mr } of GENERICS) this.#generics.put(id, [...en, ...hi, ...mr]);
  }

  /** Wait until the catalogue is as it was last written. */
  current(): Promise<void> {
    return this.#board.current();
  }

  /** What words may mean, best first: keys are ids of generics or of products. */
  find(text: string, options: { limit: number; isTyping?: boolean }): FoundName<string>[] {
    const generics = this.#generics.find(text, options);
    if (this.#board.size === 0) return generics;
    return [...generics, ...this.#products(text, options.isTyping ?? false)]
      .sort((a, b) => b.score - a.score)
      .slice(0, options.limit);
  }

  #products(text: string, isTyping: boolean): FoundName<string>[] {
    const { items, idOf, query } = this.#board.find(text, { isTyping });
    const typed = query.words.map((word) => word.text);
    // They stay in their order: what makes the first one good is not asked of the others.
    const [first] = items;
    const share = first?.isExact === false ? UNSURE_SHARE : first?.isWhole ? PRODUCT_SHARE : PART_SHARE;
    return items
      .slice(0, PRODUCTS_MAX)
      .filter(({ isExact, score }) => isExact || score >= UNSURE_SCORE_MIN)
      .map(({ product, score }) => ({ key: idOf(product), score: score * share, typed }));
  }
}
