import type { Ground, GroundFeature } from "@ihims/core/city/schema.ts";
import { riverHalfWidthKm, type Plan } from "./plan.ts";
import { areaKm2, subdivided, type Point } from "./shapes.ts";
import type { Layout } from "./streets.ts";
import { LAKE_NAME, RIVER_NAME } from "./words/places.ts";
import type { Word } from "./words/words.ts";

/** How far a straight line of the plan goes before it is bent, in kilometres. */
const BEND_KM = 0.5;
/** The river is seen to come from somewhere and to go on, this far from the centre in kilometres. */
const RIVER_REACH_KM = 10.5;

/** The ground as it is drawn under the places: wards first, then parks, water and roads upon them. */
export function groundOf(plan: Plan, layout: Layout): Ground {
  const named = (name: Word) => ({ name: name.en, names: { ...name } });
  const features: GroundFeature[] = [
    ...plan.wards.map((ward): GroundFeature => ({
      type: "Feature",
      properties: { kind: "ward", ...named(ward.name) },
      geometry: { type: "Polygon", coordinates: [ringOf(plan, ward.corners)] },
    })),
    ...layout.parks.map((park): GroundFeature => ({
      type: "Feature",
      properties: { kind: "park", ...named(park.name) },
      geometry: { type: "Polygon", coordinates: [ringOf(plan, park.polygon)] },
    })),
    {
      type: "Feature",
      properties: { kind: "water", ...named(RIVER_NAME) },
      geometry: { type: "Polygon", coordinates: [ringOf(plan, riverBanks(plan))] },
    },
    {
      type: "Feature",
      properties: { kind: "water", ...named(LAKE_NAME) },
      geometry: { type: "Polygon", coordinates: [ringOf(plan, plan.lake)] },
    },
    ...layout.streets.map((street): GroundFeature => ({
      type: "Feature",
      properties: { kind: "road", ...named(street.name), rank: street.rank },
      geometry: { type: "LineString", coordinates: lineOf(plan, street.line) },
    })),
  ];
  return { type: "FeatureCollection", features };
}

function riverBanks(plan: Plan): Point[] {
  const steps = 60;
  const bank = (side: 1 | -1) =>
    Array.from({ length: steps + 1 }, (_, i): Point => {
      const x = -RIVER_REACH_KM + (2 * RIVER_REACH_KM * i) / steps;
      return [x, plan.riverY + side * riverHalfWidthKm(x)];
    });
  return [...bank(-1), ...bank(1).reverse()];
}

/** A closed ring, its outside on the right hand as RFC 7946 has it. */
export function ringOf(plan: Plan, polygon: readonly Point[]): [number, number][] {
  const anticlockwise = areaKm2(polygon) > 0 ? polygon : [...polygon].reverse();
  return lineOf(plan, [...anticlockwise, ...anticlockwise.slice(0, 1)]);
}

function lineOf(plan: Plan, line: readonly Point[]): [number, number][] {
  return subdivided(line, BEND_KM).map((point) => {
    const { lat, lon } = plan.positionOf(point);
    return [lon, lat];
  });
}
