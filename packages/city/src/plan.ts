import type { Position } from "@ihims/core/geo.ts";
import { between, randomOf, shuffled, wholeBetween, type Random } from "./random.ts";
import { areaKm2, clip, distanceKm, middleOf, nearerTo, withoutRepeats, type Point } from "./shapes.ts";
import { INDUSTRY_WARD, LAKE_WARD, OLD_TOWN, WARD_NAMES } from "./words/places.ts";
import type { Word } from "./words/words.ts";

/** Where the city stands: farmland on the Deccan, far from any city. */
export const CENTRE: Position = { lat: 19.1, lon: 75.45 };
/** Metres of latitude in a degree are nearly the same everywhere; of longitude they shrink with the latitude. */
const KM_PER_DEGREE = 111.32;

export const WARD_COUNT = 24;
/** People over all wards, on average over the seeds. */
const POPULATION = 1_200_000;

/**
 * A ward of the plan. The plan is drawn flat, with a straight river, so that every ward is convex
 * and the wards tile the city exactly; `bendOf` then bends all of it alike.
 */
export interface PlannedWard {
  code: string;
  name: Word;
  population: number;
  /** Its corners in the flat plan, anticlockwise, the first not repeated. */
  corners: Point[];
}

/** The city before anything is built in it. All points are of the flat plan. */
export interface Plan {
  outline: Point[];
  /** The river runs along `y = riverY`, half as wide as `riverHalfWidthKm` says of each place. */
  riverY: number;
  wards: PlannedWard[];
  lake: Point[];
  /** The point of the earth that a point of the plan stands for. */
  positionOf(point: Point): Position;
}

/** Half the river's width at an easting, in kilometres: it widens downstream. */
export function riverHalfWidthKm(x: number): number {
  return 0.075 + 0.004 * (x + 10) + 0.018 * Math.sin(x * 1.7);
}

/** Draw up the city of a seed. */
export function planCity(seed: number): Plan {
  const random = randomOf(seed, "plan");
  const outline = drawOutline(random);
  const riverY = between(random, -1.9, -1.1);
  const lakeAngle = between(random, 0.7, 2.4);
  const lake = drawBlob(
    random,
    [4.3 * Math.cos(lakeAngle), 3.4 * Math.sin(lakeAngle)],
    between(random, 0.5, 0.65),
  );
  const cells = withSharedBanks(drawWards(random, outline, riverY), riverY);
  return {
    outline,
    riverY,
    lake,
    wards: nameWards(random, cells, middleOf(lake)),
    positionOf: bendOf(random, riverY),
  };
}

/** Slightly lopsided, and convex: the amplitudes stay below where a dent would begin. */
function drawOutline(random: Random): Point[] {
  const [a, b] = [between(random, 7.6, 8.4), between(random, 5.9, 6.5)];
  const waves = [2, 3].map((times) => ({
    times,
    size: 0.09 / times ** 1.5,
    phase: between(random, 0, 2 * Math.PI),
  }));
  return Array.from({ length: 80 }, (_, i) => {
    const angle = (i / 80) * 2 * Math.PI;
    const reach =
      1 + waves.reduce((sum, { times, size, phase }) => sum + size * Math.cos(times * angle + phase), 0);
    return [a * reach * Math.cos(angle), b * reach * Math.sin(angle)];
  });
}

/** Something roundish: a lake, a park. */
export function drawBlob(random: Random, [x, y]: Point, radiusKm: number): Point[] {
  const phase = between(random, 0, 2 * Math.PI);
  return Array.from({ length: 22 }, (_, i) => {
    const angle = (i / 22) * 2 * Math.PI;
    const reach = radiusKm * (1 + 0.2 * Math.cos(2 * angle + phase) + 0.1 * Math.cos(3 * angle - phase));
    return [x + 1.25 * reach * Math.cos(angle), y + reach * Math.sin(angle)];
  });
}

/** People to the square kilometre, relative to the centre's: cities thin out from the middle. */
export function densityAt(point: Point): number {
  return 0.1 + 0.9 * Math.exp(-distanceKm(point, [0, 0]) / 3.6);
}

/** Sites settle where people live (Lloyd's relaxation, weighted), and each bank of the river is divided by itself. */
function drawWards(random: Random, outline: readonly Point[], riverY: number): Point[][] {
  const banks = [clip(outline, { a: 0, b: -1, c: -riverY }), clip(outline, { a: 0, b: 1, c: riverY })];
  const weights = banks.map((bank) =>
    samplesOf(bank).reduce((sum, point) => sum + densityAt(point) ** 0.5, 0),
  );
  const north = Math.round((WARD_COUNT * (weights[0] ?? 0)) / weights.reduce((sum, one) => sum + one, 0));
  return banks.flatMap((bank, i) => divide(random, bank, i === 0 ? north : WARD_COUNT - north));
}

/** Gives the wards of both banks the same corners along the river, so that they are bent alike and leave no gap. */
function withSharedBanks(cells: readonly Point[][], riverY: number): Point[][] {
  const shared = cells
    .flat()
    .filter((point) => isOnRiver(point, riverY))
    .map(([x]) => x);
  return cells.map((cell) =>
    withoutRepeats(
      cell.flatMap((from, i) => {
        const to = cell[(i + 1) % cell.length] ?? from;
        if (!isOnRiver(from, riverY) || !isOnRiver(to, riverY)) return [from];
        const between = shared
          .filter((x) => (x - from[0]) * (x - to[0]) < 0)
          .sort((a, b) => Math.abs(a - from[0]) - Math.abs(b - from[0]));
        return [from, ...between.map((x): Point => [x, riverY])];
      }),
    ),
  );
}

/** Whether a corner lies on the middle line of the river. */
export function isOnRiver([, y]: Point, riverY: number): boolean {
  return Math.abs(y - riverY) < 1e-9;
}

function samplesOf(polygon: readonly Point[]): Point[] {
  const points: Point[] = [];
  for (let x = -10; x <= 10; x += 0.2) {
    const column = clip(clip(polygon, { a: 1, b: 0, c: x + 1e-3 }), { a: -1, b: 0, c: -x });
    const ys = column.map(([, y]) => y);
    for (let y = Math.min(...ys) + 0.05; y < Math.max(...ys); y += 0.2) points.push([x, y]);
  }
  return points;
}

function divide(random: Random, bank: readonly Point[], count: number): Point[][] {
  const samples = samplesOf(bank);
  let sites = shuffled(random, samples).slice(0, count);
  for (let round = 0; round < 14; round++) {
    const sums = sites.map(() => ({ x: 0, y: 0, weight: 0 }));
    for (const point of samples) {
      const sum = sums[nearestOf(sites, point)];
      if (!sum) continue;
      const weight = densityAt(point) ** 0.8;
      sum.x += point[0] * weight;
      sum.y += point[1] * weight;
      sum.weight += weight;
    }
    sites = sums.map((sum, i) =>
      sum.weight > 0 ? [sum.x / sum.weight, sum.y / sum.weight] : (sites[i] ?? [0, 0]),
    );
  }
  return sites.map((site) =>
    withoutRepeats(
      sites.reduce<Point[]>(
        (cell, other) => (other === site ? cell : clip(cell, nearerTo(site, other))),
        [...bank],
      ),
    ),
  );
}

function nearestOf(sites: readonly Point[], point: Point): number {
  let nearest = 0;
  for (const [i, site] of sites.entries())
    if (distanceKm(site, point) < distanceKm(sites[nearest] ?? site, point)) nearest = i;
  return nearest;
}

function nameWards(random: Random, cells: readonly Point[][], lake: Point): PlannedWard[] {
  const middles = cells.map(middleOf);
  const special = new Map<number, Word>([[nearestOf(middles, [0, 0]), OLD_TOWN]]);
  const farthest = middles.reduce(
    (best, middle, i) => (distanceKm(middle, lake) > distanceKm(middles[best] ?? middle, lake) ? i : best),
    0,
  );
  special.set(farthest, INDUSTRY_WARD);
  special.set(nearestOf(middles, lake), special.get(nearestOf(middles, lake)) ?? LAKE_WARD);
  const names = shuffled(random, WARD_NAMES);
  const weights = cells.map(
    (cell, i) => areaKm2(cell) * densityAt(middles[i] ?? [0, 0]) * between(random, 0.85, 1.15),
  );
  const total = weights.reduce((sum, one) => sum + one, 0);
  const people = POPULATION * between(random, 0.97, 1.03);
  // Numbered as a municipality does: from the centre outward.
  const order = cells
    .map((_, i) => i)
    .sort((a, b) => distanceKm(middles[a] ?? [0, 0], [0, 0]) - distanceKm(middles[b] ?? [0, 0], [0, 0]));
  return order.map((cell, i) => ({
    code: `W${String(i + 1).padStart(2, "0")}`,
    name: special.get(cell) ?? names[i] ?? OLD_TOWN,
    population: Math.round((people * (weights[cell] ?? 0)) / total / 10) * 10,
    corners: cells[cell] ?? [],
  }));
}

/** The bends: the river winds and takes its banks with it; everything else is a little out of true. */
function bendOf(random: Random, riverY: number): (point: Point) => Position {
  const phase = () => between(random, 0, 2 * Math.PI);
  const [p1, p2, p3, p4] = [phase(), phase(), phase(), phase()];
  const turn = between(random, -0.25, 0.25);
  const deal = wholeBetween(random, 0, 1) === 0 ? 1 : -1;
  return ([x, y]) => {
    const winding =
      0.95 * Math.sin((2 * Math.PI * x) / 12.5 + p1) + 0.22 * Math.sin((2 * Math.PI * x) / 4.6 + p2);
    const bentY =
      y +
      deal * winding * Math.exp(-((y - riverY) ** 2) / (2 * 2.4 ** 2)) +
      0.09 * Math.sin((2 * Math.PI * x) / 2.7 + p4);
    const bentX = x + 0.12 * Math.sin((2 * Math.PI * y) / 3.1 + p3);
    const east = bentX * Math.cos(turn) - bentY * Math.sin(turn);
    const north = bentX * Math.sin(turn) + bentY * Math.cos(turn);
    return {
      lat: round(CENTRE.lat + north / KM_PER_DEGREE),
      lon: round(CENTRE.lon + east / (KM_PER_DEGREE * Math.cos((CENTRE.lat * Math.PI) / 180))),
    };
  };
}

/** Five decimals: a metre. */
function round(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}
