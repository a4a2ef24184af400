import Flatbush from "flatbush";
import FlatQueue from "flatqueue";
import type { Ground } from "@ihims/core/city/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import { DoorFinder, type Door } from "./doors.ts";
import { cutRoads, type Piece } from "./pieces.ts";
import { planeAround, type Plane } from "./plane.ts";

/**
 * Kilometres an hour by the rank of a road, 1 the widest, over a day with its crossings and lights:
 * about what taxis in large Indian cities make, who take 20 to 25 in the mean (Akbar et al.,
 * "Mobility and congestion in urban India", American Economic Review 113 (2023)).
 */
const SPEEDS_KMH: readonly number[] = [34, 28, 22, 16, 12];
/** From a door to the nearest road, and where somebody stands off it. */
const OFF_ROAD_KMH = 8;
/** Somebody further from a road than this is not in this city. */
const OFF_ROAD_MAX_M = 1500;
/** Ways from so many starts are kept: people ask from the same places. */
const STARTS_MAX = 200;

/** A way by road. */
export interface RoadWay {
  seconds: number;
  metres: number;
}

/** The times from one place to every crossing. */
interface FromStart {
  door: Door;
  seconds: Float64Array;
  metres: Float64Array;
}

/**
 * The city's roads as a graph: crossings, and the pieces of road between them. Only its largest
 * connected part is used, because a road that leads nowhere else is drawn wrongly or leads to
 * somebody's yard.
 */
export class RoadGraph {
  readonly #plane: Plane;
  readonly #pieces: readonly Piece[];
  readonly #doors: DoorFinder;
  /** For each crossing, where its pieces begin in `#at`. */
  readonly #first: Uint32Array;
  readonly #at: Uint32Array;
  /** Starts by where they are, oldest first. */
  readonly #starts = new Map<string, FromStart>();

  private constructor(plane: Plane, pieces: readonly Piece[], crossings: number) {
    this.#plane = plane;
    this.#pieces = pieces;
    const index = new Flatbush(pieces.length);
    for (const { x1, y1, x2, y2 } of pieces)
      index.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2));
    index.finish();
    this.#doors = new DoorFinder(index, pieces);
    const degrees = new Uint32Array(crossings + 1);
    for (const { from, to } of pieces) {
      degrees[from + 1] = (degrees[from + 1] ?? 0) + 1;
      degrees[to + 1] = (degrees[to + 1] ?? 0) + 1;
    }
    for (let at = 0; at < crossings; at += 1) degrees[at + 1] = (degrees[at + 1] ?? 0) + (degrees[at] ?? 0);
    this.#first = degrees.slice();
    this.#at = new Uint32Array(2 * pieces.length);
    for (const [piece, { from, to }] of pieces.entries()) {
      for (const end of [from, to]) {
        const place = degrees[end] ?? 0;
        this.#at[place] = piece;
        degrees[end] = place + 1;
      }
    }
  }

  /** The graph of a city's ground; undefined when no roads are drawn there. */
  static of(ground: Ground): RoadGraph | undefined {
    const roads = ground.features.flatMap(({ properties, geometry }) =>
      properties.kind === "road" && geometry.type === "LineString"
        ? [{ rank: properties.rank ?? SPEEDS_KMH.length, line: geometry.coordinates }]
        : [],
    );
    const [first] = roads[0]?.line ?? [];
    if (!first) return undefined;
    const plane = planeAround({ lon: first[0], lat: first[1] });
    const { pieces, crossings } = cutRoads(
      roads.map(({ rank, line }) => ({ rank, line: line.map(([lon, lat]) => plane.pointOf({ lon, lat })) })),
    );
    return pieces.length > 0 ? new RoadGraph(plane, pieces, crossings) : undefined;
  }

  /** Ways from one place to several, in their order; undefined for those that are too far from any road. */
  waysFrom(start: Position, to: readonly Position[]): (RoadWay | undefined)[] {
    const from = this.#from(start);
    return to.map((position) => {
      const door = this.#doorOf(position);
      return from && door && this.#wayTo(from, door);
    });
  }

  /** How many crossings are linked, and how many pieces of road. */
  get size(): { crossings: number; pieces: number } {
    return { crossings: this.#first.length - 1, pieces: this.#pieces.length };
  }

  #doorOf(position: Position): Door | undefined {
    const door = this.#doors.nearest(this.#plane.pointOf(position));
    return door && door.offM <= OFF_ROAD_MAX_M ? door : undefined;
  }

  #from(start: Position): FromStart | undefined {
    const key = `${start.lat.toFixed(4)},${start.lon.toFixed(4)}`;
    const known = this.#starts.get(key);
    if (known) return known;
    const door = this.#doorOf(start);
    if (!door) return undefined;
    const from = { door, ...this.#spreadFrom(door) };
    this.#starts.set(key, from);
    const [oldest] = this.#starts.keys();
    if (this.#starts.size > STARTS_MAX && oldest !== undefined) this.#starts.delete(oldest);
    return from;
  }

  /** Dijkstra's algorithm, from both ends of the piece of road that the start is at. */
  #spreadFrom(door: Door): { seconds: Float64Array; metres: Float64Array } {
    const seconds = new Float64Array(this.#first.length - 1).fill(Infinity);
    const metres = new Float64Array(this.#first.length - 1).fill(Infinity);
    const queue = new FlatQueue<number>();
    const reach = (crossing: number, inSeconds: number, inMetres: number) => {
      if (inSeconds >= (seconds[crossing] ?? 0)) return;
      seconds[crossing] = inSeconds;
      metres[crossing] = inMetres;
      queue.push(crossing, inSeconds);
    };
    for (const { crossing, alongM } of door.ends)
      reach(
        crossing,
        door.offM / metresPerSecond(OFF_ROAD_KMH) + secondsOn(door.piece, alongM),
        door.offM + alongM,
      );
    for (let time = queue.peekValue(); time !== undefined; time = queue.peekValue()) {
      const crossing = queue.pop() ?? 0;
      if (time > (seconds[crossing] ?? 0)) continue;
      for (let at = this.#first[crossing] ?? 0; at < (this.#first[crossing + 1] ?? 0); at += 1) {
        const piece = this.#pieces[this.#at[at] ?? 0];
        if (!piece) continue;
        const next = piece.from === crossing ? piece.to : piece.from;
        reach(next, time + secondsOn(piece, piece.lengthM), (metres[crossing] ?? 0) + piece.lengthM);
      }
    }
    return { seconds, metres };
  }

  #wayTo({ door: start, seconds, metres }: FromStart, door: Door): RoadWay {
    const offS = door.offM / metresPerSecond(OFF_ROAD_KMH);
    let best: RoadWay = { seconds: Infinity, metres: Infinity };
    for (const { crossing, alongM } of door.ends) {
      const time = (seconds[crossing] ?? Infinity) + secondsOn(door.piece, alongM) + offS;
      if (time < best.seconds)
        best = { seconds: time, metres: (metres[crossing] ?? Infinity) + alongM + door.offM };
    }
    if (start.piece !== door.piece) return best;
    // Both at one piece of road: along it, without any crossing.
    const alongM = Math.abs((start.ends[0]?.alongM ?? 0) - (door.ends[0]?.alongM ?? 0));
    const time = secondsOn(door.piece, alongM) + offS + start.offM / metresPerSecond(OFF_ROAD_KMH);
    return time < best.seconds ? { seconds: time, metres: alongM + door.offM + start.offM } : best;
  }
}

function metresPerSecond(kmh: number): number {
  return kmh / 3.6;
}

function secondsOn({ rank }: Piece, metres: number): number {
  return metres / metresPerSecond(SPEEDS_KMH[rank - 1] ?? OFF_ROAD_KMH);
}
