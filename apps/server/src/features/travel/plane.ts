import type { Position } from "@ihims/core/geo.ts";

/** A point in metres, east and north of the plane's middle. */
export type Point = readonly [x: number, y: number];

/** A city's ground as a plane. */
export interface Plane {
  pointOf(position: Position): Point;
}

const METRES_PER_DEGREE = 111_195;

/** The plane that touches the earth at a place: within 0.1 % of the true distances over a city. */
export function planeAround(middle: Position): Plane {
  const east = METRES_PER_DEGREE * Math.cos((middle.lat * Math.PI) / 180);
  return {
    pointOf: ({ lat, lon }) => [(lon - middle.lon) * east, (lat - middle.lat) * METRES_PER_DEGREE],
  };
}
