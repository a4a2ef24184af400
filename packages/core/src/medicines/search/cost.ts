const VOWELS = "aeiouy";
/** Letters that are heard for one another. */
const HEARD: ReadonlySet<string> = new Set(
  "ck ks kq cs sz zj jg fp vw vb iy dt mn xs ei ou ae ao"
    .split(" ")
    .flatMap((pair) => [pair, [...pair].reverse().join("")]),
);
const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const KEYS = new Map(
  ROWS.flatMap((row, y) => [...row].map((key, x) => [key, { x: x + y * 0.5, y }] as const)),
);

const TABLE = new Float64Array(34 * 34);

const LETTERS_MAX = 32;

/**
 * How unlikely it is that somebody who meant one word typed the other: 1 for an error that nothing
 * explains, less for those that people make (a vowel for another, a key beside, a letter doubled,
 * two swapped), a little more at the first letter.
 * Words longer than 32 letters are compared by these.
 */
export function typingCost(meantWord: string, typedWord: string): number {
  const [meant, typed] = [meantWord.slice(0, LETTERS_MAX), typedWord.slice(0, LETTERS_MAX)];
  const width = typed.length + 1;
  for (let column = 0; column < width; column += 1) TABLE[column] = column * 1.1;
  for (let row = 1; row <= meant.length; row += 1) {
    TABLE[row * width] = row * 1.1;
    for (let column = 1; column < width; column += 1) {
      const [a, b] = [meant[row - 1] ?? "", typed[column - 1] ?? ""];
      const at = (r: number, c: number) => TABLE[r * width + c] ?? Infinity;
      const isFirst = row === 1 || column === 1;
      let best = at(row - 1, column - 1) + (a === b ? 0 : swapCost(a, b) * (isFirst ? 1.15 : 1));
      best = Math.min(best, at(row - 1, column) + oneMore(a, meant[row - 2]));
      best = Math.min(best, at(row, column - 1) + oneMore(b, typed[column - 2]));
      if (row > 1 && column > 1 && a === typed[column - 2] && b === meant[row - 2] && a !== b)
        best = Math.min(best, at(row - 2, column - 2) + 0.8);
      TABLE[row * width + column] = best;
    }
  }
  return TABLE[meant.length * width + typed.length] ?? Infinity;
}

function swapCost(a: string, b: string): number {
  if (HEARD.has(a + b)) return 0.7;
  if (VOWELS.includes(a) && VOWELS.includes(b)) return 0.75;
  const [one, other] = [KEYS.get(a), KEYS.get(b)];
  return one && other && Math.abs(one.x - other.x) <= 1 && Math.abs(one.y - other.y) <= 1 ? 0.85 : 1;
}

function oneMore(letter: string, before: string | undefined): number {
  if (letter === before) return 0.6;
  if (letter === "h") return 0.7;
  return VOWELS.includes(letter) ? 0.9 : 1;
}
