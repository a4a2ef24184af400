import { z } from "zod";
import { Instant } from "../time.ts";

/** ABO and RhD, and the Bombay phenotype (no H antigen), which only takes its own. */
export const BloodGroup = z.enum(["O-", "O+", "A-", "A+", "B-", "B+", "AB-", "AB+", "Oh-", "Oh+"]);
export type BloodGroup = z.infer<typeof BloodGroup>;

export const BloodComponent = z.enum([
  "whole-blood",
  "packed-red-cells",
  "fresh-frozen-plasma",
  "platelet-concentrate",
  "apheresis-platelets",
  "cryoprecipitate",
  "plasma",
]);
export type BloodComponent = z.infer<typeof BloodComponent>;

/** Most moments of expiry that one figure has: a bank's units of one kind expire on fewer days. */
export const EXPIRIES_MAX = 500;

/** Units of one component of one group on the shelf of a bank. */
export const BloodStock = z.object({
  units: z.int().min(0).max(100_000).describe("Units that can be issued"),
  expiringSoon: z
    .int()
    .min(0)
    .max(100_000)
    .optional()
    .describe("Of these, units that expire within 72 hours"),
  expiries: z
    .array(z.strictObject({ at: Instant, units: z.int().min(1).max(100_000) }))
    .max(EXPIRIES_MAX)
    .optional()
    .describe("When units expire, as far as known: from then on they are not counted. Not shown"),
});
export type BloodStock = z.infer<typeof BloodStock>;

/** Whether who is given blood is asked for a donor in return. */
export const ReplacementDonor = z.enum(["not-asked", "asked", "required"]);
export type ReplacementDonor = z.infer<typeof ReplacementDonor>;

/** What a bank asks of who comes for blood, and below how many units a shelf is low. */
export const BloodBank = z.strictObject({
  replacementDonor: ReplacementDonor.nullable().default(null).describe("null: the bank does not say"),
  processingFees: z
    .array(z.strictObject({ component: BloodComponent, minor: z.int().min(0).max(100_000_000) }))
    .max(BloodComponent.options.length)
    .default([])
    .describe(
      "Charge for a unit, in minor units of the city's currency; components that are not named: not known",
    ),
  crossMatchMinutes: z
    .int()
    .min(0)
    .max(2880)
    .nullable()
    .default(null)
    .describe("How long the compatibility test usually takes; null: not known"),
  lowBelow: z
    .array(
      z.strictObject({ group: BloodGroup, component: BloodComponent, units: z.int().min(1).max(100_000) }),
    )
    .max(BloodGroup.options.length * BloodComponent.options.length)
    .default([])
    .describe("Fewer units than this are low, as the bank reckons"),
});
export type BloodBank = z.infer<typeof BloodBank>;
