import type { Entry, SpecialtyId } from "../vocabulary/schema.ts";
import { SPECIALTIES } from "../vocabulary/specialties.ts";
import { spellOut } from "./abbreviations.ts";
import { TEXT_MAX_CHARS, wordsOf } from "./fold.ts";
import { readHints, type Hints } from "./hints.ts";
import { LikelySpecialties, type Weighted } from "./likely.ts";
import { PhraseIndex, tellingWords } from "./phrases.ts";
import { isRomanised } from "./stop-words.ts";
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
const PARTS_WEIGHT = 0.45;
/** Most that the parts of words add together. */
const PARTS_MAX = 1.2;
/** A word that is nowhere in the vocabulary is as rare as this, in nats. */
const UNKNOWN_RARITY = 4;
/** An entry that explains this share of a text is believed in full. */
const EXPLAINED_IN_FULL = 0.5;
/** What an entry counts that explains next to nothing. */
const ENTRY_WEIGHT_MIN = 0.35;
/** A word with telling parts is rather unknown than misspelt. */
const MISSPELT_WITH_PARTS = 0.4;
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
  /** How much of the text its best entry explains, 0 to 1. */
  strength: number;
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
        for (const text of entry[lang]) this.#learn(at, entry, text, entry[lang].length);
      }
    }
  }

  #learn(at: number, entry: Entry, text: string, wordings: number): void {
    const words = tellingWords(wordsOf(text));
    const stems = [...new Set(words.map((word) => this.#words.add(word)))];
    this.#phrases.add(at, stems);
    for (const [rank, id] of entry.specialties.entries())
      this.#likely.learn(stems, id, (RANK_WEIGHTS[rank] ?? 0) / Math.sqrt(wordings));
  }

  /** Whether the vocabulary has a word as it stands. @param word folded */
  knows(word: string): boolean {
    return this.#words.has(word);
  }

  /**
   * What a text asks for. `text` may be longer than is read (1,000 characters).
   *
   * @param asTyped folded words that are meant as they stand: not misspelt, and not of the other script
   * @param begun a folded word that may be the beginning of another, and so is not misspelt
   */
  read(
    text: string,
    { asTyped, begun }: { asTyped?: ReadonlySet<string>; begun?: string | undefined } = {},
  ): Reading {
    const hints = readHints(text);
    const reads = this.#readWords(text.slice(0, TEXT_MAX_CHARS)).map((read) => {
      if (asTyped?.has(read.typed))
        return {
          ...read,
          found: read.found.filter(({ likeness }) => likeness === "same" || likeness === "form"),
        };
      if (read.typed === begun)
        return { ...read, found: read.found.filter(({ likeness }) => likeness !== "error") };
      return read;
    });
    const weights = weightsOf(reads);
    const { understood, strength } = this.#understand(reads, weights, hints);
    const scores = new Map<SpecialtyId, Choice>();
    const of = (specialty: SpecialtyId) => {
      const choice = scores.get(specialty) ?? { specialty, score: 0, entries: [], words: [] };
      scores.set(specialty, choice);
      return choice;
    };
    this.#scoreEntries(understood, strength, hints, of);
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
      strength,
    };
  }

  #readWords(text: string): Read[] {
    const words = [...new Set(tellingWords(wordsOf(text)))].slice(0, WORDS_MAX);
    const alsoHeard = isRomanised(wordsOf(text));
    const reads = words
      .filter((word) => !/^\d+$/.test(word))
      .map((word) => ({ typed: word, found: this.#look(word, alsoHeard) }));
    const spelt = spellOut(text).map(({ typed, words: meant }) => ({
      typed,
      found: meant
        .flatMap((word) => this.#words.find(word, false))
        .map((found) => ({ ...found, weight: found.weight * ABBREVIATION_WEIGHT })),
    }));
    return [...reads, ...spelt];
  }

  #look(word: string, alsoHeard: boolean): readonly Found[] {
    const found = this.#words.find(word, alsoHeard);
    if (found[0]?.likeness !== "error" || specialtiesOfParts(word).length === 0) return found;
    return found.map((one) => ({ ...one, weight: one.weight * MISSPELT_WITH_PARTS }));
  }

  /** The entries that a text speaks of, and how much of the text the best one explains, 0 to 1. */
  #understand(
    reads: readonly Read[],
    weights: ReadonlyMap<string, number>,
    hints: Hints,
  ): { understood: Understood[]; strength: number } {
    const best = new Map<number, { score: number; stems: readonly string[] }>();
    for (const at of this.#phrases.touched(weights.keys())) {
      const phrase = this.#phrases.phrases[at];
      if (!phrase) continue;
      const score = this.#scorePhrase(phrase.stems, weights) * fitOf(this.#entries[phrase.entry], hints);
      if (score > (best.get(phrase.entry)?.score ?? 0))
        best.set(phrase.entry, { score, stems: phrase.stems });
    }
    const top = Math.max(0, ...[...best.values()].map(({ score }) => score));
    const understood = [...best]
      .filter(([, { score }]) => score >= top * ENTRY_SHARE_MIN)
      .sort((a, b) => b[1].score - a[1].score || a[0] - b[0])
      .slice(0, ENTRIES_MAX)
      .flatMap(([at, { score, stems }]) => {
        const entry = this.#entries[at];
        return entry ? [{ entry, score: score / top, typed: typedFor(reads, stems) }] : [];
      });
    const whole = reads.reduce((sum, read) => sum + this.#rarityOf(read), 0);
    return { understood, strength: Math.min(1, top / Math.max(1, whole * EXPLAINED_IN_FULL)) };
  }

  #rarityOf({ found }: Read): number {
    if (found.length === 0) return UNKNOWN_RARITY;
    return Math.max(...found.map(({ stem }) => this.#phrases.rarity(stem)));
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
    return mass * (mass / whole) ** 2 * bonus;
  }

  #scoreEntries(
    understood: readonly Understood[],
    strength: number,
    hints: Hints,
    of: (id: SpecialtyId) => Choice,
  ): void {
    const believed = ENTRY_WEIGHT_MIN + (1 - ENTRY_WEIGHT_MIN) * strength;
    for (const one of understood) {
      for (const [rank, id] of specialtiesFor(one.entry, hints).entries()) {
        const choice = of(id);
        choice.score += believed * one.score ** 2 * (RANK_WEIGHTS[rank] ?? 0);
        choice.entries.push(one);
      }
    }
  }

  #scoreWords(weights: ReadonlyMap<string, number>, hints: Hints, of: (id: SpecialtyId) => Choice): void {
    const words: Weighted[] = [...weights].map(([stem, weight]) => ({ stem, weight }));
    for (const [id, share] of this.#likely.of(words)) of(forAge(id, hints)).score += share * LIKELY_WEIGHT;
  }
}

/** An entry of at least this score is among what was meant. */
const MEANT_MIN = 0.5;
/** A specialty below this share of the first is another way to help, not what was asked for. */
const SOUGHT_SHARE_MIN = 0.5;
/** Most specialties that a complaint is looked for by. */
const SOUGHT_MAX = 3;

/** The specialties that a place for this complaint must offer one of, best first; empty when nothing was understood. */
export function specialtiesSought({ choices }: Reading): SpecialtyId[] {
  const best = choices[0]?.score ?? 0;
  // Where entries say what was meant, single words of it ("burning" urine) do not add specialties.
  const isMeant = ({ entries }: Choice) => entries.some(({ score }) => score >= MEANT_MIN);
  const hasMeant = choices.some(isMeant);
  return choices
    .filter(
      (choice) =>
        choice.score > 0 && choice.score >= best * SOUGHT_SHARE_MIN && (!hasMeant || isMeant(choice)),
    )
    .slice(0, SOUGHT_MAX)
    .map(({ specialty }) => specialty);
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
  const telling = reads.map(({ typed }) => ({ typed, ids: specialtiesOfParts(typed) }));
  const count = telling.filter(({ ids }) => ids.length > 0).length;
  const share = Math.min(PARTS_WEIGHT, PARTS_MAX / Math.max(1, count));
  for (const { typed, ids } of telling) {
    for (const [rank, id] of ids.entries()) {
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
