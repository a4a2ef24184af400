import type { FeedLimits } from "@ihims/core/feeds/schema.ts";

/** One file, answer or result, as it came. */
export interface Delivery {
  /** The file's name, where it has one. */
  name: string | null;
  bytes: Buffer;
  /** The character set that the sender states; the bytes themselves are asked first. */
  charset?: string | undefined;
  /** What the next fetch needs to know, once this was taken in. */
  cursor: Cursor;
  /** Told what came of it, after it is committed. */
  settle?(outcome: "taken" | "refused"): Promise<void>;
}

/** What a feed remembers from one fetch to the next. */
export interface Cursor {
  etag?: string | undefined;
  lastModified?: string | undefined;
  /** Of the last delivery's bytes, to know the same ones again. */
  digest?: string | undefined;
  /** For servers that are asked what has changed. */
  since?: string | undefined;
  /** Files that were read and left where they are, by path: size and time. */
  files?: Record<string, string> | undefined;
}

/** What a fetch is given. */
export interface Fetching {
  cursor: Cursor;
  limits: FeedLimits;
  signal: AbortSignal;
}

/**
 * The source could not be read. The message is for its owner: no secret is in it.
 * `isFinal`: trying again will not help.
 */
export class FetchFailed extends Error {
  override readonly name = "FetchFailed";
  readonly isFinal: boolean;
  constructor(message: string, options: { cause?: unknown; isFinal?: boolean } = {}) {
    super(message, { cause: options.cause });
    this.isFinal = options.isFinal ?? false;
  }
}

/** Stops at a bound, whoever sends. */
export async function bounded(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  what = "it",
): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new FetchFailed(`${what} is larger than ${maxBytes} bytes, the feed's limit`);
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}
