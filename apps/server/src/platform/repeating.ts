/** Work that is done again and again until it is stopped. */
export interface Repeating {
  /** No round begins any more; the one that is under way is waited for. */
  stop(): Promise<void>;
}

/**
 * Do `work` every `everyMs`, one round at a time: a round that takes longer lets the next ones pass.
 *
 * @param onError told of a round that failed; the next one comes all the same
 */
export function startRepeating(
  work: () => Promise<unknown>,
  { everyMs, onError }: { everyMs: number; onError(error: unknown): void },
): Repeating {
  let working: Promise<unknown> | undefined;
  const timer = setInterval(() => {
    working ??= work()
      .catch(onError)
      .finally(() => (working = undefined));
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await working;
    },
  };
}
