import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { NamedMedicine } from "./endpoints.ts";
import { Day } from "../time.ts";

/**
 * Fewer searches of one medicine in one ward than this are not told: who lives there could be guessed
 * from them (the least cell of counts about health that are published, as in NHS Digital's disclosure
 * control, is 5; read 2026-11-28).
 */
export const SEARCHES_MIN = 5;
/** Days that are looked back over at most. */
export const GAP_DAYS_MAX = 31;
/** Medicines that are shown of one ward. */
export const GAPS_SHOWN_MAX = 20;

/** What a ward is short of, over some days. */
export const WardGap = z.object({
  medicine: NamedMedicine,
  searches: z
    .int()
    .min(SEARCHES_MIN)
    .nullable()
    .describe("Searches that found it nowhere near; null: fewer than five, or none"),
  reporting: z
    .int()
    .min(0)
    .describe("Pharmacies of the ward that tell of it, on the last day that was counted"),
  without: z.int().min(0).describe("Of these, those that have none"),
});
export type WardGap = z.infer<typeof WardGap>;

export const listStockGaps = endpoint({
  method: "GET",
  path: "/stock/gaps",
  access: "signed-in",
  noun: "stock",
  summary: "For the city's officers: what is missing on shelves and was searched for in vain, ward by ward",
  query: z.strictObject({
    days: z.coerce.number().int().min(1).max(GAP_DAYS_MAX).default(7),
    lang: z.string().max(40).optional(),
  }),
  reply: z.object({
    from: Day,
    to: Day,
    wards: z
      .array(
        z.object({
          ward: z.string(),
          searches: z.int().nullable().describe("Of all medicines together; null: fewer than five, or none"),
          gaps: z.array(WardGap).max(GAPS_SHOWN_MAX).describe("Those most looked for first, then by share"),
        }),
      )
      .describe("Those with the most searches in vain first"),
  }),
});

/** A count that may be told; null: too few, or none. */
export function tellable(searches: number): number | null {
  return searches < SEARCHES_MIN ? null : searches;
}
