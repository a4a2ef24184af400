import { fold, isDevanagari } from "../../search/fold.ts";

// Names of medicines are spelt after Latin and Greek, where c is k or s, ph is f and y is i; names of
// places and people, for which `core/search/sound.ts` is made, are not.

const CONSONANTS: Readonly<Record<string, string>> = Object.fromEntries(
  "क=k ख=k ग=g घ=g ङ=n च=c छ=c ज=j झ=j ञ=n ट=t ठ=t ड=d ढ=d ण=n त=t थ=t द=d ध=d न=n प=p फ=f ब=b भ=b म=m य=i र=r ल=l व=v श=s ष=s स=s ह=h ळ=l"
    .split(" ")
    .map((pair) => pair.split("=")),
);
const VOWELS: Readonly<Record<string, string>> = Object.fromEntries(
  "अ=a आ=a इ=i ई=i उ=u ऊ=u ए=e ऐ=e ओ=o औ=o ऑ=o ऋ=ri ा=a ि=i ी=i ु=u ू=u े=e ै=e ो=o ौ=o ॉ=o ृ=ri"
    .split(" ")
    .map((pair) => pair.split("=")),
);

/** Latin spellings of one sound, applied in order. */
const LATIN: readonly (readonly [RegExp, string])[] = [
  [/^x/, "j"],
  [/x/g, "ks"],
  [/^ps/, "s"],
  [/^pn/, "n"],
  [/sch|sh/g, "s"],
  [/tch/g, "c"],
  [/ch/g, "k"],
  [/ph/g, "f"],
  [/ck/g, "k"],
  [/qu/g, "kv"],
  [/q/g, "k"],
  [/c(?=[eiy])/g, "s"],
  [/c/g, "k"],
  [/g(?=[ei])/g, "j"],
  [/z/g, "j"],
  [/w/g, "v"],
  [/([bdgkptr])h/g, "$1"],
  [/(?:oe|ae)/g, "e"],
  [/e$/, ""],
  [/y/g, "i"],
];

function latin(word: string): string {
  let sound = fold(word).replace(/[^a-z]/g, "");
  for (const [spelling, letter] of LATIN) sound = sound.replace(spelling, letter);
  return sound;
}

function devanagari(word: string): string {
  let sound = "";
  for (const letter of fold(word.replaceAll("ॉ", "ो").replaceAll("ऑ", "ओ").replaceAll("ॲ", "अ")))
    sound += CONSONANTS[letter] ?? (letter === "ं" ? "n" : (VOWELS[letter] ?? ""));
  return sound;
}

/**
 * What a medicine's name sounds like, in a few letters, alike for both scripts: `ajitrl` for
 * Azithral, Asithral and अझिथ्राल. Vowels are e and i alike, o and u alike, and `a` is left out but at
 * the start; doubled letters are one. Lossy: what sounds alike is a candidate, never a match.
 */
export function medicineSound(word: string): string {
  const isDeva = isDevanagari(word);
  const sound = isDeva ? devanagari(word) : latin(word);
  return sound
    .replace(/m(?=[pb])/g, "n")
    .replace(/[ei]+/g, "i")
    .replace(/[ou]+/g, "u")
    .replace(/(?<=.)a/g, "")
    .replace(/(.)\1+/g, "$1");
}
