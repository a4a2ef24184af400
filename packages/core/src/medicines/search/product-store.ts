import { Form } from "../schema.ts";
import { grown } from "./word-store.ts";

/** Products in typed arrays, by number, and the lists of them by word and by composition. */
export class ProductStore {
  #size = 0;
  #living = 0;
  /** Where the words of each product begin in `#words`. */
  #starts = new Int32Array(257);
  #words = new Int32Array(1024);
  #compositions = new Int32Array(256);
  #strengths = new Int32Array(256);
  #forms = new Uint8Array(256);
  #flags = new Uint8Array(256);
  /** By word: its last posting plus one, and how many it has. */
  #lastOfWord = new Int32Array(256);
  #countOfWord = new Int32Array(256);
  /** By posting: its product, and the one before plus one. */
  #postings = 0;
  #productOf = new Int32Array(1024);
  #before = new Int32Array(1024);
  /** By composition: its last product plus one, and how many; by product: the one before plus one. */
  #lastOfComposition = new Int32Array(256);
  #countOfComposition = new Int32Array(256);
  #beforeInComposition = new Int32Array(256);

  get size(): number {
    return this.#size;
  }

  /** Products that were not taken out. */
  get living(): number {
    return this.#living;
  }

  add(product: {
    words: readonly number[];
    composition: number;
    strengths: number;
    form: Form;
    /** 0 to 3: of equals the higher comes first. */
    favour: number;
  }): number {
    const number = this.#size++;
    this.#living += 1;
    this.#compositions = grown(this.#compositions, this.#size);
    this.#strengths = grown(this.#strengths, this.#size);
    this.#forms = grown(this.#forms, this.#size);
    this.#flags = grown(this.#flags, this.#size);
    this.#beforeInComposition = grown(this.#beforeInComposition, this.#size);
    this.#compositions[number] = product.composition;
    this.#strengths[number] = product.strengths;
    this.#forms[number] = Form.options.indexOf(product.form);
    this.#flags[number] = 1 | (product.favour << 1);
    const start = this.#starts[number] ?? 0;
    this.#starts = grown(this.#starts, number + 2);
    this.#starts[number + 1] = start + product.words.length;
    this.#words = grown(this.#words, start + product.words.length);
    for (const [at, word] of product.words.entries()) {
      this.#words[start + at] = word;
      this.#post(word, number);
    }
    this.#lastOfComposition = grown(this.#lastOfComposition, product.composition + 1);
    this.#countOfComposition = grown(this.#countOfComposition, product.composition + 1);
    this.#beforeInComposition[number] = this.#lastOfComposition[product.composition] ?? 0;
    this.#lastOfComposition[product.composition] = number + 1;
    this.#countOfComposition[product.composition] = this.countOfComposition(product.composition) + 1;
    return number;
  }

  #post(word: number, product: number): void {
    const posting = this.#postings++;
    this.#productOf = grown(this.#productOf, this.#postings);
    this.#before = grown(this.#before, this.#postings);
    this.#lastOfWord = grown(this.#lastOfWord, word + 1);
    this.#countOfWord = grown(this.#countOfWord, word + 1);
    this.#productOf[posting] = product;
    this.#before[posting] = this.#lastOfWord[word] ?? 0;
    this.#lastOfWord[word] = posting + 1;
    this.#countOfWord[word] = this.countOfWord(word) + 1;
  }

  /** Take a product out: it keeps its number, and is found no more. */
  remove(product: number): void {
    if (!this.isLiving(product)) return;
    this.#flags[product] = 0;
    this.#living -= 1;
    const composition = this.compositionOf(product);
    this.#countOfComposition[composition] = this.countOfComposition(composition) - 1;
    for (let at = this.wordsStart(product); at < this.wordsStart(product + 1); at += 1) {
      const word = this.wordAt(at);
      this.#countOfWord[word] = this.countOfWord(word) - 1;
    }
  }

  isLiving(product: number): boolean {
    return ((this.#flags[product] ?? 0) & 1) === 1;
  }

  favourOf(product: number): number {
    return (this.#flags[product] ?? 0) >> 1;
  }

  compositionOf(product: number): number {
    return this.#compositions[product] ?? 0;
  }

  /** The number of its set of strengths. */
  strengthsOf(product: number): number {
    return this.#strengths[product] ?? 0;
  }

  formOf(product: number): Form {
    return Form.options[this.#forms[product] ?? 0] ?? "other";
  }

  /** Where its words begin; those of product n end where those of n + 1 begin. */
  wordsStart(product: number): number {
    return this.#starts[product] ?? 0;
  }

  wordAt(place: number): number {
    return this.#words[place] ?? 0;
  }

  countOfWord(word: number): number {
    return this.#countOfWord[word] ?? 0;
  }

  countOfComposition(composition: number): number {
    return this.#countOfComposition[composition] ?? 0;
  }

  /** Go through the products whose names have a word, the newest first, until `visit` says false. */
  eachOfWord(word: number, visit: (product: number) => boolean): void {
    for (
      let posting = (this.#lastOfWord[word] ?? 0) - 1;
      posting >= 0;
      posting = (this.#before[posting] ?? 0) - 1
    ) {
      const product = this.#productOf[posting] ?? 0;
      if (this.isLiving(product) && !visit(product)) return;
    }
  }

  eachOfComposition(composition: number, visit: (product: number) => boolean): void {
    for (
      let product = (this.#lastOfComposition[composition] ?? 0) - 1;
      product >= 0;
      product = (this.#beforeInComposition[product] ?? 0) - 1
    ) {
      if (this.isLiving(product) && !visit(product)) return;
    }
  }
}
