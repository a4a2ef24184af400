import { z } from "zod";

/** The kinds of bed that are counted apart. HAVE 1.0 and SANER map onto these (docs/glossary.md). */
export const BedType = z.enum([
  "general",
  "emergency",
  "icu",
  "hdu",
  "ventilator",
  "nicu",
  "picu",
  "paediatric",
  "maternity",
  "labour",
  "isolation",
  "negative-pressure",
  "burns",
  "psychiatric",
  "dialysis",
  "oxygen",
  "operating-theatre",
  "day-care",
]);
export type BedType = z.infer<typeof BedType>;

/** These cut across the wards (a negative-pressure room is also somebody's ICU bed), so they enter no total. */
export const OVERLAPPING_BED_TYPES: readonly BedType[] = ["negative-pressure", "oxygen", "ventilator"];

/** More beds than any hospital has; a larger count is a slipped column. */
export const BEDS_MAX = 20_000;

const count = z.int().min(0).max(BEDS_MAX);

/**
 * What a source says of the beds of one type, as counts that are never mixed with one another. The
 * definitions are those of AHRQ's HAvBED: each layer is a fact of its own, none is computed from
 * another, and licensed is not assumed to be the largest. Absent: the source does not say.
 */
export const BedCounts = z
  .object({
    licensed: count.describe("Most beds that the licence allows"),
    physical: count.describe("Set up and available for use, staffed or not"),
    staffed: count.describe("Physically available, with staff on hand for a patient, occupied or not"),
    blocked: count.describe("Staffed, but not to be used now: cleaning, isolation, repair"),
    occupied: count.describe("With a patient in it"),
    surge: count.describe("Could be opened beyond the staffed ones within 24 hours"),
  })
  .partial();
export type BedCounts = z.infer<typeof BedCounts>;

/** The layers that say what there is, rather than how it is used: they stand until somebody says otherwise. */
export const STANDING_LAYERS = [
  "licensed",
  "physical",
  "staffed",
  "surge",
] as const satisfies (keyof BedCounts)[];
/** The layers that move with every patient. */
export const MOVING_LAYERS = ["blocked", "occupied"] as const satisfies (keyof BedCounts)[];

/** The counts as the public reads them: with what is held for somebody on the way, and what is left. */
export const BedAvailability = BedCounts.extend({
  held: count.describe("Promised to somebody on the way"),
  free: count
    .nullable()
    .describe(
      "staffed - blocked - occupied - held, never below 0; null when staffed or occupied is not known",
    ),
});
export type BedAvailability = z.infer<typeof BedAvailability>;
