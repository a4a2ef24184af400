import type { Form, PerUnit, Strength, StrengthUnit } from "./schema.ts";

// oxfmt-ignore
const UNITS: readonly (readonly [RegExp, StrengthUnit, factor?: number])[] = [
  [/^(?:µg|μg|ug|mcg|mcgs|microgram|micrograms|microgm|mic|mcgm)$/, "mcg"],
  [/^(?:mg|mgs|mgm|milligram|milligrams|miligram)$/, "mg"],
  [/^(?:g|gm|gms|gram|grams|gr)$/, "g"],
  [/^(?:kg)$/, "g", 1000],
  [/^(?:ng)$/, "mcg", 0.001],
  [/^(?:iu|i\.u\.?|u|unit|units|usp units?|usp|international units?|ku)$/, "iu"],
  [/^(?:miu|mu|million (?:iu|units?)|million i\.u\.)$/, "iu", 1e6],
  [/^(?:lakh (?:iu|units?)|lac (?:iu|units?)|lacs? units?)$/, "iu", 1e5],
  [/^(?:ml|millilitres?|milliliters?|cc)$/, "ml"],
  [/^(?:l|litre|liter)$/, "ml", 1000],
  [/^(?:mmol|millimol|millimole|millimoles)$/, "mmol"],
  [/^(?:meq|milliequivalents?)$/, "meq"],
  [/^%\s*w\s*\/?\s*w$/, "percent-w/w"],
  [/^%\s*w\s*\/?\s*v$/, "percent-w/v"],
  [/^%\s*v\s*\/?\s*v$/, "percent-v/v"],
  [/^%$/, "percent"],
  [/^(?:million spores?|ms)$/, "million-spores"],
  [/^(?:billion spores?)$/, "million-spores", 1000],
  [/^(?:million cells?|million cfu|million|mn cfu)$/, "million-cells"],
  [/^(?:billion cells?|billion cfu|billion|bn cfu)$/, "million-cells", 1000],
  [/^(?:mci|millicurie)$/, "mci"],
  [/^(?:ppm)$/, "ppm"],
  [/^(?:kcal)$/, "kcal"],
  [/^(?:lf)$/, "lf"],
  [/^(?:dose|doses)$/, "dose"],
];

// oxfmt-ignore
const PER_UNITS: readonly (readonly [RegExp, PerUnit, factor?: number])[] = [
  [/^(?:ml|millilitres?|cc)$/, "ml"],
  [/^(?:l|litre|liter)$/, "ml", 1000],
  [/^(?:g|gm|gms|gram)$/, "g"],
  [/^(?:mg)$/, "g", 0.001],
  [/^(?:kg)$/, "kg"],
  [/^(?:puff|puffs|dose|doses|actuation|actuations|spray|sprays|md|metered dose|inhalation)$/, "dose"],
  [/^(?:drop|drops)$/, "drop"],
  [/^(?:hr|hrs|h|hour|hours)$/, "hour"],
  [/^(?:day|24h|24 h|24hr|24 hours)$/, "day"],
  [/^(?:vial|amp|ampoule|syringe|pfs|pen|cartridge)$/, "vial"],
  [/^(?:sachet|sach|pkt|packet)$/, "sachet"],
];
/** One of what is counted: says nothing, as "/tablet". */
const PER_PIECE =
  /^(?:tab|tablet|tablets|cap|caps|capsule|capsules|rotacap|respule|respules|suppository|patch|lozenge|unit|strip)$/;

const NUMBER = String.raw`\d+(?:(?:,\d{2,3})*,\d{3})?(?:\.\d+)?(?:\s*[x×]\s*10\s*\^?\s*\d+)?`;
const STRENGTH = new RegExp(
  String.raw`^(?<value>${NUMBER})\s*(?<unit>%\s*(?:w\s*/?\s*[wv]|v\s*/?\s*v)?|[a-zµμ.]+(?:\s(?:iu|i\.u\.|units?|spores?|cells?|cfu))?)?\s*(?:(?:/|\bper\b|\bin\b|\beach\b)\s*(?<amount>\d+(?:\.\d+)?)?\s*(?<per>[a-z]+(?: dose)?|24 ?h(?:rs?|ours)?)?)?\.?$`,
);

/**
 * Read how much: "500 mg", "125mg/5ml", "100IU/ml", "100mcg/puff", "0.05% w/w", "1:1000", "1,00,000 IU".
 *
 * @returns undefined when the text is no amount
 */
export function readStrength(text: string): Strength | undefined {
  const plain = text.toLowerCase().replaceAll("\u00a0", " ").trim().replace(/\s+/g, " ");
  const ratio = /^1\s*(?::|in)\s*([\d,]+)$/.exec(plain)?.[1];
  if (ratio !== undefined) return strengthOf(numberIn(ratio), "ratio", null);
  const { value = "", unit, amount, per } = STRENGTH.exec(plain)?.groups ?? {};
  const known = unit === undefined ? undefined : find(UNITS, unit.trim());
  if (value === "" || !known) return undefined;
  const [, name, factor = 1] = known;
  const number = numberIn(value) * factor;
  if (per === undefined && amount === undefined) return strengthOf(number, name, null);
  const counted = Number(amount ?? 1);
  if (per !== undefined && PER_PIECE.test(per)) return strengthOf(number / counted, name, null);
  // "80mg/ 0.8": what an amount alone is in is poured.
  const [, perUnit, perFactor = 1] = find(PER_UNITS, per ?? "ml") ?? [];
  if (perUnit === undefined) return undefined;
  return strengthOf(number, name, { value: counted * perFactor, unit: perUnit });
}

function find<Row extends readonly [RegExp, ...unknown[]]>(
  rows: readonly Row[],
  text: string,
): Row | undefined {
  return rows.find(([pattern]) => pattern.test(text));
}

function strengthOf(value: number, unit: StrengthUnit, per: Strength["per"]): Strength | undefined {
  const isSound = Number.isFinite(value) && value > 0 && (per === null || per.value > 0);
  return isSound
    ? { value: round(value), unit, per: per && { value: round(per.value), unit: per.unit } }
    : undefined;
}

function numberIn(text: string): number {
  const [digits = "", ...power] = text.replaceAll(",", "").split(/\s*[x×]\s*10\s*\^?\s*/);
  return Number(digits) * (power[0] === undefined ? 1 : 10 ** Number(power[0]));
}

/** Ten significant digits: no list has more, and sums of fractions come out even. */
function round(value: number): number {
  return Number(value.toPrecision(10));
}

const WEIGHED: ReadonlySet<Form> = new Set<Form>([
  "cream",
  "ointment",
  "gel",
  "paste",
  "topical-powder",
  "eye-ointment",
  "eye-gel",
  "mouth-gel",
  "soap",
]);
const MASS_MG: Partial<Record<StrengthUnit, number>> = { mcg: 0.001, mg: 1, g: 1000 };

/**
 * The same text for the same strength, however it is written: 125 mg/5 ml and 25 mg/ml, 1 % and
 * 10 mg/g of a cream, 0.5 g and 500 mg. The form decides what a percentage is of.
 */
export function strengthKey({ value, unit, per }: Strength, form: Form): string {
  const isWeighed = WEIGHED.has(form);
  if (unit === "percent-w/w" || (unit === "percent" && isWeighed)) return `${round(value * 10)}mg/g`;
  if (unit === "percent-w/v" || unit === "percent") return `${round(value * 10)}mg/ml`;
  if (unit === "ratio") return `${round(1000 / value)}mg/ml`;
  const mass = MASS_MG[unit];
  const amount = mass === undefined ? value : value * mass;
  const name = mass === undefined ? unit : "mg";
  if (!per) return `${round(amount)}${name}`;
  if (per.unit === "day") return `${round(amount / per.value / 24)}${name}/hour`;
  return `${round(amount / per.value)}${name}/${per.unit}`;
}

/** Milligrams of a strength, whatever it is in; undefined for what is not weighed. */
export function milligramsOf({ value, unit }: Strength): number | undefined {
  const mass = MASS_MG[unit];
  return mass === undefined ? undefined : round(value * mass);
}

const UNIT_WORDS: Partial<Record<StrengthUnit | PerUnit, string>> = {
  iu: "IU",
  percent: "%",
  "percent-w/w": "% w/w",
  "percent-w/v": "% w/v",
  "percent-v/v": "% v/v",
  meq: "mEq",
  mci: "mCi",
  "million-spores": "million spores",
  "million-cells": "million cells",
  hour: "h",
};

/** A strength as it is printed on a strip: 125 mg/5 ml, 0.05% w/w, 1:1000. */
export function strengthText({ value, unit, per }: Strength): string {
  if (unit === "ratio") return `1:${value}`;
  const words = UNIT_WORDS[unit] ?? unit;
  const amount = words.startsWith("%") ? `${value}${words}` : `${value} ${words}`;
  if (!per) return amount;
  return `${amount}/${per.value === 1 ? "" : `${per.value} `}${UNIT_WORDS[per.unit] ?? per.unit}`;
}
