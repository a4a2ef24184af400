import FlatQueue from "flatqueue";
import { around } from "geokdbush";
import KDBush from "kdbush";
import { distanceM, type Position } from "@ihims/core/geo.ts";
import type { Entry } from "./entry.ts";
import { isPartOf, type Part } from "./wanted.ts";

/** A facility on the way outwards. */
export interface Found {
  entry: Entry;
  /** In metres along the great circle. */
  distance: number;
}

/** Parts of the city that a facility has to be in: one of each group. */
export type Parts = readonly (readonly Part[])[];

/** Places are kept in order from the middle of each cell that somebody asked from: so many degrees each way. */
const CELL_DEG = 0.01;
/** Nowhere in a cell is further from its middle, in metres. */
const CELL_REACH_M = 790;
/** Places that are kept for a cell: about three pages of a list. */
const CELL_PLACES = 64;
/** Cells that are kept, over all combinations. A city has some thousands in which people are. */
const CELLS_MAX = 20_000;
/** Beyond a cell's places so many are looked for at first, then four times as many. */
const FURTHER_PLACES = 4 * CELL_PLACES;
/** Combinations of parts that are kept. People ask for few. */
const SETS_MAX = 500;
/** As many bits as a word of a set has. */
const WORD_BITS = 32;
const EARTH_DIAMETER_M = 2 * 6_371_008.8;

/** The facilities that are in the same parts. */
interface PlaceSet {
  /** By their place in the list of all. */
  places: Int32Array;
  /** Over all of them, in their order; made when first wanted. */
  tree: KDBush | undefined;
  readonly cells: Map<number, Cell>;
}

/** Who is near one of the cells that the earth is cut into. */
interface Cell {
  /** The nearest to its middle first. */
  places: readonly number[];
  /** For each, what it and all after it are at least away from anybody in the cell: the square of a chord. */
  least: Float64Array;
  /** What all others are at least away, in metres. */
  sureM: number;
}

/**
 * Where the facilities are, and which of them are in which parts of the city: bitsets by part, joined
 * to a list for each combination that is asked for. It is made anew when a page changes.
 */
export class Places {
  readonly #entries: readonly Entry[];
  /** Each as a unit vector from the middle of the earth: three numbers, close together in memory. */
  readonly #vectors: Float64Array;
  readonly #bits = new Map<Part, Uint32Array>();
  readonly #sets = new Map<string, PlaceSet>();
  #cells = 0;

  constructor(entries: Iterable<Entry>) {
    this.#entries = [...entries];
    this.#vectors = new Float64Array(3 * this.#entries.length);
    for (const [at, { facility }] of this.#entries.entries())
      this.#vectors.set(vectorOf(facility.position), 3 * at);
  }

  /** Facilities may have come into a part, or gone out of it. */
  forget(part: Part): void {
    this.#bits.delete(part);
    this.#forgetSets();
  }

  #forgetSets(): void {
    this.#sets.clear();
    this.#cells = 0;
  }

  /** Everything in some parts and within a radius, in no order. */
  inside(parts: Parts, from: Position, radiusM: number): Entry[] {
    const found: Entry[] = [];
    this.#weigh(this.#setOf(parts), from, radiusM, (place) => {
      const entry = this.#entries[place];
      if (entry) found.push(entry);
    });
    return found;
  }

  /** Everything in some parts from a place outwards, as far as somebody reads on. */
  *outwards(parts: Parts, from: Position, radiusM: number): Generator<Found, void> {
    const set = this.#setOf(parts);
    if (set.places.length === 0) return;
    const { places, least, sureM } = this.#cellOf(set, from);
    const [x, y, z] = vectorOf(from);
    const queue = new FlatQueue<number>();
    for (let at = 0; at < places.length || queue.length > 0; at += 1) {
      const sure = at < places.length ? (least[at] ?? 0) : Infinity;
      while (queue.length > 0 && (queue.peekValue() ?? 0) <= sure) {
        const found = this.#foundAt(queue.pop() ?? -1, from);
        if (!found) continue;
        if (found.distance > radiusM) return;
        if (found.distance <= sureM) yield found;
      }
      const place = places[at];
      if (place !== undefined) queue.push(place, this.#squaredChord(place, x, y, z));
    }
    if (sureM < radiusM) yield* this.#beyond(set, from, sureM, radiusM);
  }

  /** Told as everywhere else, to the last bit: cursors compare it. */
  #foundAt(place: number, from: Position): Found | undefined {
    const entry = this.#entries[place];
    return entry && { entry, distance: distanceM(from, entry.facility.position) };
  }

  #cellOf(set: PlaceSet, from: Position): Cell {
    const [row, column] = [Math.floor(from.lat / CELL_DEG), Math.floor(from.lon / CELL_DEG)];
    const key = row * 100_000 + column;
    const known = set.cells.get(key);
    if (known) return known;
    const middle = { lat: (row + 0.5) * CELL_DEG, lon: (column + 0.5) * CELL_DEG };
    const places = this.#nearestTo(set, middle, CELL_PLACES, Infinity);
    const awayM = places.map((place) => (this.#foundAt(place, middle)?.distance ?? 0) - CELL_REACH_M);
    const least = Float64Array.from(awayM, (metres) => squaredChordOf(Math.max(0, metres)));
    const cell = { places, least, sureM: places.length < CELL_PLACES ? Infinity : (awayM.at(-1) ?? 0) };
    if (this.#cells >= CELLS_MAX) this.#forgetCells();
    this.#cells += 1;
    set.cells.set(key, cell);
    return cell;
  }

  #forgetCells(): void {
    for (const { cells } of this.#sets.values()) cells.clear();
    this.#cells = 0;
  }

  /** Those that are further than `fromM`. */
  *#beyond(set: PlaceSet, from: Position, fromM: number, radiusM: number): Generator<Found, void> {
    for (let max = FURTHER_PLACES, seen = 0; ; max *= 4) {
      const places = this.#nearestTo(set, from, max, radiusM);
      for (const place of places.slice(seen)) {
        const found = this.#foundAt(place, from);
        if (found && found.distance > fromM) yield found;
      }
      if (places.length < max) return;
      seen = places.length;
    }
  }

  #nearestTo(set: PlaceSet, { lat, lon }: Position, max: number, radiusM: number): number[] {
    const tree = (set.tree ??= this.#treeOf(set.places));
    return around(tree, lon, lat, max, radiusM / 1000).map((at) => set.places[at] ?? -1);
  }

  /** Each place of a set within a radius. */
  #weigh({ places }: PlaceSet, from: Position, radiusM: number, take: (place: number) => void): void {
    const [x, y, z] = vectorOf(from);
    const max = squaredChordOf(radiusM);
    for (let at = 0; at < places.length; at += 1) {
      const place = places[at] ?? 0;
      if (this.#squaredChord(place, x, y, z) <= max) take(place);
    }
  }

  /** The square of the straight way through the earth to a place, in earth's radii. */
  #squaredChord(place: number, x: number, y: number, z: number): number {
    const vectors = this.#vectors;
    const dx = (vectors[3 * place] ?? 0) - x;
    const dy = (vectors[3 * place + 1] ?? 0) - y;
    const dz = (vectors[3 * place + 2] ?? 0) - z;
    return dx * dx + dy * dy + dz * dz;
  }

  #treeOf(places: Int32Array): KDBush {
    const tree = new KDBush(places.length);
    for (const place of places) {
      const { lon = 0, lat = 0 } = this.#entries[place]?.facility.position ?? {};
      tree.add(lon, lat);
    }
    tree.finish();
    return tree;
  }

  #setOf(parts: Parts): PlaceSet {
    const key = parts.map((group) => group.join("|")).join("&");
    const known = this.#sets.get(key);
    if (known) return known;
    if (this.#sets.size >= SETS_MAX) this.#forgetSets();
    const set = { places: this.#placesIn(parts), tree: undefined, cells: new Map<number, Cell>() };
    this.#sets.set(key, set);
    return set;
  }

  #placesIn(parts: Parts): Int32Array {
    const groups = parts.map((group) => group.map((part) => this.#bitsOf(part)));
    const all = new Uint32Array(Math.ceil(this.#entries.length / WORD_BITS)).map((_none, at) =>
      groups.reduce((among, group) => among & group.reduce((any, bits) => any | (bits[at] ?? 0), 0), -1),
    );
    const places: number[] = [];
    for (let place = 0; place < this.#entries.length; place += 1) if (hasBit(all, place)) places.push(place);
    return Int32Array.from(places);
  }

  #bitsOf(part: Part): Uint32Array {
    const known = this.#bits.get(part);
    if (known) return known;
    const bits = new Uint32Array(Math.ceil(this.#entries.length / WORD_BITS));
    for (const [place, entry] of this.#entries.entries())
      if (isPartOf(entry, part)) bits[place >>> 5] = (bits[place >>> 5] ?? 0) | (1 << (place & 31));
    this.#bits.set(part, bits);
    return bits;
  }
}

function hasBit(bits: Uint32Array, place: number): boolean {
  return (((bits[place >>> 5] ?? 0) >>> (place & 31)) & 1) === 1;
}

function vectorOf({ lat, lon }: Position): [x: number, y: number, z: number] {
  const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

/**
 * The square of the straight way through the earth, in earth's radii: it grows as the distance does
 * and takes no sine to reckon. Anything is within half the way around.
 */
function squaredChordOf(metres: number): number {
  const angle = metres / EARTH_DIAMETER_M;
  return angle >= Math.PI / 2 ? Number.POSITIVE_INFINITY : (2 * Math.sin(angle)) ** 2;
}
