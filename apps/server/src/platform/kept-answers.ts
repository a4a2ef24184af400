import { gzipSync } from "node:zlib";
import { elapsedMs, SECOND_MS, type Instant } from "@ihims/core/time.ts";

/** Longest that an answer is kept: hours begin and figures age whether or not anybody reports. */
const KEPT_MAX_MS = SECOND_MS;
/** Most memory that kept answers take, in bytes. */
const BYTES_MAX = 32 * 1024 * 1024;
/** Shorter answers are sent as they are. */
const GZIP_FROM_BYTES = 2048;
/** Questions that were asked once and may come again. */
const ASKED_MAX = 5_000;
/** Most of what gzip can save, for a fraction of what its best costs. */
const GZIP_LEVEL = 4;

/** An answer to a question, and how it may be known again. */
export interface KeptAnswer {
  json: Buffer;
  etag: string | undefined;
}

interface Kept extends KeptAnswer {
  version: number;
  madeAt: Instant;
  /** Made when somebody asks for it a second time. */
  gzipped: Buffer | undefined;
}

/**
 * Answers to the questions that many ask, as they were given, for as long as nothing that they are
 * made from has changed, and never for longer than a second. What is asked once is not kept: most
 * people ask from where nobody else stands.
 */
export class KeptAnswers {
  /** The oldest first. */
  readonly #kept = new Map<string, Kept>();
  readonly #asked = new Set<string>();
  #bytes = 0;

  /** @param version of what the answers are made from */
  find(question: string, version: number, now: Instant): Kept | undefined {
    const kept = this.#kept.get(question);
    if (kept?.version !== version) return undefined;
    const age = elapsedMs(kept.madeAt, now);
    return age >= 0 && age < KEPT_MAX_MS ? kept : undefined;
  }

  /** Keep an answer, when its question was asked before. */
  keep(question: string, answer: KeptAnswer, version: number, now: Instant): void {
    if (!this.#asked.has(question)) {
      if (this.#asked.size >= ASKED_MAX) this.#asked.clear();
      this.#asked.add(question);
      return;
    }
    this.#forget(question);
    // A copy: the answer's own memory may be used again for another.
    const json = Buffer.from(answer.json);
    this.#kept.set(question, { ...answer, json, version, madeAt: now, gzipped: undefined });
    this.#bytes += json.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= BYTES_MAX) break;
      this.#forget(oldest);
    }
  }

  #forget(question: string): void {
    this.#bytes -= this.#kept.get(question)?.json.length ?? 0;
    this.#kept.delete(question);
  }
}

/** A kept answer for who reads gzip; undefined when it is too short to be worth it. */
export function gzippedOf(kept: Kept): Buffer | undefined {
  if (kept.json.length < GZIP_FROM_BYTES) return undefined;
  return (kept.gzipped ??= gzipSync(kept.json, { level: GZIP_LEVEL }));
}
