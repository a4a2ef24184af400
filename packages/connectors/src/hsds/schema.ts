import { z } from "zod";

/**
 * Open Referral HSDS 3.0 as it is written here: the entities and fields that a place where healthcare
 * is given has, by the specification's own names (openreferral/specification, 3.0). What is optional
 * there and not known here is left out.
 */
const id = z.uuid();
const text = z.string();

export const HsdsTaxonomy = z.object({
  id,
  name: text,
  description: text,
  uri: text.optional(),
  version: text.optional(),
});
export type HsdsTaxonomy = z.infer<typeof HsdsTaxonomy>;

export const HsdsTaxonomyTerm = z.object({
  id,
  code: text,
  name: text,
  description: text,
  taxonomy_id: id,
  taxonomy_detail: HsdsTaxonomy.optional(),
  term_uri: text.optional(),
});
export type HsdsTaxonomyTerm = z.infer<typeof HsdsTaxonomyTerm>;

/** A fact for which HSDS has no field: its taxonomy term says what it is. */
export const HsdsAttribute = z.object({
  id,
  link_id: id,
  link_entity: text,
  taxonomy_term_id: id,
  taxonomy_term: HsdsTaxonomyTerm,
  value: text,
});
export type HsdsAttribute = z.infer<typeof HsdsAttribute>;

export const HsdsPhone = z.object({ id, number: text, type: text, description: text.optional() });

export const HsdsSchedule = z.object({
  id,
  valid_from: z.iso.date().optional(),
  valid_to: z.iso.date().optional(),
  timezone: z.number().optional().describe("Hours from UTC"),
  freq: z.enum(["WEEKLY", "MONTHLY"]).optional(),
  byday: text.optional(),
  description: text.optional(),
  opens_at: text.optional(),
  closes_at: text.optional(),
});
export type HsdsSchedule = z.infer<typeof HsdsSchedule>;

export const HsdsAddress = z.object({
  id,
  address_1: text,
  region: text.optional(),
  city: text,
  state_province: text,
  postal_code: text,
  country: text,
  address_type: z.enum(["physical", "postal", "virtual"]),
});

export const HsdsLocation = z.object({
  id,
  location_type: z.enum(["physical", "postal", "virtual"]),
  name: text,
  alternate_name: text.optional(),
  latitude: z.number(),
  longitude: z.number(),
  external_identifier: text,
  external_identifier_type: text,
  url: text.optional(),
  addresses: z.array(HsdsAddress),
  phones: z.array(HsdsPhone),
  schedules: z.array(HsdsSchedule),
  accessibility: z.array(z.object({ id, description: text })),
  attributes: z.array(HsdsAttribute),
});
export type HsdsLocation = z.infer<typeof HsdsLocation>;

export const HsdsOrganization = z.object({
  id,
  name: text,
  alternate_name: text.optional(),
  description: text,
  website: text.optional(),
  organization_identifiers: z.array(
    z.object({ id, organization_id: id, identifier_scheme: text, identifier_type: text, identifier: text }),
  ),
  attributes: z.array(HsdsAttribute),
});
export type HsdsOrganization = z.infer<typeof HsdsOrganization>;

export const HsdsServiceAtLocation = z.object({
  id,
  service_id: id,
  location_id: id,
  description: text.optional(),
  attributes: z.array(HsdsAttribute).describe("Live capacity, where the service is a kind of bed"),
});
export type HsdsServiceAtLocation = z.infer<typeof HsdsServiceAtLocation>;

export const HsdsService = z.object({
  id,
  organization_id: id,
  name: text,
  status: z.enum(["active", "inactive", "defunct", "temporarily closed"]),
  description: text,
  url: text.optional(),
  last_modified: z.iso.datetime(),
  attributes: z.array(HsdsAttribute),
});
export type HsdsService = z.infer<typeof HsdsService>;
