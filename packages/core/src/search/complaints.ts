import type { Entry, SpecialtyId } from "../vocabulary/schema.ts";
import { SPECIALTIES } from "../vocabulary/specialties.ts";
import { spellOut } from "./abbreviations.ts";
import { TEXT_MAX_CHARS, wordsOf } from "./fold.ts";
import { readHints, type Hints } from "./hints.ts";
import { LikelySpecialties, type Weighted } from "./likely.ts";
import { PhraseIndex, tellingWords } from "./phrases.ts";
import { isRomanised, STOP_WORDS } from "./stop-words.ts";
import { WordIndex, type Found } from "./word-index.ts";
import { specialtiesOfParts } from "./word-parts.ts";

/** What the first, second, ... specialty of an entry counts. */
const RANK_WEIGHTS = [1, 0.7, 0.5, 0.4];
/** Most entries that take part in the choice of specialties. */
const ENTRIES_MAX = 12;
/** An entry below this share of the best one is not what was meant. */
const ENTRY_SHARE_MIN = 0.2;
/** What the model of words and the parts of words add beside the entries themselves. */
const LIKELY_WEIGHT = 0.35;
const PARTS_WEIGHT = 0.3;
/** An entry of the other sex, or of another age, counts this much. */
const MISFIT = 0.3;
/** Abbreviations are guessed at. */
const ABBREVIATION_WEIGHT = 0.9;
/** Most different words of one text that are looked up. */
const WORDS_MAX = 60;

/** What of a text was understood, entry by entry. */
export interface Understood {
  entry: Entry;
  /** As typed. */
  typed: string[];
  /** Relative to the best entry: 0 to 1. */
  score: number;
}

export interface Choice {
  specialty: SpecialtyId;
  /** 0 to 1; all choices together at most 1. */
  score: number;
  /** The entries that speak for it, strongest first. */
  entries: Understood[];
  /** Words that speak for it by their parts alone. */
  words: string[];
}

export interface Reading {
  choices: Choice[];
  understood: Understood[];
  corrected: { typed: string; read: string }[];
  hints: Hints;
  /** Share of the text's telling words that were understood, 0 to 1. */
  coverage: number;
}

/** A word of the text with what it may stand for. */
interface Read {
  typed: string;
  found: readonly Found[];
}

/** Reads complaints in free text against a vocabulary. Built once; reading changes nothing. */
export class ComplaintReader {
  readonly #entries: readonly Entry[];
  readonly #words = new WordIndex();
  readonly #phrases = new PhraseIndex();
  readonly #likely = new LikelySpecialties();

  constructor(vocabulary: readonly Entry[]) {
    // A specialty's own words are an entry too: "heart doctor".
    this.#entries = [...vocabulary, ...SPECIALTIES.map(entryOfSpecialty)];
    for (const [at, entry] of this.#entries.entries()) {
      for (const lang of ["en", "hi", "mr"] as const) {
        for (const text of entry[lang]) {
          for (const word of wordsOf(text)) if (!STOP_WORDS.has(word)) this.#words.add(word);
          const stems = this.#phrases.add(at, lang, text);
          for (const [rank, id] of entry.specialties.entries())
            this.#likely.learn(stems, id, (RANK_WEIGHTS[rank] ?? 0) / Math.sqrt(entry[lang].length));
        }
      }
    }
  }

  /** What a text asks for. `text` may be longer than is read (1,000 characters). */
  read(text: string): Reading {
    const hints = readHints(text);
    const reads = this.#readWords(text.slice(0, TEXT_MAX_CHARS));
    const weights = weightsOf(reads);
    const understood = this.#understand(reads, weights, hints);
    const scores = new Map<SpecialtyId, Choice>();
    const of = (specialty: SpecialtyId) => {
      const choice = scores.get(specialty) ?? { specialty, score: 0, entries: [], words: [] };
      scores.set(specialty, choice);
      return choice;
    };
    this.#scoreEntries(understood, hints, of);
    this.#scoreWords(weights, hints, of);
    scoreParts(reads, hints, of);
    const sum = [...scores.values()].reduce((total, { score }) => total + score, 0);
    const choices = [...scores.values()]
      .map((choice) => ({ ...choice, score: sum === 0 ? 0 : choice.score / sum }))
      .sort((a, b) => b.score - a.score || (a.specialty < b.specialty ? -1 : 1));
    return {
      choices,
      understood,
      corrected: correctionsOf(reads),
      hints,
      coverage: reads.length === 0 ? 0 : reads.filter(({ found }) => found.length > 0).length / reads.length,
    };
  }

  #readWords(text: string): Read[] {
    const words = [...new Set(tellingWords(text))].slice(0, WORDS_MAX);
    const alsoHeard = isRomanised(wordsOf(text));
    const reads = words
      .filter((word) => !/^\d+$/.test(word))
      .map((word) => ({ typed: word, found: this.#words.find(word, alsoHeard) }));
    const spelt = spellOut(text).map(({ typed, words: meant }) => ({
      typed,
      found: meant
        .flatMap((word) => this.#words.find(word, false))
        .map((found) => ({ ...found, weight: found.weight * ABBREVIATION_WEIGHT })),
    }));
    return [...reads, ...spelt];
  }

  #understand(reads: readonly Read[], weights: ReadonlyMap<string, number>, hints: Hints): Understood[] {
    const best = new Map<number, { score: number; stems: readonly string[] }>();
    for (const at of this.#phrases.touched(weights.keys())) {
      const phrase = this.#phrases.phrases[at];
      if (!phrase) continue;
      const score = this.#scorePhrase(phrase.stems, weights) * fitOf(this.#entries[phrase.entry], hints);
      if (score > (best.get(phrase.entry)?.score ?? 0))
        best.set(phrase.entry, { score, stems: phrase.stems });
    }
    const top = Math.max(0, ...[...best.values()].map(({ score }) => score));
    return [...best]
      .filter(([, { score }]) => score >= top * ENTRY_SHARE_MIN)
      .sort((a, b) => b[1].score - a[1].score || a[0] - b[0])
      .slice(0, ENTRIES_MAX)
      .flatMap(([at, { score, stems }]) => {
        const entry = this.#entries[at];
        return entry ? [{ entry, score: score / top, typed: typedFor(reads, stems) }] : [];
      });
  }

  /** Rare words count more, and a phrase of which much is missing counts less than in proportion. */
  #scorePhrase(stems: readonly string[], weights: ReadonlyMap<string, number>): number {
    let mass = 0;
    let whole = 0;
    let matched = 0;
    for (const stem of stems) {
      const rarity = this.#phrases.rarity(stem);
      const weight = weights.get(stem) ?? 0;
      whole += rarity;
      mass += rarity * weight;
      if (weight > 0) matched += 1;
    }
    if (whole === 0) return 0;
    const bonus = matched === stems.length && matched > 1 ? 1.3 : 1;
    return mass * (mass / whole) ** 1.5 * bonus;
  }

  #scoreEntries(understood: readonly Understood[], hints: Hints, of: (id: SpecialtyId) => Choice): void {
    for (const one of understood) {
      for (const [rank, id] of specialtiesFor(one.entry, hints).entries()) {
        const choice = of(id);
        choice.score += one.score ** 2 * (RANK_WEIGHTS[rank] ?? 0);
        choice.entries.push(one);
      }
    }
  }

  #scoreWords(weights: ReadonlyMap<string, number>, hints: Hints, of: (id: SpecialtyId) => Choice): void {
    const words: Weighted[] = [...weights].map(([stem, weight]) => ({ stem, weight }));
    for (const [id, share] of this.#likely.of(words)) of(forAge(id, hints)).score += share * LIKELY_WEIGHT;
  }
}

function entryOfSpecialty({ id, words }: (typeof SPECIALTIES)[number]): Entry {
  return { id, kind: "complaint", icd10: [], ...words, specialties: [id] };
}

/** Each stem with the surest of the words that it may stand for; alternatives of one word share its weight. */
function weightsOf(reads: readonly Read[]): Map<string, number> {
  const weights = new Map<string, number>();
  for (const { found } of reads) {
    for (const { stem, weight } of found) weights.set(stem, Math.max(weights.get(stem) ?? 0, weight));
  }
  return weights;
}

function fitOf(entry: Entry | undefined, { age, sex }: Hints): number {
  if (!entry) return 0;
  const isChild = age === "child" || age === "newborn";
  let fit = 1;
  if (entry.sex !== undefined && sex !== undefined && entry.sex !== sex) fit *= MISFIT;
  if (entry.age !== undefined && age !== undefined) {
    const isForChild = entry.age === "child" || entry.age === "newborn";
    if (isForChild !== isChild) fit *= MISFIT;
  }
  return fit;
}

/** Whom somebody of this age is sent to for an entry. */
function specialtiesFor(entry: Entry, hints: Hints): readonly SpecialtyId[] {
  const isChild = hints.age === "child" || hints.age === "newborn";
  if (!isChild) return entry.specialties;
  const ids = (entry.child ?? entry.specialties).map((id) => forAge(id, hints));
  return [...new Set(ids)];
}

/** The doctors of children stand in for the general ones. */
function forAge(id: SpecialtyId, { age }: Hints): SpecialtyId {
  if (age !== "child" && age !== "newborn") return id;
  if (id === "general-medicine" || id === "family-medicine")
    return age === "newborn" ? "neonatology" : "paediatrics";
  if (id === "general-surgery") return "paediatric-surgery";
  return id;
}

function scoreParts(reads: readonly Read[], hints: Hints, of: (id: SpecialtyId) => Choice): void {
  const share = PARTS_WEIGHT / Math.max(1, Math.sqrt(reads.length));
  for (const { typed } of reads) {
    for (const [rank, id] of specialtiesOfParts(typed).entries()) {
      const choice = of(forAge(id, hints));
      choice.score += share * (RANK_WEIGHTS[rank] ?? 0.2);
      choice.words.push(typed);
    }
  }
}

function typedFor(reads: readonly Read[], stems: readonly string[]): string[] {
  return reads
    .filter(({ found }) => found.some(({ stem }) => stems.includes(stem)))
    .map(({ typed }) => typed);
}

function correctionsOf(reads: readonly Read[]): { typed: string; read: string }[] {
  return reads.flatMap(({ typed, found: [first] }) =>
    first?.likeness === "error" ? [{ typed, read: first.word }] : [],
  );
}
