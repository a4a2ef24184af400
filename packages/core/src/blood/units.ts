import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { BloodUnitId, FacilityId } from "../ids.ts";
import { Figure } from "../observations/schema.ts";
import { elapsedMs, Instant } from "../time.ts";
import { BloodBank, BloodComponent, BloodGroup, EXPIRIES_MAX, type BloodStock } from "./schema.ts";

/** `available`: on the shelf; `issued`: given out; `discarded`: expired, broken or unfit. */
export const BloodUnitState = z.enum(["available", "issued", "discarded"]);
export type BloodUnitState = z.infer<typeof BloodUnitState>;

/** What is written on a bag. */
const bag = {
  donation: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9/-]{0,39}$/, "a donation number: up to 40 letters, digits, / and -")
    .describe("Donation identification number: of ISBT 128 its 13 characters, otherwise the bank's own"),
  product: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{0,20}$/, "a product code: letters and digits")
    .default("")
    .describe("Product code, of ISBT 128 its 8 characters; tells bags of one donation apart"),
  group: BloodGroup,
  component: BloodComponent,
  expiresAt: Instant.describe("From then on it is not counted"),
};

/** One bag on the shelf of a bank. Nothing is kept of who gave it. */
export const BloodUnit = z.object({
  ...bag,
  id: BloodUnitId,
  state: BloodUnitState,
  isExpired: z.boolean(),
  addedAt: Instant,
});
export type BloodUnit = z.infer<typeof BloodUnit>;

/** Most bags of one bank on the shelf at once. */
export const UNITS_MAX_BAGS = 5000;

const params = z.object({ id: FacilityId });

export const listBloodUnits = endpoint({
  method: "GET",
  path: "/facilities/:id/blood-units",
  access: "signed-in",
  noun: "blood",
  summary: "The bags on the shelf of a bank, first expiring first; expired ones until they are discarded",
  params,
  query: z.strictObject({ group: BloodGroup.optional(), component: BloodComponent.optional() }),
  reply: z.object({ items: z.array(BloodUnit) }),
});

const changed = z.object({
  outcome: z.enum(["changed", "known"]).describe("known: it was so before"),
  unit: BloodUnit,
  figure: Figure.describe("The count of its group and component, as the public sees it now"),
});

export const addBloodUnit = endpoint({
  method: "POST",
  path: "/facilities/:id/blood-units",
  access: "signed-in",
  noun: "blood",
  summary: "Put a bag on the shelf; its group and component are counted from the bags from then on",
  params,
  body: z.strictObject(bag),
  reply: changed,
});

export const moveBloodUnit = endpoint({
  method: "PUT",
  path: "/facilities/:id/blood-units/:unit",
  access: "signed-in",
  noun: "blood",
  summary: "A bag was issued or discarded, or is back on the shelf",
  params: params.extend({ unit: BloodUnitId }),
  body: z.strictObject({ state: BloodUnitState }),
  reply: changed,
});

export const setBloodBank = endpoint({
  method: "PUT",
  path: "/facilities/:id/blood-bank",
  access: "signed-in",
  noun: "blood",
  summary: "What the bank asks of who comes for blood, and what it reckons as low",
  params,
  body: BloodBank,
  reply: BloodBank,
});

/**
 * What bags on the shelf amount to at `now`: those whose time is over are not counted, the others carry
 * the moment at which they will not be.
 */
export function stockOfUnits(units: readonly { expiresAt: Instant }[], now: Instant): BloodStock {
  const there = units.filter(({ expiresAt }) => elapsedMs(now, expiresAt) > 0);
  const expiries = [...Map.groupBy(there, ({ expiresAt }) => expiresAt)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    // Bags beyond the bound expire last: they are told anew long before.
    .slice(0, EXPIRIES_MAX)
    .map(([at, some]) => ({ at, units: some.length }));
  return { units: there.length, expiries };
}
