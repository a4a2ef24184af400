import { z } from "zod";
import { FacilityId, KeyId, PersonId } from "../ids.ts";
import { SubjectKind } from "../observations/schema.ts";
import { Instant } from "../time.ts";

/** What a person may do at one facility. */
export const FacilityRole = z.enum([
  "administrator",
  "bed-manager",
  "pharmacist",
  "blood-bank-officer",
  "roster-manager",
  "dispatcher",
  "crew",
  "data-entry",
  "viewer",
]);
export type FacilityRole = z.infer<typeof FacilityRole>;

/** What a person may do for the whole city. */
export const CityRole = z.enum([
  "platform-administrator",
  "health-officer",
  "epidemiologist",
  "scheme-administrator",
  "moderator",
]);
export type CityRole = z.infer<typeof CityRole>;

export const Membership = z.object({ facility: FacilityId, facilityName: z.string(), role: FacilityRole });
export type Membership = z.infer<typeof Membership>;

/** Who is signed in. A citizen who signed in by telephone has no e-mail and no name, a member of staff may have no telephone. */
export const Session = z.object({
  person: z.object({
    id: PersonId,
    name: z.string(),
    email: z.string().nullable(),
    phone: z
      .string()
      .nullable()
      .describe("A number that was proven by a code, all but its last digits hidden"),
  }),
  cityRoles: z.array(CityRole),
  memberships: z.array(Membership),
  expiresAt: Instant,
});
export type Session = z.infer<typeof Session>;

/** A key for a machine, without its secret. */
export const ApiKey = z.object({
  id: KeyId,
  name: z.string(),
  prefix: z.string().describe("The first characters of the secret, to know it by"),
  facilities: z.array(FacilityId).describe("The facilities that it speaks for"),
  subjects: z.array(SubjectKind).describe("The kinds of figure that it may report"),
  mayChangePages: z
    .boolean()
    .describe("Whether it may change the pages of its facilities, as a FHIR feed does"),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

/** Who asks. A door is a listener that knows its sender by other means (HL7 v2); the operator sits at the machine. */
export type Actor =
  | { kind: "anonymous" }
  | {
      kind: "person";
      id: PersonId;
      cityRoles: readonly CityRole[];
      memberships: readonly { facility: FacilityId; role: FacilityRole }[];
      /** Has proven a telephone number by a code: somebody who can be called back. */
      hasPhone: boolean;
    }
  | {
      kind: "key";
      id: KeyId;
      facilities: readonly FacilityId[];
      subjects: readonly SubjectKind[];
      mayChangePages: boolean;
    }
  | { kind: "door"; id: string; facility: FacilityId }
  | { kind: "operator" };
