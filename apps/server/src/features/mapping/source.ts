import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { createGunzip } from "node:zlib";
import { Readable } from "node:stream";
import { UnreadableSource } from "@ihims/connectors/mapping/record.ts";
import { Problem } from "@ihims/core/problem.ts";
import { encodingOf } from "../../platform/text.ts";

/** Unpacked bytes of one file; more is a bomb, or no feed of a city. */
export const SOURCE_MAX_BYTES = 2_000_000_000;
/** Bytes by which encoding and packing are told. */
const HEAD_BYTES = 1 << 16;

/** What an authority published: bytes that can be gone through more than once. */
export interface Source {
  /** Name of the file, without folders; null when it came without one. */
  name: string | null;
  /** The bytes, from the first, as they came (gzip is unpacked by the readers). */
  open(): AsyncIterable<Uint8Array>;
}

export function sourceOfBytes(bytes: Uint8Array, name: string | null = null): Source {
  return {
    name,
    // One chunk; readers cut it as they need.
    open: async function* () {
      yield bytes;
    },
  };
}

/** @throws Problem `bad-input` when there is no such file */
export async function sourceOfFile(path: string): Promise<Source> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new Problem("bad-input", `${path}: there is no such file`);
  return { name: basename(path), open: () => createReadStream(path, { highWaterMark: 1 << 20 }) };
}

/** The bytes of a source, unpacked where they are gzip, up to a bound. */
export async function* unpacked(source: Source, maxBytes = SOURCE_MAX_BYTES): AsyncGenerator<Uint8Array> {
  const chunks = source.open()[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  const whole = (async function* () {
    yield first.value;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  })();
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b;
  let bytes = 0;
  try {
    for await (const chunk of isGzip ? gunzipped(whole) : whole) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new UnreadableSource(`it is larger than ${Math.round(maxBytes / 1e6)} MB`);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof UnreadableSource) throw error;
    throw new UnreadableSource(
      `it cannot be unpacked: ${error instanceof Error ? error.message : "no reason is given"}`,
      { cause: error },
    );
  } finally {
    await chunks.return?.();
  }
}

async function* gunzipped(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packed = Readable.from(bytes);
  const gunzip = createGunzip();
  packed.on("error", (error) => gunzip.destroy(error));
  for await (const chunk of packed.pipe(gunzip)) if (chunk instanceof Uint8Array) yield chunk;
}

/** All bytes of a source. */
export async function readAll(source: Source, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of unpacked(source, maxBytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * The text of a source, piece by piece, in the encoding that is given or that its first bytes tell.
 *
 * @throws UnreadableSource when there is no such encoding, or the bytes are no text
 */
export async function* textOf(source: Source, encoding: string | undefined): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let head: Uint8Array = new Uint8Array();
  for await (const chunk of unpacked(source)) {
    if (decoder) {
      yield decoder.decode(chunk, { stream: true });
      continue;
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    if (head.length < HEAD_BYTES) continue;
    decoder = decoderOf(head, encoding);
    yield decoder.decode(head, { stream: true });
  }
  decoder ??= decoderOf(head, encoding);
  yield head.length < HEAD_BYTES ? decoder.decode(head) : decoder.decode();
}

function decoderOf(head: Uint8Array, encoding: string | undefined): TextDecoder {
  if (head[0] === 0x50 && head[1] === 0x4b)
    throw new UnreadableSource("it is a spreadsheet or a zip file, not text");
  if (head[0] === 0x25 && head[1] === 0x50 && head[2] === 0x44)
    throw new UnreadableSource("it is a PDF, not text");
  try {
    return new TextDecoder(encoding ?? encodingOf(head.subarray(0, HEAD_BYTES)));
  } catch (error) {
    throw new UnreadableSource(`there is no encoding "${encoding ?? ""}"`, { cause: error });
  }
}

export async function wholeText(
  source: Source,
  encoding: string | undefined,
  maxChars: number,
): Promise<string> {
  const pieces: string[] = [];
  let chars = 0;
  for await (const piece of textOf(source, encoding)) {
    chars += piece.length;
    if (chars > maxChars)
      throw new UnreadableSource(`it is larger than ${Math.round(maxChars / 1e6)} million characters`);
    pieces.push(piece);
  }
  return pieces.join("");
}
