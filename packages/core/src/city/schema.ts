import { z } from "zod";
import { Position } from "../geo.ts";
import { Language, Names } from "../languages.ts";

/** The city that a deployment serves: one place, one time zone, its official numbers. */
export const City = z.object({
  name: z.string().min(1).max(120),
  names: Names.default({}),
  timeZone: z.string().min(1).max(60).describe("IANA name, as Asia/Kolkata"),
  countryCode: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .describe("ISO 3166-1, read with phone numbers that lack a country"),
  centre: Position,
  languages: z.array(Language).min(1),
  emergencyNumbers: z
    .array(
      z.object({ number: z.string().max(20), what: z.enum(["emergency", "ambulance", "police", "fire"]) }),
    )
    .max(10),
  isDemonstration: z.boolean().describe("Nothing here is real; every page says so"),
});
export type City = z.infer<typeof City>;

/** Ground of the map: what is drawn under the places, from the city's own data. GeoJSON (RFC 7946). */
export const GroundFeature = z.object({
  type: z.literal("Feature"),
  properties: z.object({
    kind: z.enum(["ward", "road", "water", "park"]),
    name: z.string().max(120).optional(),
    names: Names.optional(),
    rank: z.int().min(1).max(5).optional(),
  }),
  geometry: z.discriminatedUnion("type", [
    z.object({
      type: z.literal("LineString"),
      coordinates: z.array(z.tuple([z.number(), z.number()])).min(2),
    }),
    z.object({
      type: z.literal("Polygon"),
      coordinates: z.array(z.array(z.tuple([z.number(), z.number()])).min(4)).min(1),
    }),
  ]),
});
export type GroundFeature = z.infer<typeof GroundFeature>;

export const Ground = z.object({
  type: z.literal("FeatureCollection"),
  features: z.array(GroundFeature).max(20_000),
});
export type Ground = z.infer<typeof Ground>;
