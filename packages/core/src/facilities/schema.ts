import { z } from "zod";
import { Vehicle } from "../ambulances/schema.ts";
import { BedType } from "../beds/schema.ts";
import { BloodBank } from "../blood/schema.ts";
import { Position } from "../geo.ts";
import { HoldRule } from "../holds/schema.ts";
import { FacilityId } from "../ids.ts";
import { Names } from "../languages.ts";
import { Source } from "../observations/schema.ts";
import { Empanelment } from "../schemes/schema.ts";
import { Day, Instant } from "../time.ts";

export const FacilityKind = z.enum([
  "hospital",
  "clinic",
  "health-centre",
  "diagnostic-laboratory",
  "imaging-centre",
  "blood-bank",
  "pharmacy",
  "dispensary",
  "ambulance-service",
  "dialysis-centre",
  "maternity-home",
  "hospice",
  "mental-health",
  "rehabilitation",
  "dental",
  "eye",
  "ayush",
  "vaccination-centre",
  "emergency-control",
]);
export type FacilityKind = z.infer<typeof FacilityKind>;

export const Ownership = z.enum(["government", "municipal", "trust", "private", "armed-forces", "employer"]);
export type Ownership = z.infer<typeof Ownership>;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "write a time of day as 09:00");
/** From `from` to `to` on a day of the week, 1 Monday to 7 Sunday; past midnight when `to` is not after `from`. */
export const OpeningSpan = z.object({ day: z.int().min(1).max(7), from: clock, to: clock });
export type OpeningSpan = z.infer<typeof OpeningSpan>;

/** Hours of one day that differ from the week's: a holiday, a rota. No spans: closed all day. */
export const OpeningException = z.object({
  date: Day,
  spans: z.array(z.object({ from: clock, to: clock })).max(6),
  reason: z.string().max(120).optional(),
});
export type OpeningException = z.infer<typeof OpeningException>;

/** When a facility sees people, in the city's time zone. */
export const Hours = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("always") }),
  z.object({
    kind: z.literal("weekly"),
    spans: z.array(OpeningSpan).max(50),
    exceptions: z.array(OpeningException).max(100).default([]),
  }),
]);
export type Hours = z.infer<typeof Hours>;

/** A number to call. E.164 where it could be understood as such, otherwise as it was written. */
export const Phone = z.object({ number: z.string().min(2).max(40), label: z.string().max(60).optional() });
export type Phone = z.infer<typeof Phone>;

/** The name that another register has for a facility: `osm`/`node/123`, `hfr`/`IN27...`. */
export const ExternalId = z.object({
  system: z.string().regex(/^[a-z][a-z0-9:._-]{0,40}$/),
  value: z.string().min(1).max(200),
});
export type ExternalId = z.infer<typeof ExternalId>;

/** What is known of a place where healthcare is given, apart from its live figures. Absent: not known. */
export const FacilityProfile = z.object({
  name: z.string().min(1).max(300).describe("In the language that the place itself uses"),
  names: Names.default({}).describe("In other languages, by BCP 47 code"),
  kind: FacilityKind,
  isActive: z
    .boolean()
    .default(true)
    .describe("False: closed for good, or never was; its page stays, lists leave it out"),
  ownership: Ownership.nullable().default(null),
  position: Position,
  address: z.string().max(500).nullable().default(null),
  locality: z.string().max(120).nullable().default(null).describe("Ward or neighbourhood"),
  localityNames: Names.default({}).describe("The same in other languages, by BCP 47 code"),
  phones: z.array(Phone).max(20).default([]),
  emergencyPhone: z.string().max(40).nullable().default(null),
  website: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable()
    .default(null),
  hours: Hours.nullable().default(null),
  hasEmergency: z.boolean().nullable().default(null).describe("Has an emergency department"),
  wheelchair: z.enum(["yes", "limited", "no"]).nullable().default(null),
  specialties: z
    .array(z.string().regex(/^[a-z0-9-]{1,60}$/))
    .max(100)
    .default([]),
  services: z
    .array(z.string().regex(/^[a-z0-9-]{1,60}$/))
    .max(100)
    .default([]),
  bedTypes: z.array(BedType).max(20).default([]).describe("Kinds of bed that it has, reported or not"),
  schemes: z.array(Empanelment).max(100).default([]).describe("Schemes and insurers that it treats under"),
  vehicles: z
    .array(Vehicle)
    .max(500)
    .refine(
      (vehicles) => new Set(vehicles.map(({ id }) => id)).size === vehicles.length,
      "two vehicles have the same id",
    )
    .default([])
    .describe("Its ambulances"),
  holds: HoldRule.nullable()
    .default(null)
    .describe("What is kept for people on the way; null: what is usual in the city"),
  bloodBank: BloodBank.nullable()
    .default(null)
    .describe("Where it gives out blood: what it asks for, and what it reckons as low"),
  /** Under which name other registers know it. */
  externalIds: z.array(ExternalId).max(20).default([]),
  /** Attribution that the licence of an imported register asks for. */
  attribution: z.string().max(200).nullable().default(null),
});
export type FacilityProfile = z.infer<typeof FacilityProfile>;

/** Which source leads for a subject, or for all subjects of a kind (`bed`), at this facility. */
export const LeadSetting = z.object({
  subject: z.string().max(160).describe("A subject as bed:icu, or a kind as bed"),
  source: Source,
  correctionS: z
    .int()
    .min(0)
    .max(86_400)
    .default(3600)
    .describe("Seconds for which a person's correction outranks it"),
});
export type LeadSetting = z.infer<typeof LeadSetting>;

/** A facility as it is kept: its profile, and who leads for which figures. */
export const Facility = FacilityProfile.extend({
  id: FacilityId,
  leads: z.array(LeadSetting).max(100),
  /** Grows with every change of the profile. */
  version: z.int().min(1),
  updatedAt: Instant,
});
export type Facility = z.infer<typeof Facility>;

/** Open now, and until when that stays so. `unknown`: the hours are not known, so it may be shut. */
export const OpenState = z.object({
  state: z.enum(["open", "closed", "unknown"]),
  until: Instant.nullable(),
});
export type OpenState = z.infer<typeof OpenState>;
