import { elapsedMs, HOUR_MS, later, type Instant } from "../time.ts";
import type { BloodBank, BloodComponent, BloodGroup, BloodStock } from "./schema.ts";

/** Units that expire within this are told apart: a patient booked for the day after tomorrow needs others. */
export const EXPIRING_SOON_MS = 72 * HOUR_MS;

/**
 * What is on the shelf at `now` of what was said: units whose time is over are not counted. What is
 * not said to expire stays.
 *
 * @returns without `expiries`; `expiringSoon` from them where they were told
 */
export function bloodAt({ expiries, ...stock }: BloodStock, now: Instant): BloodStock {
  if (!expiries) return stock;
  let gone = 0;
  let soon = 0;
  for (const { at, units } of expiries) {
    if (elapsedMs(at, now) >= 0) gone += units;
    else if (elapsedMs(now, at) <= EXPIRING_SOON_MS) soon += units;
  }
  const units = Math.max(0, stock.units - gone);
  return { units, expiringSoon: Math.min(units, soon) };
}

/** The last moment at which `bloodAt` still gives the same as at `now`; null when time alone changes nothing. */
export function bloodUntil({ expiries = [] }: BloodStock, now: Instant): Instant | null {
  let first: Instant | null = null;
  for (const { at } of expiries)
    for (const moment of [at, later(at, -EXPIRING_SOON_MS)])
      if (elapsedMs(now, moment) > 0 && (first === null || moment < first)) first = moment;
  return first && later(first, -1);
}

/** Below how many units a bank reckons a shelf as low; undefined when it does not say. */
export function lowBelowOf(
  bank: Pick<BloodBank, "lowBelow"> | null,
  group: BloodGroup,
  component: BloodComponent,
): number | undefined {
  return bank?.lowBelow.find((one) => one.group === group && one.component === component)?.units;
}
