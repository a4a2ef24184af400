import { z } from "zod";
import { Reason } from "../reason.ts";

/** How the way was reckoned: over the city's own roads, as a longer great circle, or by an OSRM server. */
export const TravelBy = z.enum(["road-graph", "detour", "osrm"]);
export type TravelBy = z.infer<typeof TravelBy>;

/** The way to a place, by road in a car. */
export const Travel = z.object({
  seconds: z.int().min(0),
  metres: z.int().min(0),
  by: TravelBy,
});
export type Travel = z.infer<typeof Travel>;

/** When somebody who sets out now is likely cared for at a place, and why we think so. */
export const Care = z.object({
  seconds: z
    .int()
    .min(0)
    .describe(
      "Expected seconds to care: the way, the waiting, and what a way in vain would cost by its chance",
    ),
  travel: Travel.nullable().describe("Null without `near`"),
  confidence: z
    .number()
    .min(0)
    .max(1)
    .describe(
      "The chance that one is cared for there: capability, openness, and how far its figures can be trusted",
    ),
  reasons: z
    .array(Reason)
    .describe(
      "Strongest first: offers:<specialty>, service:<service>, bed:free, bed:few, bed:stale, open:now, ...",
    ),
});
export type Care = z.infer<typeof Care>;
