import { readScan, type Scan } from "@ihims/core/blood/isbt128.ts";
import type { BloodComponent } from "@ihims/core/blood/schema.ts";
import type { Bag } from "./queries.ts";

/** What is known of the bag in hand, scan by scan, in any order. */
export type Scanned = Partial<Bag>;

/** What a scan makes of the bag in hand. */
export type Step = { kind: "read"; bag: Scanned } | Extract<Scan, { kind: "unreadable" }>;

/**
 * Take one scan into the bag in hand. Another donation number begins another bag; what was chosen by
 * hand for the last one, the component, stays.
 *
 * @param componentOf what is known of a product code by bags that were scanned before
 */
export function takeScan(
  bag: Scanned,
  text: string,
  timeZone: string,
  componentOf: (product: string) => BloodComponent | undefined,
): Step {
  const scan = readScan(text, timeZone);
  switch (scan.kind) {
    case "donation":
      return {
        kind: "read",
        bag: bag.donation === undefined ? { ...bag, donation: scan.donation } : nextBag(bag, scan.donation),
      };
    case "group":
      return { kind: "read", bag: { ...bag, group: scan.group } };
    case "product":
      return {
        kind: "read",
        bag: { ...bag, product: scan.product, ...componentIn(componentOf(scan.product)) },
      };
    case "expiry":
      return { kind: "read", bag: { ...bag, expiresAt: scan.expiresAt } };
    case "unreadable":
      return scan;
  }
}

/** What stays of a bag for the next: the component that was chosen. */
export function nextBag({ component }: Scanned, donation?: string): Scanned {
  return { ...componentIn(component), ...(donation === undefined ? {} : { donation }) };
}

function componentIn(component: BloodComponent | undefined): Scanned {
  return component === undefined ? {} : { component };
}

/** The bag when all of it is known. A product code is not needed: not every bank prints one. */
export function wholeBag({ donation, product = "", group, component, expiresAt }: Scanned): Bag | undefined {
  if (donation === undefined || group === undefined || component === undefined || expiresAt === undefined)
    return undefined;
  return { donation, product, group, component, expiresAt };
}
