import type { Position } from "@ihims/core/geo.ts";

/** A closed line of positions; the last need not repeat the first. */
export type Ring = readonly Position[];

/** The mean of some positions; undefined for none. */
export function meanOf(positions: readonly Position[]): Position | undefined {
  if (positions.length === 0) return undefined;
  let lat = 0;
  let lon = 0;
  for (const position of positions) {
    lat += position.lat;
    lon += position.lon;
  }
  return rounded({ lat: lat / positions.length, lon: lon / positions.length });
}

/**
 * A place that stands for an area and lies inside it: the centroid, or where a bent outline leaves
 * its centroid outside, the middle of the widest stretch at the centroid's latitude.
 *
 * An outline is small against the earth, so degrees are treated as a plane; one that has no area (a
 * line walked forth and back) gives the mean of its corners. Undefined for no corner at all.
 */
export function pointInside(ring: Ring): Position | undefined {
  const centre = centroidOf(ring);
  if (!centre) return meanOf(ring);
  if (isInside(centre, ring)) return rounded(centre);
  return rounded(middleOfWidest(ring, centre.lat) ?? centre);
}

/** Twice the area in square degrees, without its sign: to tell the larger of two rings. */
export function sizeOf(ring: Ring): number {
  return Math.abs(doubleArea(ring));
}

/** Whether a position lies inside a ring (even-odd rule). */
export function isInside(position: Position, ring: Ring): boolean {
  let inside = false;
  for (const [from, to] of edgesOf(ring)) {
    if (from.lat > position.lat === to.lat > position.lat) continue;
    if (position.lon < crossing(from, to, position.lat)) inside = !inside;
  }
  return inside;
}

function edgesOf(ring: Ring): [Position, Position][] {
  return ring.map((from, at) => [from, ring[(at + 1) % ring.length] ?? from]);
}

/** The longitude at which an edge crosses a latitude. */
function crossing(from: Position, to: Position, lat: number): number {
  return from.lon + ((lat - from.lat) / (to.lat - from.lat)) * (to.lon - from.lon);
}

// Sums are taken relative to the first corner: the area of a ward is 10^-9 of the squares of its
// coordinates, and would drown in their rounding.
function doubleArea(ring: Ring): number {
  const [origin] = ring;
  if (!origin) return 0;
  return edgesOf(ring).reduce((sum, [from, to]) => sum + cross(origin, from, to), 0);
}

function cross(origin: Position, from: Position, to: Position): number {
  return (from.lon - origin.lon) * (to.lat - origin.lat) - (to.lon - origin.lon) * (from.lat - origin.lat);
}

function centroidOf(ring: Ring): Position | undefined {
  const [origin] = ring;
  const area = doubleArea(ring);
  if (!origin || area === 0) return undefined;
  let lat = 0;
  let lon = 0;
  for (const [from, to] of edgesOf(ring)) {
    const weight = cross(origin, from, to);
    lat += (from.lat + to.lat - 2 * origin.lat) * weight;
    lon += (from.lon + to.lon - 2 * origin.lon) * weight;
  }
  return { lat: origin.lat + lat / (3 * area), lon: origin.lon + lon / (3 * area) };
}

function middleOfWidest(ring: Ring, lat: number): Position | undefined {
  const crossings = edgesOf(ring)
    .filter(([from, to]) => from.lat > lat !== to.lat > lat)
    .map(([from, to]) => crossing(from, to, lat))
    .sort((a, b) => a - b);
  let widest: { from: number; to: number } | undefined;
  for (let at = 0; at + 1 < crossings.length; at += 2) {
    const [from = 0, to = 0] = crossings.slice(at, at + 2);
    if (!widest || to - from > widest.to - widest.from) widest = { from, to };
  }
  return widest && { lat, lon: (widest.from + widest.to) / 2 };
}

/** To a centimetre: the further digits are noise of the arithmetic. */
function rounded(position: Position): Position {
  return { lat: Number(position.lat.toFixed(7)), lon: Number(position.lon.toFixed(7)) };
}
