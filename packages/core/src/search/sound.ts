import { fold, isDevanagari } from "./fold.ts";

const CONSONANTS: Record<string, string> = {
  क: "k",
  ख: "k",
  ग: "g",
  घ: "g",
  ङ: "n",
  च: "c",
  छ: "c",
  ज: "j",
  झ: "j",
  ञ: "n",
  ट: "t",
  ठ: "t",
  ड: "d",
  ढ: "d",
  ण: "n",
  त: "t",
  थ: "t",
  द: "d",
  ध: "d",
  न: "n",
  प: "p",
  फ: "f",
  ब: "b",
  भ: "b",
  म: "m",
  य: "y",
  र: "r",
  ल: "l",
  व: "v",
  श: "s",
  ष: "s",
  स: "s",
  ह: "h",
  ळ: "l",
};
/** `a` falls out of a key; what is heard as one in English spelling is one here. */
const VOWELS: Record<string, string> = {
  अ: "a",
  आ: "a",
  इ: "i",
  उ: "u",
  ए: "i",
  ऐ: "i",
  ओ: "u",
  औ: "u",
  ऋ: "ri",
  "ा": "a",
  "ि": "i",
  "ु": "u",
  "े": "i",
  "ै": "i",
  "ो": "u",
  "ौ": "u",
  "ृ": "ri",
};

/** Latin spellings of one sound, the longer ones first. Applied in order. */
const LATIN: readonly (readonly [RegExp, string])[] = [
  [/x/g, "ks"],
  [/^(?:dny|gny|jny|jn|gy(?=a))/, "gn"],
  [/(?<=.)(?:dny|gny|jny)/g, "gn"],
  [/ay$/, "aY"],
  [/chh?/g, "c"],
  [/ph/g, "f"],
  [/([kgcjtdpbs])h/g, "$1"],
  [/ck/g, "k"],
  [/q/g, "k"],
  [/w/g, "v"],
  [/z/g, "j"],
  [/(?:au|ou|oo|o)/g, "u"],
  [/(?:ai|ei|ee|ea|ie|ey|ay|e)/g, "i"],
  [/y(?=[^aiu]|$)/g, "i"],
  [/m(?=[pb])/g, "n"],
  [/(.)\1+/g, "$1"],
  [/Y$/, "y"],
];

function fromDevanagari(word: string): string {
  let sound = "";
  const spelling = fold(word.replaceAll("ॉ", "ा").replaceAll("ऑ", "आ")).replaceAll("ज्ञ", "ग्न");
  let before = "";
  for (const letter of spelling) {
    const consonant = CONSONANTS[letter];
    // Doubled letters are one: क्क, द्ध.
    if (consonant !== undefined) sound += before === "्" && sound.endsWith(consonant) ? "" : consonant;
    else if (letter === "ं") sound += "n";
    else sound += VOWELS[letter] ?? "";
    before = letter;
  }
  return sound;
}

/**
 * What a word sounds like, in a few Latin letters, alike for both scripts: `ssun` for सासून and
 * Sassoon. Vowels keep only their colour, and `a` is left out except at the start, since nobody
 * agrees on where to write it; breath, length and doubling are left out. Empty when nothing is left.
 * Lossy by intent: what sounds alike is a candidate, not a match.
 */
export function soundOf(word: string): string {
  const isDeva = isDevanagari(word);
  let sound = isDeva ? fromDevanagari(word) : fold(word).replace(/[^a-z]/g, "");
  if (isDeva) sound = sound.replace(/(?<=.)n$/, (n) => (fold(word).endsWith("ं") ? "" : n));
  else for (const [spelling, letter] of LATIN) sound = sound.replace(spelling, letter);
  return sound.replace(/m(?=[pb])/g, "n").replace(/(?<=.)a/g, "");
}
