import { z } from "zod";
import { MedicineId } from "../medicines/schema.ts";
import { Day, Instant } from "../time.ts";
import { LOT_MAX_CHARS, QUANTITY_MAX_PACKS, type StockValue } from "./schema.ts";

/** What the columns of a list of stock can hold. */
export const StockField = z.enum([
  "medicine",
  "code",
  "name",
  "strength",
  "form",
  "quantity",
  "price",
  "priceMinor",
  "expiresOn",
  "lot",
  "observedAt",
]);
export type StockField = z.infer<typeof StockField>;

const words = (max: number) => z.string().trim().max(max);

/** One line of a list as it is documented: what it is of, how much, at what price. */
export const StockLine = z
  .strictObject({
    medicine: MedicineId.optional().describe("Of our catalogue; without it code and name are looked up"),
    code: words(80).min(1).optional().describe("Your own code of the product; remembered once it is matched"),
    name: words(300).min(1).optional().describe("Brand and strength as on the pack"),
    strength: words(80).optional(),
    form: words(80).optional(),
    quantity: z.int().min(0).max(QUANTITY_MAX_PACKS).describe("Packs"),
    priceMinor: z.int().min(0).max(1_000_000_000).optional().describe("Of a pack, in minor units"),
    price: z
      .number()
      .min(0)
      .max(10_000_000)
      .optional()
      .describe("Of a pack, in major units, instead of priceMinor"),
    expiresOn: Day.optional(),
    lot: words(LOT_MAX_CHARS).min(1).optional(),
    observedAt: Instant.optional().describe("When this line was seen; that of the list when absent"),
  })
  .refine(
    ({ medicine, code, name }) => (medicine ?? code ?? name) !== undefined,
    "say which: medicine, code or name",
  );
export type StockLine = z.infer<typeof StockLine>;

/** What a line says of the shelf. */
export function valueOfLine({ quantity, price, priceMinor, expiresOn, lot }: StockLine): StockValue {
  const minor = priceMinor ?? (price === undefined ? undefined : Math.round(price * 100));
  return {
    quantity,
    ...(minor === undefined ? {} : { priceMinor: minor }),
    ...(expiresOn === undefined ? {} : { expiresOn }),
    ...(lot === undefined ? {} : { lot }),
  };
}

/** The words that a line names its product by, the same for the same product: what a decision is remembered under. */
export function wordsOfLine({ code, name, strength, form }: StockLine): string {
  return [code ?? "", name ?? "", strength ?? "", form ?? ""]
    .map((part) => part.normalize("NFC").toLowerCase().replace(/\s+/gu, " ").trim())
    .join("|");
}

/** Headings as pharmacies' programs write them, without spaces and marks. */
const HEADINGS: Record<StockField, RegExp> = {
  medicine: /^(medicine|medicineid|ihims|ihimsid)$/,
  code: /^(code|itemcode|productcode|item(no|id)|productid|sku|barcode|ean|gtin)$/,
  name: /^(name|item|itemname|product|productname|medicinename|brand|brandname|drug|drugname|description|particulars|नाव|नाम|औषध|दवा|दवाई)$/,
  strength: /^(strength|power|potency|dose|dosage|ताकद)$/,
  form: /^(form|type|dosageform|category)$/,
  quantity:
    /^(quantity|qty|stock|stockqty|balance|closing|closingstock|closingqty|onhand|available|packs|strips|units|संख्या|मात्रा|नग)$/,
  price: /^(price|mrp|rate|saleprice|sellingprice|unitprice|किंमत|मूल्य|कीमत)$/,
  priceMinor: /^(priceminor|paise)$/,
  expiresOn: /^(expireson|expiry|expirydate|exp|expdate|validtill|bestbefore|मुदत)$/,
  lot: /^(lot|lotno|batch|batchno|batchnumber|lotnumber|बॅच|बैच)$/,
  observedAt: /^(observedat|seenat|countedat|asof)$/,
};

/** For each column what it seems to hold; undefined: nothing of ours. Each thing is found once, leftmost. */
export function guessColumns(headings: readonly string[]): (StockField | undefined)[] {
  const taken = new Set<StockField>();
  return headings.map((heading) => {
    const plain = heading
      .normalize("NFC")
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}]/gu, "");
    const field = StockField.options.find((one) => HEADINGS[one].test(plain) && !taken.has(one));
    if (field) taken.add(field);
    return field;
  });
}

/** A line of a table as it is to be read by `StockLine`. Empty cells say nothing. */
export function lineOfCells(
  cells: readonly string[],
  columns: readonly (StockField | undefined)[],
): Record<string, unknown> {
  const line: Record<string, unknown> = {};
  for (const [at, field] of columns.entries()) {
    const cell = cells[at]?.trim() ?? "";
    if (field === undefined || cell === "") continue;
    line[field] = readCell(field, cell);
  }
  return line;
}

function readCell(field: StockField, cell: string): unknown {
  switch (field) {
    case "quantity":
    case "price":
    case "priceMinor":
      return numberOfCell(cell);
    case "expiresOn":
      return dayOfCell(cell);
    default:
      return cell;
  }
}

/** 1,250.50 and ₹ 12 and 12.0 as numbers; what is none comes back as it is, to be refused by name. */
function numberOfCell(cell: string): number | string {
  const plain = cell.replace(/^(₹|rs\.?|inr)\s*/i, "").replace(/(?<=\d),(?=\d{2,3}(\D|$))/g, "");
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : cell;
}

/** 2027-01-31, 31/01/2027, 01/2027, Jan-27: of a month alone its last day, which is what is meant on a pack. */
export function dayOfCell(cell: string): string {
  const iso = /^(\d{4})-(\d\d)-(\d\d)/.exec(cell);
  if (iso) return iso[0];
  const full = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)$/.exec(cell);
  if (full) return `${yearOf(full[3])}-${twoDigits(full[2])}-${twoDigits(full[1])}`;
  const month = /^(\d{1,2}|[a-z]{3,9})[./ -]?(\d{4}|\d\d)$/i.exec(cell);
  const number = month && monthOf(month[1] ?? "");
  if (!month || !number) return cell;
  const year = yearOf(month[2]);
  const last = new Date(Date.UTC(Number(year), number, 0)).getUTCDate();
  return `${year}-${twoDigits(String(number))}-${last}`;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

function monthOf(text: string): number | undefined {
  const number = /^\d+$/.test(text) ? Number(text) : MONTHS.indexOf(text.slice(0, 3).toLowerCase()) + 1;
  return number >= 1 && number <= 12 ? number : undefined;
}

function yearOf(text = ""): string {
  return text.length === 2 ? `20${text}` : text;
}

function twoDigits(text = ""): string {
  return text.padStart(2, "0");
}
