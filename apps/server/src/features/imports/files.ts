import { createReadStream } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import { pipeline, Transform, type TransformCallback } from "node:stream";
import { createGunzip, gunzipSync } from "node:zlib";
import { OSMTransform } from "osm-pbf-parser-node";
import {
  readFacilityList,
  type FacilityList,
  type ListOptions,
} from "@ihims/connectors/csv/facility-list.ts";
import { readGeoJsonList } from "@ihims/connectors/csv/geojson.ts";
import type { ImportRow, ReadingOptions } from "@ihims/connectors/facilities/row.ts";
import type { OsmElement } from "@ihims/connectors/osm/elements.ts";
import { readOsmFacilities } from "@ihims/connectors/osm/scan.ts";
import { readOsmXml } from "@ihims/connectors/osm/xml.ts";
import { Problem } from "@ihims/core/problem.ts";
import { readCsvRecords } from "./csv-records.ts";
import { decodeText } from "../../platform/text.ts";

/** A list of one city's facilities is far smaller; it is held whole. */
export const LIST_MAX_BYTES = 200_000_000;
const CHUNK_BYTES = 1 << 20;

/** Tells how much of a file has been read, in bytes; from 0 again when it is gone through once more. */
export type OnRead = (bytes: number, total: number) => void;

/**
 * Read the healthcare facilities of an OpenStreetMap extract: .osm.pbf, .osm or .osm.gz, told apart
 * by what is in them. A city's extract is gone through piece by piece and never held.
 *
 * @throws Problem `bad-input`, in words for the person who gave the file
 */
export async function* readOsmFile(
  path: string,
  options: ReadingOptions,
  onRead: OnRead = () => undefined,
): AsyncGenerator<ImportRow> {
  const { head, size } = await readHead(path);
  const format = osmFormatOf(head);
  if (!format)
    throw new Problem(
      "bad-input",
      `${basename(path)} is not an OpenStreetMap file: .osm.pbf, .osm and .osm.gz are read`,
    );
  const begin = () =>
    format === "pbf"
      ? readPbf(path, size, onRead)
      : readOsmXml(readText(path, format === "gzip", size, onRead));
  try {
    yield* readOsmFacilities(begin, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "for a reason that it does not say";
    throw new Problem("bad-input", `${basename(path)} cannot be read: ${reason}`, { cause: error });
  }
}

async function readHead(path: string): Promise<{ head: Buffer; size: number }> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
      return { head: buffer.subarray(0, bytesRead), size: (await file.stat()).size };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): Problem {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason =
    { ENOENT: "there is no such file", EISDIR: "it is a folder", EACCES: "it may not be read" }[code] ??
    String(error);
  return new Problem("bad-input", `${path}: ${reason}`, { cause: error });
}

function osmFormatOf(head: Buffer): "pbf" | "gzip" | "xml" | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return "gzip";
  if (head.includes("OSMHeader")) return "pbf";
  return /^\uFEFF?\s*</u.test(head.toString("utf8")) ? "xml" : undefined;
}

/** Counts what passes. */
function counter(size: number, onRead: OnRead): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      bytes += chunk.length;
      onRead(bytes, size);
      next(null, chunk);
    },
  });
}

async function* readText(
  path: string,
  isGzip: boolean,
  size: number,
  onRead: OnRead,
): AsyncGenerator<string> {
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const counted = counter(size, onRead);
  // Errors of every part reach the last one, where they are thrown to the reader.
  const last = isGzip ? pipeline(source, counted, createGunzip(), ignore) : pipeline(source, counted, ignore);
  const decoder = new TextDecoder();
  for await (const chunk of last) yield decoder.decode(asBytes(chunk), { stream: true });
  yield decoder.decode();
}

/** `pipeline` wants somebody to tell; the stream's reader is told as well. */
function ignore(): void {}

function asBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new Error("a stream of bytes gave something else");
}

/** The parser throws on bytes that are not PBF; thrown inside a stream, that would end the process. */
class PbfParser extends OSMTransform {
  override _transform(chunk: Buffer, encoding: BufferEncoding, next: TransformCallback): void {
    try {
      super._transform(chunk, encoding, next);
    } catch (error) {
      next(error instanceof Error ? error : new Error(String(error)));
    }
  }

  override _flush(next: TransformCallback): void {
    try {
      super._flush(next);
    } catch {
      next(new Error("it ends in the middle of a block"));
    }
  }
}

async function* readPbf(path: string, size: number, onRead: OnRead): AsyncGenerator<OsmElement[]> {
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const parser = new PbfParser({ withTags: true, withInfo: false });
  for await (const batch of pipeline(source, counter(size, onRead), parser, ignore)) {
    // The parser's types stop at `object`; the shapes are those of its README, which are OsmElement's. Its header has no type.
    const items = batch as (OsmElement | { type?: undefined })[];
    yield items.filter((item): item is OsmElement => item.type !== undefined);
  }
}

/**
 * Read a list of facilities: CSV or GeoJSON, told apart by what is in it, in the usual encodings.
 *
 * @param options the register's name may be left out: then it is the file's
 * @throws Problem `bad-input`, in words for the person who gave the file
 */
export async function readListFile(
  path: string,
  options: Omit<ListOptions, "register"> & { register?: string },
): Promise<Extract<FacilityList, { ok: true }>> {
  const bytes = await readWhole(path);
  const text = decodeText(bytes);
  if (/^\uFEFF?\s*</u.test(text)) {
    throw new Problem(
      "bad-input",
      `${basename(path)} is XML: maps of OpenStreetMap are read by ihims import osm`,
    );
  }
  const listOptions = { ...options, register: options.register ?? registerOf(path) };
  const list = /^\uFEFF?\s*[{[]/u.test(text)
    ? readGeoJsonList(text.replace(/^\uFEFF/u, ""), listOptions)
    : readTable(text, listOptions);
  if (!list.ok) throw new Problem("bad-input", `${basename(path)} cannot be read: ${list.problem}`);
  return list;
}

function readTable(text: string, options: ListOptions): FacilityList {
  const table = readCsvRecords(text);
  return table.ok ? readFacilityList(table.headers, table.records, options) : table;
}

async function readWhole(path: string): Promise<Buffer> {
  try {
    if ((await stat(path)).size > LIST_MAX_BYTES)
      throw new Problem("too-large", `${basename(path)} is larger than ${LIST_MAX_BYTES / 1e6} MB`);
    const bytes = await readFile(path);
    if (bytes[0] === 0x50 && bytes[1] === 0x4b)
      throw new Problem("bad-input", `${basename(path)} is a spreadsheet: save it as CSV`);
    if (bytes.subarray(0, 64).includes("OSMHeader"))
      throw new Problem("bad-input", `${basename(path)} is an OpenStreetMap file: use ihims import osm`);
    return bytes[0] === 0x1f && bytes[1] === 0x8b
      ? gunzipSync(bytes, { maxOutputLength: LIST_MAX_BYTES })
      : bytes;
  } catch (error) {
    throw error instanceof Problem ? error : unreadable(path, error);
  }
}

/** The register of a list that does not say: the list itself, by the name of its file. */
function registerOf(path: string): string {
  let name = basename(path);
  for (let extension = extname(name); extension !== ""; extension = extname(name))
    name = name.slice(0, -extension.length);
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-+|-+$/gu, "");
  return `list:${slug.slice(0, 30) || "unnamed"}`;
}
