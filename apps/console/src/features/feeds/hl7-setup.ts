import type { Hl7SenderName } from "@ihims/core/census/endpoints.ts";
import type { Ward } from "@ihims/core/census/schema.ts";

/** A sender as its fields hold it: a certificate is empty where none is asked for. */
export type SenderFields = Omit<Hl7SenderName, "certificate"> & { certificate: string };

/** What the fields begin with. */
export function fieldsOf({ application, facilityCode, certificate = "" }: Hl7SenderName): SenderFields {
  return { application, facilityCode, certificate };
}

/** The whole set-up as it is saved: what stands in no field would be lost. */
export function setupOf(senders: readonly SenderFields[], wards: readonly Ward[]) {
  return {
    senders: senders.map(({ application, facilityCode, certificate }): Hl7SenderName => ({
      application,
      facilityCode,
      ...(certificate.trim() !== "" && { certificate: certificate.trim() }),
    })),
    wards: wards.map(({ code, bedType, staffed }): Ward => ({ code, bedType, staffed })),
  };
}
