import { SaxesParser, type SaxesTagPlain } from "saxes";
import type { OsmElement } from "./elements.ts";

/** A file that is not what it says; the message is for the person who gave it. */
export class UnreadableOsm extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "UnreadableOsm";
  }
}

/**
 * Read OSM XML piece by piece, in batches of elements, without ever holding the whole text.
 *
 * What an editor has marked as deleted is left out. DTDs are not read, so no entity expands.
 *
 * @throws UnreadableOsm on text that is not well-formed XML, or not OSM
 */
export async function* readOsmXml(chunks: AsyncIterable<string>): AsyncGenerator<OsmElement[]> {
  const reader = new OsmXmlReader();
  for await (const chunk of chunks) {
    const batch = reader.write(chunk);
    if (batch.length > 0) yield batch;
  }
  reader.close();
}

type Draft = {
  element: OsmElement;
  tags: Record<string, string>;
  refs: number[];
  members: { type: "node" | "way" | "relation"; ref: number; role: string }[];
  isDeleted: boolean;
};

/** The state between two pieces of text. */
class OsmXmlReader {
  readonly #parser = new SaxesParser();
  #batch: OsmElement[] = [];
  #draft: Draft | undefined;
  #sawRoot = false;

  constructor() {
    this.#parser.on("opentag", (tag) => this.#open(tag));
    this.#parser.on("closetag", (tag) => this.#close(tag.name));
    this.#parser.on("error", (error) => {
      throw new UnreadableOsm(`not well-formed XML: ${error.message}`, error);
    });
  }

  write(chunk: string): OsmElement[] {
    this.#batch = [];
    this.#parser.write(chunk);
    return this.#batch;
  }

  close(): void {
    this.#parser.close();
    if (!this.#sawRoot) throw new UnreadableOsm("no <osm> element in it");
  }

  #open({ name, attributes }: SaxesTagPlain): void {
    if (!this.#sawRoot) {
      if (name !== "osm") throw new UnreadableOsm(`begins with <${name}>, not <osm>`);
      this.#sawRoot = true;
    } else if (name === "node" || name === "way" || name === "relation") {
      this.#draft = draftOf(name, attributes);
    } else if (this.#draft) {
      fill(this.#draft, name, attributes);
    }
  }

  #close(name: string): void {
    const draft = this.#draft;
    if (!draft || name !== draft.element.type) return;
    this.#draft = undefined;
    if (draft.isDeleted || !Number.isSafeInteger(draft.element.id)) return;
    const hasTags = Object.keys(draft.tags).length > 0;
    this.#batch.push(hasTags ? { ...draft.element, tags: draft.tags } : draft.element);
  }
}

function draftOf(type: OsmElement["type"], attributes: Record<string, string>): Draft {
  const id = Number(attributes["id"] ?? "");
  const refs: number[] = [];
  const members: Draft["members"] = [];
  const isDeleted = attributes["action"] === "delete" || attributes["visible"] === "false";
  const more = { tags: {}, refs, members, isDeleted };
  switch (type) {
    case "node":
      return {
        element: { type, id, lat: Number(attributes["lat"] ?? ""), lon: Number(attributes["lon"] ?? "") },
        ...more,
      };
    case "way":
      return { element: { type, id, refs }, ...more };
    case "relation":
      return { element: { type, id, members }, ...more };
  }
}

function fill(draft: Draft, name: string, attributes: Record<string, string>): void {
  const { k, v, ref, type, role = "" } = attributes;
  if (name === "tag" && k !== undefined && v !== undefined) draft.tags[k] = v;
  if (name === "nd" && ref !== undefined) draft.refs.push(Number(ref));
  if (name === "member" && ref !== undefined && (type === "node" || type === "way" || type === "relation")) {
    draft.members.push({ type, ref: Number(ref), role });
  }
}
