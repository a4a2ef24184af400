import { z } from "zod";
import { endpoint, pageOf, pageQuery } from "../endpoint.ts";
import { RADIUS_MAX_M } from "../facilities/endpoints.ts";
import { Facility, FacilityKind } from "../facilities/schema.ts";
import { NearText, Position } from "../geo.ts";
import { DoctorId, FacilityId, ObservationId } from "../ids.ts";
import { Instant } from "../time.ts";
import { SpecialtyId } from "../vocabulary/schema.ts";
import { Doctor, DoctorProfile, Duty, DutyMode, Roster } from "./schema.ts";

const lang = z
  .string()
  .max(40)
  .optional()
  .describe("Language of the words in the answer; Accept-Language otherwise");

/** A facility as far as a doctor's page names it. */
export const PostFacility = Facility.pick({
  id: true,
  name: true,
  names: true,
  locality: true,
  localityNames: true,
  position: true,
  phones: true,
}).extend({ kind: FacilityKind });
export type PostFacility = z.infer<typeof PostFacility>;

const NamedSpecialty = z.object({ id: SpecialtyId, name: z.string().describe("In the reader's language") });

/** A doctor as a row of a list. */
export const DoctorSummary = Doctor.pick({
  id: true,
  name: true,
  names: true,
  languages: true,
  gender: true,
  qualifications: true,
}).extend({
  specialties: z.array(NamedSpecialty),
  posts: z
    .array(
      z.object({
        facility: PostFacility,
        distance: z
          .int()
          .min(0)
          .nullable()
          .describe("Metres along the great circle from `near`; null without it"),
        duty: Duty.describe("At the moment that was asked about; now unless said"),
      }),
    )
    .describe("Nearest first; only those that the filters leave"),
});
export type DoctorSummary = z.infer<typeof DoctorSummary>;

/** The filters as they were understood and applied. */
export const DoctorFilters = z.object({
  near: Position.nullable(),
  radius: z.int().nullable(),
  specialty: SpecialtyId.nullable(),
  q: z.string().nullable(),
  language: z.string().nullable(),
  facility: FacilityId.nullable(),
  onDuty: Instant.nullable().describe("The moment at which they are to be on duty"),
  mode: DutyMode.nullable(),
});
export type DoctorFilters = z.infer<typeof DoctorFilters>;

export const listDoctors = endpoint({
  method: "GET",
  path: "/doctors",
  access: "public",
  noun: "doctors",
  summary: "Doctors by specialty, name, language and place, and who of them is on duty",
  query: z.strictObject({
    near: NearText.optional(),
    radius: z.coerce.number().int().min(1).max(RADIUS_MAX_M).optional().describe("Metres around `near`"),
    specialty: SpecialtyId.optional(),
    q: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .optional()
      .describe("Words of the name, in either script, spelling forgiven"),
    language: z
      .string()
      .regex(/^[a-z]{2,3}$/)
      .optional()
      .describe("Spoken, by BCP 47 code"),
    facility: FacilityId.optional(),
    onDuty: z
      .union([z.literal("now"), Instant])
      .optional()
      .describe("Only those on duty now, or at a moment (RFC 3339)"),
    mode: DutyMode.optional().describe("With onDuty: only those in the house, or on call"),
    lang,
    ...pageQuery,
  }),
  reply: pageOf(DoctorSummary).extend({ filters: DoctorFilters }),
});

/** A doctor's whole page: the week, what differs from it, and duty now at each facility. */
export const DoctorRecord = DoctorSummary.omit({ posts: true }).extend({
  registration: Doctor.shape.registration,
  posts: z.array(Roster.extend({ facility: PostFacility, duty: Duty })),
});
export type DoctorRecord = z.infer<typeof DoctorRecord>;

export const getDoctor = endpoint({
  method: "GET",
  path: "/doctors/:id",
  access: "public",
  noun: "doctors",
  summary: "One doctor: specialties, where and when, and duty now",
  params: z.object({ id: DoctorId }),
  query: z.strictObject({ lang }),
  reply: DoctorRecord,
});

const ofFacility = z.object({ id: FacilityId });

/** One doctor of a facility's roster. */
export const RosterEntry = Roster.extend({
  doctor: DoctorId,
  name: z.string(),
  specialties: z.array(SpecialtyId),
});
export type RosterEntry = z.infer<typeof RosterEntry>;

export const getRoster = endpoint({
  method: "GET",
  path: "/facilities/:id/roster",
  access: "signed-in",
  noun: "doctors",
  summary: "The whole roster of a facility, to be changed and given back",
  params: ofFacility,
  reply: z.object({ items: z.array(RosterEntry) }),
});

/** Most doctors of one roster. */
export const ROSTER_MAX = 2000;

export const replaceRoster = endpoint({
  method: "PUT",
  path: "/facilities/:id/roster",
  access: "signed-in",
  noun: "doctors",
  summary: "Say who works here and when; whoever is not named does not work here any more",
  params: ofFacility,
  body: z.strictObject({
    items: z
      .array(
        Roster.extend({
          doctor: z
            .union([DoctorId, DoctorProfile])
            .describe("One who is known already, by id, or a new one's page"),
        }),
      )
      .max(ROSTER_MAX),
  }),
  bodyMaxBytes: 8_000_000,
  reply: z.object({ items: z.array(RosterEntry) }),
});

export const reportDuty = endpoint({
  method: "PUT",
  path: "/facilities/:id/duty",
  access: "signed-in",
  noun: "doctors",
  summary: "Say that a doctor is or is not on duty now, whatever the roster says",
  params: ofFacility,
  body: z.strictObject({
    doctor: DoctorId,
    onDuty: z.boolean(),
    onCall: z.boolean().optional(),
    until: Instant.optional().describe("Until when it holds; without it until it expires after a day"),
    observedAt: Instant.optional().describe("When it was seen; now unless said"),
  }),
  reply: z.object({
    outcome: z.enum(["changed", "confirmed", "superseded", "duplicate"]),
    observation: ObservationId,
    duty: Duty,
  }),
});
