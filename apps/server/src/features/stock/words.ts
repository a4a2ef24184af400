import type { FacilityId } from "@ihims/core/ids.ts";
import type { MedicineId } from "@ihims/core/medicines/schema.ts";
import { wordsOfLine, type StockLine } from "@ihims/core/stock/list.ts";
import type { Context } from "../../platform/context.ts";
import { findExisting } from "../medicines/medicines.ts";
import type { Catalogue } from "./catalogue.ts";
import { findWords, saveWords, type WordsRow } from "./store.ts";

/** New words that one list can bring to be remembered. */
const NEW_WORDS_MAX = 50_000;

export type Meaning =
  | { kind: "medicine"; medicine: MedicineId }
  | { kind: "unknown-medicine" }
  | { kind: "not-matched"; candidates: readonly MedicineId[] };

/**
 * What the words of one facility's lists mean: as somebody decided, as they were matched before, or as
 * the catalogue's search is certain of. What it is not certain of is kept for somebody to decide.
 */
export class ListWords {
  readonly #catalogue: Catalogue;
  readonly #facility: FacilityId;
  readonly #known: Map<string, { medicine: MedicineId | null; isDecided: boolean }>;
  readonly #isThere = new Map<MedicineId, boolean>();
  readonly #meanings = new Map<string, Meaning>();
  #fresh: WordsRow[] = [];
  #added = 0;

  private constructor(
    catalogue: Catalogue,
    facility: FacilityId,
    known: Map<string, { medicine: MedicineId | null; isDecided: boolean }>,
  ) {
    this.#catalogue = catalogue;
    this.#facility = facility;
    this.#known = known;
  }

  static async of(ctx: Context, catalogue: Catalogue, facility: FacilityId): Promise<ListWords> {
    await catalogue.ready();
    return new ListWords(catalogue, facility, await findWords(ctx.db, facility));
  }

  /** Look up which of some ids the catalogue has, before the meaning of their lines is asked. */
  async look(ctx: Context, ids: readonly MedicineId[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#isThere.has(id));
    if (missing.length === 0) return;
    for (const id of missing) this.#isThere.set(id, false);
    for (const id of await findExisting(ctx, missing)) this.#isThere.set(id, true);
  }

  meaningOf(line: StockLine): Meaning {
    if (line.medicine !== undefined)
      return this.#isThere.get(line.medicine) === true
        ? { kind: "medicine", medicine: line.medicine }
        : { kind: "unknown-medicine" };
    const words = wordsOfLine(line);
    const before = this.#meanings.get(words);
    if (before) return before;
    const meaning = this.#find(words, line);
    this.#meanings.set(words, meaning);
    return meaning;
  }

  #find(words: string, line: StockLine): Meaning {
    const known = this.#known.get(words);
    if (known?.medicine) return { kind: "medicine", medicine: known.medicine };
    if (known?.isDecided) return { kind: "not-matched", candidates: [] };
    const text = [line.name, line.strength, line.form].filter((part) => part !== undefined).join(" ");
    const { certain, candidates } =
      text === "" ? { certain: undefined, candidates: [] } : this.#catalogue.matchProduct(text);
    if (this.#added < NEW_WORDS_MAX && (!known || certain !== undefined)) {
      this.#added += 1;
      this.#fresh.push({ words, line, medicine: certain ?? null });
    }
    return certain === undefined
      ? { kind: "not-matched", candidates }
      : { kind: "medicine", medicine: certain };
  }

  /** Remember what was looked up since the last time. */
  async save(ctx: Context): Promise<void> {
    const rows = this.#fresh;
    this.#fresh = [];
    await saveWords(ctx.db, this.#facility, rows, ctx.now());
  }
}
