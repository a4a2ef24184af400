import { instantOf, SECOND_MS, type Instant } from "@ihims/core/time.ts";

/** A difference smaller than this is the travel of the answer and the rounding of its header, not a wrong clock. */
export const SKEW_MIN_MS = 2 * SECOND_MS;

let skewMs = 0;

/**
 * How far this machine's clock is behind the server's; negative when it is ahead. A ward's
 * computer with a wrong clock would otherwise date every count wrongly, or into the future.
 *
 * @param serverDate the `Date` header of an answer, in whole seconds (RFC 9110 §6.6.1)
 * @param sentAt when the request left, by this clock, in milliseconds
 * @param answeredAt when the answer came, by this clock, in milliseconds
 * @returns 0 when the header is missing, unreadable or near enough
 */
export function skewOf(serverDate: string | null, sentAt: number, answeredAt: number): number {
  const server = serverDate === null ? Number.NaN : Date.parse(serverDate);
  if (Number.isNaN(server)) return 0;
  const skew = server + SECOND_MS / 2 - (sentAt + answeredAt) / 2;
  return Math.abs(skew) < SKEW_MIN_MS ? 0 : Math.round(skew);
}

/** Remember what an answer says about this machine's clock. */
export function noteServerTime(serverDate: string | null, sentAt: number, answeredAt: number): void {
  skewMs = skewOf(serverDate, sentAt, answeredAt);
}

/** The time now, by the server's clock as far as we know it. */
export function serverNow(): Instant {
  return instantOf(Date.now() + skewMs);
}
