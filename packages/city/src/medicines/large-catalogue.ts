import { formulary } from "@ihims/core/medicines/formulary.ts";
import { strengthText } from "@ihims/core/medicines/strengths.ts";
import { pick, randomOf, wholeBetween, type Random } from "../random.ts";
import { coinAnyBrand, MAKERS } from "./brands.ts";

/** A row of a made-up country's list, in the columns that such lists have. */
export interface LargeCatalogueRow {
  name: string;
  manufacturer: string;
  composition1: string;
  composition2: string;
  pack: string;
  /** The first word of the name. */
  brand: string;
}

const FORM_WORDS: Readonly<Record<string, string>> = {
  tablet: "Tablet",
  capsule: "Capsule",
  syrup: "Syrup",
  "oral-suspension": "Oral Suspension",
  injection: "Injection",
  "powder-for-injection": "Injection",
  cream: "Cream",
  ointment: "Ointment",
  "eye-drops": "Eye Drop",
  softgel: "Soft Gelatin Capsule",
  "dispersible-tablet": "Tablet DT",
};
const SUFFIXES = ["Duo", "Plus", "Forte", "LS", "D", "M", "AM", "H", "XL", "SR", "CV", "DSR", "Gold", "Kid"];
/** How often a brand's first product has letters behind it; its others always have. */
const SUFFIX_CHANCE = 0.22;

/**
 * A country's list that is made up: brands of one word, most of them in a few strengths and forms, and
 * with letters behind that stand for other ingredients. The same seed, the same list.
 *
 * @param size how many rows
 */
export function makeLargeCatalogue(seed: number, size: number): LargeCatalogueRow[] {
  const random = randomOf(seed, "large catalogue");
  const entries = formulary().entries.filter(({ generics }) => generics.length <= 2);
  const rows: LargeCatalogueRow[] = [];
  const taken = new Set<string>();
  while (rows.length < size) {
    const brand = newBrand(random, taken);
    const manufacturer = `${pick(random, MAKERS)} ${wholeBetween(random, 1, 40)}`;
    const products = Array.from({ length: wholeBetween(random, 1, 3) }, (_, at) => ({
      suffix: at > 0 || random.next() < SUFFIX_CHANCE ? ` ${pick(random, SUFFIXES)}` : "",
      presentations: pick(random, entries)
        .presentations()
        .slice(0, wholeBetween(random, 1, 4)),
    }));
    for (const { suffix, presentation } of products.flatMap(({ suffix: one, presentations }) =>
      presentations.map((presentation) => ({ suffix: one, presentation })),
    )) {
      const form = FORM_WORDS[presentation.form] ?? "Tablet";
      const parts = presentation.composition.map(({ name, strength }) => ({
        name: `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
        strength: strength ? strengthText(strength).replace(" ", "") : "NA",
      }));
      const [first, second] = parts;
      rows.push({
        brand,
        name: `${brand}${suffix} ${first?.strength ?? ""} ${form}`.replace("NA ", ""),
        manufacturer,
        composition1: first ? `${first.name} (${first.strength})` : "",
        composition2: second ? ` ${second.name} (${second.strength})` : "",
        pack: form.startsWith("Tablet") ? "strip of 10 tablets" : `packet of 1 ${form}`,
      });
      if (rows.length === size) break;
    }
  }
  return rows;
}

/** Brands are not each their own: in one of some dozens two makers share a name. */
function newBrand(random: Random, taken: Set<string>): string {
  for (let tries = 0; ; tries += 1) {
    const brand = coinAnyBrand(random);
    if (brand.length < 4 || brand.length > 13) continue;
    if (taken.has(brand) && tries < 3) continue;
    taken.add(brand);
    return brand;
  }
}
