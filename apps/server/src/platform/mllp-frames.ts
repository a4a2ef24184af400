/** HL7 v2 Transport, Minimal Lower Layer Protocol: `<VT> message <FS><CR>`. */
const VT = 0x0b;
const FS = 0x1c;
const CR = 0x0d;
const LF = 0x0a;

/** Of a frame that is too large, what is kept to answer it: enough for any MSH. */
export const HEAD_MAX_BYTES = 4096;

export type Frame =
  | { kind: "message"; bytes: Buffer }
  /** Larger than is read; its beginning is there so that it can be refused by its name. */
  | { kind: "oversized"; head: Buffer };

/** A frame around a message. */
export function frame(message: Buffer): Buffer {
  return Buffer.concat([Buffer.of(VT), message, Buffer.of(FS, CR)]);
}

/**
 * Cut a stream of bytes into frames, however the network cuts it into packets. What stands between
 * frames is skipped and counted. A frame that begins within another means that the other was broken
 * off.
 */
export class FrameReader {
  /** Bytes that belonged to no frame, line ends apart. */
  skippedBytes = 0;
  readonly #frameMaxBytes: number;
  #state: "between" | "within" | "discarding" = "between";
  #parts: Buffer[] = [];
  #size = 0;
  #head: Buffer = Buffer.alloc(0);
  #isAfterFs = false;

  constructor(frameMaxBytes: number) {
    this.#frameMaxBytes = frameMaxBytes;
  }

  /** Whether a frame has begun that has not ended. */
  get isWithin(): boolean {
    return this.#state !== "between";
  }

  /** Bytes of the frame that has begun, those included that were not kept. */
  get unfinishedBytes(): number {
    return this.#size;
  }

  /** Take in what came; the frames that ended in it. */
  push(chunk: Buffer): Frame[] {
    const frames: Frame[] = [];
    let at = 0;
    while (at < chunk.length)
      at = this.#state === "between" ? this.#skip(chunk, at) : this.#read(chunk, at, frames);
    return frames;
  }

  #skip(chunk: Buffer, from: number): number {
    const start = chunk.indexOf(VT, from);
    const end = start === -1 ? chunk.length : start;
    for (let at = from; at < end; at++) if (chunk[at] !== CR && chunk[at] !== LF) this.skippedBytes++;
    if (start === -1) return chunk.length;
    this.#begin();
    return start + 1;
  }

  #read(chunk: Buffer, from: number, frames: Frame[]): number {
    if (this.#isAfterFs) {
      this.#isAfterFs = false;
      if (chunk[from] === CR) return this.#finish(frames, from + 1);
      this.#append(Buffer.of(FS));
    }
    const end = chunk.indexOf(FS, from);
    const again = chunk.subarray(from, end === -1 ? undefined : end).indexOf(VT);
    if (again !== -1) {
      this.skippedBytes += this.#size + again;
      this.#begin();
      return from + again + 1;
    }
    this.#append(chunk.subarray(from, end === -1 ? undefined : end));
    if (end === -1) return chunk.length;
    this.#isAfterFs = true;
    return end + 1;
  }

  #begin(): void {
    this.#state = "within";
    this.#parts = [];
    this.#size = 0;
    this.#isAfterFs = false;
  }

  #append(bytes: Buffer): void {
    this.#size += bytes.length;
    if (this.#state === "discarding") return;
    this.#parts.push(bytes);
    if (this.#size <= this.#frameMaxBytes) return;
    this.#head = Buffer.concat(this.#parts).subarray(0, HEAD_MAX_BYTES);
    this.#parts = [];
    this.#state = "discarding";
  }

  #finish(frames: Frame[], next: number): number {
    if (this.#state === "discarding") frames.push({ kind: "oversized", head: Buffer.from(this.#head) });
    else frames.push({ kind: "message", bytes: Buffer.concat(this.#parts, this.#size) });
    this.#state = "between";
    this.#parts = [];
    this.#size = 0;
    return next;
  }
}
