import {
  formulary,
  type FormularyEntry,
  type Presentation,
  type PriceClass,
} from "@ihims/core/medicines/formulary.ts";
import { derivedFrom } from "@ihims/core/medicines/rules.ts";
import { MedicineProfile, type Form, type Pack } from "@ihims/core/medicines/schema.ts";
import { strengthText } from "@ihims/core/medicines/strengths.ts";
import { GENERICS } from "@ihims/core/medicines/generics.ts";
import { between, happens, pick, randomOf, wholeBetween, type Random } from "../random.ts";
import { coinBrand, MAKERS } from "./brands.ts";

/** A product of the model city's catalogue. */
export interface ModelMedicine {
  /** `azithromycin-2/brand-1`: the same seed, the same product. */
  ref: string;
  profile: MedicineProfile;
}

/** What the public pharmacies of the city call themselves on their packs. */
export const PUBLIC_PHARMACY_MAKER = "City Public Pharmacy Supply";
/** What the public pharmacies' price is of the usual one: a third to a half. */
const PUBLIC_SHARE = [0.3, 0.5] as const;

/**
 * The catalogue of the model city: the generics, strengths and forms of the formulary, with brands
 * and makers that do not exist, the same generics under their own names, and most of them in the
 * public pharmacies. Prices are made up and keep the order of real ones.
 */
export function makeMedicines(seed: number): ModelMedicine[] {
  const random = randomOf(seed, "medicines");
  const taken = new Set(GENERICS.flatMap(({ en }) => en.map((name) => name.toLowerCase())));
  return formulary().entries.flatMap((entry) => productsOf(entry, random, taken));
}

function productsOf(entry: FormularyEntry, random: Random, taken: Set<string>): ModelMedicine[] {
  const presentations = entry.presentations();
  const key = entry.generics.join("+");
  const prices = presentations.map(({ form }) => usualPriceMinor(random, entry.priceClass, form));
  const brands = Array.from({ length: brandsOf(random, entry) }, () => ({
    brand: newBrand(random, entry, taken),
    maker: pick(random, MAKERS),
  }));
  const products: ModelMedicine[] = [];
  for (const [at, presentation] of presentations.entries()) {
    const price = prices[at] ?? 100;
    const add = (ref: string, given: Naming) =>
      void products.push({ ref: `${key}-${at}/${ref}`, profile: profileOf(entry, presentation, given) });
    for (const [number, { brand, maker }] of brands.entries())
      if (number === 0 || happens(random, 0.6))
        add(`brand-${number}`, {
          brand,
          maker,
          price: Math.round(price * between(random, 0.85, 1.35)),
          isPublic: false,
        });
    if (entry.priceClass < "d" && happens(random, 0.85))
      add("public", {
        brand: null,
        maker: PUBLIC_PHARMACY_MAKER,
        price: Math.round(price * between(random, ...PUBLIC_SHARE)),
        isPublic: true,
      });
  }
  return products;
}

/** Cheap medicines that many need have several brands. */
function brandsOf(random: Random, { priceClass, generics }: FormularyEntry): number {
  return priceClass < "c" && generics.length === 1 ? wholeBetween(random, 2, 3) : 1;
}

function newBrand(random: Random, { names }: FormularyEntry, taken: Set<string>): string {
  for (;;) {
    const brand = coinBrand(random, names[0] ?? "");
    if (taken.has(brand.toLowerCase())) continue;
    taken.add(brand.toLowerCase());
    return brand;
  }
}

interface Naming {
  brand: string | null;
  maker: string;
  /** Of one, in paise. */
  price: number;
  isPublic: boolean;
}

function profileOf(
  entry: FormularyEntry,
  presentation: Presentation,
  { brand, maker, price, isPublic }: Naming,
): MedicineProfile {
  const { composition, form, route, release, atc } = presentation;
  const strengths = composition.flatMap(({ strength }) => (strength ? [strengthText(strength)] : []));
  const generic = composition.map(({ name }) => capitalised(name)).join(" + ");
  const letters = release === "prolonged" ? " SR" : release === "delayed" && brand !== null ? " EC" : "";
  const name = [`${brand ?? generic}${letters}`, strengths.join(" + "), FORM_NAMES[form] ?? titled(form)]
    .filter((part) => part !== "")
    .join(" ");
  const pack = packOf(form);
  return MedicineProfile.parse({
    name,
    brand,
    composition,
    form,
    route,
    release,
    pack,
    manufacturer: maker,
    price: { minor: Math.max(100, Math.round((price * (pack.quantity ?? 1)) / 50) * 50), currency: "INR" },
    ...derivedFrom(composition, formulary()),
    atc,
    schedule: entry.schedule,
    isPublicPharmacy: isPublic,
    isDiscontinued: false,
  });
}

/** Rupees of one tablet, from and to. */
const TABLET_RUPEES: Readonly<Record<PriceClass, readonly [number, number]>> = {
  a: [0.6, 3],
  b: [3, 12],
  c: [12, 40],
  d: [40, 160],
  e: [160, 700],
  f: [700, 4000],
};

/** About what one costs, in paise: a millilitre of a syrup is cheaper than a tablet, an injection dearer. */
function usualPriceMinor(random: Random, priceClass: PriceClass, form: Form): number {
  const [from, to] = TABLET_RUPEES[priceClass];
  const { factor } = PACKS[form] ?? { factor: 1 };
  return between(random, from, to) * 100 * factor;
}

interface PackKind {
  text: string;
  quantity: number;
  unit: Pack["unit"];
  /** Price of one against a tablet's. */
  factor: number;
}

const liquid = (what: string, ml: number, factor: number): PackKind => ({
  text: `bottle of ${ml} ml ${what}`,
  quantity: ml,
  unit: "ml",
  factor,
});
const tube = (what: string, g: number, factor: number): PackKind => ({
  text: `tube of ${g} g ${what}`,
  quantity: g,
  unit: "g",
  factor,
});
const counted = (text: string, quantity: number, factor: number): PackKind => ({
  text,
  quantity,
  unit: "unit",
  factor,
});

const PACKS: Partial<Record<Form, PackKind>> = {
  syrup: liquid("syrup", 100, 0.25),
  "oral-suspension": liquid("suspension", 60, 0.3),
  "oral-solution": liquid("solution", 100, 0.3),
  "dry-syrup": liquid("dry syrup", 30, 0.6),
  "oral-drops": liquid("drops", 15, 1),
  injection: counted("vial of 1 injection", 1, 4),
  "powder-for-injection": counted("vial of 1 injection", 1, 5),
  infusion: liquid("infusion", 100, 0.3),
  vaccine: counted("vial of 1 injection", 1, 3),
  "prefilled-syringe": counted("syringe of 1 injection", 1, 3),
  pen: liquid("pen", 3, 1),
  cartridge: liquid("cartridge", 3, 0.6),
  inhaler: { text: "inhaler of 200 metered doses", quantity: 200, unit: "dose", factor: 0.04 },
  "nasal-spray": { text: "bottle of 100 sprays", quantity: 100, unit: "dose", factor: 0.08 },
  "inhalation-capsule": counted("bottle of 30 rotacaps", 30, 0.3),
  "nebuliser-solution": counted("packet of 5 respules", 5, 1),
  "inhalation-liquid": liquid("inhalation liquid", 250, 0.03),
  "inhalation-gas": { text: "cylinder of 1500 litres", quantity: 1_500_000, unit: "ml", factor: 0.000_02 },
  "eye-drops": liquid("eye drops", 5, 3),
  "ear-drops": liquid("ear drops", 10, 2),
  "eye-ear-drops": liquid("eye/ear drops", 10, 2),
  "nasal-drops": liquid("nasal drops", 10, 2),
  "eye-ointment": tube("eye ointment", 5, 2),
  cream: tube("cream", 15, 0.8),
  ointment: tube("ointment", 15, 0.8),
  gel: tube("gel", 30, 0.6),
  "mouth-gel": tube("mouth gel", 10, 1),
  lotion: liquid("lotion", 50, 0.4),
  "topical-solution": liquid("solution", 100, 0.2),
  "topical-powder": tube("powder", 75, 0.2),
  "topical-spray": liquid("spray", 50, 0.8),
  shampoo: liquid("shampoo", 100, 0.3),
  mouthwash: liquid("mouthwash", 150, 0.15),
  "oral-powder": counted("box of 10 sachets", 10, 1.5),
  granules: counted("box of 10 sachets", 10, 1.5),
  suppository: counted("strip of 5 suppositories", 5, 2),
  pessary: counted("strip of 3 pessaries", 3, 3),
  "vaginal-tablet": counted("strip of 3 tablets", 3, 4),
  enema: liquid("enema", 60, 0.2),
  patch: counted("box of 7 patches", 7, 2),
  gum: counted("packet of 10 gums", 10, 1),
  kit: counted("pack of 1 kit", 1, 5),
  "intrauterine-system": counted("pack of 1 system", 1, 800),
};

function packOf(form: Form): Pack {
  const { text, quantity, unit } =
    PACKS[form] ??
    counted(`strip of 10 ${form.includes("capsule") || form === "softgel" ? "capsules" : "tablets"}`, 10, 1);
  return { text, quantity, unit };
}

const FORM_NAMES: Partial<Record<Form, string>> = {
  "powder-for-injection": "Injection",
  "prefilled-syringe": "Prefilled Syringe",
  "oral-solution": "Oral Solution",
  "dry-powder-inhaler": "Dry Powder Inhaler",
  "inhalation-capsule": "Rotacap",
  "nebuliser-solution": "Respules",
  "topical-powder": "Dusting Powder",
  "oral-powder": "Oral Powder",
  "eye-ear-drops": "Eye/Ear Drops",
  other: "",
};

function titled(form: Form): string {
  return form.split("-").map(capitalised).join(" ");
}

function capitalised(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
