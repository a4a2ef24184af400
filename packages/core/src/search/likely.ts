import type { SpecialtyId } from "../vocabulary/schema.ts";

/** Added to each count, so that a word that was never seen with a specialty does not rule it out. */
const SMOOTHING = 0.05;
/** How far the model is believed: below 1 it says less, since words of one complaint hang together. */
const TEMPERATURE = 0.6;

/** A word with how surely it was read, 0 to 1. */
export interface Weighted {
  stem: string;
  weight: number;
}

/**
 * Naive Bayes over words: which specialties use these words, by the vocabulary's own phrases. All
 * specialties are equally likely beforehand, so that a well-described one does not win by itself.
 */
export class LikelySpecialties {
  readonly #counts = new Map<string, Map<SpecialtyId, number>>();
  readonly #totals = new Map<SpecialtyId, number>();

  learn(stems: readonly string[], specialty: SpecialtyId, weight: number): void {
    for (const stem of stems) {
      const counts = this.#counts.get(stem) ?? new Map<SpecialtyId, number>();
      this.#counts.set(stem, counts);
      counts.set(specialty, (counts.get(specialty) ?? 0) + weight);
      this.#totals.set(specialty, (this.#totals.get(specialty) ?? 0) + weight);
    }
  }

  /** The probability of each specialty that was learnt, summing to 1; empty when no word is known. */
  of(words: readonly Weighted[]): Map<SpecialtyId, number> {
    const known = words.filter(({ stem }) => this.#counts.has(stem));
    if (known.length === 0) return new Map();
    const vocabulary = this.#counts.size;
    const speakers = new Set(known.flatMap(({ stem }) => [...(this.#counts.get(stem)?.keys() ?? [])]));
    const logs = [...this.#totals]
      .filter(([specialty]) => speakers.has(specialty))
      .map(([specialty, total]) => {
        let log = 0;
        for (const { stem, weight } of known) {
          const count = this.#counts.get(stem)?.get(specialty) ?? 0;
          log += weight * Math.log((count + SMOOTHING) / (Math.sqrt(total) * 4 + SMOOTHING * vocabulary));
        }
        return [specialty, log * TEMPERATURE] as const;
      });
    const best = Math.max(...logs.map(([, log]) => log));
    const shares = logs.map(([specialty, log]) => [specialty, Math.exp(log - best)] as const);
    const sum = shares.reduce((total, [, share]) => total + share, 0);
    return new Map(shares.map(([specialty, share]) => [specialty, share / sum]));
  }
}
