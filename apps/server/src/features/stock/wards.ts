import type { Ground } from "@ihims/core/city/schema.ts";
import type { Position } from "@ihims/core/geo.ts";

type Ring = readonly (readonly [lon: number, lat: number])[];

interface Ward {
  name: string;
  border: Ring;
  /** West, south, east and north of it: looked at first. */
  box: readonly [number, number, number, number];
}

/** The wards of the city, as its ground draws them. */
export class Wards {
  #wards: Ward[] = [];

  constructor(ground: Ground) {
    this.useGround(ground);
  }

  useGround(ground: Ground): void {
    this.#wards = ground.features.flatMap(({ properties, geometry }) => {
      const border = geometry.type === "Polygon" ? geometry.coordinates[0] : undefined;
      if (properties.kind !== "ward" || properties.name === undefined || !border) return [];
      const [lons, lats] = [border.map(([lon]) => lon), border.map(([, lat]) => lat)];
      const box = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)] as const;
      return [{ name: properties.name, border, box }];
    });
  }

  /** The ward that a place is in; undefined: beyond all of them, or nobody has drawn any. */
  wardOf(place: Position): string | undefined {
    return this.#wards.find(({ box: [west, south, east, north], border }) => {
      const { lat, lon } = place;
      return lon >= west && lon <= east && lat >= south && lat <= north && isInside(border, place);
    })?.name;
  }
}

/** A ray to the east crosses the border an odd number of times. */
function isInside(border: Ring, { lat, lon }: Position): boolean {
  let isIn = false;
  for (const [at, [x, y]] of border.entries()) {
    const [beforeX, beforeY] = border.at(at - 1) ?? [x, y];
    if (y > lat !== beforeY > lat && lon < ((beforeX - x) * (lat - y)) / (beforeY - y) + x) isIn = !isIn;
  }
  return isIn;
}
