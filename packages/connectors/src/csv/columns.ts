import type { Position } from "@ihims/core/geo.ts";

/** What a column of a list can hold. */
export const LIST_FIELDS = [
  "name",
  "kind",
  "ownership",
  "lat",
  "lon",
  "address",
  "locality",
  "city",
  "postcode",
  "phone",
  "emergencyPhone",
  "website",
  "hours",
  "emergency",
  "wheelchair",
  "specialties",
  "id",
  "beds",
] as const;
export type ListField = (typeof LIST_FIELDS)[number];

/** Which column (from 0) each field is read from. */
export type Columns = { [Field in ListField]?: number | undefined };

/** Names that columns go by, most certain first. Compared in lower case with everything between words as one blank. */
const HEADERS: Record<ListField, readonly RegExp[]> = {
  name: [
    /^name$/u,
    /^(hospital|facility|institution|clinic|pharmacy|centre|center|provider|organi[sz]ation|place)s? ?name$/u,
    /^name of (the )?\w+( \w+)?$/u,
    /^(hospital|facility|institution|title|provider|nom|nombre)$/u,
    /\bname$/u,
  ],
  kind: [
    /^(kind|type|category|amenity|healthcare)$/u,
    /^(facility|hospital|institution|care|health amenity) ?(kind|type|category)$/u,
    /\b(category|type)$/u,
  ],
  ownership: [/^(ownership|owner|operator type|sector|management|managed by)$/u, /\bownership\b/u],
  lat: [
    /^(lat|latitude|y|ycoord|y coord\w*|lat dd|decimal latitude|breite)$/u,
    /\blat(itude)?\b/u,
    /^point y$/u,
  ],
  lon: [
    /^(lon|lng|long|longitude|x|xcoord|x coord\w*|lon dd|decimal longitude|länge)$/u,
    /\b(lon|lng|long|longitude)\b/u,
    /^point x$/u,
  ],
  address: [
    /^(address|full address|addr full|location address|street address|addr)$/u,
    /\baddress\b/u,
    /^(street|addr street|location)$/u,
  ],
  locality: [
    /^(locality|ward|ward name|area|neighbou?rhood|suburb|zone)$/u,
    /^addr (suburb|neighbou?rhood)$/u,
  ],
  city: [/^(city|town|addr city|place|district)$/u],
  postcode: [/^(postcode|postal code|pincode|pin code|pin|zip|zip code|zipcode|addr postcode)$/u],
  phone: [
    /^(phone|telephone|tel|mobile|contact)( (no|number|numbers|phone))?$/u,
    /^(contact|phone|telephone|mobile)\b/u,
    /\b(phone|telephone|mobile)\b/u,
  ],
  emergencyPhone: [
    /^emergency (phone|telephone|contact|number|no|telephone code)\b/u,
    /^ambulance (phone|number|no)$/u,
  ],
  website: [/^(website|web|url|homepage|web site|contact website)$/u],
  hours: [/^(opening hours|hours|timings?|openinghours)$/u],
  emergency: [
    /^(emergency|has emergency|emergency (department|services?|ward|room)|casualty|24x7 emergency)$/u,
  ],
  wheelchair: [/^wheelchair( access\w*)?$/u],
  specialties: [
    /^(special(i)?t(y|ies)|healthcare specialit(y|ies)|departments?|specialisations?)$/u,
    /\bspecialit(y|ies)\b/u,
  ],
  id: [
    /^(id|uid|uuid|code|facility id|hospital id|facility code|hospital code|hfr id|nin|nin id|rohini id|osm id|ref)$/u,
    /^(facility|hospital|hfr|nin|rohini|hem)( \w+)? (id|code|number)$/u,
  ],
  beds: [
    /^(beds|bed count|no of beds|number of beds|total beds|bed capacity|bed strength|licen[sc]ed beds)$/u,
    /^(beds total|total bed strength)$/u,
  ],
};

/** A header without what people put between words, to compare it by. */
export function plainHeader(header: string): string {
  return header
    .replace(/([a-z])([A-Z])/gu, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * Read `name=Hospital_Name,lat=Y`: which column each field is to be read from, by its header.
 *
 * @returns the problem in words when a field or a header is not there
 */
export function readColumnMap(
  map: string,
  headers: readonly string[],
): { ok: true; columns: Columns } | { ok: false; problem: string } {
  const columns: Columns = {};
  for (const pair of map.split(",").map((text) => text.trim())) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    const field = LIST_FIELDS.find((name) => name === pair.slice(0, at).trim());
    if (at === -1 || !field)
      return { ok: false, problem: `"${pair}" is not field=column; fields are ${LIST_FIELDS.join(", ")}` };
    const wanted = pair.slice(at + 1).trim();
    const exact = headers.findIndex((header) => header.trim() === wanted);
    const column =
      exact === -1 ? headers.findIndex((header) => plainHeader(header) === plainHeader(wanted)) : exact;
    if (column === -1)
      return { ok: false, problem: `there is no column "${wanted}"; columns are ${headers.join(", ")}` };
    columns[field] = column;
  }
  return { ok: true, columns };
}

/**
 * Guess what the columns hold from their headers, and for positions and names that no header gives
 * away from their values.
 *
 * @param given columns that somebody has named; they are not guessed again
 * @param near where the list's places are expected, to tell latitude from longitude
 */
export function guessColumns(
  headers: readonly string[],
  records: readonly (readonly string[])[],
  given: Columns,
  near: Position | null,
): Columns {
  const columns: Columns = { ...given };
  const taken = new Set<number | undefined>(Object.values(given));
  const plain = headers.map(plainHeader);
  const rounds = Math.max(...Object.values(HEADERS).map((patterns) => patterns.length));
  for (let round = 0; round < rounds; round++) {
    for (const field of LIST_FIELDS) {
      const pattern = HEADERS[field][round];
      if (columns[field] !== undefined || !pattern) continue;
      const at = plain.findIndex((header, column) => !taken.has(column) && pattern.test(header));
      if (at === -1) continue;
      columns[field] = at;
      taken.add(at);
    }
  }
  const sample = records.slice(0, 200);
  if (columns.lat === undefined && columns.lon === undefined)
    Object.assign(columns, guessPosition(headers.length, sample, taken, near));
  for (const column of [columns.lat, columns.lon]) if (column !== undefined) taken.add(column);
  columns.name ??= guessName(headers.length, sample, taken);
  return columns;
}

/** Two columns of numbers with at least three decimals are a position: latitude first, unless `near` says otherwise. */
function guessPosition(
  width: number,
  sample: readonly (readonly string[])[],
  taken: ReadonlySet<number | undefined>,
  near: Position | null,
): Columns {
  const isDegrees = (text: string) => /^\s*-?\d{1,3}[.,]\d{3,}\s*$/u.test(text);
  const found = Array.from({ length: width }, (_, column) => column).filter(
    (column) => !taken.has(column) && share(sample, column, isDegrees) > 0.8,
  );
  const [first, second, third] = found;
  if (first === undefined || second === undefined || third !== undefined) return {};
  const middle = (column: number) =>
    medianOf(sample.map((record) => Number((record[column] ?? "").replace(",", "."))));
  const isSwapped = near
    ? Math.abs(middle(first) - near.lon) + Math.abs(middle(second) - near.lat) <
      Math.abs(middle(first) - near.lat) + Math.abs(middle(second) - near.lon)
    : Math.abs(middle(first)) > 90;
  return isSwapped ? { lat: second, lon: first } : { lat: first, lon: second };
}

/** The column of words of which nearly every one is another. */
function guessName(
  width: number,
  sample: readonly (readonly string[])[],
  taken: ReadonlySet<number | undefined>,
): number | undefined {
  const isWords = (text: string) => /\p{L}{3}/u.test(text) && text.length <= 120;
  const columns = Array.from({ length: width }, (_, column) => column).filter((column) => !taken.has(column));
  return columns.find((column) => {
    const different = new Set(sample.map((record) => record[column])).size;
    return share(sample, column, isWords) > 0.8 && different > sample.length * 0.8;
  });
}

function share(
  sample: readonly (readonly string[])[],
  column: number,
  is: (text: string) => boolean,
): number {
  return sample.length === 0 ? 0 : sample.filter((record) => is(record[column] ?? "")).length / sample.length;
}

/** The middle one of some numbers, those that are none left out; NaN for none. */
export function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.filter((number) => Number.isFinite(number)).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
