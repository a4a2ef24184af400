import type { Position } from "../geo.ts";
import type { Freshness } from "../observations/schema.ts";
import { instantOf, millisOf, SECOND_MS, type Instant } from "../time.ts";
import type { StockLevel, StockValue } from "./schema.ts";

/** Up to so many packs are called low: by the time that somebody is there they may be gone. */
export const LOW_MAX_PACKS = 3;

/** What may be claimed of a medicine somewhere. @param packs wanted; one unless said */
export function levelOf(quantity: number, freshness: Freshness, packs = 1): StockLevel {
  if (freshness === "expired" || freshness === "unknown") return quantity > 0 ? "not-confirmed" : "out";
  if (quantity < packs) return "out";
  if (freshness === "stale") return "usually";
  return quantity <= Math.max(LOW_MAX_PACKS, packs) ? "low" : "in-stock";
}

/** Best first. */
export const LEVEL_RANK: Record<StockLevel, number> = {
  "in-stock": 0,
  low: 1,
  usually: 2,
  "not-confirmed": 3,
  out: 4,
};

/** Areas of the city that stock is kept apart by. */
export const AREA_COUNT = 16;

/** The area that a place is in: the city cut like a cake from its middle, 0 to the east, anticlockwise. */
export function areaOf(centre: Position, { lat, lon }: Position): number {
  const east = (lon - centre.lon) * Math.cos((centre.lat * Math.PI) / 180);
  const turn = Math.atan2(lat - centre.lat, east) / (2 * Math.PI);
  return Math.floor((turn + 1) * AREA_COUNT) % AREA_COUNT;
}

/** Shelves are seen to the second: millions of lines are kept in memory, each with its age. */
export function wholeSecond(moment: Instant): Instant {
  return moment.endsWith(".000Z") ? moment : instantOf(Math.floor(millisOf(moment) / SECOND_MS) * SECOND_MS);
}

/** Whether two say the same of a shelf. */
export function isSameStock(a: StockValue, b: StockValue): boolean {
  return (
    a.quantity === b.quantity &&
    a.priceMinor === b.priceMinor &&
    a.expiresOn === b.expiresOn &&
    a.lot === b.lot
  );
}

/**
 * The same medicine told twice in one list: two lots are what there is together; without two
 * different lots the later line is the correction of the earlier one.
 */
export function mergedLots(before: StockValue, next: StockValue, seenLots: ReadonlySet<string>): StockValue {
  if (next.lot === undefined || before.lot === undefined || seenLots.has(next.lot)) return next;
  const expiry = (value: StockValue) =>
    value.quantity > 0 ? (value.expiresOn ?? "9999-12-31") : "9999-12-32";
  const [first, second] = expiry(next) < expiry(before) ? [next, before] : [before, next];
  const priceMinor = first.priceMinor ?? second.priceMinor;
  return {
    quantity: before.quantity + next.quantity,
    ...(priceMinor === undefined ? {} : { priceMinor }),
    ...(first.expiresOn === undefined ? {} : { expiresOn: first.expiresOn }),
    ...(first.lot === undefined ? {} : { lot: first.lot }),
  };
}
