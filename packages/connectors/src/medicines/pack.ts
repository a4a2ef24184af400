import type { Form, Pack } from "@ihims/core/medicines/schema.ts";

const NUMBER = String.raw`(\d+(?:\.\d+)?)`;
const VOLUME = new RegExp(String.raw`${NUMBER}\s*(ml|litres?|ltr|l)\b`, "i");
const WEIGHT = new RegExp(String.raw`${NUMBER}\s*(g|gm|gms|gram|grams|kg)\b`, "i");
const DOSES = new RegExp(
  String.raw`${NUMBER}\s*(?:mdi|md|metered doses?|doses?|puffs?|sprays?|actuations?)\b`,
  "i",
);
const TIMES = new RegExp(
  String.raw`${NUMBER}\s*(?:x|×|\*|strips? of|bottles? of|packs? of|vials? of)\s*${NUMBER}`,
  "i",
);
const COUNT = new RegExp(
  String.raw`(?:of\s+)?${NUMBER}\s*(?:'?s\b|tab|cap|tablets?|capsules?|softgels?|injections?|units?|pieces?|patch|sachets?|suppositor|lozenges?|vials?|ampoules?|pens?|\b)`,
  "i",
);

/**
 * Read what one buys: "strip of 10 tablets", "bottle of 100 ml Syrup", "10x10", "inhaler of 200 MDI".
 * A pack of an unknown size keeps its words; the price of one is then not known.
 */
export function readPack(text: string, form: Form): Pack | null {
  const words = text.replace(/\s+/g, " ").trim().slice(0, 200);
  if (words === "") return null;
  const doses = DOSES.exec(words)?.[1];
  if (doses !== undefined) return { text: words, quantity: Number(doses), unit: "dose" };
  const volume = VOLUME.exec(words);
  const isCounted = COUNTED.has(form);
  if (volume && !isCounted)
    return {
      text: words,
      quantity: positive(Number(volume[1]) * (/^l/i.test(volume[2] ?? "") ? 1000 : 1)),
      unit: "ml",
    };
  const weight = WEIGHT.exec(words);
  if (weight && !isCounted)
    return {
      text: words,
      quantity: positive(Number(weight[1]) * (/^kg/i.test(weight[2] ?? "") ? 1000 : 1)),
      unit: "g",
    };
  const times = TIMES.exec(words);
  if (times) return { text: words, quantity: positive(Number(times[1]) * Number(times[2])), unit: "unit" };
  return { text: words, quantity: positive(Number(COUNT.exec(words)?.[1])), unit: "unit" };
}

/** A tablet of 500 mg in a pack of 10 is counted, whatever else the label weighs. */
const COUNTED: ReadonlySet<Form> = new Set<Form>([
  "tablet",
  "dispersible-tablet",
  "orodispersible-tablet",
  "chewable-tablet",
  "effervescent-tablet",
  "sublingual-tablet",
  "vaginal-tablet",
  "capsule",
  "softgel",
  "lozenge",
  "suppository",
  "pessary",
  "patch",
  "inhalation-capsule",
  "gum",
]);

function positive(quantity: number): number | null {
  return Number.isFinite(quantity) && quantity > 0 ? quantity : null;
}
