import { plainHeader } from "../csv/columns.ts";

/** What a column of a list of medicines can hold. */
export const MEDICINE_FIELDS = [
  "name",
  "composition",
  "form",
  "strength",
  "pack",
  "price",
  "manufacturer",
  "discontinued",
  "id",
] as const;
export type MedicineField = (typeof MEDICINE_FIELDS)[number];

/** Which columns (from 0) each field is read from; a composition may stand in several. */
export type MedicineColumns = Readonly<Record<MedicineField, readonly number[]>>;

/** Names that columns go by, most certain first; compared as `plainHeader` gives them. */
const HEADERS: Readonly<Record<MedicineField, readonly RegExp[]>> = {
  name: [
    /^(?:brand|trade|product|item|medicine|drug|proprietary)s? ?names?$/u,
    /^(?:brand|product|medicine|medicines|drug|item|name)$/u,
    /^name of (?:the )?(?:brand|product|medicine|drug|formulation)s?$/u,
    /^(?:title|description|particulars|formulation|non ?proprietary name)$/u,
    /\bname$/u,
  ],
  composition: [
    /^(?:short )?compositions? ?\d*$/u,
    /^(?:salts?|salt compositions?|ingredients?|active ingredients?|contents?|generics?|generic names?|generic composition|molecules?|substances?|inn|drug composition) ?\d*$/u,
    /\bcomposition ?\d*$/u,
  ],
  form: [
    /^(?:dosage|dose|pharmaceutical)? ?forms?$/u,
    /^(?:form or strength|dosage form name)$/u,
    /^form\b/u,
  ],
  strength: [/^(?:strengths?|potency|dosage strength)$/u, /^strength\b/u, /^(?:dosage|dose)$/u],
  pack: [
    /^(?:pack|package|packing|packaging|unit) ?(?:size|type|label|info|details)* ?(?:label)?$/u,
    /^(?:pack|packing)\b/u,
  ],
  price: [
    /^(?:price|mrp|max(?:imum)? retail price)$/u,
    /^(?:mrp|price|retail price|selling price|unit price|ceiling price|rate)\b.*$/u,
    /\b(?:price|mrp)\b/u,
  ],
  manufacturer: [
    /^(?:manufacturer|manufacturers?|mfr|mfg|maker|company|marketer|labell?er)(?: name)?$/u,
    /^(?:manufactured by|marketed by|mfg by|marketing company|manufacturing company)$/u,
  ],
  discontinued: [/^(?:is )?discontinued$/u, /^(?:status|availability)$/u],
  id: [/^(?:id|uid|uuid|code|sku|ndc)$/u, /^(?:product|medicine|drug|item|brand) ?(?:id|code|no)$/u],
};

/**
 * Which column holds what: as `map` says (`name=Brand,composition=Salt 1+Salt 2`), the rest by the headers.
 *
 * @returns the problem in words when a field or a column of the map is not there, or no column is a name
 */
export function findMedicineColumns(
  headers: readonly string[],
  map: string,
): { ok: true; columns: MedicineColumns } | { ok: false; problem: string } {
  const given = readMap(headers, map);
  if (!given.ok) return given;
  const columns: Record<MedicineField, readonly number[]> = { ...NONE, ...given.columns };
  const taken = new Set(Object.values(columns).flat());
  const plain = headers.map(plainHeader);
  const rounds = Math.max(...Object.values(HEADERS).map(({ length }) => length));
  for (let round = 0; round < rounds; round += 1) {
    for (const field of MEDICINE_FIELDS) {
      const pattern = HEADERS[field][round];
      if (columns[field].length > 0 || !pattern) continue;
      const found = plain.flatMap((header, at) => (!taken.has(at) && pattern.test(header) ? [at] : []));
      columns[field] = field === "composition" ? found : found.slice(0, 1);
      for (const at of columns[field]) taken.add(at);
    }
  }
  // A list without brands calls its medicines by their generics.
  if (columns.name.length === 0) columns.name = columns.composition.slice(0, 1);
  if (columns.name.length === 0)
    return {
      ok: false,
      problem: `no column looks like the name: say which with --map name=COLUMN; columns are ${headers.join(", ")}`,
    };
  return { ok: true, columns };
}

const NONE: MedicineColumns = {
  name: [],
  composition: [],
  form: [],
  strength: [],
  pack: [],
  price: [],
  manufacturer: [],
  discontinued: [],
  id: [],
};

function readMap(
  headers: readonly string[],
  map: string,
): { ok: true; columns: Partial<MedicineColumns> } | { ok: false; problem: string } {
  const columns: Partial<Record<MedicineField, readonly number[]>> = {};
  for (const pair of map.split(",").map((text) => text.trim())) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    const field = MEDICINE_FIELDS.find((name) => name === pair.slice(0, at).trim());
    if (at === -1 || !field)
      return {
        ok: false,
        problem: `"${pair}" is not field=column; fields are ${MEDICINE_FIELDS.join(", ")}`,
      };
    const found: number[] = [];
    for (const wanted of pair.slice(at + 1).split("+")) {
      const column = columnOf(headers, wanted.trim());
      if (column === -1)
        return {
          ok: false,
          problem: `there is no column "${wanted.trim()}"; columns are ${headers.join(", ")}`,
        };
      found.push(column);
    }
    columns[field] = found;
  }
  return { ok: true, columns };
}

function columnOf(headers: readonly string[], wanted: string): number {
  const exact = headers.findIndex((header) => header.trim() === wanted);
  return exact === -1 ? headers.findIndex((header) => plainHeader(header) === plainHeader(wanted)) : exact;
}
