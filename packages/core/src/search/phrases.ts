import { STOP_WORDS } from "./stop-words.ts";

/** One wording of an entry: its words without grammar, as stems in order. */
export interface Phrase {
  entry: number;
  stems: readonly string[];
}

/** The telling words of a wording; all of them when it consists of nothing else ("not well"). */
export function tellingWords(words: readonly string[]): readonly string[] {
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  return telling.length > 0 ? telling : words;
}

/** Phrases by the stems in them, with how rare each stem is among the entries. */
export class PhraseIndex {
  readonly phrases: Phrase[] = [];
  readonly #byStem = new Map<string, number[]>();
  readonly #entriesByStem = new Map<string, Set<number>>();
  #entries = 0;

  /** @param stems different ones, in order */
  add(entry: number, stems: readonly string[]): void {
    const at = this.phrases.push({ entry, stems }) - 1;
    this.#entries = Math.max(this.#entries, entry + 1);
    for (const stem of stems) {
      const phrases = this.#byStem.get(stem);
      if (phrases) phrases.push(at);
      else this.#byStem.set(stem, [at]);
      const entries = this.#entriesByStem.get(stem) ?? new Set();
      this.#entriesByStem.set(stem, entries.add(entry));
    }
  }

  /** How much a stem tells, in nats: rare ones more (BM25's idf, over entries). */
  rarity(stem: string): number {
    const among = this.#entriesByStem.get(stem)?.size ?? 0;
    return Math.log(1 + (this.#entries - among + 0.5) / (among + 0.5));
  }

  /** The phrases that share a stem with these. */
  touched(stems: Iterable<string>): Set<number> {
    const touched = new Set<number>();
    for (const stem of stems) for (const at of this.#byStem.get(stem) ?? []) touched.add(at);
    return touched;
  }
}
