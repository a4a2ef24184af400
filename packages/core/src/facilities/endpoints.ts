import { z } from "zod";
import { BedType } from "../beds/schema.ts";
import { Care } from "../care/schema.ts";
import { endpoint, pageOf, pageQuery, repeatable } from "../endpoint.ts";
import { NearText, Position } from "../geo.ts";
import { FacilityId } from "../ids.ts";
import { BedFigure, Figure } from "../observations/schema.ts";
import { SchemeId } from "../schemes/schema.ts";
import { SpecialtyId } from "../vocabulary/schema.ts";
import { Facility, FacilityKind, FacilityProfile, LeadSetting, OpenState } from "./schema.ts";

/** Furthest that a search looks, in metres. */
export const RADIUS_MAX_M = 200_000;

/** A facility as a row of a list. */
export const FacilitySummary = Facility.pick({
  id: true,
  name: true,
  names: true,
  kind: true,
  ownership: true,
  position: true,
  locality: true,
  localityNames: true,
  phones: true,
  emergencyPhone: true,
  hasEmergency: true,
  wheelchair: true,
}).extend({
  distance: z.int().min(0).nullable().describe("Metres along the great circle from `near`; null without it"),
  open: OpenState,
  beds: z
    .array(BedFigure)
    .describe(
      "Live beds by type, in the order of the code list; only those that were asked for with `bed`, and of emergency departments offered beside, only emergency beds",
    ),
  care: Care.optional().describe("Only in answers that are in the order of expected time to care"),
});
export type FacilitySummary = z.infer<typeof FacilitySummary>;

/** In which order facilities are listed: `care` by expected time to care, `waiting` by the shortest told. */
export const FacilitySort = z.enum(["care", "distance", "travel", "waiting", "name"]);
export type FacilitySort = z.infer<typeof FacilitySort>;

const ServiceSlug = z.string().regex(/^[a-z0-9-]{1,60}$/, "not a service: write it as ct-scan");

/** The filters as they were understood and applied, so that none is dropped unnoticed. */
export const AppliedFilters = z.object({
  near: Position.nullable(),
  radius: z.int().nullable(),
  kind: z.array(FacilityKind),
  specialty: SpecialtyId.nullable(),
  condition: z.string().nullable().describe("As it was asked"),
  specialties: z
    .array(SpecialtyId)
    .describe(
      "Any of these is looked for: the specialty that was asked, or those that the condition leads to",
    ),
  service: ServiceSlug.nullable(),
  bed: BedType.nullable(),
  scheme: SchemeId.nullable(),
  open: z.literal("now").nullable(),
  q: z.string().nullable(),
  sort: FacilitySort,
  includeStale: z.boolean(),
});
export type AppliedFilters = z.infer<typeof AppliedFilters>;

const flag = z.stringbool({ truthy: ["true"], falsy: ["false"], case: "sensitive" });
const lang = z
  .string()
  .max(40)
  .optional()
  .describe("Language of the words in the answer; Accept-Language otherwise");

export const listFacilities = endpoint({
  method: "GET",
  path: "/facilities",
  access: "public",
  noun: "facilities",
  summary: "Facilities near a place, with their live beds",
  query: z.strictObject({
    near: NearText.optional(),
    radius: z.coerce.number().int().min(1).max(RADIUS_MAX_M).optional().describe("Metres around `near`"),
    kind: repeatable(FacilityKind).describe("Only these kinds; may be repeated"),
    specialty: SpecialtyId.optional().describe("Only those that offer this specialty"),
    condition: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .optional()
      .describe("Only those that offer a specialty for it: an id of the vocabulary, or free text"),
    service: ServiceSlug.optional().describe("Only those that offer this service, and do not say it is down"),
    bed: BedType.optional().describe("Only those with a bed of this type free, and its figure not expired"),
    scheme: SchemeId.optional().describe("Only those that treat under it, for the specialty that is asked"),
    open: z.literal("now").optional().describe("Only those that are open now"),
    q: z.string().trim().min(1).max(100).optional().describe("Words of the name, in any of its languages"),
    sort: FacilitySort.optional().describe(
      "With `near`: care when something is needed (specialty, condition, service, bed, scheme), otherwise distance. Without: name",
    ),
    includeStale: flag.optional().describe("Give expired numbers as well"),
    lang,
    ...pageQuery,
  }),
  reply: pageOf(FacilitySummary).extend({
    filters: AppliedFilters,
    emergencyDepartments: z
      .array(FacilitySummary)
      .optional()
      .describe("With `near` and a need: the two nearest emergency departments, whatever else is found"),
    reporting: z
      .object({ reporting: z.int(), of: z.int() })
      .nullable()
      .describe("With `bed`: how many of the facilities that have this type report it"),
  }),
});

/** The whole record with live status. */
export const FacilityRecord = Facility.extend({
  open: OpenState,
  beds: z.array(BedFigure),
  figures: z
    .array(Figure)
    .describe("Everything live apart from beds: blood, duty, services, waiting, vehicles, diversion"),
});
export type FacilityRecord = z.infer<typeof FacilityRecord>;

const params = z.object({ id: FacilityId });

export const getFacility = endpoint({
  method: "GET",
  path: "/facilities/:id",
  access: "public",
  noun: "facilities",
  summary: "One facility: its profile and everything live about it",
  params,
  query: z.strictObject({ includeStale: flag.optional(), lang }),
  reply: FacilityRecord,
});

const changeable = { ...FacilityProfile.shape, leads: z.array(LeadSetting).max(100).default([]) };

/** What an institution changes of its own page. What is left out stays: a default would overwrite it. */
export const FacilityPatch = z.strictObject({
  name: changeable.name.optional(),
  names: changeable.names.unwrap().optional(),
  kind: changeable.kind.optional(),
  isActive: changeable.isActive.unwrap().optional(),
  ownership: changeable.ownership.unwrap().optional(),
  position: changeable.position.optional(),
  address: changeable.address.unwrap().optional(),
  locality: changeable.locality.unwrap().optional(),
  localityNames: changeable.localityNames.unwrap().optional(),
  phones: changeable.phones.unwrap().optional(),
  emergencyPhone: changeable.emergencyPhone.unwrap().optional(),
  website: changeable.website.unwrap().optional(),
  hours: changeable.hours.unwrap().optional(),
  hasEmergency: changeable.hasEmergency.unwrap().optional(),
  wheelchair: changeable.wheelchair.unwrap().optional(),
  specialties: changeable.specialties.unwrap().optional(),
  services: changeable.services.unwrap().optional(),
  schemes: changeable.schemes.unwrap().optional(),
  bedTypes: changeable.bedTypes.unwrap().optional(),
  leads: changeable.leads.unwrap().optional(),
  vehicles: changeable.vehicles.unwrap().optional(),
  holds: changeable.holds.unwrap().optional(),
  bloodBank: changeable.bloodBank.unwrap().optional(),
});
export type FacilityPatch = z.infer<typeof FacilityPatch>;

export const changeFacility = endpoint({
  method: "PATCH",
  path: "/facilities/:id",
  access: "signed-in",
  noun: "facilities",
  summary: "Change the profile of a facility, or which source leads for its figures",
  params,
  body: FacilityPatch,
  reply: FacilityRecord,
});

/** Free beds over the city, type by type. */
export const BedTotals = z.object({
  type: BedType,
  staffed: z.int(),
  occupied: z.int(),
  free: z.int(),
  reporting: z.int().describe("Facilities whose figures are in the sums: not expired"),
  of: z.int().describe("Facilities that have this type"),
});
export type BedTotals = z.infer<typeof BedTotals>;

export const getBedTotals = endpoint({
  method: "GET",
  path: "/stats/beds",
  access: "public",
  noun: "stats",
  summary: "Staffed, occupied and free beds of the whole city by type, and how many of how many report",
  query: z.strictObject({}),
  reply: z.object({ items: z.array(BedTotals) }),
});
