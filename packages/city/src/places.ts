import type { Position } from "@ihims/core/geo.ts";
import { densityAt, riverHalfWidthKm, type Plan, type PlannedWard } from "./plan.ts";
import { between, happens, pick, pickBy, wholeBetween, type Random } from "./random.ts";
import { along, distanceKm, isInside, middleOf, type Point } from "./shapes.ts";
import type { Layout, Street } from "./streets.ts";

/** A place in the city where a house can stand. */
export interface Place {
  point: Point;
  position: Position;
  ward: PlannedWard;
  /** House number and street, in English. */
  address: string;
}

/** Tries at finding a place before the bounds of the ward are given up for its middle. */
const TRIES_MAX = 200;

/** Where things stand: beside the streets of a ward, never in the water or in a garden. */
export class Sites {
  readonly #plan: Plan;
  readonly #random: Random;
  /** The streets of each ward with how likely something stands there. */
  readonly #streets: Map<string, { street: Street; weight: number }[]>;

  /** Lake and gardens, and their shores. */
  readonly #kept: Point[][];

  constructor(plan: Plan, layout: Layout, random: Random) {
    this.#plan = plan;
    this.#kept = [plan.lake, ...layout.parks.map(({ polygon }) => polygon)].map(withShore);
    this.#random = random;
    const weighed = layout.streets.map((street) => ({
      street,
      weight: lengthKm(street.line) * (street.rank === 3 ? 3 : 1),
    }));
    this.#streets = new Map(
      plan.wards.map(({ code }) => [code, weighed.filter(({ street }) => street.ward === code)]),
    );
  }

  /** Anywhere, as likely as people live there. */
  anywhere(): Place {
    const ward = pickBy(this.#random, this.#plan.wards, ({ population }) => population);
    return this.inWard(ward);
  }

  /** Of several, the one that lies furthest from all of these: what is large is spread out. */
  apartFrom(others: readonly Place[], tries: number): Place {
    const nearestKm = (place: Place) =>
      Math.min(
        ...others.map((other) => distanceKm(place.point, other.point) / (1.2 - densityAt(place.point))),
      );
    const candidates = Array.from({ length: tries }, () => this.anywhere());
    return candidates.reduce((best, one) => (nearestKm(one) > nearestKm(best) ? one : best));
  }

  /** Around another place, within half a kilometre: shops gather at a hospital's gate. */
  near(place: Place): Place {
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const found = this.inWard(place.ward);
      if (distanceKm(found.point, place.point) < 0.5) return found;
    }
    return this.inWard(place.ward);
  }

  inWard(ward: PlannedWard): Place {
    const streets = this.#streets.get(ward.code) ?? [];
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const { street } = pickBy(this.#random, streets, ({ weight }) => weight);
      const point = this.#beside(street);
      if (point && this.#isDry(point) && isInside(ward.corners, point))
        return this.#placeAt(point, ward, street);
    }
    return this.#placeAt(middleOf(ward.corners), ward, pick(this.#random, streets).street);
  }

  #beside({ line }: Street): Point | undefined {
    const piece = wholeBetween(this.#random, 0, line.length - 2);
    const [from, to] = [line[piece], line[piece + 1]];
    if (!from || !to) return undefined;
    const [x, y] = along(from, to, between(this.#random, 0.03, 0.97));
    const length = distanceKm(from, to);
    const offset = between(this.#random, 0.015, 0.045) * (happens(this.#random, 0.5) ? 1 : -1);
    return [x - ((to[1] - from[1]) / length) * offset, y + ((to[0] - from[0]) / length) * offset];
  }

  #isDry(point: Point): boolean {
    if (Math.abs(point[1] - this.#plan.riverY) < riverHalfWidthKm(point[0]) + 0.04) return false;
    return !this.#kept.some((polygon) => isInside(polygon, point));
  }

  #placeAt(point: Point, ward: PlannedWard, street: Street): Place {
    return {
      point,
      position: this.#plan.positionOf(point),
      ward,
      address: `${wholeBetween(this.#random, 1, 240)} ${street.name.en}`,
    };
  }
}

/** A little larger: what is drawn is bent between its corners. */
function withShore(polygon: readonly Point[]): Point[] {
  const middle = middleOf(polygon);
  return polygon.map((point) => along(middle, point, 1.06));
}

function lengthKm(line: readonly Point[]): number {
  return line.slice(1).reduce((sum, point, i) => sum + distanceKm(point, line[i] ?? point), 0);
}
