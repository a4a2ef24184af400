/**
 * Run what is compared in turns, and every other time in the opposite order, so that a noisy moment
 * of the machine falls on all of them. One round more comes first and does not count.
 */
export async function inTurns<Name extends string, Result>(
  rounds: number,
  runs: Readonly<Record<Name, () => Promise<Result>>>,
): Promise<Record<Name, Result[]>> {
  // Object.keys forgets of what.
  const names = Object.keys(runs) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Result[]>;
  for (let round = 0; round <= rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const result = await runs[name]();
      if (round > 0) results[name].push(result);
    }
  }
  return results;
}
