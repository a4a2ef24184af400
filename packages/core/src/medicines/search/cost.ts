/** Longest word that is compared; of longer ones the beginning is. */
const LETTERS_MAX = 32;
const WIDTH = LETTERS_MAX + 1;
const TABLE = new Float64Array(WIDTH * WIDTH);
const MEANT = new Uint8Array(LETTERS_MAX);
const TYPED = new Uint8Array(LETTERS_MAX);

/** Costs by letters 1 to 26; 0 is whatever is no letter. */
const SWAP = new Float64Array(27 * 27).fill(1);
const MORE = new Float64Array(27).fill(1);
const SWAPPED = 0.8;
const DOUBLED = 0.6;

const codeOf = (letter: string) => letter.charCodeAt(0) - 96;
const setSwap = (pair: string, cost: number) => {
  const [one = 0, other = 0] = [...pair].map(codeOf);
  SWAP[one * 27 + other] = cost;
  SWAP[other * 27 + one] = cost;
};
const KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"].flatMap((row, y) =>
  [...row].map((key, x) => ({ key, x: x + y * 0.5, y })),
);
for (const one of KEYS)
  for (const other of KEYS)
    if (one !== other && Math.abs(one.x - other.x) <= 1 && Math.abs(one.y - other.y) <= 1)
      setSwap(one.key + other.key, 0.85);
for (const one of "aeiouy") for (const other of "aeiouy") if (one !== other) setSwap(one + other, 0.75);
// Letters that are heard for one another.
for (const pair of "ck ks kq cs sz zj jg fp wv vb iy dt mn xs".split(" ")) setSwap(pair, 0.7);
for (const vowel of "aeiouy") MORE[codeOf(vowel)] = 0.9;
MORE[codeOf("h")] = 0.7;

/**
 * How unlikely it is that somebody who meant one word typed the other: 1 for an error that nothing
 * explains, less for those that people make (a vowel for another, a key beside, a letter doubled,
 * two swapped). Optimal string alignment with these costs; of long words the first 32 letters.
 */
export function typingCost(meant: string, typed: string): number {
  const rows = lettersInto(MEANT, meant);
  const columns = lettersInto(TYPED, typed);
  for (let column = 0; column <= columns; column += 1) TABLE[column] = column;
  for (let row = 1; row <= rows; row += 1) {
    const here = row * WIDTH;
    const above = here - WIDTH;
    const a = MEANT[row - 1] as number;
    const beforeA = row > 1 ? (MEANT[row - 2] as number) : -1;
    const missing = a === beforeA ? DOUBLED : (MORE[a] as number);
    TABLE[here] = row;
    for (let column = 1; column <= columns; column += 1) {
      const b = TYPED[column - 1] as number;
      const beforeB = column > 1 ? (TYPED[column - 2] as number) : -1;
      let best = (TABLE[above + column - 1] as number) + (a === b ? 0 : (SWAP[a * 27 + b] as number));
      const left = (TABLE[above + column] as number) + missing;
      if (left < best) best = left;
      const added = (TABLE[here + column - 1] as number) + (b === beforeB ? DOUBLED : (MORE[b] as number));
      if (added < best) best = added;
      if (a === beforeB && b === beforeA && a !== b) {
        const swapped = (TABLE[above - WIDTH + column - 2] as number) + SWAPPED;
        if (swapped < best) best = swapped;
      }
      TABLE[here + column] = best;
    }
  }
  return TABLE[rows * WIDTH + columns] as number;
}

/** The letters of a word as numbers. @returns how many */
function lettersInto(letters: Uint8Array, word: string): number {
  const length = Math.min(LETTERS_MAX, word.length);
  for (let at = 0; at < length; at += 1) {
    const letter = word.charCodeAt(at) - 96;
    letters[at] = letter >= 1 && letter <= 26 ? letter : 0;
  }
  return length;
}
