import { Problem } from "@ihims/core/problem.ts";
import { elapsedMs, MINUTE_MS, type Instant } from "@ihims/core/time.ts";

/** Wrong tries for one account from one address, and from one address for all accounts, in the window. */
const TRIES_MAX = { account: 10, address: 100 } as const;
const WINDOW_MS = 15 * MINUTE_MS;
/** Entries kept; the oldest are forgotten first. */
const ENTRIES_MAX = 100_000;

/** Counts wrong passwords. Kept in memory: a restart forgives, and nothing of it is worth keeping. */
export class SignInLimit {
  readonly #tries = new Map<string, { since: Instant; count: number }>();

  /** @throws Problem `too-many-requests` */
  check(address: string, email: string, now: Instant): void {
    for (const [key, max] of limitsOf(address, email)) {
      const tries = this.#tries.get(key);
      if (!tries || tries.count < max) continue;
      const left = WINDOW_MS - elapsedMs(tries.since, now);
      if (left > 0)
        throw new Problem("too-many-requests", "Too many wrong passwords; try again later", {
          retryAfterS: Math.ceil(left / 1000),
        });
      this.#tries.delete(key);
    }
  }

  countWrong(address: string, email: string, now: Instant): void {
    for (const [key] of limitsOf(address, email)) {
      const tries = this.#tries.get(key);
      if (tries && elapsedMs(tries.since, now) < WINDOW_MS) tries.count++;
      else this.#tries.set(key, { since: now, count: 1 });
    }
    for (const key of this.#tries.keys()) {
      if (this.#tries.size <= ENTRIES_MAX) break;
      this.#tries.delete(key);
    }
  }
}

function limitsOf(address: string, email: string): [string, number][] {
  return [
    [`${address} ${email.toLowerCase()}`, TRIES_MAX.account],
    [address, TRIES_MAX.address],
  ];
}
