import { ABBREVIATIONS } from "@ihims/core/medicines/data/abbreviations.ts";
import { formulary } from "@ihims/core/medicines/formulary.ts";
import { MedicineId, type Form, type GenericId, type Medicine } from "@ihims/core/medicines/schema.ts";
import {
  MedicineIndex,
  type FindOptions,
  type FoundProducts,
} from "@ihims/core/medicines/search/medicine-index.ts";
import { grown, WordStore } from "@ihims/core/medicines/search/word-store.ts";
import type { KeptMedicine } from "./store.ts";

/** Products that are read from the database at a time. */
const READ_MAX = 2000;
/** An index whose products were mostly replaced is made anew. */
const REBUILT_FROM_SLOTS = 2000;

/** Reads products in the order in which they were written. */
export type ReadMedicines = (
  after: { revision: number; id: string },
  limit: number,
) => Promise<KeptMedicine[]>;

/**
 * The names of the catalogue in the memory of this process, kept current by the change stream. The
 * products themselves stay in the database: what is found is read there by its id.
 */
export class MedicineBoard {
  readonly #read: ReadMedicines;
  #index = makeIndex();
  /** Ids by number, and by that number the product of the index plus one; and the other way. */
  #ids = new WordStore();
  #productOf = new Int32Array(256);
  #idOf = new Int32Array(256);
  #seen = { revision: -1, id: "" };
  #wanted = -1;
  #reading: Promise<void> | undefined;
  #failure: unknown;
  #version = 0;

  constructor(read: ReadMedicines) {
    this.#read = read;
  }

  /** Grows with every change that is taken in. */
  get version(): number {
    return this.#version;
  }

  get size(): number {
    return this.#index.size;
  }

  /** Hear that the catalogue was written; it is read in the background, and before the next search. */
  apply({ revision }: { revision: number }): void {
    this.#wanted = Math.max(this.#wanted, revision);
    void this.#catchUp();
  }

  /** Read everything that was written until now. @throws what the database throws */
  async load(): Promise<void> {
    this.#wanted = Math.max(this.#wanted, this.#seen.revision + 1);
    await this.current();
  }

  /** Wait until what was heard of is taken in. @throws what the database throws */
  async current(): Promise<void> {
    if (this.#seen.revision >= this.#wanted) return;
    await this.#catchUp();
    if (this.#failure !== undefined)
      throw new Error("the catalogue could not be read", { cause: this.#failure });
  }

  /** What a search may mean, best first; products by their ids. */
  find(text: string, options: FindOptions): FoundProducts & { idOf(product: number): MedicineId } {
    return { ...this.#index.find(text, options), idOf: (product) => this.#idOfProduct(product) };
  }

  /** The number of the set of a product's generics: the same for the same set. */
  compositionOf(product: number): number {
    return this.#index.compositionOf(product);
  }

  withGeneric(generic: GenericId, form: Form | undefined): MedicineId[] {
    return this.#index.withGeneric(generic, form).map((product) => this.#idOfProduct(product));
  }

  #catchUp(): Promise<void> {
    return (this.#reading ??= this.#readOn()
      .then(() => void (this.#failure = undefined))
      .catch((error: unknown) => void (this.#failure = error))
      .finally(() => void (this.#reading = undefined)));
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const aim = this.#wanted;
      const read = await this.#read(this.#seen, READ_MAX);
      for (const { medicine } of read) this.#take(medicine);
      const last = read.at(-1);
      if (last) this.#seen = { revision: last.revision, id: last.medicine.id };
      if (read.length === READ_MAX) continue;
      // Everything up to there was read, whether it had anything for us or not.
      if (this.#seen.revision < aim) this.#seen = { revision: aim, id: "" };
      if (this.#wanted > aim) continue;
      if (this.#index.slots <= REBUILT_FROM_SLOTS || this.#index.slots <= 2 * this.#index.size) return;
      this.#forget();
    }
  }

  /** Begin anew, to be read once more from the first product on. */
  #forget(): void {
    this.#index = makeIndex();
    this.#ids = new WordStore();
    this.#productOf = new Int32Array(256);
    this.#seen = { revision: -1, id: "" };
  }

  #take(medicine: Medicine): void {
    this.#version += 1;
    const number = this.#ids.add(medicine.id);
    this.#productOf = grown(this.#productOf, number + 1);
    const known = (this.#productOf[number] ?? 0) - 1;
    if (known >= 0) this.#index.remove(known);
    const product = this.#index.put({
      name: medicine.name,
      otherNames: Object.values(medicine.names),
      composition: medicine.composition,
      form: medicine.form,
      isGenericNamed: medicine.brand === null,
      isImmediate: medicine.release === "immediate",
    });
    this.#productOf[number] = product + 1;
    this.#idOf = grown(this.#idOf, product + 1);
    this.#idOf[product] = number;
  }

  #idOfProduct(product: number): MedicineId {
    return MedicineId.parse(this.#ids.text(this.#idOf[product] ?? -1));
  }
}

function makeIndex(): MedicineIndex {
  return new MedicineIndex((generic) => [
    ...formulary().namesOf(generic),
    ...(ABBREVIATIONS[generic]?.split(", ") ?? []),
  ]);
}
