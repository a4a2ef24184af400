import { z } from "zod";
import { BedType } from "../beds/schema.ts";
import { Position } from "../geo.ts";
import { FacilityId, HoldId } from "../ids.ts";
import { Names } from "../languages.ts";
import { FacilityRole } from "../people/schema.ts";
import { Instant } from "../time.ts";

/** What can be kept for somebody on the way. */
export const HoldKind = z.enum(["bed", "blood", "medicine"]);
export type HoldKind = z.infer<typeof HoldKind>;

/**
 * `requested` and `accepted` are open: the thing is kept. The others are ends. `refused`: by an
 * officer; `released`: the facility has fewer than it promised; `expired`: its time is over;
 * `fulfilled`: who it was kept for has come; `cancelled`: by who asked for it.
 */
export const HoldState = z.enum([
  "requested",
  "accepted",
  "refused",
  "released",
  "expired",
  "fulfilled",
  "cancelled",
]);
export type HoldState = z.infer<typeof HoldState>;

/** Whether something is still kept. Past its time a hold is over, whether or not that was written yet. */
export function isOpenState(state: HoldState): boolean {
  return state === "requested" || state === "accepted";
}

/** Shortest and longest that a bed or blood is kept, in minutes. */
export const HOLD_MIN_MINUTES = 30;
export const HOLD_MAX_MINUTES = 240;
/** How long a medicine is kept, in minutes. */
export const MEDICINE_HOLD_MINUTES = 120;

const minutes = z.int().min(HOLD_MIN_MINUTES).max(HOLD_MAX_MINUTES);

/** What a facility keeps for people on the way, and for how long. */
export const HoldRule = z.strictObject({
  beds: z
    .array(z.strictObject({ type: BedType, minutes }))
    .max(BedType.options.length)
    .describe("The types of bed that can be held, and for how many minutes"),
  bloodMinutes: minutes.nullable().describe("For how many minutes blood is kept; null: blood cannot be held"),
  medicines: z.boolean().describe("Whether medicines are kept, for two hours"),
});
export type HoldRule = z.infer<typeof HoldRule>;

/** Most units that one hold is for. */
export const UNITS_MAX: Record<HoldKind, number> = { bed: 1, blood: 6, medicine: 10 };

/** Why a thing cannot be held. */
export const HoldRefusal = z.enum([
  "not-offered", // the facility's rule
  "not-confirmed", // the figure is stale, expired or was never told
  "none-free",
  "too-many-units",
  "one-of-a-kind", // there is an open one of the same kind already
  "too-many-today",
  "own-facility", // a facility does not block its own beds
]);
export type HoldRefusal = z.infer<typeof HoldRefusal>;

/** Something that is kept for somebody, as those see it whom it concerns. */
export const Hold = z.object({
  id: HoldId,
  facility: FacilityId,
  place: z.object({
    name: z.string(),
    names: Names,
    phone: z.string().nullable(),
    position: Position,
  }),
  subject: z.string().describe("As bed:icu, blood:O-:packed-red-cells or medicine:<id>"),
  kind: HoldKind,
  units: z.int().min(1),
  medicine: z
    .object({
      name: z.string(),
      names: Names,
      generics: z.string().describe("Ingredients with their strengths in one line"),
    })
    .nullable()
    .describe("What the catalogue calls it; null: it is no medicine, or none of the catalogue any more"),
  state: HoldState,
  reason: z.string().nullable().describe("Why it was refused, in the officer's words"),
  code: z.string().describe("What to say at the desk"),
  onBehalfOf: FacilityId.nullable().describe("The hospital that asked for it; null: a person for themselves"),
  requestedAt: Instant,
  until: Instant.describe("When it ends by itself"),
  answeredAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  officer: z
    .object({ name: z.string(), role: FacilityRole.nullable() })
    .nullable()
    .describe("Who answered for the facility"),
  phone: z
    .string()
    .nullable()
    .describe("Number to call who is on the way; only for the facility, and while the hold is open"),
});
export type Hold = z.infer<typeof Hold>;

/**
 * Units of a subject that are kept back from what is free. A fulfilled hold has `takenAt`: what it
 * was for is taken, and a figure that was seen before does not know it yet.
 */
export const HeldUnits = z.object({
  units: z.int().min(1),
  until: Instant,
  takenAt: Instant.nullable(),
});
export type HeldUnits = z.infer<typeof HeldUnits>;
