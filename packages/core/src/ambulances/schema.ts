import { z } from "zod";

/**
 * What an ambulance is for and carries. `als` has what is needed to treat on the way (in India AIS-125
 * type D), `bls` a stretcher, oxygen and somebody trained (type C), `patient-transport` a stretcher
 * (type B), `bike` a first responder on two wheels (type A). `neonatal` carries an incubator,
 * `mortuary` the dead.
 */
export const VehicleType = z.enum(["als", "bls", "neonatal", "bike", "patient-transport", "mortuary"]);
export type VehicleType = z.infer<typeof VehicleType>;

/** What somebody pays for the way. All nought: nothing. */
export const VehiclePrice = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  baseMinor: z.int().min(0).max(100_000_000).describe("For coming and the first kilometres, in minor units"),
  baseKm: z.int().min(0).max(1000).describe("Kilometres that are in it"),
  perKmMinor: z.int().min(0).max(10_000_000).describe("For each kilometre more"),
});
export type VehiclePrice = z.infer<typeof VehiclePrice>;

/** The facility's own name for a vehicle, as its last word in subjects: `vehicle:<id>`. */
export const VehicleId = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, "letters, digits, - and _, at most 40");

/** A vehicle of a facility, apart from where it is. */
export const Vehicle = z.object({
  id: VehicleId.describe("Once at its facility"),
  type: VehicleType,
  callSign: z.string().min(1).max(60).describe("What stands on it"),
  phone: z.string().min(2).max(40).nullable().default(null).describe("Null: call its facility"),
  price: VehiclePrice.nullable().default(null).describe("Null: not told"),
});
export type Vehicle = z.infer<typeof Vehicle>;

/** What a vehicle does now. */
export const VehicleState = z.enum(["available", "assigned", "busy", "off-duty"]);
export type VehicleState = z.infer<typeof VehicleState>;
