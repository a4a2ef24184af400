import { z } from "zod";
import { ExternalId } from "../facilities/schema.ts";
import { DoctorId, FacilityId } from "../ids.ts";
import { Names } from "../languages.ts";
import { Day, Instant } from "../time.ts";
import { SpecialtyId } from "../vocabulary/schema.ts";

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "write a time of day as 09:00");

/** Whether a doctor is in the house, or comes when called. */
export const DutyMode = z.enum(["on-site", "on-call"]);
export type DutyMode = z.infer<typeof DutyMode>;

const span = { from: clock, to: clock, mode: DutyMode.default("on-site") };

/** Duty on a day of the week, 1 Monday to 7 Sunday; past midnight when `to` is not after `from`. */
export const DutySpan = z.object({ day: z.int().min(1).max(7), ...span });
export type DutySpan = z.infer<typeof DutySpan>;

/** One day that differs from the week's plan. No spans: not there that day. */
export const DutyException = z.object({
  date: Day,
  spans: z.array(z.object(span)).max(6),
  reason: z.string().max(120).optional(),
});
export type DutyException = z.infer<typeof DutyException>;

/** Days on which a doctor is away, the first and the last included; they outrank everything else that is planned. */
export const Leave = z
  .object({ from: Day, to: Day, reason: z.string().max(120).optional() })
  .refine(({ from, to }) => from <= to, "leave ends before it begins");
export type Leave = z.infer<typeof Leave>;

/** The plan of a doctor at one facility, in the city's time zone. */
export const Roster = z.object({
  spans: z.array(DutySpan).max(50).default([]),
  exceptions: z.array(DutyException).max(200).default([]),
  leave: z.array(Leave).max(50).default([]),
});
export type Roster = z.infer<typeof Roster>;

/** Where a doctor works, and when. */
export const Post = Roster.extend({ facility: FacilityId });
export type Post = z.infer<typeof Post>;

/** What is known of a doctor, apart from where they work. Absent: not known. */
export const DoctorProfile = z.object({
  name: z.string().min(1).max(200),
  names: Names.default({}).describe("In other languages, by BCP 47 code"),
  specialties: z.array(SpecialtyId).min(1).max(10),
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/, "a language's code, as mr"))
    .max(20)
    .default([])
    .describe("Spoken, by BCP 47 code"),
  gender: z.enum(["female", "male", "other"]).nullable().default(null),
  qualifications: z.string().max(200).nullable().default(null),
  registration: z
    .string()
    .max(80)
    .nullable()
    .default(null)
    .describe("Number in the medical council's register"),
  externalIds: z.array(ExternalId).max(10).default([]),
});
export type DoctorProfile = z.infer<typeof DoctorProfile>;

/** A doctor as kept: who it is, and a post for each facility where they work. */
export const Doctor = DoctorProfile.extend({
  id: DoctorId,
  posts: z.array(Post).max(20),
  /** Grows with every change of the page or of a roster. */
  version: z.int().min(1),
  updatedAt: Instant,
});
export type Doctor = z.infer<typeof Doctor>;

/** Whether a doctor is on duty at a facility, and until when that stays so. */
export const Duty = z.object({
  state: z.enum(["on-duty", "off-duty", "unknown"]).describe("unknown: there is no roster, and nobody said"),
  mode: DutyMode.nullable().describe("Of whoever is on duty"),
  until: Instant.nullable().describe("When it changes, as far as is known"),
  next: Instant.nullable().describe("Off duty: when they are there next; null when not within eight days"),
  from: z.enum(["roster", "live"]).describe("live: somebody said so today, which outranks the roster"),
});
export type Duty = z.infer<typeof Duty>;
