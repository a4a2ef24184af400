/** The tags of an element of OpenStreetMap. */
export type Tags = Readonly<Record<string, string>>;

export interface OsmNode {
  type: "node";
  id: number;
  lat: number;
  lon: number;
  tags?: Tags;
}

export interface OsmWay {
  type: "way";
  id: number;
  /** Ids of its nodes, in order; the first again at the end when it is closed. */
  refs: readonly number[];
  tags?: Tags;
}

export interface OsmRelation {
  type: "relation";
  id: number;
  members: readonly { type: "node" | "way" | "relation"; ref: number; role: string }[];
  tags?: Tags;
}

/** What OpenStreetMap is made of. */
export type OsmElement = OsmNode | OsmWay | OsmRelation;

/** The element's name among all others, as OpenStreetMap writes it: `way/123`. */
export function osmIdOf(element: { type: string; id: number }): string {
  return `${element.type}/${element.id}`;
}
