import type { Records } from "./schema.ts";

/** What stands around the records of a sheet, a table or a file. */
export interface SourcePage {
  /** Name of the file, without folders; null when it came without one. */
  file: string | null;
  /** Name of the sheet; null in formats that have none. */
  sheet: string | null;
  /** The text above the records: title, caption, "Updated On: ...", lines before the header. */
  above: string;
  /** HTML: the words of the whole page outside its tables. */
  words?: string;
  /** XML: an element that stands alone is a list of one. */
  isXml?: boolean;
  /** The names of the columns, in their order, for tables: each record has all of them. */
  columns?: readonly string[];
  /** The whole tree, for formats that are one. */
  root?: unknown;
}

/** One record of a file of any format, before anything is read from it. */
export interface SourceRecord {
  /** Counts from 1 through the file. */
  number: number;
  /** Where it is, for a person to look it up: `line 12`, `sheet Beds, row 5`, `/data/hospitals/3`. */
  place: string;
  /** Its fields by name, in the order of the file: texts, numbers, truth values, null, and in trees objects and lists. */
  fields: Record<string, unknown>;
  page: SourcePage;
  /** The name or number under which it stands in what holds it, in trees. */
  key?: string;
  /** What holds it, in trees. */
  parent?: SourceParent;
  /** What is wrong with the record as a whole (a quote that is not closed); it is refused. */
  fault?: string;
}

export interface SourceParent {
  fields: Record<string, unknown>;
  key?: string;
  parent?: SourceParent;
}

/** Goes through the records that one part of a mapping asks for, from the first. Throws `UnreadableSource` when there are none to be had. */
export type ReadRecords = (
  records: Records | undefined,
) => AsyncIterable<SourceRecord> | Iterable<SourceRecord>;

/** The file as a whole is not what the mapping says it is. The message is for a person. */
export class UnreadableSource extends Error {
  override readonly name = "UnreadableSource";
}
