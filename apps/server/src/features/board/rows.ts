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

/**
 * Rows as one list, each with its distance written into its place.
 *
 * @param distances in metres, one for each row; null for all when nobody said from where
 */
export function listBytes(rows: readonly Buffer[], distances: readonly (number | null)[]): Buffer {
  let length = 0;
  for (const row of rows) length += row.length;
  const list = Buffer.allocUnsafe(length);
  let at = 0;
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place];
    if (!row) continue;
    list.set(row, at);
    writeDistance(list, at + START.length, distances[place] ?? null);
    at += row.length;
  }
  // The first has nobody to be parted from by its comma.
  return list.subarray(1);
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
