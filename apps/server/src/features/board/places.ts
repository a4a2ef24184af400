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

/** Up to so many for each that will be read are all weighed at once; of more an index is made to walk outwards. */
const WEIGHED_FOR_ONE = 25;
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

  constructor(entries: Iterable<Entry>) {
    this.#entries = [...entries];
    this.#vectors = new Float64Array(3 * this.#entries.length);
    for (const [at, { facility }] of this.#entries.entries())
      this.#vectors.set(vectorOf(facility.position), 3 * at);
  }

  /** Facilities may have come into a part, or gone out of it. */
  forget(part: Part): void {
    this.#bits.delete(part);
    this.#sets.clear();
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

  /**
   * Everything in some parts from a place outwards, as far as somebody reads on.
   *
   * @param likely about as many as will be read
   */
  outwards(
    parts: Parts,
    from: Position,
    { radiusM, likely }: { radiusM: number; likely: number },
  ): Generator<Found, void> {
    const set = this.#setOf(parts);
    return set.places.length <= likely * WEIGHED_FOR_ONE
      ? this.#byWeight(set, from, radiusM)
      : this.#byTree(set, from, radiusM, likely);
  }

  *#byWeight(set: PlaceSet, from: Position, radiusM: number): Generator<Found, void> {
    const queue = new FlatQueue<number>();
    this.#weigh(set, from, radiusM, (place, squared) => queue.push(place, squared));
    while (queue.length > 0) {
      const entry = this.#entries[queue.pop() ?? -1];
      // Told as everywhere else, to the last bit: cursors compare it.
      if (entry) yield { entry, distance: distanceM(from, entry.facility.position) };
    }
  }

  /** Each place of a set within a radius, with the square of its chord. */
  #weigh(
    { places }: PlaceSet,
    from: Position,
    radiusM: number,
    take: (place: number, squared: number) => void,
  ): void {
    const [x, y, z] = vectorOf(from);
    const max = squaredChordOf(radiusM);
    const vectors = this.#vectors;
    for (let at = 0; at < places.length; at += 1) {
      const place = places[at] ?? 0;
      const dx = (vectors[3 * place] ?? 0) - x;
      const dy = (vectors[3 * place + 1] ?? 0) - y;
      const dz = (vectors[3 * place + 2] ?? 0) - z;
      const squared = dx * dx + dy * dy + dz * dz;
      if (squared <= max) take(place, squared);
    }
  }

  *#byTree(set: PlaceSet, from: Position, radiusM: number, likely: number): Generator<Found, void> {
    const tree = (set.tree ??= this.#treeOf(set.places));
    for (let max = likely, seen = 0; ; max *= 4) {
      const found = around(tree, from.lon, from.lat, max, radiusM / 1000);
      for (const at of found.slice(seen)) {
        const entry = this.#entries[set.places[at] ?? -1];
        if (entry) yield { entry, distance: distanceM(from, entry.facility.position) };
      }
      if (found.length < max) return;
      seen = found.length;
    }
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
    if (this.#sets.size >= SETS_MAX) this.#sets.clear();
    const set = { places: this.#placesIn(parts), tree: undefined };
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
