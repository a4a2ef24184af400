import type { Context } from "./context.ts";

/** Work that many callers want a little of, and that costs about the same for one as for all of them. */
export interface GroupWork<Call, Outcome> {
  /** Most calls that one transaction takes. */
  callsMax: number;
  /**
   * Do what every call wants, and give each its own outcome, in the order of the calls. Runs in one
   * transaction: a throw undoes all of it.
   */
  run(ctx: Context, calls: readonly Call[]): Promise<readonly Outcome[]>;
}

interface Waiting<Call, Outcome> {
  ctx: Context;
  call: Call;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

/**
 * Group commit: calls that come while a transaction is running are taken together in the next one.
 * Nobody waits longer for it than for that transaction, and a call that comes alone not at all.
 *
 * An outcome is there when its transaction is committed. Calls are taken in the order in which they
 * came, one group after the other. A group that fails is taken apart, so that one bad call fails
 * alone: whatever `run` does for a call has to be the same whoever is in the group with it, and
 * harmless when it is done again (of a commit whose answer was lost nobody knows whether it was one).
 */
export class GroupCommit<Call, Outcome> {
  readonly #work: GroupWork<Call, Outcome>;
  readonly #waiting: Waiting<Call, Outcome>[] = [];
  #isRunning = false;

  constructor(work: GroupWork<Call, Outcome>) {
    this.#work = work;
  }

  /**
   * @param ctx whose transactions are used; who acts has to be in the call, where it matters
   * @throws what `run` throws for this call alone
   */
  take(ctx: Context, call: Call): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ctx, call, resolve, reject });
      if (this.#isRunning) return;
      this.#isRunning = true;
      // What the other sockets have brought in the same turn of the loop comes along.
      setImmediate(() => void this.#runAll());
    });
  }

  async #runAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.#runGroup(this.#waiting.splice(0, this.#work.callsMax));
    this.#isRunning = false;
  }

  async #runGroup(group: readonly Waiting<Call, Outcome>[]): Promise<void> {
    const [first] = group;
    if (!first) return;
    try {
      const calls = group.map(({ call }) => call);
      const outcomes = await first.ctx.transaction((tx) => this.#work.run(tx, calls));
      if (outcomes.length !== group.length) throw new Error("not as many outcomes as calls");
      for (const [place, { resolve }] of group.entries()) {
        // There are as many of both.
        resolve(outcomes[place] as Outcome);
      }
    } catch (error) {
      if (group.length === 1) return first.reject(error);
      const half = Math.ceil(group.length / 2);
      await this.#runGroup(group.slice(0, half));
      await this.#runGroup(group.slice(half));
    }
  }
}
