/** Sizes that are kept: powers of two, from what is hardly worth it to the largest list. */
const SMALLEST_BYTES = 4 * 1024;
const LARGEST_BYTES = 512 * 1024;
/** Most memory that waits to be used again. */
const WAITING_MAX_BYTES = 16 * 1024 * 1024;

const waiting = new Map<number, Buffer[]>();
const waitingBytes = { sum: 0 };

/**
 * Memory for an answer that is made and sent in a moment. New memory for each would make the collector
 * go over everything that lives in the board, again and again, and cost more than the answer.
 *
 * Who was given some gives it back when nobody reads it any more, or else it is collected as any other.
 */
export function takeBytes(length: number): Buffer {
  if (length > LARGEST_BYTES) return Buffer.allocUnsafeSlow(length);
  const size = sizeFor(length);
  const used = waiting.get(size)?.pop();
  if (used) waitingBytes.sum -= size;
  return (used ?? Buffer.allocUnsafeSlow(size)).subarray(0, length);
}

/** @param bytes as `takeBytes` gave them: from here on somebody else's */
export function giveBytesBack({ buffer }: Buffer): void {
  const size = buffer.byteLength;
  if (size !== sizeFor(size) || size > LARGEST_BYTES || waitingBytes.sum + size > WAITING_MAX_BYTES) return;
  const same = waiting.get(size) ?? [];
  same.push(Buffer.from(buffer));
  waiting.set(size, same);
  waitingBytes.sum += size;
}

function sizeFor(length: number): number {
  return Math.max(SMALLEST_BYTES, 2 ** Math.ceil(Math.log2(length)));
}
