import { distanceM, type Position } from "@ihims/core/geo.ts";
import { medianOf } from "./columns.ts";

/** A city and its surroundings are not wider than this. */
const CITY_MAX_M = 200_000;

export type PositionReading =
  | { ok: true; position: Position; note?: string }
  | { ok: false; field: string; reason: string };

/** Read a number of degrees: `12.93`, `12,93`, `12.93° N`. NaN for anything else. */
export function readDegrees(text: string): number {
  const match = /^([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEW])?$/iu.exec(text.trim());
  if (!match) return Number.NaN;
  const [, digits = "", hemisphere = ""] = match;
  const degrees = Number(digits.replace(",", "."));
  return /[SW]/iu.test(hemisphere) ? -Math.abs(degrees) : degrees;
}

/** Where the places of a list lie: the middle of those that have a position; null when fewer than three have one. */
export function middleOf(positions: readonly Position[]): Position | null {
  const real = positions.filter(
    ({ lat, lon }) => Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat !== 0 || lon !== 0),
  );
  if (real.length < 3) return null;
  return { lat: medianOf(real.map(({ lat }) => lat)), lon: medianOf(real.map(({ lon }) => lon)) };
}

/**
 * Read a position from the texts of two columns.
 *
 * Swapped columns are recognised and refused, never turned round: which of the two was meant is
 * for the owner of the list to say.
 *
 * @param around where the place is expected; null when nobody knows
 */
export function readPosition(latText: string, lonText: string, around: Position | null): PositionReading {
  for (const [field, text] of [
    ["lat", latText],
    ["lon", lonText],
  ] as const) {
    if (text === "") return { ok: false, field, reason: "is missing" };
    if (Number.isNaN(readDegrees(text)))
      return { ok: false, field, reason: `"${text.slice(0, 40)}" is not a number of degrees` };
  }
  return checkPosition({ lat: readDegrees(latText), lon: readDegrees(lonText) }, around);
}

/** Check a position that was read as numbers, from columns or a geometry. */
export function checkPosition(position: Position, around: Position | null): PositionReading {
  const { lat, lon } = position;
  if (lat === 0 && lon === 0)
    return { ok: false, field: "lat", reason: "0,0 is in the Gulf of Guinea: the position is missing" };
  const turned: Position = { lat: lon, lon: lat };
  const looksSwapped = Math.abs(turned.lat) <= 90 && Math.abs(turned.lon) <= 180 && isNear(turned, around);
  const isFar = !isNear(position, around);
  const isOnEarth = Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  if ((isFar || !isOnEarth) && around && looksSwapped) {
    return { ok: false, field: "lat", reason: `${lat},${lon}: latitude and longitude look swapped` };
  }
  if (Math.abs(lat) > 90) {
    const hint = Math.abs(lat) <= 180 && Math.abs(lon) <= 90 ? ": latitude and longitude look swapped" : "";
    return { ok: false, field: "lat", reason: `${lat} is not between -90 and 90${hint}` };
  }
  if (Math.abs(lon) > 180) return { ok: false, field: "lon", reason: `${lon} is not between -180 and 180` };
  if (around && isFar) {
    const km = Math.round(distanceM(position, around) / 1000);
    return { ok: true, position, note: `is ${km} km from the middle of the list: is the position right?` };
  }
  return { ok: true, position };
}

function isNear(position: Position, around: Position | null): boolean {
  return around === null || distanceM(position, around) <= CITY_MAX_M;
}
