/** Lists that many products share, each once, by number: sets of strengths, sets of generics. */
export class InternedLists<T extends number | string> {
  readonly #lists: (readonly T[])[] = [];
  readonly #numberOf = new Map<string, number>();

  add(list: readonly T[]): number {
    const key = list.join(" ");
    const known = this.#numberOf.get(key);
    if (known !== undefined) return known;
    const number = this.#lists.push(list) - 1;
    this.#numberOf.set(key, number);
    return number;
  }

  get(number: number): readonly T[] {
    return this.#lists[number] ?? [];
  }

  get size(): number {
    return this.#lists.length;
  }
}
