import { pick, randomOf, type Random } from "../random.ts";
import type { LargeCatalogueRow } from "./large-catalogue.ts";

/** A search and the name that it means. */
export interface CatalogueQuery {
  query: string;
  /** The whole name, or the brand alone where no more than that was typed. */
  expected: string;
  class: string;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
/** Spellings of one sound. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ph/, "f"],
  [/f/, "ph"],
  [/c(?=[aou])/, "k"],
  [/k/, "c"],
  [/x/, "ks"],
  [/z/, "s"],
  [/i/, "ee"],
  [/y/, "i"],
  [/u/, "oo"],
  [/v/, "w"],
  [/ks/, "x"],
  [/o(?=[^aeiou])/, "au"],
];
// oxfmt-ignore
const DEVANAGARI: readonly (readonly [string, string, string?])[] = [
  ["sh", "श"], ["ch", "क"], ["th", "थ"], ["ph", "फ"], ["qu", "क्व"], ["ck", "क"], ["x", "क्स"],
  ["b", "ब"], ["c", "क"], ["d", "ड"], ["f", "फ"], ["g", "ग"], ["h", "ह"], ["j", "ज"], ["k", "क"], ["l", "ल"], ["m", "म"],
  ["n", "न"], ["p", "प"], ["q", "क"], ["r", "र"], ["s", "स"], ["t", "ट"], ["v", "व"], ["w", "व"], ["z", "ज़"],
  ["a", "अ", "ा"], ["e", "ए", "े"], ["i", "इ", "ि"], ["o", "ओ", "ो"], ["u", "उ", "ु"], ["y", "इ", "ि"],
];

/** Every way in which a name is typed otherwise, by the name of its class. */
const CLASSES: Readonly<Record<string, (random: Random, row: LargeCatalogueRow) => string | undefined>> = {
  exact: (_, { name }) => name,
  "one-edit-insert": (random, { brand }) => inserted(random, brand),
  "one-edit-delete": (random, { brand }) => deleted(random, brand),
  "one-edit-substitute": (random, { brand }) => substituted(random, brand),
  "one-edit-transpose": (random, { brand }) => transposed(random, brand),
  "two-edits": (random, { brand }) => twice(random, brand),
  sound: (random, { brand }) => respelt(random, brand),
  "missing-strength": (_, { name, brand }) => `${brand} ${name.split(" ").at(-1) ?? ""}`,
  "one-edit-with-strength": (random, row) => {
    const misspelt = pick(random, EDITS)(random, row.brand);
    return misspelt === undefined ? undefined : row.name.replace(row.brand, misspelt);
  },
  devanagari: (_, { brand }) => inDevanagari(brand),
  abbreviation: (_, { name, brand }) => {
    const short = {
      Tablet: "TAB",
      Capsule: "CAP",
      Syrup: "SYP",
      Injection: "INJ",
      Cream: "CRM",
      Ointment: "OINT",
      Suspension: "SUSP",
    }[name.split(" ").at(-1) ?? ""];
    // As far as the number: letters behind a brand are part of it, units are not keyed.
    const keyed = /^\D*[\d.]*/.exec(name.replace(/ \S+$/, ""))?.[0] ?? brand;
    return short && `${short} ${keyed.toUpperCase()}`.trim();
  },
  split: (random, { brand }) => {
    const at = 2 + Math.floor(random.next() * (brand.length - 3));
    return `${brand.slice(0, at)} ${brand.slice(at)}`;
  },
};

/**
 * Searches of every class for names of a catalogue. A misspelling that is another brand of the list
 * is left out: nobody could know that it was not meant.
 *
 * @param each how many of a class
 */
export function makeQueries(
  seed: number,
  rows: readonly LargeCatalogueRow[],
  each: number,
): CatalogueQuery[] {
  const brands = new Set(rows.map(({ brand }) => brand.toLowerCase()));
  return Object.entries(CLASSES).flatMap(([name, make]) => {
    const random = randomOf(seed, `queries ${name}`);
    const queries: CatalogueQuery[] = [];
    for (let tries = 0; queries.length < each && tries < each * 20; tries += 1) {
      const row = pick(random, rows);
      if (row.brand.length < 5) continue;
      const query = make(random, row);
      const isOther =
        query !== undefined &&
        query.toLowerCase() !== row.brand.toLowerCase() &&
        brands.has(query.toLowerCase());
      if (query === undefined || isOther) continue;
      const isWhole = query.length > row.name.length / 2 && /\d/.test(query);
      queries.push({ query, expected: isWhole ? row.name : row.brand, class: name });
    }
    return queries;
  });
}

const EDITS = [inserted, deleted, substituted, transposed];

function placeIn(random: Random, word: string): number {
  return Math.floor(random.next() * word.length);
}

function inserted(random: Random, word: string): string {
  const at = placeIn(random, word);
  return `${word.slice(0, at)}${pick(random, [...LETTERS])}${word.slice(at)}`;
}

function deleted(random: Random, word: string): string {
  const at = placeIn(random, word);
  return word.slice(0, at) + word.slice(at + 1);
}

function substituted(random: Random, word: string): string | undefined {
  const at = placeIn(random, word);
  const letter = pick(random, [...LETTERS]);
  return letter === word[at]?.toLowerCase() ? undefined : word.slice(0, at) + letter + word.slice(at + 1);
}

function transposed(random: Random, word: string): string | undefined {
  const at = Math.floor(random.next() * (word.length - 1));
  const [one = "", other = ""] = [word[at], word[at + 1]];
  return one.toLowerCase() === other ? undefined : word.slice(0, at) + other + one + word.slice(at + 2);
}

function twice(random: Random, word: string): string | undefined {
  const once = pick(random, EDITS)(random, word);
  const both = once && pick(random, EDITS)(random, once);
  return both?.toLowerCase() === word.toLowerCase() ? undefined : both;
}

/** One or two of its sounds spelt otherwise; undefined for a word that has none. */
function respelt(random: Random, word: string): string | undefined {
  const lower = word.toLowerCase();
  const ways = SOUNDS.filter(([sound]) => sound.test(lower));
  if (ways.length === 0) return undefined;
  const [sound, spelling] = pick(random, ways);
  return lower.replace(sound, spelling);
}

function inDevanagari(word: string): string {
  let [text, rest, isOpen] = ["", word.toLowerCase(), false];
  while (rest !== "") {
    const found = DEVANAGARI.find(([latin]) => rest.startsWith(latin));
    if (!found) return text;
    const [latin, letter, sign] = found;
    // A consonant after a consonant is joined to it.
    if (sign === undefined) text += isOpen ? `्${letter}` : letter;
    else text += isOpen ? sign : letter;
    isOpen = sign === undefined;
    rest = rest.slice(latin.length);
  }
  return text;
}
