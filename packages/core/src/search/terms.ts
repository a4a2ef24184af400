import { BloodGroup } from "../blood/schema.ts";
import { fold, isDevanagari, wordsOf } from "./fold.ts";
import { stemOf } from "./forms.ts";
import { TERMS, type Term } from "./lexicon.ts";
import { SimilarWords } from "./similar-words.ts";
import { soundOf } from "./sound.ts";

/** Longest name of a term, in words. */
const TERM_MAX_WORDS = 5;
/** Shortest word of a term in which one typing error is forgiven, in letters. */
const ERRORS_FROM_LETTERS = 6;
/** Shortest sound by which a term is known in the other script. */
const SOUND_MIN = 4;

/** A term in a text: its words are those from `from` up to before `to`. */
export interface FoundTerm {
  term: Term;
  from: number;
  to: number;
  /** The word that was read for a misspelt one. */
  read?: string;
}

/** Finds the terms of the fixed lists in texts: the longest at each place. Built once; holds no state. */
export class TermFinder {
  readonly #byPhrase = new Map<string, Term>();
  readonly #bySound = new Map<string, Term>();
  readonly #similar = new SimilarWords();

  constructor() {
    for (const term of TERMS) {
      for (const text of Object.values(term.words).flat()) this.#learn(term, wordsOf(text));
    }
  }

  #learn(term: Term, words: readonly string[]): void {
    const phrase = phraseOf(words);
    if (this.#byPhrase.has(phrase)) return;
    this.#byPhrase.set(phrase, term);
    const [word = "", ...others] = words;
    if (others.length > 0) return;
    const sound = soundOf(word);
    if (isDevanagari(word) && sound.length >= SOUND_MIN) this.#bySound.set(sound, term);
    if (word.length >= ERRORS_FROM_LETTERS) this.#similar.add(word);
  }

  /**
   * @param words folded, in order, as `wordsOf` gives them
   * @param isKnown whether a word means something else as it stands, so that it is not misspelt
   */
  find(words: readonly string[], isKnown: (word: string) => boolean): FoundTerm[] {
    const found: FoundTerm[] = [];
    for (let from = 0; from < words.length;) {
      const term = this.#longestAt(words, from) ?? this.#misspeltAt(words, from, isKnown);
      if (term) found.push(term);
      from = term?.to ?? from + 1;
    }
    return found;
  }

  #longestAt(words: readonly string[], from: number): FoundTerm | undefined {
    for (let to = Math.min(words.length, from + TERM_MAX_WORDS); to > from; to -= 1) {
      const term = this.#byPhrase.get(phraseOf(words.slice(from, to)));
      if (term) return { term, from, to };
    }
    return undefined;
  }

  #misspeltAt(
    words: readonly string[],
    from: number,
    isKnown: (word: string) => boolean,
  ): FoundTerm | undefined {
    const word = words[from] ?? "";
    if (isKnown(word)) return undefined;
    const heard = isDevanagari(word) ? undefined : this.#bySound.get(soundOf(word));
    if (heard) return { term: heard, from, to: from + 1 };
    if (word.length < ERRORS_FROM_LETTERS) return undefined;
    for (const { word: read } of this.#similar.within(1, word)) {
      const term = this.#byPhrase.get(phraseOf([read]));
      if (term) return { term, from, to: from + 1, read };
    }
    return undefined;
  }
}

function phraseOf(words: readonly string[]): string {
  return words.map(stemOf).join(" ");
}

const ABO: Readonly<Record<string, string>> = {
  ab: "AB",
  एबि: "AB",
  ए: "A",
  a: "A",
  b: "B",
  बि: "B",
  o: "O",
  ओ: "O",
  bombay: "Oh",
  बोंबे: "Oh",
};
/** A group with its sign, folded: "o negative", "ab+", "ओ पॉजिटिव". */
const GROUP =
  /(?<![\p{L}\p{M}])(ab|एबि|ए|a|b|बि|o|ओ|bombay|बोंबे)\s*(?:group|ग्रुप|गट)?\s*(\+(?:ve)?|[-−–](?:ve)?(?![\p{L}\p{N}])|positive|pos|negative|neg|पोजिटिव|पोझिटिव्ह|निगेटिव|निगेटिव्ह|नेगेटिव)(?![\p{L}\p{M}])/u;
/** Without one of these a letter and a sign may mean anything: "hepatitis B positive". */
const OF_BLOOD = new Set(
  wordsOf(
    "blood platelet platelets plasma unit units bottle bottles donor donors group khoon rakt खून रक्त ब्लड प्लेटलेट प्लेटलेट्स प्लाज्मा प्लाझ्मा यूनिट युनिट डोनर दाता बाटली बोतल रक्तदाता",
  ),
);
/** Nothing but a group and these is a search for it. */
const GROUP_ALONE_MAX_WORDS = 3;

/** The blood group that a text asks for; undefined when it asks for none. */
export function bloodGroupIn(text: string): BloodGroup | undefined {
  const words = wordsOf(text);
  const match = GROUP.exec(fold(text));
  if (!match || !(words.length <= GROUP_ALONE_MAX_WORDS || words.some((word) => OF_BLOOD.has(word))))
    return undefined;
  if (words.some((word) => word.startsWith("hepat") || word.startsWith("हेपे"))) return undefined;
  const [, group = "", sign = ""] = match;
  const isNegative = /^[-−–]|^neg|^नि|^ने/.test(sign);
  const parsed = BloodGroup.safeParse(`${ABO[group] ?? ""}${isNegative ? "-" : "+"}`);
  return parsed.success ? parsed.data : undefined;
}

/** Whether a text asks for blood at all, of whatever group: "need blood", "रक्त हवे". */
export function asksForBlood(text: string): boolean {
  const words = wordsOf(text);
  return (
    /(?:need|want|urgent|require|arrange|donor|चाहिए|हवे|पाहिजे|ज़?रूरत|chahiye|pahije)/u.test(
      text.toLowerCase(),
    ) &&
    words.some((word) =>
      ["blood", "platelets", "plasma", "खुन", "रक्त", "ब्लड", "khoon", "प्लेटलेट्स"].includes(word),
    ) &&
    words.length <= 6
  );
}
