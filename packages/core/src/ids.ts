import { z } from "zod";

/**
 * An id is opaque: made by us, never parsed, never shown to a reader as a name. Letters, digits,
 * `-` and `_`, so that it travels in a path, a topic and a file name as it is.
 */
const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "not an id");

export const FacilityId = id.brand("FacilityId");
export type FacilityId = z.infer<typeof FacilityId>;

/** A person who signs in. */
export const PersonId = id.brand("PersonId");
export type PersonId = z.infer<typeof PersonId>;

/** A key that a machine signs its requests with; not the secret itself. */
export const KeyId = id.brand("KeyId");
export type KeyId = z.infer<typeof KeyId>;

/** A row of the ledger. */
export const ObservationId = z
  .string()
  .regex(/^[0-9]{1,19}$/, "not an observation's id")
  .brand("ObservationId");
export type ObservationId = z.infer<typeof ObservationId>;

/** A doctor, wherever they work. */
export const DoctorId = id.brand("DoctorId");
export type DoctorId = z.infer<typeof DoctorId>;

/** A warning to the public, or a change of one; each message of a chain has its own. */
export const AlertId = id.brand("AlertId");
export type AlertId = z.infer<typeof AlertId>;

/** A thing that is kept for somebody on the way. */
export const HoldId = id.brand("HoldId");
export type HoldId = z.infer<typeof HoldId>;

/** A bag of blood on the shelf of a bank. */
export const BloodUnitId = id.brand("BloodUnitId");
export type BloodUnitId = z.infer<typeof BloodUnitId>;

/** A bank's call for donors. */
export const DonorCallId = id.brand("DonorCallId");
export type DonorCallId = z.infer<typeof DonorCallId>;

/** A feed: what fetches or takes in another system's data. */
export const FeedId = id.brand("FeedId");
export type FeedId = z.infer<typeof FeedId>;
