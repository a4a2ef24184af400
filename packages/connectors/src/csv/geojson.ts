import { z } from "zod";
import type { Position } from "@ihims/core/geo.ts";
import { meanOf, pointInside, sizeOf, type Ring } from "../facilities/outline.ts";
import type { ImportRow } from "../facilities/row.ts";
import { isHealthcare } from "../osm/kinds.ts";
import { facilityFromTags } from "../osm/tags.ts";
import { readFacilityList, type FacilityList, type ListOptions, type ListRecord } from "./facility-list.ts";
import { checkPosition, middleOf } from "./positions.ts";

const Feature = z.looseObject({
  type: z.literal("Feature"),
  id: z.union([z.string(), z.number()]).nullish(),
  properties: z.record(z.string(), z.unknown()).nullish(),
  geometry: z.looseObject({ type: z.string() }).nullish(),
});
type Feature = z.infer<typeof Feature>;
const Features = z.union([
  z
    .looseObject({ type: z.literal("FeatureCollection"), features: z.array(z.unknown()) })
    .transform(({ features }) => features),
  Feature.transform((feature): unknown[] => [feature]),
]);

/**
 * Read facilities from GeoJSON (RFC 7946). Features with the tags of OpenStreetMap are read as the
 * map's own files are; others as a table, their properties being its columns. Lines and areas get a
 * point that stands for them.
 */
export function readGeoJsonList(text: string, options: ListOptions): FacilityList {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, problem: `not JSON: ${error instanceof Error ? error.message : "cannot be read"}` };
  }
  const read = Features.safeParse(json);
  if (!read.success)
    return { ok: false, problem: "not GeoJSON: it has neither a FeatureCollection nor a Feature" };
  const features = read.data.map((one, at) => ({
    place: `feature ${at + 1}`,
    feature: Feature.safeParse(one).data,
  }));
  const broken = features.filter(({ feature }) => !feature).map(({ place }) => unreadable(place));
  const whole = features.flatMap(({ place, feature }) =>
    feature ? [{ place, feature, position: positionOf(feature.geometry) }] : [],
  );
  const around = middleOf(whole.flatMap(({ position }) => position ?? []));
  const osm: ImportRow[] = [];
  const table: typeof whole = [];
  for (const one of whole) {
    const tags = textsOf(one.feature.properties);
    const id = isHealthcare(tags) ? osmIdOfFeature(one.feature, tags) : undefined;
    if (id === undefined) table.push(one);
    else osm.push(osmRow(id, one.place, tags, one.position, around, options));
  }
  if (table.length === 0) return { ok: true, columns: {}, rows: [...broken, ...osm] };
  const list = tableOf(table, options);
  return list.ok ? { ...list, rows: chain([...broken, ...osm], list.rows) } : list;
}

function* chain(first: Iterable<ImportRow>, second: Iterable<ImportRow>): Generator<ImportRow> {
  yield* first;
  yield* second;
}

function unreadable(place: string): ImportRow {
  return { kind: "rejected", place, name: null, field: null, reason: "is not a GeoJSON feature" };
}

function osmRow(
  id: string,
  place: string,
  tags: Record<string, string>,
  position: Position | null,
  around: Position | null,
  options: ListOptions,
): ImportRow {
  const where = `${place} (${id})`;
  const name = tags["name"] ?? null;
  if (!position)
    return { kind: "rejected", place: where, name, field: "geometry", reason: "has no position" };
  const checked = checkPosition(position, around);
  if (!checked.ok) return { kind: "rejected", place: where, name, field: "geometry", reason: checked.reason };
  const row = facilityFromTags(id, tags, checked.position, options);
  if (row.kind === "facility" && checked.note) row.notes.unshift(checked.note);
  return { ...row, place: where };
}

/** The other features as a table: a column for every property that any of them has. */
function tableOf(
  features: readonly { place: string; feature: Feature; position: Position | null }[],
  options: ListOptions,
): FacilityList {
  const texts = features.map(({ feature }) => ({
    ...(feature.id === undefined || feature.id === null ? {} : { id: String(feature.id) }),
    ...textsOf(feature.properties),
  }));
  const headers = [...new Set(texts.flatMap((properties) => Object.keys(properties)))];
  const records = features.map(({ place, position }, at): ListRecord => {
    const properties = new Map(Object.entries(texts[at] ?? {}));
    return { place, position, fields: headers.map((header) => properties.get(header) ?? "") };
  });
  return readFacilityList(headers, records, options);
}

/** Properties as text; lists are joined as OpenStreetMap joins them, and what has an inner shape is left out. */
function textsOf(properties: Record<string, unknown> | null | undefined): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [key, value] of Object.entries(properties ?? {})) {
    const parts = (Array.isArray(value) ? value : [value]).filter((part) =>
      ["string", "number", "boolean"].includes(typeof part),
    );
    if (parts.length > 0) texts[key] = parts.map(String).join(";");
  }
  return texts;
}

/** The element that a feature came from, in the ways that the usual exporters write it: `@id`, `element` and `id`, `osm_type` and `osm_id`. */
function osmIdOfFeature(feature: Feature, tags: Record<string, string>): string | undefined {
  const whole = [tags["@id"], String(feature.id ?? ""), tags["id"], tags["osm_id"]].find(
    (text) => text && /^(node|way|relation)\/\d+$/u.test(text),
  );
  if (whole) return whole;
  const type = (tags["element"] ?? tags["osm_type"] ?? tags["@type"] ?? tags["type"] ?? "").toLowerCase();
  const id = tags["id"] ?? tags["osm_id"] ?? tags["@id"] ?? String(feature.id ?? "");
  return /^(node|way|relation)$/u.test(type) && /^\d+$/u.test(id) ? `${type}/${id}` : undefined;
}

const Pair = z.tuple([z.number(), z.number()], z.number());
const Line = z.array(Pair);
const Area = z.array(Line);
const Geometry = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("Point"), coordinates: Pair }),
  z.looseObject({ type: z.literal("MultiPoint"), coordinates: Line }),
  z.looseObject({ type: z.literal("LineString"), coordinates: Line }),
  z.looseObject({ type: z.literal("MultiLineString"), coordinates: Area }),
  z.looseObject({ type: z.literal("Polygon"), coordinates: Area }),
  z.looseObject({ type: z.literal("MultiPolygon"), coordinates: z.array(Area) }),
  z.looseObject({ type: z.literal("GeometryCollection"), geometries: z.array(z.unknown()) }),
]);

/** The place that stands for a geometry: inside its (largest) area, otherwise the middle of its corners. Null for none. */
function positionOf(geometry: unknown): Position | null {
  const read = Geometry.safeParse(geometry);
  if (!read.success) return null;
  switch (read.data.type) {
    case "Point":
      return placeOf(read.data.coordinates);
    case "MultiPoint":
    case "LineString":
      return meanOf(read.data.coordinates.map(placeOf)) ?? null;
    case "MultiLineString":
      return meanOf(read.data.coordinates.flat().map(placeOf)) ?? null;
    case "Polygon":
      return inLargest([read.data.coordinates]);
    case "MultiPolygon":
      return inLargest(read.data.coordinates);
    case "GeometryCollection":
      return read.data.geometries.map(positionOf).find((position) => position !== null) ?? null;
  }
}

/** RFC 7946 writes longitude first. */
function placeOf([lon, lat]: z.infer<typeof Pair>): Position {
  return { lat, lon };
}

function inLargest(areas: readonly z.infer<typeof Area>[]): Position | null {
  const rings = areas.flatMap(([outer]): Ring[] =>
    outer && outer.length > 1 ? [outer.slice(1).map(placeOf)] : [],
  );
  const [largest] = rings.sort((a, b) => sizeOf(b) - sizeOf(a));
  return largest ? (pointInside(largest) ?? null) : null;
}
