import { setKey, type Formulary } from "./formulary.ts";
import type { GenericId, Ingredient, Medicine, MedicineProfile, Schedule } from "./schema.ts";
import { strengthKey } from "./strengths.ts";

/** Forms that are no one thing: two kits may hold anything. */
const NOT_COMPARED: ReadonlySet<MedicineProfile["form"]> = new Set(["kit", "other"]);

export type NoEquivalents = "composition-unknown" | "strength-unknown" | "form-unknown" | "salt-unknown";

/**
 * What may stand in for one another has the same key: the same generics, salts, strengths, form,
 * route and release, and nothing else counts. In doubt there is no key.
 *
 * Follows the WHO's definition of pharmaceutical equivalents (TRS 1003, annex 6, 2017).
 *
 * @returns the key, or why there is none
 */
export function equivalenceOf(
  { composition, form, route, release }: Pick<MedicineProfile, "composition" | "form" | "route" | "release">,
  { substances }: Pick<Formulary, "substances">,
): { key: string } | { reason: NoEquivalents } {
  if (composition.length === 0) return { reason: "composition-unknown" };
  if (NOT_COMPARED.has(form) || route === "unknown") return { reason: "form-unknown" };
  if (composition.some((ingredient) => substances.isSaltOpen(ingredient))) return { reason: "salt-unknown" };
  const parts = composition.flatMap(({ generic, salt, strength }) =>
    strength ? [`${generic}/${salt ?? ""}/${strengthKey(strength, form)}`] : [],
  );
  if (parts.length < composition.length) return { reason: "strength-unknown" };
  return { key: [parts.toSorted().join("+"), form, route, release].join("|") };
}

/** Price of one tablet, millilitre, gram or dose, in minor units to a hundredth; null when price or pack is not known. */
export function unitPriceOf({ price, pack }: Pick<MedicineProfile, "price" | "pack">): {
  minor: number;
  currency: string;
  per: "unit" | "ml" | "g" | "dose";
} | null {
  if (!price || !pack?.quantity) return null;
  return {
    minor: Math.round((price.minor / pack.quantity) * 100) / 100,
    currency: price.currency,
    per: pack.unit,
  };
}

/** Cheapest first, those without a price last, then by name. */
export function byUnitPrice(a: Medicine, b: Medicine): number {
  const price = (one: Medicine) => unitPriceOf(one)?.minor ?? Infinity;
  const [ofA, ofB] = [price(a), price(b)];
  return ofA === ofB ? (a.name < b.name ? -1 : a.name > b.name ? 1 : 0) : ofA - ofB;
}

/** What follows from what is in a product: code, schedule, and whether small changes matter. */
export function derivedFrom(
  composition: readonly Ingredient[],
  { entryOf }: Formulary,
): Pick<MedicineProfile, "atc" | "schedule" | "isNarrowTherapeuticIndex"> {
  const generics = composition.map(({ generic }) => generic);
  const whole = composition.length === 0 ? undefined : entryOf(generics);
  const alone = generics.map((generic) => entryOf([generic])?.schedule ?? null);
  return {
    atc: whole?.atc ?? null,
    schedule: whole?.schedule ?? strictest(alone),
    isNarrowTherapeuticIndex: generics.some((generic) => NARROW_THERAPEUTIC_INDEX.has(generic)),
  };
}

const RANK: readonly Schedule[] = ["otc", "G", "H", "H1", "X"];

/** The strictest of several; null when one of them is not known and none is of the strictest kinds. */
function strictest(schedules: readonly (Schedule | null)[]): Schedule | null {
  const known = schedules.filter((one) => one !== null);
  const rank = Math.max(-1, ...known.map((one) => RANK.indexOf(one)));
  if (known.length < schedules.length && rank < RANK.indexOf("H")) return null;
  return RANK[rank] ?? null;
}

/** Whether it is sold on prescription only. */
export function needsPrescription(schedule: Schedule | null): boolean {
  return schedule === "H" || schedule === "H1" || schedule === "X";
}

/**
 * Generics of which a small change of dose, or of the product, may harm.
 *
 * Sources: Health Canada, Guidance on comparative bioavailability standards, critical dose drugs
 * (2018); EMA, product-specific bioequivalence guidance for ciclosporin, tacrolimus, sirolimus,
 * everolimus and levothyroxine (2013-2020); US FDA, product-specific guidances that name a narrow
 * therapeutic index (read 2024); MHRA, Antiepileptic drugs: category 1 (2017).
 */
export const NARROW_THERAPEUTIC_INDEX: ReadonlySet<string> = new Set([
  "acenocoumarol",
  "aminophylline",
  "carbamazepine",
  "ciclosporin",
  "colchicine",
  "digoxin",
  "ethosuximide",
  "everolimus",
  "flecainide",
  "fosphenytoin",
  "levothyroxine",
  "liothyronine",
  "lithium",
  "mycophenolic-acid",
  "phenobarbital",
  "phenytoin",
  "primidone",
  "quinidine",
  "sirolimus",
  "tacrolimus",
  "theophylline",
  "valproic-acid",
  "warfarin",
]);

export const NARROW_THERAPEUTIC_INDEX_SOURCE =
  "Health Canada (2018), EMA (2013-2020), US FDA (2024), MHRA (2017): narrow therapeutic index";
export const SCHEDULE_SOURCE = "Drugs Rules, 1945 (India), Schedules G, H, H1 and X, as amended to 2024";

/** The set of generics of a composition, without order, salts and strengths. */
export function genericsKey(composition: readonly { generic: GenericId }[]): string {
  return setKey([...new Set(composition.map(({ generic }) => generic))]);
}
