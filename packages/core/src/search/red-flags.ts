import type { Language } from "../languages.ts";
import { CALM, NEGATION, type CalmWords, type FlagPattern, type RedFlagId } from "../vocabulary/red-flags.ts";
import { RED_FLAGS_EN } from "../vocabulary/red-flags-en.ts";
import { RED_FLAGS_HI } from "../vocabulary/red-flags-hi.ts";
import { RED_FLAGS_MR } from "../vocabulary/red-flags-mr.ts";
import { editsBetween } from "./edits.ts";
import { fold, isDevanagari, TEXT_MAX_CHARS } from "./fold.ts";
import { soundOf } from "./sound.ts";
import { isRomanised } from "./stop-words.ts";

/** Shortest word in which one typing error is forgiven, and two. Shorter than in search: a false alarm costs less. */
const ERROR_FROM_LETTERS = 6;
const TWO_ERRORS_FROM_LETTERS = 10;
/** Words of other meaning that may stand between two words of one phrase. */
const GAP_MAX_WORDS = 2;

/** A phrase of a pattern: its words in order. A word that ends in `*` is the start of one. */
interface Phrase {
  words: readonly Word[];
}
interface Word {
  text: string;
  isStart: boolean;
  sound: string;
}
interface Pattern {
  lang: Language;
  flag: RedFlagId;
  all: readonly (readonly Phrase[])[];
  none: readonly Phrase[];
}
type Calm = Record<keyof CalmWords, readonly Phrase[]>;

/** Where a phrase stands in the text, in words; `to` is after its last. */
interface Place {
  from: number;
  to: number;
}

/** A text in words, with what parts it: the number of the clause of each word. */
interface Text {
  words: readonly string[];
  clauses: readonly number[];
  sentences: readonly number[];
  /** Of words in Latin letters that may be Hindi or Marathi; empty otherwise. */
  sounds: readonly string[];
}

/** What was found: which sign of danger, and the words that say it. */
export interface RedFlag {
  flag: RedFlagId;
  lang: Language;
  typed: string[];
}

/** What may stand between "two years ago" and what was then, but not when it ends a statement of its own. */
const STATEMENT_ENDS = new Set(
  ["था", "थी", "थे", "हुआ", "हुई", "होता", "होती", "होते", "झाला", "झाली", "झाले"].map(fold),
);
/** Furthest that "last year" stands from what it dates, in words. */
const HISTORY_MAX_WORDS = 4;
/** A clause of at most so many words that is only a date dates the next one: "Last year, ...". */
const DATE_CLAUSE_MAX_WORDS = 4;
/** Furthest that English reaches back for its "no": "no fever, vomiting or chest pain". */
const DENIAL_REACH_WORDS = 6;

/** After these, "नहीं" says that it does not stop, not that it is not there. */
const GOES_ON = new Set(["जा", "रुक", "बंद", "कम", "थम", "ठीक", "थांब", "थांबत"].map(fold));

const foldedSet = (list: string): ReadonlySet<string> => new Set(fold(list).split(" "));
const DENIES_BEFORE = foldedSet(NEGATION.before);
const FILLERS_BEFORE = foldedSet(NEGATION.beforeFillers);
const DENIES_AFTER = foldedSet(NEGATION.after);
const FILLERS_AFTER = foldedSet(NEGATION.afterFillers);
/** In lists: "no fever, cough or chest pain". */
const DENIES_LISTS = new Set(["no", "without", "never", "denies", "denied", "neither"]);

/** Finds signs of danger in what people write. Made to miss none: when in doubt, it is one. */
export class RedFlagFinder {
  readonly #lexicon = new Lexicon();
  readonly #patterns: readonly Pattern[];
  /** Of all languages: they are mixed, and Hindi and Marathi share words. */
  readonly #calm: Calm;

  constructor() {
    const of = (lang: Language, patterns: readonly FlagPattern[]) =>
      patterns.map(([flag, ...groups]): Pattern => {
        const guards = groups.filter((group) => group.startsWith("!"));
        return {
          lang,
          flag,
          all: groups.filter((group) => !group.startsWith("!")).map((group) => this.#phrasesOf(group)),
          none: guards.flatMap((group) => this.#phrasesOf(group.slice(1))),
        };
      });
    this.#patterns = [...of("en", RED_FLAGS_EN), ...of("hi", RED_FLAGS_HI), ...of("mr", RED_FLAGS_MR)];
    const cues = (kind: keyof CalmWords) =>
      [CALM.en, CALM.hi, CALM.mr].flatMap((words) => this.#phrasesOf(words[kind]));
    this.#calm = { history: cues("history"), asking: cues("asking"), now: cues("now") };
  }

  /** Every sign of danger in a text, the most urgent first; empty when there is none. */
  find(text: string): RedFlag[] {
    const read = readText(text);
    const at = this.#lexicon.placesIn(read);
    const found = new Map<RedFlagId, RedFlag>();
    for (const pattern of this.#patterns) {
      if (found.has(pattern.flag)) continue;
      const places = this.#match(pattern, read, at);
      if (places === undefined) continue;
      const typed = places.map(({ from, to }) => read.words.slice(from, to).join(" "));
      found.set(pattern.flag, { flag: pattern.flag, lang: pattern.lang, typed });
    }
    return [...found.values()].sort((a, b) => URGENCY.indexOf(a.flag) - URGENCY.indexOf(b.flag));
  }

  #phrasesOf(group: string): Phrase[] {
    return group.split("|").map((phrase) => ({
      // Apart where a text is: "9th" is two words.
      words: (fold(phrase).match(/[\p{L}\p{M}]+\*?|\p{N}+\*?/gu) ?? []).map((word) =>
        this.#lexicon.add(word),
      ),
    }));
  }

  /** Where the groups of a pattern stand, or undefined when one is missing, denied, or long ago. */
  #match(pattern: Pattern, text: Text, at: Places): Place[] | undefined {
    const groups: Place[][] = [];
    for (const group of pattern.all) {
      const places = group.flatMap((phrase) => placesOf(phrase, text, at));
      if (places.length === 0) return undefined;
      groups.push(places);
    }
    if (pattern.none.some((phrase) => placesOf(phrase, text, at).length > 0)) return undefined;
    const inside = new Set(groups.flat().flatMap(({ from, to }) => range(from, to)));
    const main = (groups[0] ?? []).filter((place) => !isCalm(place, this.#calm, text, at));
    const held = [main, ...groups.slice(1)].map((places) =>
      places.find((place) => !isDenied(place, pattern.lang, text, inside)),
    );
    return held.every((place) => place !== undefined) ? held : undefined;
  }
}

/** Positions in a text at which a word of a pattern stands. */
type Places = ReadonlyMap<Word, readonly number[]>;

/** The distinct words of all patterns, found in a text all at once. */
class Lexicon {
  readonly #words = new Map<string, Word>();
  readonly #byStart = new Map<string, Word>();
  readonly #bySound = new Map<string, Word[]>();
  readonly #bySoundStart = new Map<string, Word[]>();

  add(written: string): Word {
    const isStart = written.endsWith("*");
    const text = fold(isStart ? written.slice(0, -1) : written);
    const words = isStart ? this.#byStart : this.#words;
    const known = words.get(text);
    if (known) return known;
    const word = { text, isStart, sound: isDevanagari(text) ? soundOf(text) : "" };
    words.set(text, word);
    if (word.sound.length >= 2) {
      const sounds = isStart ? this.#bySoundStart : this.#bySound;
      sounds.set(word.sound, [...(sounds.get(word.sound) ?? []), word]);
    }
    return word;
  }

  placesIn(text: Text): Places {
    const places = new Map<Word, number[]>();
    for (const [at, typed] of text.words.entries()) {
      for (const word of new Set([...this.#meantBy(typed), ...this.#heardAs(text.sounds[at])])) {
        const known = places.get(word);
        if (known) known.push(at);
        else places.set(word, [at]);
      }
    }
    return places;
  }

  #meantBy(typed: string): Word[] {
    const exact = this.#words.get(typed);
    const starts = startsOf(typed).flatMap((start) => this.#byStart.get(start) ?? []);
    if (exact || starts.length > 0) return exact ? [exact, ...starts] : starts;
    if (typed.length < ERROR_FROM_LETTERS) return [];
    const max = typed.length >= TWO_ERRORS_FROM_LETTERS ? 2 : 1;
    const like = [...this.#words.values()].filter(
      (word) =>
        word.text.length >= ERROR_FROM_LETTERS &&
        word.text[0] === typed[0] &&
        editsBetween(typed, word.text, max) <= max,
    );
    const likeStart = [...this.#byStart.values()].filter(
      (word) =>
        word.text.length >= ERROR_FROM_LETTERS &&
        word.text[0] === typed[0] &&
        [-1, 0, 1].some((more) => editsBetween(typed.slice(0, word.text.length + more), word.text, 1) <= 1),
    );
    return [...like, ...likeStart];
  }

  #heardAs(sound: string | undefined): Word[] {
    if (sound === undefined || sound === "") return [];
    return [
      ...(this.#bySound.get(sound) ?? []),
      ...startsOf(sound).flatMap((start) => this.#bySoundStart.get(start) ?? []),
    ];
  }
}

function startsOf(word: string): string[] {
  return Array.from({ length: word.length }, (_, at) => word.slice(0, at + 1));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, step) => from + step);
}

/** Where a phrase stands: its words in order in one sentence, with few others between, none of them a denial. */
function placesOf({ words }: Phrase, text: Text, at: Places): Place[] {
  const [first, ...rest] = words;
  if (!first) return [];
  return (at.get(first) ?? []).flatMap((from) => {
    let to = from + 1;
    for (const word of rest) {
      const next = (at.get(word) ?? []).find(
        (place) =>
          place >= to && place - to <= GAP_MAX_WORDS && text.sentences[place] === text.sentences[from],
      );
      if (next === undefined || range(to, next).some((between) => isDenial(text.words[between]))) return [];
      to = next + 1;
    }
    return [{ from, to }];
  });
}

function isDenial(word: string | undefined): boolean {
  return word !== undefined && (DENIES_BEFORE.has(word) || DENIES_AFTER.has(word));
}

/** Whether a place is denied: "no chest pain", "सीने में दर्द नहीं". */
function isDenied(place: Place, lang: Language, text: Text, inside: ReadonlySet<number>): boolean {
  return isDeniedAfter(place, text, inside) || (lang === "en" && isDeniedBefore(place, text, inside));
}

function isDeniedBefore({ from }: Place, text: Text, inside: ReadonlySet<number>): boolean {
  const isInList = text.words[from - 1] === "or" || text.words[from - 1] === "nor";
  for (let at = from - 1; at >= 0 && from - at <= DENIAL_REACH_WORDS; at -= 1) {
    const word = text.words[at] ?? "";
    if (text.sentences[at] !== text.sentences[from]) return false;
    if (DENIES_BEFORE.has(word) && !inside.has(at))
      return isInList ? DENIES_LISTS.has(word) : text.clauses[at] === text.clauses[from];
    if (!isInList && !FILLERS_BEFORE.has(word)) return false;
  }
  return false;
}

function isDeniedAfter({ to }: Place, text: Text, inside: ReadonlySet<number>): boolean {
  for (let at = to; at < text.words.length; at += 1) {
    const word = text.words[at] ?? "";
    if (text.clauses[at] !== text.clauses[to - 1]) return false;
    if (DENIES_AFTER.has(word)) return !inside.has(at) && !GOES_ON.has(text.words[at + 1] ?? "");
    if (!FILLERS_AFTER.has(word)) return false;
  }
  return false;
}

/** Whether somebody tells of long ago, or only asks about it. */
function isCalm(place: Place, calm: Calm, text: Text, at: Places): boolean {
  const sentence = text.sentences[place.from];
  const inSentence = (phrases: readonly Phrase[]) =>
    phrases
      .flatMap((phrase) => placesOf(phrase, text, at))
      .filter(({ from }) => text.sentences[from] === sentence);
  if (inSentence(calm.now).length > 0) return false;
  if (inSentence(calm.asking).length > 0) return true;
  return inSentence(calm.history).some((cue) => isDating(cue, place, text));
}

function isDating(cue: Place, place: Place, text: Text): boolean {
  const isSameClause = text.clauses[cue.from] === text.clauses[place.from];
  if (cue.from >= place.to) return isSameClause && cue.from - place.to <= HISTORY_MAX_WORDS;
  const clause = text.clauses.filter((one) => one === text.clauses[cue.from]).length;
  if (!isSameClause)
    return clause <= DATE_CLAUSE_MAX_WORDS && text.clauses[place.from] === (text.clauses[cue.from] ?? 0) + 1;
  const between = range(cue.to, Math.max(cue.to, place.from)).map((step) => text.words[step] ?? "");
  if (between.length > HISTORY_MAX_WORDS || between.some((word) => STATEMENT_ENDS.has(word))) return false;
  // English dates from the front only at the start of a clause; in its middle the date ends what was before.
  const start = text.clauses.indexOf(text.clauses[cue.from] ?? 0);
  return isDevanagari(text.words[cue.from] ?? "") || cue.from - start <= 2;
}

/** Commas and "but" part clauses; full stops part sentences. */
function readText(text: string): Text {
  const words: string[] = [];
  const clauses: number[] = [];
  const sentences: number[] = [];
  let clause = 0;
  let sentence = 0;
  const folded = fold(text.slice(0, TEXT_MAX_CHARS)).replace(/(?<=\p{L})['’`](?=\p{L})/gu, "");
  for (const [part] of folded.matchAll(/[\p{L}\p{M}]+|\p{N}+|[.,;:!?।\n]/gu)) {
    if (/[.!?।\n]/.test(part)) {
      sentence += 1;
      clause += 1;
    } else if (/[,;:]/.test(part) || CLAUSE_WORDS.has(part)) clause += 1;
    else {
      words.push(part);
      clauses.push(clause);
      sentences.push(sentence);
    }
  }
  const isHeard = isRomanised(words);
  return {
    words,
    clauses,
    sentences,
    sounds: isHeard ? words.map((word) => (isDevanagari(word) ? "" : soundOf(word))) : [],
  };
}

const CLAUSE_WORDS = foldedSet("but however लेकिन मगर परंतु परन्तु किंतु");

/** Signs by how few minutes there are. */
// oxfmt-ignore
const URGENCY: readonly RedFlagId[] = [
  "choking", "unconscious", "breathing", "drowning", "electric", "bleeding", "heart", "stroke", "allergy", "snake", "poison",
  "fit", "head-injury", "accident", "labour", "pregnancy", "infant", "burn", "suicide", "brain-fever", "heat", "abdomen",
  "testicle", "eye", "swallowed", "dehydration", "urine", "animal-bite",
];
