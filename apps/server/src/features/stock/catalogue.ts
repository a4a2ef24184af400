import type { Language } from "@ihims/core/languages.ts";
import type { MedicineId } from "@ihims/core/medicines/schema.ts";
import type { NamedMedicine } from "@ihims/core/stock/endpoints.ts";
import type { Context } from "../../platform/context.ts";
import {
  findEquivalentIds,
  findMedicinesById,
  summaryOf,
  type MedicineBoard,
} from "../medicines/medicines.ts";

/** Medicines whose names are kept in memory, and whose equivalents. */
const NAMED_MAX = 100_000;
const EQUIVALENTS_KEPT_MAX = 20_000;
/** Names that are read from the database at a time. */
const READ_MAX = 2000;

/** What words may mean, best first; `certain` is the one that they can only mean. */
export interface Meant {
  certain: MedicineId | undefined;
  candidates: MedicineId[];
}

/** Most products that words may mean. */
const CANDIDATES_MAX = 8;

/** The catalogue as shelves need it: names and equivalents by id, kept until the catalogue changes. */
export class Catalogue {
  readonly #board: MedicineBoard;
  #version = -1;
  #named = new Map<string, NamedMedicine>();
  #equivalents = new Map<string, readonly MedicineId[]>();

  constructor(board: MedicineBoard) {
    this.#board = board;
  }

  /** What the words of one line mean. @throws what the database throws */
  async ready(): Promise<void> {
    await this.#board.current();
  }

  /**
   * Which product a line of a list is of. Another pack or maker is another product: only an exact name
   * that nothing else has is certain.
   */
  matchProduct(words: string): Meant {
    const { items, isCertain, idOf } = this.#board.find(words, { isTyping: false });
    const [first, second] = items;
    const isAlone =
      first !== undefined &&
      isCertain &&
      first.isExact &&
      first.isWhole &&
      first.hasStrength !== false &&
      first.hasForm !== false &&
      (second === undefined || !second.isWhole || second.score < first.score);
    return {
      certain: isAlone ? idOf(first.product) : undefined,
      candidates: items.slice(0, CANDIDATES_MAX).map(({ product }) => idOf(product)),
    };
  }

  /**
   * What a line of a prescription means: certain also where several makers have it, as long as they
   * have the same generics and the strength was said.
   */
  matchPrescribed(words: string): Meant {
    const meant = this.matchProduct(words);
    if (meant.certain !== undefined) return meant;
    const { items, isCertain, idOf } = this.#board.find(words, { isTyping: false });
    const [first] = items;
    const isOneMedicine =
      first !== undefined && isCertain && first.hasStrength === true && first.hasForm !== false;
    return isOneMedicine ? { ...meant, certain: idOf(first.product) } : meant;
  }

  /** Names of medicines; those that are not in the catalogue are left out. */
  async named(
    ctx: Context,
    ids: readonly MedicineId[],
    lang: Language,
  ): Promise<Map<MedicineId, NamedMedicine>> {
    this.#refresh();
    const key = (id: MedicineId) => `${lang} ${id}`;
    const missing = ids.filter((id) => !this.#named.has(key(id)));
    for (let at = 0; at < missing.length; at += READ_MAX)
      for (const medicine of await findMedicinesById(ctx, missing.slice(at, at + READ_MAX))) {
        if (this.#named.size >= NAMED_MAX) this.#named.clear();
        const { id, names, generics, displayName } = summaryOf(medicine, lang);
        this.#named.set(key(id), { id, name: displayName, names, generics });
      }
    return new Map(
      ids.flatMap((id) => {
        const medicine = this.#named.get(key(id));
        return medicine ? [[id, medicine] as const] : [];
      }),
    );
  }

  /** What may stand in for each of some medicines, itself left out. */
  async equivalentsOf(
    ctx: Context,
    ids: readonly MedicineId[],
  ): Promise<Map<MedicineId, readonly MedicineId[]>> {
    this.#refresh();
    const missing = ids.filter((id) => !this.#equivalents.has(id));
    if (missing.length > 0) {
      if (this.#equivalents.size + missing.length > EQUIVALENTS_KEPT_MAX) this.#equivalents.clear();
      const found = await findEquivalentIds(ctx, missing);
      for (const id of missing) this.#equivalents.set(id, found.get(id) ?? []);
    }
    return new Map(ids.map((id) => [id, this.#equivalents.get(id) ?? []]));
  }

  #refresh(): void {
    if (this.#board.version === this.#version) return;
    this.#version = this.#board.version;
    this.#named.clear();
    this.#equivalents.clear();
  }
}
