import { z } from "zod";

/** A place on the earth, WGS 84, in degrees. */
export const Position = z.object({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) });
export type Position = z.infer<typeof Position>;

/** Mean radius of the earth in metres (IUGG 1980). */
const EARTH_RADIUS_M = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Metres along the great circle between two places; within 0.5 % of the ellipsoid. */
export function distanceM(a: Position, b: Position): number {
  const dLat = (b.lat - a.lat) * RADIANS;
  const dLon = (b.lon - a.lon) * RADIANS;
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** `18.52,73.85` as it is written in a query: latitude first, degrees. */
export const NearText = z
  .string()
  .regex(
    /^\s*-?\d{1,2}(\.\d{1,12})?\s*,\s*-?\d{1,3}(\.\d{1,12})?\s*$/,
    "write it as latitude,longitude in degrees: 18.52,73.85",
  )
  .refine(
    (text) => Position.safeParse(positionOf(text)).success,
    "latitude is -90 to 90, longitude -180 to 180",
  )
  .describe("A position as latitude,longitude in degrees, WGS 84");

/** The position that a `NearText` names. */
export function positionOf(near: string): Position {
  const [lat = Number.NaN, lon = Number.NaN] = near.split(",").map(Number);
  return { lat, lon };
}
