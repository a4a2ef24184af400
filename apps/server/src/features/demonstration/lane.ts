import { setTimeout as sleep } from "node:timers/promises";
import { SECOND_MS } from "@ihims/core/time.ts";
import type { Logger } from "../../platform/log.ts";

/** Most tasks that wait in one lane; who brings another waits as well. */
const WAITING_MAX = 50;
/** A task that fails is tried again so often, after longer and longer pauses: about ten minutes in all. */
const ATTEMPTS_MAX = 25;
const PAUSE_FIRST_MS = 200;
const PAUSE_MAX_MS = 30 * SECOND_MS;

/** What the other side said. */
export type Outcome = { kind: "accepted" } | { kind: "refused"; detail: string };

/** The other side asks to be left alone for a while. */
export class ComeBackLater extends Error {
  readonly afterMs: number;
  constructor(afterMs: number) {
    super(`come back in ${afterMs} ms`);
    this.afterMs = afterMs;
  }
}

/** One after another, in their order, each until it is answered: what one sender has to say to one door. */
export class Lane {
  readonly #name: string;
  readonly #signal: AbortSignal;
  readonly #log: Logger;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  /** Resolved when a task leaves a full lane. */
  #room = Promise.withResolvers<void>();

  constructor(name: string, { signal, log }: { signal: AbortSignal; log: Logger }) {
    this.#name = name;
    this.#signal = signal;
    this.#log = log;
    signal.addEventListener("abort", () => this.#room.resolve(), { once: true });
  }

  /**
   * Have something done when what was brought before is done.
   *
   * @param task thrown out of it: not known whether it was done, so it is tried again
   * @param done what came of it; not called when it was given up
   * @returns when there is room for the next
   */
  async put(task: () => Promise<Outcome>, done: (outcome: Outcome) => void): Promise<void> {
    this.#waiting += 1;
    this.#last = this.#afterThe(this.#last, task, done);
    while (this.#waiting >= WAITING_MAX && !this.#signal.aborted) await this.#room.promise;
  }

  /** When all that was brought is done. */
  async idle(): Promise<void> {
    await this.#last;
  }

  async #afterThe(
    last: Promise<unknown>,
    task: () => Promise<Outcome>,
    done: (outcome: Outcome) => void,
  ): Promise<void> {
    await last;
    const outcome = await this.#untilAnswered(task);
    this.#waiting -= 1;
    this.#room.resolve();
    this.#room = Promise.withResolvers();
    if (outcome?.kind === "refused")
      this.#log.warn({ lane: this.#name, detail: outcome.detail }, "the city was refused");
    if (outcome) done(outcome);
  }

  async #untilAnswered(task: () => Promise<Outcome>): Promise<Outcome | undefined> {
    for (let attempt = 1; attempt <= ATTEMPTS_MAX && !this.#signal.aborted; attempt++) {
      try {
        return await task();
      } catch (error) {
        if (this.#signal.aborted) return undefined;
        const pause = error instanceof ComeBackLater ? error.afterMs : PAUSE_FIRST_MS * 2 ** (attempt - 1);
        this.#log.info(
          { lane: this.#name, err: error, attempt },
          "the city could not be heard; it tries again",
        );
        await sleep(Math.min(PAUSE_MAX_MS, pause), undefined, { signal: this.#signal }).catch(
          () => undefined,
        );
      }
    }
    if (!this.#signal.aborted) this.#log.error({ lane: this.#name }, "the city gave up on a report");
    return undefined;
  }
}
