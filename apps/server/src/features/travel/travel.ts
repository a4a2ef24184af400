import type { Travel } from "@ihims/core/care/schema.ts";
import type { Ground } from "@ihims/core/city/schema.ts";
import { distanceM, type Position } from "@ihims/core/geo.ts";
import { askOsrm, Osrm } from "./osrm.ts";
import { RoadGraph } from "./road-graph.ts";
import type { Logger } from "../../platform/log.ts";

/** Ways by road. */
export interface Travels {
  /** Ways from one place to several, in their order. Never fails: what cannot be asked is reckoned. */
  from(start: Position, to: readonly Position[]): Promise<Travel[]>;
  /** Go by the roads of another ground from now on. */
  useGround(ground: Ground): void;
}

/**
 * How much longer a way by road is than the great circle: 1.31 in India, of 25 countries (Ballou,
 * Rahardja, Sakai, "Selected country circuity factors for road travel distance estimation",
 * Transportation Research Part A 36 (2002)).
 */
const DETOUR = 1.31;
/** Up to so many metres of a way one makes so many kilometres an hour; the longer the way, the wider its roads. */
const BANDS: readonly (readonly [toM: number, kmh: number])[] = [
  [3000, 16],
  [10_000, 22],
  [30_000, 32],
  [Infinity, 50],
];

/** A way as it is reckoned where no roads are known. */
export function detour(from: Position, to: Position): Travel {
  const metres = distanceM(from, to) * DETOUR;
  let seconds = 0;
  let before = 0;
  for (const [toM, kmh] of BANDS) {
    const part = Math.min(metres, toM) - before;
    if (part <= 0) break;
    seconds += part / (kmh / 3.6);
    before = toM;
  }
  return { seconds: Math.round(seconds), metres: Math.round(metres), by: "detour" };
}

/**
 * Ways from an OSRM server when there is one and it answers, over the city's own roads when they are
 * drawn, and otherwise as longer great circles.
 */
export function createTravels(options: {
  ground: Ground;
  osrmUrl: string | undefined;
  log: Logger;
}): Travels {
  const osrm = options.osrmUrl === undefined ? undefined : new Osrm(options.osrmUrl, options.log);
  // Made with the first question: a tenth of a second, and an OSRM server may spare it.
  const graphOf = (ground: Ground) => {
    let made: { graph: RoadGraph | undefined } | undefined;
    return () => (made ??= { graph: RoadGraph.of(ground) }).graph;
  };
  let graph = graphOf(options.ground);
  return {
    useGround(ground) {
      graph = graphOf(ground);
    },
    async from(start, to) {
      const told = (osrm && (await askOsrm(osrm, start, to))) ?? [];
      const isAllTold = to.every((_, at) => told[at] !== undefined);
      const ways = isAllTold ? [] : (graph()?.waysFrom(start, to) ?? []);
      return to.map((position, at) => {
        const way = ways[at];
        if (told[at]) return told[at];
        if (!way) return detour(start, position);
        return { seconds: Math.round(way.seconds), metres: Math.round(way.metres), by: "road-graph" };
      });
    },
  };
}
