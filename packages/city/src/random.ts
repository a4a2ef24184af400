/** A stream of chance that the same seed repeats exactly, on every machine. */
export interface Random {
  /** The next number, 0 <= n < 1. */
  next(): number;
}

/**
 * The stream of a seed and a purpose. Each part of the city draws from its own, so that one more
 * clinic does not move the river.
 *
 * The numbers are those of Mulberry32 (T. Ettinger, public domain), begun at an FNV-1a hash.
 */
export function randomOf(seed: number, purpose: string): Random {
  let state = hashOf(`${seed}/${purpose}`);
  return {
    next() {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    },
  };
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash | 0;
}

/** A number between two, `from` included. */
export function between(random: Random, from: number, to: number): number {
  return from + random.next() * (to - from);
}

/** A whole number between two, both included. */
export function wholeBetween(random: Random, from: number, to: number): number {
  return from + Math.floor(random.next() * (to - from + 1));
}

/** Whether something of this chance (0 to 1) happens. */
export function happens(random: Random, chance: number): boolean {
  return random.next() < chance;
}

/** One of a list, each as likely. @throws RangeError when there is none */
export function pick<T>(random: Random, from: readonly T[]): T {
  const index = Math.floor(random.next() * from.length);
  if (index >= from.length) throw new RangeError("nothing to pick from");
  // The index is within the list, whatever T is.
  return from[index] as T;
}

/** One of a list, each as likely as its weight (0 or more, some above 0) says. @throws RangeError when there is none */
export function pickBy<T>(random: Random, from: readonly T[], weightOf: (one: T) => number): T {
  let left = random.next() * from.reduce((sum, one) => sum + weightOf(one), 0);
  let last: { one: T } | undefined;
  for (const one of from) {
    const weight = weightOf(one);
    if (weight <= 0) continue;
    last = { one };
    left -= weight;
    if (left < 0) return one;
  }
  if (!last) throw new RangeError("nothing to pick from");
  return last.one;
}

/** The list in another order (Fisher and Yates); the given one stays. */
export function shuffled<T>(random: Random, from: readonly T[]): T[] {
  const list = [...from];
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random.next() * (i + 1));
    // Both are places of the list.
    [list[i], list[j]] = [list[j] as T, list[i] as T];
  }
  return list;
}

/** How long until something that happens `rate` times a second on average happens next, in seconds. */
export function waitS(random: Random, rate: number): number {
  return -Math.log(1 - random.next()) / rate;
}
