import { z } from "zod";

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

/** Units of one component of one group on the shelf of a bank. */
export const BloodStock = z.object({
  units: z.int().min(0).max(100_000).describe("Units that can be issued"),
  expiringSoon: z
    .int()
    .min(0)
    .max(100_000)
    .optional()
    .describe("Of these, units that expire within 72 hours"),
});
export type BloodStock = z.infer<typeof BloodStock>;
