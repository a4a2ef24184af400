import { findForms, releaseOf, routeOf } from "@ihims/core/medicines/forms.ts";
import type { Formulary } from "@ihims/core/medicines/formulary.ts";
import { derivedFrom } from "@ihims/core/medicines/rules.ts";
import {
  MedicineProfile,
  type Form,
  type Ingredient,
  type Price,
  type Strength,
} from "@ihims/core/medicines/schema.ts";
import { readStrength, strengthText } from "@ihims/core/medicines/strengths.ts";
import { tokensOf } from "@ihims/core/medicines/search/product-words.ts";
import { fold } from "@ihims/core/search/fold.ts";
import type { ListRecord } from "../csv/facility-list.ts";
import { findMedicineColumns, type MedicineColumns, type MedicineField } from "./columns.ts";
import { readComposition, strengthIn } from "./composition.ts";
import { readPack } from "./pack.ts";

/** One product of a list. */
export interface MedicineRow {
  kind: "medicine";
  /** `line 12`: where a person finds it. */
  place: string;
  /** What tells it from the list's other products, however often the list is read. */
  ref: string;
  profile: MedicineProfile;
}

/** A record that is put aside, and why. */
export interface RejectedMedicine {
  kind: "rejected";
  place: string;
  name: string | null;
  field: MedicineField | null;
  reason: string;
}

export interface MedicineListOptions {
  formulary: Formulary;
  /** `name=Brand,composition=Salt 1+Salt 2`; the rest is guessed by the headers. */
  map?: string;
  /** ISO 4217 code of the list's prices. */
  currency: string;
  /** The list is the public pharmacies' own. */
  isPublicPharmacy?: boolean;
}

/** Reads the records of one list. */
export interface MedicineListReader {
  /** Which header each field is read from. */
  columns: Record<string, string>;
  /** A record as one product, as several (one of each strength), or put aside. */
  read(record: ListRecord): (MedicineRow | RejectedMedicine)[];
}

const NAME_MAX_CHARS = 300;
const REF_MAX_CHARS = 400;
/** Most strengths of one record. */
const STRENGTHS_MAX = 20;

/** Find out what the columns of a list of medicines hold. */
export function medicineListReader(
  headers: readonly string[],
  options: MedicineListOptions,
): ({ ok: true } & MedicineListReader) | { ok: false; problem: string } {
  const found = findMedicineColumns(headers, options.map ?? "");
  if (!found.ok) return found;
  const { columns } = found;
  const names = Object.entries(columns).flatMap(([field, some]) =>
    some.length === 0 ? [] : [[field, some.map((at) => headers[at] ?? "").join("+")]],
  );
  return {
    ok: true,
    columns: Object.fromEntries(names),
    read: (record) => readRecord(record, { columns, width: headers.length, options }),
  };
}

interface Reader {
  columns: MedicineColumns;
  width: number;
  options: MedicineListOptions;
}

/** Why a record is put aside. */
class Aside extends Error {
  readonly field: MedicineField | null;
  constructor(field: MedicineField | null, reason: string) {
    super(reason);
    this.field = field;
  }
}

function readRecord(record: ListRecord, reader: Reader): (MedicineRow | RejectedMedicine)[] {
  const fields = fieldsOf(record, reader);
  try {
    refuseSlipped(record, fields, reader);
    return readProducts(record.place, fields, reader);
  } catch (error) {
    if (!(error instanceof Aside)) throw error;
    return [
      {
        kind: "rejected",
        place: record.place,
        name: fields.name.slice(0, NAME_MAX_CHARS) || null,
        field: error.field,
        reason: error.message,
      },
    ];
  }
}

type Fields = Record<MedicineField, string>;

function fieldsOf({ fields }: ListRecord, { columns }: Reader): Fields {
  const read = (field: MedicineField) =>
    columns[field]
      .map((at) => (fields[at] ?? "").replace(/\s+/gu, " ").trim())
      .filter((text) => text !== "")
      .join(" + ");
  return {
    name: read("name"),
    composition: read("composition"),
    form: read("form"),
    strength: read("strength"),
    pack: read("pack"),
    price: read("price"),
    manufacturer: read("manufacturer"),
    discontinued: read("discontinued"),
    id: read("id"),
  };
}

const PACK_WORDS = /^(?:strip|bottle|tube|vial|packet|box|jar|sachet|pack)s? of\b/i;
const AMOUNT = /^[₹$€£]?\s*(?:rs\.?|inr|mrp)?\s*[\d,]+(?:\.\d+)?\s*(?:\/-)?$/i;

/** What stands in a column that it cannot belong to gives a slipped record away. */
function refuseSlipped({ fault, fields: all }: ListRecord, fields: Fields, { width, columns }: Reader): void {
  if (fault !== undefined) throw new Aside(null, `the record ${fault}`);
  const filled = all.filter((field) => field.trim() !== "").length;
  if (filled > 0 && all.length !== width && all.length > width)
    throw new Aside(null, `has ${all.length} fields where the header has ${width}: its columns have slipped`);
  const { name, form, strength, composition, manufacturer, price } = fields;
  if (name === "") throw new Aside("name", "has no name");
  if (!/\p{L}{2}/u.test(name) || AMOUNT.test(name) || PACK_WORDS.test(name))
    throw new Aside("name", `"${shortened(name)}" is no name: its columns have slipped`);
  refuseUnclearForm(form);
  if (columns.form.length > 0 && columns.strength.length > 0) {
    const [formIsStrength, strengthIsForm] = [isAmount(form), isForm(strength)];
    if (formIsStrength && strengthIsForm)
      throw new Aside(
        "form",
        `the form is "${shortened(form)}" and the strength "${shortened(strength)}": the two columns have slipped`,
      );
    if (formIsStrength)
      throw new Aside("form", `the form is a strength, "${shortened(form)}": its columns have slipped`);
    if (strengthIsForm)
      throw new Aside(
        "strength",
        `the strength is a form, "${shortened(strength)}": its columns have slipped`,
      );
  }
  if (PACK_WORDS.test(composition) || AMOUNT.test(composition))
    throw new Aside("composition", `"${shortened(composition)}" is no composition: its columns have slipped`);
  if (PACK_WORDS.test(manufacturer) || /^\d+(?:\.\d+)?$/.test(manufacturer))
    throw new Aside(
      "manufacturer",
      `"${shortened(manufacturer)}" makes no medicines: its columns have slipped`,
    );
  if (
    PACK_WORDS.test(price) ||
    (price !== "" && !/\d/.test(price) && /\p{L}{3}/u.test(price) && !NO_PRICE.test(price))
  )
    throw new Aside("price", `"${shortened(price)}" is no price: its columns have slipped`);
}

/** A heading that slid into the column, or two forms of which nobody knows which strength is whose. */
function refuseUnclearForm(text: string): void {
  if (text === "" || /\d/.test(text)) return;
  const parts = text.split(/[,/]|\bor\b|\band\b/i).filter((part) => /\p{L}/u.test(part));
  const forms = parts.flatMap(
    (part) => findForms(tokensOf(part).map((token) => token.text)).at(-1)?.form ?? [],
  );
  if (forms.length === 0 && parts.length > 0)
    throw new Aside("form", `the form is "${shortened(text)}", which is none: its columns may have slipped`);
  if (new Set(forms).size > 1)
    throw new Aside("form", `the form is "${shortened(text)}": which strength is of which cannot be known`);
}

const NO_PRICE = /^(?:na|n\/a|nil|none|not available|not for sale|free|unknown|null|price on request)$/i;

function isAmount(text: string): boolean {
  return /\d/.test(text) && !isForm(text) && amountsOf(text).some((one) => readStrength(one) !== undefined);
}

function isForm(text: string): boolean {
  const words = tokensOf(text).map((token) => token.text);
  const forms = findForms(words);
  return forms.some(({ isStrong }) => isStrong) && !/\d/.test(text);
}

function amountsOf(text: string): string[] {
  return text
    .split(/(?<!\d),|,(?!\d)|;|\bor\b|\band\b|&/i)
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

function readProducts(place: string, fields: Fields, { options }: Reader): MedicineRow[] {
  const { formulary } = options;
  const stated = fields.composition === "" ? fields.name : fields.composition;
  const isGenericList = fields.composition === "" || fields.composition === fields.name;
  // Without a column for it, a brand's name says nothing of what is in it.
  const text = isGenericList && fields.strength === "" && fields.composition === "" ? "" : stated;
  const read = readComposition(text, formulary.substances);
  if (!read.ok) throw new Aside("composition", `the composition ${read.problem}`);
  const strengths = strengthsIn(fields.strength, read.composition.length);
  const form = formIn(fields);
  const variants = strengths.length === 0 || read.composition.length === 0 ? [undefined] : strengths;
  return variants.map((some) => {
    const composition = read.composition.map((one, at) => ({ ...one, strength: some?.[at] ?? one.strength }));
    const words = some?.map(strengthText).join(" + ") ?? "";
    const name = nameOf(fields, isGenericList, form, words);
    const profile = profileOf({ name, fields, composition, form, options });
    return { kind: "medicine", place, ref: refOf(fields, words, form), profile };
  });
}

/** Strengths of a column of their own: each as one for every ingredient, "80 + 400 mg, 160 + 800 mg". */
function strengthsIn(text: string, ingredients: number): Strength[][] {
  if (!/\d/.test(text)) return [];
  return amountsOf(text)
    .slice(0, STRENGTHS_MAX)
    .map((amount) => {
      const parts = amount.split("+").map((part) => part.trim());
      const unit = /\p{L}.*$/u.exec(parts.at(-1) ?? "")?.[0] ?? "";
      const read = parts.map((part) => {
        const plain = part
          .replace(/\s\d+\s*ml (?:ampoule|vial)s?$|\b(?:ampoule|vial|powder|tab|tablet|scored)s?\b\.?/gi, "")
          .trim();
        return strengthIn(/^[\d.,]+$/.test(plain) ? `${plain} ${unit}` : plain);
      });
      const known = read.filter((one) => one !== undefined);
      if (known.length < read.length || known.length !== Math.max(1, ingredients))
        throw new Aside("strength", `the strength "${shortened(amount)}" cannot be read`);
      return known;
    });
}

/** The form by its own column, the end of the name, the pack, or the composition. */
function formIn({ form, name, pack, composition }: Fields): Form {
  for (const text of [form, name, pack, composition]) {
    const forms = findForms(tokensOf(text).map((token) => token.text));
    const found = forms.findLast(({ isStrong }) => isStrong) ?? forms.at(-1);
    if (found) return found.form;
  }
  return "other";
}

function nameOf(fields: Fields, isGenericList: boolean, form: Form, strength: string): string {
  if (!isGenericList || fields.strength === "") return fields.name.slice(0, NAME_MAX_CHARS);
  const words = fields.form === "" ? (form === "other" ? "" : form.replaceAll("-", " ")) : fields.form;
  return [fields.name, strength, words]
    .filter((one) => one !== "")
    .join(" ")
    .slice(0, NAME_MAX_CHARS);
}

interface Draft {
  name: string;
  fields: Fields;
  composition: Ingredient[];
  form: Form;
  options: MedicineListOptions;
}

function profileOf({ name, fields, composition, form, options }: Draft): MedicineProfile {
  const { formulary, currency, isPublicPharmacy = false } = options;
  const said = fold(`${fields.name} ${fields.form}`);
  const brand = brandOf(name);
  const draft = {
    name,
    brand: isGenericName(brand, composition, formulary) ? null : brand,
    composition,
    form,
    route: routeOf(form, said),
    release: releaseOf(form, said),
    pack: readPack(fields.pack, form),
    manufacturer: fields.manufacturer.slice(0, 200) || null,
    price: priceIn(fields.price, currency),
    ...derivedFrom(composition, formulary),
    isPublicPharmacy,
    isDiscontinued: /^(?:true|yes|y|1|discontinued|inactive|withdrawn)$/i.test(fields.discontinued),
  };
  const profile = MedicineProfile.safeParse(draft);
  if (profile.success) return profile.data;
  const [issue] = profile.error.issues;
  throw new Aside(null, `${issue?.path.join(".") ?? "it"}: ${issue?.message ?? "cannot be taken in"}`);
}

/** What stands before the strength and the form. */
export function brandOf(name: string): string {
  const end =
    /\s\d|[\s(-]+(?:tablets?|capsules?|syrup|injection|cream|ointment|gel|drops?|suspension|lotion|solution|inhaler|spray|powder|sachet|oral|eye|ear|nasal|soft|dry|dispersible|respules?|rotacaps?|infusion|vaccine)\b/iu.exec(
      name,
    );
  const brand = end && end.index > 0 ? name.slice(0, end.index) : name;
  return brand.trim().slice(0, 200);
}

function isGenericName(
  brand: string,
  composition: readonly Ingredient[],
  { substances }: Formulary,
): boolean {
  const generics = new Set(composition.map(({ generic }) => generic));
  return brand.split(/\s*(?:\+|\/|,|\band\b|\bwith\b|&)\s*/i).every((part) => {
    const substance = substances.read(part);
    return substance !== undefined && generics.has(substance.generic);
  });
}

function priceIn(text: string, currency: string): Price | null {
  const number = /\d[\d,]*(?:\.\d+)?/.exec(text)?.[0];
  const minor = number === undefined ? Number.NaN : Math.round(Number(number.replaceAll(",", "")) * 100);
  return Number.isFinite(minor) && minor > 0 && minor <= 1_000_000_000 ? { minor, currency } : null;
}

function refOf(fields: Fields, strength: string, form: Form): string {
  const many = strength === "" ? "" : ` ${strength}`;
  if (fields.id !== "") return `${fields.id}${many}`.slice(0, REF_MAX_CHARS);
  const key = [fields.name, fields.manufacturer, fields.pack, fields.strength === "" ? "" : form].map(
    (part) =>
      fold(part)
        .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
        .trim(),
  );
  return `${key.join("|")}${many}`.slice(0, REF_MAX_CHARS);
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
