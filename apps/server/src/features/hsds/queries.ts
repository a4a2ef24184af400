import { z } from "zod";
import { Instant } from "@ihims/core/time.ts";

const flag = z.stringbool({ truthy: ["true"], falsy: ["false"], case: "sensitive" });

export const Page = z.strictObject({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1).describe("From 1"),
  per_page: z.coerce.number().int().min(1).max(100).default(20),
  format: z.literal("json").optional().describe("JSON is what there is"),
});
export type Page = z.output<typeof Page>;

export const OrganizationsQuery = Page.extend({
  search: z.string().trim().min(1).max(100).optional().describe("Words of the name"),
  modified_after: Instant.optional(),
  full_service: flag.optional().describe("With the services of each"),
});

export const ServicesQuery = Page.extend({
  search: z.string().trim().min(1).max(100).optional().describe("Words of the service's or the place's name"),
  taxonomy_term_id: z.uuid().optional(),
  taxonomy_id: z.uuid().optional(),
  organization_id: z.uuid().optional(),
  modified_after: Instant.optional(),
  minimal: flag.optional().describe("Only what is required"),
  full: flag.optional().describe("With the organization and the location of each"),
  postcode: z.string().trim().min(1).max(12).optional().describe("Postal code in the address"),
  proximity: z.coerce.number().int().min(1).max(200_000).optional().describe("Metres around the postcode"),
});
export type ServicesQuery = z.output<typeof ServicesQuery>;

export const TaxonomiesQuery = Page.extend({ search: z.string().trim().min(1).max(100).optional() });
export const TermsQuery = TaxonomiesQuery.extend({
  taxonomy_id: z.uuid().optional(),
  top_only: flag.optional().describe("Our taxonomies are flat: all terms are at the top"),
});
export const OneQuery = z.strictObject({ format: z.literal("json").optional() });
