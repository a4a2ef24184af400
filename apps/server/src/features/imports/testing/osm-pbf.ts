import { deflateSync } from "node:zlib";
import type { OsmElement, OsmNode } from "@ihims/connectors/osm/elements.ts";

/**
 * Write elements as .osm.pbf, one block for each type, uncommon parts left out.
 *
 * @see https://wiki.openstreetmap.org/wiki/PBF_Format
 */
export function osmPbf(elements: readonly OsmElement[]): Buffer {
  const blocks = (["node", "way", "relation"] as const)
    .map((type) => elements.filter((element) => element.type === type))
    .filter((of) => of.length > 0)
    .map((of) => fileBlock("OSMData", primitiveBlock(of)));
  return Buffer.concat([fileBlock("OSMHeader", bytes(4, Buffer.from("OsmSchema-V0.6"))), ...blocks]);
}

function fileBlock(type: string, content: Buffer): Buffer {
  const blob = Buffer.concat([number(2, content.length), bytes(3, deflateSync(content))]);
  const header = Buffer.concat([bytes(1, Buffer.from(type)), number(3, blob.length)]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(header.length);
  return Buffer.concat([length, header, blob]);
}

function primitiveBlock(elements: readonly OsmElement[]): Buffer {
  const strings = [""];
  const indexOf = (text: string) => {
    const at = strings.indexOf(text);
    return at === -1 ? strings.push(text) - 1 : at;
  };
  const group = Buffer.concat(
    elements.map((element) =>
      bytes({ node: 1, way: 3, relation: 4 }[element.type], message(element, indexOf)),
    ),
  );
  const table = Buffer.concat(strings.map((text) => bytes(1, Buffer.from(text))));
  return Buffer.concat([bytes(1, table), bytes(2, group)]);
}

function message(element: OsmElement, indexOf: (text: string) => number): Buffer {
  const tags = Object.entries(element.tags ?? {});
  const common = [
    packed(
      2,
      tags.map(([key]) => indexOf(key)),
    ),
    packed(
      3,
      tags.map(([, value]) => indexOf(value)),
    ),
  ];
  switch (element.type) {
    case "node":
      return Buffer.concat([number(1, zigzag(element.id)), ...common, ...coordinates(element)]);
    case "way":
      return Buffer.concat([number(1, element.id), ...common, packed(8, deltas(element.refs))]);
    case "relation": {
      const { members } = element;
      const roles = packed(
        8,
        members.map(({ role }) => indexOf(role)),
      );
      const types = packed(
        10,
        members.map(({ type }) => ["node", "way", "relation"].indexOf(type)),
      );
      return Buffer.concat([
        number(1, element.id),
        ...common,
        roles,
        packed(9, deltas(members.map(({ ref }) => ref))),
        types,
      ]);
    }
  }
}

/** In units of 100 nanodegrees. */
function coordinates({ lat, lon }: OsmNode): Buffer[] {
  return [number(8, zigzag(Math.round(lat * 1e7))), number(9, zigzag(Math.round(lon * 1e7)))];
}

function deltas(ids: readonly number[]): number[] {
  return ids.map((id, at) => zigzag(id - (ids[at - 1] ?? 0)));
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function varint(value: number): Buffer {
  const parts: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...parts, rest]);
    parts.push((rest % 128) + 128);
  }
}

function number(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

function bytes(field: number, content: Buffer): Buffer {
  return Buffer.concat([varint(field * 8 + 2), varint(content.length), content]);
}

function packed(field: number, values: readonly number[]): Buffer {
  return bytes(field, Buffer.concat(values.map(varint)));
}
