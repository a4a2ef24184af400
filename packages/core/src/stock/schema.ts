import { z } from "zod";
import { Day } from "../time.ts";

/** Most packs of one medicine that one place can say to have. */
export const QUANTITY_MAX_PACKS = 10_000_000;
/** Longest name of a lot. */
export const LOT_MAX_CHARS = 40;

/** What can be said of one medicine on a shelf. */
export const StockValue = z.strictObject({
  quantity: z.int().min(0).max(QUANTITY_MAX_PACKS).describe("Packs on the shelf"),
  priceMinor: z
    .int()
    .min(0)
    .max(1_000_000_000)
    .optional()
    .describe("Price of a pack in minor units of the city's currency"),
  expiresOn: Day.optional().describe("Of what is there, the earliest day of expiry"),
  lot: z.string().min(1).max(LOT_MAX_CHARS).optional().describe("The lot that expires first"),
});
export type StockValue = z.infer<typeof StockValue>;

/**
 * What a place can be told to have: `in-stock` and `low` rest on a figure that is live or recent;
 * `usually` on a stale one; `not-confirmed` had it when last heard of, and the number is withdrawn;
 * `out` has told that it has none.
 */
export const StockLevel = z.enum(["in-stock", "low", "usually", "not-confirmed", "out"]);
export type StockLevel = z.infer<typeof StockLevel>;
