/** Grow a typed array to hold at least so many, by half as much again. */
export function grown<T extends Int32Array | Uint16Array | Uint8Array>(array: T, size: number): T {
  if (size <= array.length) return array;
  // The constructor of a typed array makes one of its own kind.
  const larger = new (array.constructor as new (length: number) => T)(
    Math.max(size, Math.ceil(array.length * 1.5)),
  );
  larger.set(array);
  return larger;
}

/**
 * Words by number, each once, in typed arrays: a hundred thousand of them take about two megabytes,
 * where a Map of strings takes ten. Words are only added.
 */
export class WordStore {
  #chars = new Uint16Array(1024);
  /** Where each word begins; one more than there are words. */
  #starts = new Int32Array(257);
  #size = 0;
  /** Open addressing: numbers of words plus one, 0 for an empty place. Twice as large as it is full, at least. */
  #table = new Int32Array(1024);

  get size(): number {
    return this.#size;
  }

  /** The number of a word; -1 when it is not here. */
  find(word: string): number {
    return (this.#table[this.#placeOf(word)] ?? 0) - 1;
  }

  /** The number of a word, which is taken in when it is new. */
  add(word: string): number {
    const place = this.#placeOf(word);
    const known = this.#table[place] ?? 0;
    if (known > 0) return known - 1;
    const number = this.#size;
    const start = this.#starts[number] ?? 0;
    this.#chars = grown(this.#chars, start + word.length);
    for (let at = 0; at < word.length; at += 1) this.#chars[start + at] = word.charCodeAt(at);
    this.#starts = grown(this.#starts, number + 2);
    this.#starts[number + 1] = start + word.length;
    this.#size += 1;
    this.#table[place] = number + 1;
    if (this.#size * 2 > this.#table.length) this.#enlargeTable();
    return number;
  }

  text(number: number): string {
    const codes = this.#chars.subarray(this.#starts[number] ?? 0, this.#starts[number + 1] ?? 0);
    return String.fromCharCode(...codes);
  }

  length(number: number): number {
    return (this.#starts[number + 1] ?? 0) - (this.#starts[number] ?? 0);
  }

  /** Where the letters of a word begin in `chars`. */
  start(number: number): number {
    return this.#starts[number] ?? 0;
  }

  /** The letters of all words, as UTF-16 code units; replaced when it grows. */
  get chars(): Uint16Array {
    return this.#chars;
  }

  #placeOf(word: string): number {
    const mask = this.#table.length - 1;
    let place = hashOf(word) & mask;
    for (;;) {
      const known = this.#table[place] ?? 0;
      if (known === 0 || this.#is(known - 1, word)) return place;
      place = (place + 1) & mask;
    }
  }

  #is(number: number, word: string): boolean {
    const start = this.start(number);
    if (this.length(number) !== word.length) return false;
    for (let at = 0; at < word.length; at += 1)
      if (this.#chars[start + at] !== word.charCodeAt(at)) return false;
    return true;
  }

  #enlargeTable(): void {
    this.#table = new Int32Array(this.#table.length * 2);
    for (let number = 0; number < this.#size; number += 1)
      this.#table[this.#placeOf(this.text(number))] = number + 1;
  }
}

/** FNV-1a over the code units. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
