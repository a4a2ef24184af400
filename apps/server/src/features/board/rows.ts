/** Room for a distance in metres, the way around the earth included. */
const DISTANCE_BYTES = 8;
const START = ',{"distance":';
const BLANK = 0x20;
const ZERO = 0x30;

/**
 * A row of a list as bytes: a comma, then its JSON with room for the distance, which is all that
 * differs from one reader to the next. Blanks before a number are JSON.
 *
 * @param fields everything but the distance, as JSON without the opening brace
 */
export function rowBytes(fields: string): Buffer {
  const text = `${START}${" ".repeat(DISTANCE_BYTES)},${fields}`;
  // On its own, not a slice of something larger: it lives as long as what it tells.
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}

/** What goes before its fields where a row is put together otherwise. */
export function fieldsOf(row: Buffer): Buffer {
  return row.subarray(START.length + DISTANCE_BYTES + 1);
}

/** Rows of a list in their order, each with its distance in metres; null for all when nobody said from where. */
export interface Rows {
  rows: readonly Buffer[];
  distances: readonly (number | null)[];
}

/** Rows as one list, each with its distance written into its place. */
export function listBytes(rows: Rows["rows"], distances: Rows["distances"]): Buffer {
  return bytesOf([{ rows, distances }], Buffer.allocUnsafe);
}

/** Ready bytes and lists of rows, one after the other, written once into memory that `take` gives. */
export function bytesOf(pieces: readonly (Buffer | Rows)[], take: (length: number) => Buffer): Buffer {
  let length = 0;
  for (const piece of pieces) length += lengthOf(piece);
  const bytes = take(length);
  let at = 0;
  for (const piece of pieces) {
    if (Buffer.isBuffer(piece)) {
      bytes.set(piece, at);
      at += piece.length;
    } else at = writeRows(bytes, at, piece);
  }
  return bytes;
}

function lengthOf(piece: Buffer | Rows): number {
  if (Buffer.isBuffer(piece)) return piece.length;
  let length = 0;
  for (const row of piece.rows) length += row.length;
  // The first has nobody to be parted from by its comma.
  return Math.max(0, length - 1);
}

/** Returns where the list ends. */
function writeRows(into: Buffer, at: number, { rows, distances }: Rows): number {
  let end = at;
  for (const [place, row] of rows.entries()) {
    const skipped = place === 0 ? 1 : 0;
    into.set(skipped === 0 ? row : row.subarray(skipped), end);
    writeDistance(into, end + START.length - skipped, distances[place] ?? null);
    end += row.length - skipped;
  }
  return end;
}

/** Write the digits from the right into the room that is there. */
function writeDistance(list: Buffer, at: number, distance: number | null): void {
  if (distance === null) {
    list.write("null", at, "latin1");
    return;
  }
  let left = Math.round(distance);
  for (let place = at + DISTANCE_BYTES - 1; place >= at; place -= 1) {
    list[place] = left === 0 && place < at + DISTANCE_BYTES - 1 ? BLANK : ZERO + (left % 10);
    left = Math.floor(left / 10);
  }
}
