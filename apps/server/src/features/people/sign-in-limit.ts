import { MINUTE_MS, type Instant } from "@ihims/core/time.ts";
import type { Attempts, Limit } from "../../platform/attempts.ts";

const WINDOW_MS = 15 * MINUTE_MS;
/** Wrong tries for one account from one address, and from one address for all accounts. */
const ACCOUNT: Limit = { name: "sign-ins of an account", max: 10, windowMs: WINDOW_MS };
const ADDRESS: Limit = { name: "sign-ins of an address", max: 100, windowMs: WINDOW_MS };

/**
 * Try to sign in, unless there were too many wrong tries. A try is counted before it is made, so that
 * many at once are not more than are allowed, and given back when it was right.
 *
 * @throws Problem `too-many-requests`
 */
export async function limited<T>(
  attempts: Attempts,
  who: { address: string; email: string },
  now: Instant,
  signIn: () => Promise<T>,
): Promise<T> {
  const account = `${who.address} ${who.email.toLowerCase()}`;
  await attempts.take(ACCOUNT, account, now);
  await attempts.take(ADDRESS, who.address, now);
  const done = await signIn();
  await attempts.forgive(ACCOUNT, account);
  await attempts.giveBack(ADDRESS, who.address);
  return done;
}
