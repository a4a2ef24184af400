import { isFormMeant } from "../forms.ts";
import type { Form, GenericId, Strength } from "../schema.ts";
import { milligramsOf } from "../strengths.ts";
import { GenericWords, type CompositionFit } from "./generic-words.ts";
import { InternedLists } from "./interned.ts";
import { MedicineWords, type AlikeWord } from "./medicine-words.ts";
import { ProductStore } from "./product-store.ts";
import { readName, type AskedStrength } from "./product-words.ts";
import { readQuery, variantsOf, type MedicineQuery } from "./query.ts";

/** Most products that are weighed for one search. */
const WEIGHED_MAX = 4000;
/** Words that more products have are only counted, not looked up by, when the search has rarer ones. */
const COMMON_FROM_PRODUCTS = 3000;
/** What is less like the search is not found. */
const SCORE_MIN = 0.3;
/** Most products of one search that are ranked; the pages of a list end there. */
export const RANKED_MAX = 300;
/** Groups of products of one name that are shown before a second of any of them, when none is sure. */
const GROUPS_FIRST = 8;
const WRONG_STRENGTH = 0.92;
const WRONG_FORM = 0.96;
/** What a name loses of which nothing but a typed word was named. */
const LEFT_OUT = 0.06;

/** What a product is found by. */
export interface IndexedMedicine {
  name: string;
  /** The name in other scripts. */
  otherNames: readonly string[];
  composition: readonly { generic: GenericId; strength: Strength | null }[];
  form: Form;
  /** Sold under its generic name: of equals the first. */
  isGenericNamed: boolean;
  /** Lets its medicine go at once: of equals before one that does not. */
  isImmediate: boolean;
}

/** A product that a search may mean. */
export interface FoundProduct {
  product: number;
  /** 0 to 1. */
  score: number;
  /** Every word that was typed is a word of its name or of its generics, as it is. */
  isExact: boolean;
  /** Nothing of its name, or of its generics, was left out. */
  isWhole: boolean;
  /** Which way of reading the words found it. */
  reading: number;
  /** Null: no strength, no form was asked for. */
  hasStrength: boolean | null;
  hasForm: boolean | null;
}

/** How a search was read, and what it may mean. */
export interface FoundProducts {
  items: FoundProduct[];
  /** The first is surely meant: exact, and everything that is as exact has the same generics. */
  isCertain: boolean;
  query: MedicineQuery;
  /** Words of the first that are not what was typed. */
  corrected: { typed: string; read: string }[];
}

export interface FindOptions {
  /** The last word may be the beginning of one. */
  isTyping: boolean;
  /** Only products with this ingredient. */
  generic?: GenericId | undefined;
  form?: Form | undefined;
}

/**
 * A catalogue of medicines, findable by brand or generic, in typed arrays, following every change.
 *
 * Each typed word stands for the words that it may be (itself, misspelt, by sound, begun), each as
 * likely as it is near. A product is as good as its words explain what was typed. Strength and form
 * choose among what the words find; they never make up for a name.
 */
export class MedicineIndex {
  readonly #words = new MedicineWords();
  readonly #generics: GenericWords;
  readonly #products = new ProductStore();
  readonly #strengths = new InternedLists<string>();
  /** For one search: the row of each word in the table of likenesses, plus one. */
  #rowOf: Int32Array = new Int32Array(1024);

  /** @param namesOf what a generic is called, in any script */
  constructor(namesOf: (generic: GenericId) => readonly string[]) {
    this.#generics = new GenericWords(this.#words, namesOf);
  }

  /** Products that can be found. */
  get size(): number {
    return this.#products.living;
  }

  /** Products that were ever put in; when many were taken out it is time for a new index. */
  get slots(): number {
    return this.#products.size;
  }

  /** Take a product in. @returns its number, by which it is found and taken out */
  put({ name, otherNames, composition, form, ...more }: IndexedMedicine): number {
    const read = readName(name);
    const others = otherNames.flatMap((other) => readName(other).words);
    const texts = new Set([...read.words, ...others].map(({ text }) => text));
    return this.#products.add({
      words: [...texts].map((text) => this.#words.add(text)),
      composition: this.#generics.compositionOf(composition.map(({ generic }) => generic)),
      strengths: this.#strengths.add(strengthNames(read.strengths, composition)),
      form,
      favour: (more.isGenericNamed ? 2 : 0) + (more.isImmediate ? 1 : 0),
    });
  }

  remove(product: number): void {
    this.#products.remove(product);
  }

  /** The number of the set of a product's generics: the same for the same set. */
  compositionOf(product: number): number {
    return this.#products.compositionOf(product);
  }

  /** Products with an ingredient, or of a form; without words nothing tells them apart. */
  withGeneric(generic: GenericId, form: Form | undefined): number[] {
    const found: number[] = [];
    for (const composition of this.#generics.compositionsWith(generic))
      this.#products.eachOfComposition(composition, (product) => {
        if (form === undefined || this.#products.formOf(product) === form) found.push(product);
        return found.length < WEIGHED_MAX;
      });
    return found;
  }

  /** What a search may mean, best first. */
  find(text: string, options: FindOptions): FoundProducts {
    const query = readQuery(text);
    const best = new Map<number, FoundProduct>();
    let corrected: FoundProducts["corrected"] = [];
    let top = 0;
    /** What words stand for, for as long as this search lasts: ways to read it share words. */
    const kept = new Map<string, AlikeWord[]>();
    for (const [reading, words] of variantsOf(query, (word) => this.#isKnown(word)).entries()) {
      const search = this.#prepare(words, reading, options.isTyping, kept);
      for (const product of this.#candidates(search)) {
        const found = this.#weigh(product, search, query, options);
        if (!found || found.score <= (best.get(product)?.score ?? SCORE_MIN)) continue;
        best.set(product, found);
        if (found.score > top) [top, corrected] = [found.score, this.#correctionsOf(product, search)];
      }
      this.#forget(search);
    }
    const items = this.#inOrder([...best.values()]);
    return { items, isCertain: this.#isCertain(items), query, corrected };
  }

  #isKnown(text: string): boolean {
    const word = this.#words.find(text);
    return word >= 0 && this.#isUsed(word);
  }

  #isUsed(word: number): boolean {
    return this.#products.countOfWord(word) > 0 || this.#generics.isGenericWord(word);
  }

  #prepare(
    words: readonly string[],
    reading: number,
    isTyping: boolean,
    kept: Map<string, AlikeWord[]>,
  ): Search {
    const alike = words.map((word, at) => {
      const isBegun = isTyping && at === words.length - 1;
      const key = `${word}${isBegun ? "*" : ""}`;
      const known = kept.get(key) ?? this.#words.alike(word, isBegun, (one) => this.#isUsed(one));
      kept.set(key, known);
      return known;
    });
    this.#rowOf = this.#rows();
    const likeness: Float32Array[] = [];
    for (const [at, some] of alike.entries()) {
      for (const { word, likeness: how } of some) {
        let row = this.#rowOf[word] ?? 0;
        if (row === 0) row = this.#rowOf[word] = likeness.push(new Float32Array(words.length));
        const ofWord = likeness[row - 1];
        if (ofWord) ofWord[at] = how;
      }
    }
    return {
      words,
      reading,
      alike,
      likeness,
      fits: this.#generics.fits(alike),
      tells: alike.map((some) => this.#tells(some)),
    };
  }

  /** As long as there are words, and zero. */
  #rows(): Int32Array {
    const size = this.#words.store.size;
    return this.#rowOf.length >= size ? this.#rowOf : new Int32Array(Math.ceil(size * 1.5));
  }

  #forget({ alike }: Search): void {
    for (const some of alike) for (const { word } of some) this.#rowOf[word] = 0;
  }

  /** How much a typed word tells, in nats: rare ones more. One that stands for nothing tells something. */
  #tells(some: readonly AlikeWord[]): number {
    const [first] = some;
    const all = this.#products.living + 1;
    if (!first) return 0.6 * Math.log(1 + all);
    return Math.log(1 + all / (1 + this.#products.countOfWord(first.word)));
  }

  #candidates({ alike, fits, words }: Search): Set<number> {
    const candidates = new Set<number>();
    const lists = alike
      .map((some) => ({
        some,
        size: some.reduce((sum, { word }) => sum + this.#products.countOfWord(word), 0),
      }))
      .sort((a, b) => a.size - b.size);
    for (const { some, size } of lists) {
      if (size > COMMON_FROM_PRODUCTS && candidates.size > 0) break;
      for (const { word } of some)
        this.#products.eachOfWord(word, (product) => candidates.add(product).size < WEIGHED_MAX);
    }
    const best = [...fits]
      .map(([composition, fit]) => ({
        composition,
        score: sumOf(fit.likeness) / words.length + fit.coverage * 0.5,
      }))
      .sort((a, b) => b.score - a.score || a.composition - b.composition);
    for (const { composition } of best) {
      if (candidates.size >= WEIGHED_MAX) break;
      this.#products.eachOfComposition(composition, (product) => candidates.add(product).size < WEIGHED_MAX);
    }
    return candidates;
  }

  #weigh(
    product: number,
    { likeness, fits, tells, words, reading }: Search,
    query: MedicineQuery,
    { generic, form }: FindOptions,
  ): FoundProduct | undefined {
    const products = this.#products;
    const has = products.formOf(product);
    const composition = products.compositionOf(product);
    if (form !== undefined && has !== form) return undefined;
    if (generic !== undefined && !this.#generics.compositionsWith(generic).includes(composition))
      return undefined;
    const fit = fits.get(composition);
    const [from, to] = [products.wordsStart(product), products.wordsStart(product + 1)];
    let [asked, answered, least, byName] = [0, 0, 1, 0];
    for (let at = 0; at < words.length; at += 1) {
      let how = 0;
      for (let place = from; place < to; place += 1)
        how = Math.max(how, likeness[(this.#rowOf[products.wordAt(place)] ?? 0) - 1]?.[at] ?? 0);
      byName = Math.max(byName, how);
      how = Math.max(how, fit?.likeness[at] ?? 0);
      const told = tells[at] ?? 0;
      asked += told;
      answered += told * how;
      least = Math.min(least, how);
    }
    if (asked === 0) return undefined;
    // Who is called by a typed word is measured by its name: "Metformin SR" is not all of "metformin".
    const coverage = byName > 0 ? this.#nameCoverage(from, to) : (fit?.coverage ?? 0);
    const hasStrength = query.strengths.length === 0 ? null : this.#hasStrengths(product, query.strengths);
    const hasForm = query.form === null ? null : isFormMeant(query.form, has);
    const score =
      (answered / asked) ** 1.5 *
      (1 - LEFT_OUT * (1 - coverage)) *
      (hasStrength === false ? WRONG_STRENGTH : 1) *
      (hasForm === false ? WRONG_FORM : 1);
    return {
      product,
      score,
      isExact: least > 0.9999,
      isWhole: coverage > 0.9999,
      reading,
      hasStrength,
      hasForm,
    };
  }

  /** Which share of a name's words is like a typed one. */
  #nameCoverage(from: number, to: number): number {
    let [whole, named] = [0, 0];
    for (let place = from; place < to; place += 1) {
      const word = this.#products.wordAt(place);
      whole += 1;
      if ((this.#rowOf[word] ?? 0) > 0) named += 1;
    }
    return whole === 0 ? 0 : named / whole;
  }

  #hasStrengths(product: number, asked: readonly AskedStrength[]): boolean {
    const has = this.#strengths.get(this.#products.strengthsOf(product));
    const isWeighed = has.some((one) => one.startsWith("m"));
    return asked.every(({ value, milligrams }) =>
      milligrams !== undefined && isWeighed ? has.includes(`m${milligrams}`) : has.includes(`n${value}`),
    );
  }

  #correctionsOf(product: number, { words, alike, fits }: Search): FoundProducts["corrected"] {
    const own = new Set<number>();
    for (let at = this.#products.wordsStart(product); at < this.#products.wordsStart(product + 1); at += 1)
      own.add(this.#products.wordAt(at));
    const fit = fits.get(this.#products.compositionOf(product));
    return words.flatMap((typed, at) => {
      const some = alike[at] ?? [];
      const named = some.find(({ word }) => own.has(word));
      const generic = some.find(
        ({ word, likeness }) =>
          this.#generics.isGenericWord(word) && Math.fround(likeness) === fit?.likeness[at],
      );
      const read = (named?.likeness ?? 0) >= (generic?.likeness ?? 0) ? named : generic;
      return read && read.likeness < 1 ? [{ typed, read: this.#words.store.text(read.word) }] : [];
    });
  }

  /** Best first. When none is sure, one of each name before a second of any: what else it may be has to be seen. */
  #inOrder(found: FoundProduct[]): FoundProduct[] {
    const products = this.#products;
    found.sort(
      (a, b) =>
        b.score - a.score ||
        products.favourOf(b.product) - products.favourOf(a.product) ||
        // Of names that are as near, the one of more products.
        this.#commonness(b.product) - this.#commonness(a.product) ||
        a.product - b.product,
    );
    const ranked = found.slice(0, RANKED_MAX);
    if (ranked[0]?.isExact !== false) return ranked;
    const seen = new Set<string>();
    const first: FoundProduct[] = [];
    const rest: FoundProduct[] = [];
    for (const one of ranked) {
      const group = `${products.compositionOf(one.product)} ${products.wordAt(products.wordsStart(one.product))}`;
      const isNew = seen.size < GROUPS_FIRST && !seen.has(group);
      if (isNew) seen.add(group);
      (isNew ? first : rest).push(one);
    }
    return [...first, ...rest];
  }

  /** How many products have the first word of its name. */
  #commonness(product: number): number {
    return this.#products.countOfWord(this.#products.wordAt(this.#products.wordsStart(product)));
  }

  #isCertain(items: readonly FoundProduct[]): boolean {
    const [best] = items;
    if (!best?.isExact || best.hasStrength === false || best.hasForm === false) return false;
    // What another way of reading finds is a rival, however much of its name was left out.
    const rivals = items.filter(
      ({ isExact, isWhole, reading }) => isExact && (isWhole || !best.isWhole || reading !== best.reading),
    );
    const generics = this.#products.compositionOf(best.product);
    return rivals.every(({ product }) => this.#products.compositionOf(product) === generics);
  }
}

/** One way to read a search, with what its words may stand for. */
interface Search {
  words: readonly string[];
  /** The number of this way. */
  reading: number;
  alike: readonly (readonly AlikeWord[])[];
  /** By row of a word, by typed word. */
  likeness: readonly Float32Array[];
  fits: ReadonlyMap<number, CompositionFit>;
  tells: readonly number[];
}

function sumOf(numbers: Float32Array): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}

/** The strengths of a product as texts: `n625` for a bare number, `m500` for milligrams; also their sum. */
function strengthNames(
  ofName: readonly AskedStrength[],
  composition: IndexedMedicine["composition"],
): string[] {
  const names = new Set<string>();
  for (const { value, milligrams } of ofName) {
    names.add(`n${value}`);
    if (milligrams !== undefined) names.add(`m${milligrams}`);
  }
  let sum = 0;
  for (const { strength } of composition) {
    if (!strength) continue;
    names.add(`n${strength.value}`);
    const milligrams = milligramsOf(strength);
    if (milligrams === undefined) continue;
    names.add(`m${milligrams}`);
    sum += milligrams;
  }
  if (composition.length > 1 && sum > 0)
    for (const kind of ["n", "m"]) names.add(`${kind}${Number(sum.toPrecision(10))}`);
  return [...names].sort();
}
