import { isDevanagari, wordsOf } from "./fold.ts";
import { stemOf } from "./forms.ts";
import { SimilarWords } from "./similar-words.ts";
import { soundOf } from "./sound.ts";

/** Shortest word in which typing errors are looked for, and from which on two are forgiven, in letters. */
const ERRORS_FROM_LETTERS = 4;
const TWO_ERRORS_FROM_LETTERS = 8;
/** Shortest sound by which two spellings meet. */
const SOUND_MIN = 3;
/** Most words of the index that one typed word may stand for; the likeliest are taken first. */
const ALIKE_MAX = 40;
/** Of which so many may only begin with it. */
const BEGUN_MAX = 400;
/** Words that more texts have than this are not looked up by, only counted, when the search has rarer ones. */
const COMMON_FROM_TEXTS = 2000;
/** Most texts that are weighed for one search. */
const WEIGHED_MAX = 3000;
/** Most words of a search that are looked up. */
const WORDS_MAX = 12;
/** A text below this share of its own and the search's words is not found. */
const SCORE_MIN = 0.3;

const WEIGHT = { same: 1, form: 0.95, sound: 0.85, begun: 0.8, error: 0.7, errors: 0.5 } as const;

/** An entry of the index that a search may mean. */
export interface FoundName<Key> {
  key: Key;
  /** 0 to 1: 1 when every word of the search and of the name is the same. */
  score: number;
  /** The words of the search that it was found by, as typed and folded. */
  typed: string[];
}

/** The words of the index that a typed one may stand for, by number, with how surely; the likeliest first. */
type Alike = ReadonlyMap<number, number>;

/**
 * Names of any number of things, found by their words in any order: in either script by their sound,
 * with typing errors, and by the beginning of a word that is still being typed. Names come and go
 * while it is searched. Meant for a city's places and for catalogues of some hundred thousand names.
 */
export class NameIndex<Key> {
  readonly #words: string[] = [];
  readonly #numberOf = new Map<string, number>();
  /** Texts that have a word, by its number. */
  readonly #textsOf: number[][] = [];
  readonly #bySound = new Map<string, number[]>();
  readonly #byStem = new Map<string, number[]>();
  readonly #similar = new SimilarWords();
  /** Each text as the numbers of its words; undefined once it is taken out. */
  readonly #texts: (readonly number[] | undefined)[] = [];
  readonly #keyOfText: Key[] = [];
  readonly #textsOfKey = new Map<Key, number[]>();
  /** How much each word tells, as far as it was asked since names last came or went. */
  #rarities: number[] = [];
  /** The words in order, for beginnings; made when it is first wanted after new words. */
  #inOrder: number[] | undefined;

  /** How many things have a name here. */
  get size(): number {
    return this.#textsOfKey.size;
  }

  /** Give a thing its names, in place of those that it had. */
  put(key: Key, names: Iterable<string>): void {
    this.remove(key);
    this.#rarities = [];
    const texts: number[] = [];
    for (const name of new Set(names)) {
      const words = [...new Set(wordsOf(name))].map((word) => this.#learn(word));
      if (words.length === 0) continue;
      const text = this.#texts.push(words) - 1;
      this.#keyOfText.push(key);
      for (const word of words) this.#textsOf[word]?.push(text);
      texts.push(text);
    }
    if (texts.length > 0) this.#textsOfKey.set(key, texts);
  }

  remove(key: Key): void {
    this.#rarities = [];
    for (const text of this.#textsOfKey.get(key) ?? []) {
      for (const word of this.#texts[text] ?? []) {
        const texts = this.#textsOf[word] ?? [];
        texts.splice(texts.indexOf(text), 1);
      }
      this.#texts[text] = undefined;
    }
    this.#textsOfKey.delete(key);
  }

  /** Whether somebody's name has this word as it is. @param word folded */
  hasWord(word: string): boolean {
    const known = this.#numberOf.get(word);
    return known !== undefined && (this.#textsOf[known]?.length ?? 0) > 0;
  }

  /** Whether somebody's name has a word that begins so. @param beginning folded */
  hasBeginning(beginning: string): boolean {
    return this.#begunWith(beginning).some((word) => (this.#textsOf[word]?.length ?? 0) > 0);
  }

  /**
   * What a search may mean, best first.
   *
   * @param isTyping the last word may be the beginning of one
   */
  find(text: string, { limit, isTyping = false }: { limit: number; isTyping?: boolean }): FoundName<Key>[] {
    const typed = [...new Set(wordsOf(text))].slice(0, WORDS_MAX);
    const alike = typed.map((word, at) => this.#alike(word, isTyping && at === typed.length - 1));
    const tells = alike.map((words) => this.#tells(words));
    const best = new Map<Key, { score: number; text: number }>();
    for (const at of this.#candidates(alike)) {
      const words = this.#texts[at];
      const key = this.#keyOfText[at];
      if (words === undefined || key === undefined) continue;
      const score = this.#score(words, alike, tells);
      if (score >= SCORE_MIN && score > (best.get(key)?.score ?? 0)) best.set(key, { score, text: at });
    }
    return [...best]
      .sort((a, b) => b[1].score - a[1].score || a[1].text - b[1].text)
      .slice(0, limit)
      .map(([key, { score, text: at }]) => ({
        key,
        score,
        typed: typed.filter((_, i) => this.#texts[at]?.some((word) => alike[i]?.has(word))),
      }));
  }

  #learn(word: string): number {
    const known = this.#numberOf.get(word);
    if (known !== undefined) return known;
    const number = this.#words.push(word) - 1;
    this.#numberOf.set(word, number);
    this.#textsOf.push([]);
    addTo(this.#bySound, soundOf(word), number);
    addTo(this.#byStem, stemOf(word), number);
    this.#similar.add(word);
    this.#inOrder = undefined;
    return number;
  }

  #alike(typed: string, isBegun: boolean): Alike {
    const found = new Map<number, number>();
    const take = (words: Iterable<number>, weight: number, max = ALIKE_MAX) => {
      for (const word of words) {
        if ((this.#textsOf[word]?.length ?? 0) === 0 || found.size >= max) continue;
        if (weight > (found.get(word) ?? 0)) found.set(word, weight);
      }
    };
    const own = this.#numberOf.get(typed);
    if (own !== undefined) take([own], WEIGHT.same);
    take(this.#byStem.get(stemOf(typed)) ?? [], WEIGHT.form);
    for (const sound of soundsOf(typed)) take(this.#bySound.get(sound) ?? [], WEIGHT.sound);
    if (isBegun || (found.size === 0 && typed.length >= ERRORS_FROM_LETTERS))
      take(this.#begunWith(typed), WEIGHT.begun, BEGUN_MAX);
    if (found.size === 0) take(this.#misspelt(typed, 1), WEIGHT.error);
    if (found.size === 0 && typed.length >= TWO_ERRORS_FROM_LETTERS)
      take(this.#misspelt(typed, 2), WEIGHT.errors);
    return found;
  }

  #begunWith(beginning: string): number[] {
    const order = (this.#inOrder ??= this.#words
      .map((_, number) => number)
      .sort((a, b) => compare(this.#words[a] ?? "", this.#words[b] ?? "")));
    let [from, to] = [0, order.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (compare(this.#words[order[middle] ?? 0] ?? "", beginning) < 0) from = middle + 1;
      else to = middle;
    }
    const found: number[] = [];
    for (let at = from; at < order.length && found.length < BEGUN_MAX; at += 1) {
      const word = order[at] ?? 0;
      if (!this.#words[word]?.startsWith(beginning)) break;
      found.push(word);
    }
    return found;
  }

  #misspelt(typed: string, edits: number): number[] {
    if (typed.length < ERRORS_FROM_LETTERS || /\d/.test(typed)) return [];
    return [...this.#similar.within(edits, typed)].map(({ word }) => this.#numberOf.get(word) ?? 0);
  }

  /** How much a word tells, in nats: rare ones more (BM25's idf, over texts). */
  #rarity(word: number): number {
    return (this.#rarities[word] ??= this.#rarityOf(this.#textsOf[word]?.length ?? 0));
  }

  #rarityOf(among: number): number {
    return Math.log(1 + (this.#texts.length - among + 0.5) / (among + 0.5));
  }

  /** How much a typed word tells: as much as the likeliest word that it stands for; an unknown one most. */
  #tells(alike: Alike): number {
    for (const [word] of alike) return this.#rarity(word);
    return Math.log(2 + 2 * this.#texts.length);
  }

  /** The texts to be weighed: those of the rarest words first. */
  #candidates(alike: readonly Alike[]): Set<number> {
    const lists = alike
      .filter(({ size }) => size > 0)
      .map((words) => {
        const texts = [...words.keys()].map((word) => this.#textsOf[word] ?? []);
        return { texts, size: texts.reduce((sum, { length }) => sum + length, 0) };
      })
      .sort((a, b) => a.size - b.size);
    const candidates = new Set<number>();
    for (const [at, { texts, size }] of lists.entries()) {
      if (at > 0 && size > COMMON_FROM_TEXTS) break;
      for (const some of texts) {
        for (const text of some) {
          if (candidates.size >= WEIGHED_MAX) return candidates;
          candidates.add(text);
        }
      }
    }
    return candidates;
  }

  /** Which share of the search and of the text is the other's, rare words counting more. */
  #score(words: readonly number[], alike: readonly Alike[], tells: readonly number[]): number {
    let [asked, answered] = [0, 0];
    let explained = 0;
    const matched: number[] = [];
    for (let at = 0; at < alike.length; at += 1) {
      const some = alike[at];
      if (some === undefined) continue;
      const told = tells[at] ?? 0;
      asked += told;
      let [best, weight] = [-1, 0];
      for (const word of words) {
        const like = some.get(word) ?? 0;
        if (like > weight && !matched.includes(word)) [best, weight] = [word, like];
      }
      if (weight === 0) continue;
      matched.push(best);
      answered += told * weight;
      explained += this.#rarity(best) * weight;
    }
    if (answered === 0) return 0;
    const whole = words.reduce((sum, word) => sum + this.#rarity(word), 0);
    // What is asked weighs more than what else the name has: "sassoon" is Sassoon General Hospital.
    return (answered / asked) ** 1.5 * (0.75 + 0.25 * (explained / whole));
  }
}

/** What a word sounds like; Hindi in Latin letters has its endings still. */
function soundsOf(word: string): string[] {
  const sound = soundOf(word);
  const sounds = isDevanagari(word) ? [sound, soundOf(stemOf(word))] : [sound, sound.replace(/[iu]$/, "")];
  return [...new Set(sounds)].filter((one) => one.length >= SOUND_MIN);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function addTo<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
