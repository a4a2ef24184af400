import { z } from "zod";
import { Day } from "../time.ts";
import { SpecialtyId } from "../vocabulary/schema.ts";

/** A scheme or an insurer that pays for care: our own slug, as `pm-jay`. */
export const SchemeId = z.string().regex(/^[a-z0-9-]{1,60}$/, "not a scheme: write its slug, as pm-jay");
export type SchemeId = z.infer<typeof SchemeId>;

/** That a facility treats under a scheme. A facility without one for a scheme may or may not: nobody said. */
export const Empanelment = z.object({
  scheme: SchemeId,
  specialties: z.array(SpecialtyId).max(100).default([]).describe("Only for these; empty: for all it offers"),
  from: Day.nullable().default(null).describe("First day; null: always so far"),
  to: Day.nullable().default(null).describe("Last day, included; null: no end is known"),
});
export type Empanelment = z.infer<typeof Empanelment>;

/**
 * Whether a facility treats under a scheme on a day.
 *
 * @param day in the city's time zone
 * @param specialties what is looked for: one of them is enough; empty: anything
 */
export function acceptsScheme(
  empanelments: readonly Empanelment[],
  scheme: SchemeId,
  day: Day,
  specialties: readonly string[],
): boolean {
  return empanelments.some(
    (one) =>
      one.scheme === scheme &&
      (one.from === null || one.from <= day) &&
      (one.to === null || day <= one.to) &&
      (one.specialties.length === 0 ||
        specialties.length === 0 ||
        one.specialties.some((specialty) => specialties.includes(specialty))),
  );
}
