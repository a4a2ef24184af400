import type { Position } from "@ihims/core/geo.ts";
import { meanOf, pointInside, sizeOf } from "../facilities/outline.ts";
import type { ImportRow, ReadingOptions } from "../facilities/row.ts";
import {
  osmIdOf,
  type OsmElement,
  type OsmNode,
  type OsmRelation,
  type OsmWay,
  type Tags,
} from "./elements.ts";
import { isHealthcare } from "./kinds.ts";
import { facilityFromTags, kindOfTags } from "./tags.ts";

type Tagged<T> = T & { tags: Tags };

/** What a file has of healthcare, and which parts of their outlines are still to be found. */
interface Found {
  nodes: Tagged<OsmNode>[];
  ways: Tagged<OsmWay>[];
  relations: Tagged<OsmRelation>[];
}

/** The outlines of what was found. */
interface Outlines {
  positions: Map<number, Position>;
  refsOfWay: Map<number, readonly number[]>;
}

/**
 * Read the healthcare facilities of an OpenStreetMap extract.
 *
 * The file is gone through twice, and a third time when relations are among them, so that only what
 * belongs to a facility is held: a city's extract has ten thousand nodes for each of those. Every
 * element that is about healthcare comes back once, as a facility or rejected with the reason.
 *
 * @param open begins reading the file from its start; elements may come in any order
 */
export async function* readOsmFacilities(
  open: () => AsyncIterable<readonly OsmElement[]>,
  options: ReadingOptions,
): AsyncGenerator<ImportRow> {
  const found = await findTagged(open());
  const outlines = await findOutlines(open, found);
  const relationOfWay = outlineOwners(found.relations);
  for (const element of [...found.nodes, ...found.ways, ...found.relations]) {
    yield rowOfElement(element, outlines, relationOfWay, options);
  }
}

async function findTagged(batches: AsyncIterable<readonly OsmElement[]>): Promise<Found> {
  const found: Found = { nodes: [], ways: [], relations: [] };
  for await (const batch of batches) {
    for (const element of batch) {
      const { tags } = element;
      if (!isHealthcare(tags)) continue;
      if (element.type === "node") found.nodes.push({ ...element, tags });
      else if (element.type === "way") found.ways.push({ ...element, tags });
      else found.relations.push({ ...element, tags });
    }
  }
  return found;
}

async function findOutlines(
  open: () => AsyncIterable<readonly OsmElement[]>,
  found: Found,
): Promise<Outlines> {
  const refsOfWay = new Map(found.ways.map(({ id, refs }) => [id, refs]));
  const members = found.relations.flatMap((relation) => relation.members);
  const wantedWays = new Set(
    members.filter(({ type, ref }) => type === "way" && !refsOfWay.has(ref)).map(({ ref }) => ref),
  );
  if (wantedWays.size > 0) {
    for await (const batch of open()) {
      for (const element of batch)
        if (element.type === "way" && wantedWays.has(element.id)) refsOfWay.set(element.id, element.refs);
    }
  }
  const wantedNodes = new Set([...refsOfWay.values()].flat());
  for (const { type, ref } of members) if (type === "node") wantedNodes.add(ref);
  const positions = new Map<number, Position>();
  if (wantedNodes.size === 0) return { positions, refsOfWay };
  for await (const batch of open()) {
    for (const element of batch) {
      if (element.type === "node" && wantedNodes.has(element.id))
        positions.set(element.id, { lat: element.lat, lon: element.lon });
    }
  }
  return { positions, refsOfWay };
}

/** For each way that is the outline of a relation: that relation. */
function outlineOwners(relations: readonly Tagged<OsmRelation>[]): Map<number, Tagged<OsmRelation>> {
  const owners = new Map<number, Tagged<OsmRelation>>();
  for (const relation of relations) {
    for (const { type, ref, role } of relation.members)
      if (type === "way" && role !== "inner") owners.set(ref, relation);
  }
  return owners;
}

function rowOfElement(
  element: Tagged<OsmElement>,
  outlines: Outlines,
  relationOfWay: Map<number, Tagged<OsmRelation>>,
  options: ReadingOptions,
): ImportRow {
  const id = osmIdOf(element);
  const rejected = (field: string | null, reason: string): ImportRow => ({
    kind: "rejected",
    place: id,
    name: element.tags["name"] ?? null,
    field,
    reason,
  });
  const owner = element.type === "way" ? relationOfWay.get(element.id) : undefined;
  if (owner && isSameObject(element.tags, owner.tags))
    return rejected(null, `is the outline of ${osmIdOf(owner)}, which stands for it`);
  const position = element.type === "node" ? element : placeOf(element, outlines);
  if (!position) return rejected("position", "its outline is not in this file");
  const { lat, lon } = position;
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180))
    return rejected("position", `${lat},${lon} is no place on the earth`);
  return facilityFromTags(id, element.tags, { lat, lon }, options);
}

/**
 * Whether an outline and its relation are one facility that was tagged twice. A building with a
 * name of its own on a hospital's grounds is another, and so is one of another kind.
 */
function isSameObject(part: Tags, whole: Tags): boolean {
  if (kindOfTags(part) !== kindOfTags(whole)) return false;
  const [a, b] = [part["name"], whole["name"]];
  return a === undefined || b === undefined || a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** The place that stands for a way or a relation: inside its (largest) outline, otherwise the middle of what is known of it. */
function placeOf(element: OsmWay | OsmRelation, outlines: Outlines): Position | undefined {
  if (element.type === "way") return placeOfLine(element.refs, outlines);
  const lines = element.members
    .filter(({ type, role }) => type === "way" && role !== "inner")
    .flatMap(({ ref }) => (outlines.refsOfWay.has(ref) ? [outlines.refsOfWay.get(ref) ?? []] : []));
  const rings = ringsOf(lines).map((refs) => positionsOf(refs.slice(1), outlines));
  const [largest] = rings.sort((a, b) => sizeOf(b) - sizeOf(a));
  if (largest) return pointInside(largest);
  const nodes = element.members.filter(({ type }) => type === "node").map(({ ref }) => ref);
  return meanOf(positionsOf([...new Set([...lines.flat(), ...nodes])], outlines));
}

function placeOfLine(refs: readonly number[], outlines: Outlines): Position | undefined {
  const isClosed = refs.length > 3 && refs[0] === refs.at(-1);
  return isClosed ? pointInside(positionsOf(refs.slice(1), outlines)) : meanOf(positionsOf(refs, outlines));
}

/** Positions of nodes; those that a cut extract lacks are left out. */
function positionsOf(refs: readonly number[], { positions }: Outlines): Position[] {
  return refs.flatMap((ref) => positions.get(ref) ?? []);
}

/** Closed lines that can be put together from lines that share their ends; what stays open is left out. */
function ringsOf(lines: readonly (readonly number[])[]): number[][] {
  const rest = lines.filter((line) => line.length > 1).map((line) => [...line]);
  const rings: number[][] = [];
  for (let line = rest.pop(); line; line = rest.pop()) {
    let next: number[] | undefined = line;
    while (next && line[0] !== line.at(-1)) {
      next = takeNext(rest, line.at(-1));
      line.push(...(next?.slice(1) ?? []));
    }
    if (line.length > 3 && line[0] === line.at(-1)) rings.push(line);
  }
  return rings;
}

/** Take from `rest` a line that begins at a node, turning round one that ends there. */
function takeNext(rest: number[][], node: number | undefined): number[] | undefined {
  const at = rest.findIndex((line) => line[0] === node || line.at(-1) === node);
  const [taken] = at === -1 ? [] : rest.splice(at, 1);
  return taken && taken[0] !== node ? taken.reverse() : taken;
}
