import { z } from "zod";

/** One second, in milliseconds. */
export const SECOND_MS = 1000;
/** One minute, in milliseconds. */
export const MINUTE_MS = 60 * SECOND_MS;
/** One hour, in milliseconds. */
export const HOUR_MS = 60 * MINUTE_MS;
/** One day of 24 hours, in milliseconds; a day of the calendar can be an hour longer or shorter. */
export const DAY_MS = 24 * HOUR_MS;

/**
 * A moment, as `2026-03-01T06:20:00.000Z`. Any RFC 3339 text with a zone is read; UTC with
 * milliseconds is what it becomes, so that two equal moments are equal strings and sort as text.
 */
export const Instant = z.iso
  .datetime({ offset: true, abort: true })
  .refine((text) => !Number.isNaN(Date.parse(text)), { message: "not a moment of the calendar", abort: true })
  .overwrite((text) => new Date(text).toISOString())
  .brand("Instant");
export type Instant = z.infer<typeof Instant>;

/** A day of the calendar in the city's time zone, as 2026-03-01. */
export const Day = z.iso.date();
export type Day = z.infer<typeof Day>;

/** As `2026-03-01T06:20:00.000Z`. Years before 0 and after 9999 have a sign and six digits. */
const INSTANT_CHARS = 24;

/**
 * The moment that a `Date` or a count of milliseconds since 1970 (UTC) stands for.
 *
 * @throws RangeError when it is none of the years 0 to 9999
 */
export function instantOf(moment: Date | number): Instant {
  const text = new Date(moment).toISOString();
  if (text.length !== INSTANT_CHARS) throw new RangeError(`${text} cannot be written as a moment`);
  // Written as an Instant is. Every request asks for some: read again, each would take twice as long.
  return text as Instant;
}

/** Milliseconds since 1970 (UTC). */
export function millisOf(moment: Instant): number {
  return Date.parse(moment);
}

/** Milliseconds from `from` to `to`; negative when `to` is earlier. */
export function elapsedMs(from: Instant, to: Instant): number {
  return Date.parse(to) - Date.parse(from);
}

/** The moment `ms` after another; before it when negative. */
export function later(moment: Instant, ms: number): Instant {
  return instantOf(millisOf(moment) + ms);
}
