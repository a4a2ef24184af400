import { z } from "zod";
import { Names } from "../languages.ts";
import { Instant } from "../time.ts";

/**
 * A product of the catalogue: one brand or generic, strength, form and pack of one manufacturer.
 * It begins with `m-`, which no generic does, and fits the key of a `medicine:<id>` subject.
 */
export const MedicineId = z
  .string()
  .regex(/^m-[a-z0-9]{1,62}$/, "not a medicine's id")
  .brand("MedicineId");
export type MedicineId = z.infer<typeof MedicineId>;

const slug = z
  .string()
  .max(120)
  .regex(/^(?!m-)[a-z0-9]+(-[a-z0-9]+)*$/, "not the slug of a generic");

/** A moiety by its international nonproprietary name, as `amoxicillin`; spelling variants and salts are one. */
export const GenericId = slug.brand("GenericId");
export type GenericId = z.infer<typeof GenericId>;

/**
 * Dose forms, named after the EDQM Standard Terms (2024). A dispersible tablet is another form than
 * a tablet; how fast the medicine is released is not part of the form but `ReleaseType`.
 */
export const Form = z.enum([
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
  "oral-solution",
  "oral-suspension",
  "syrup",
  "dry-syrup",
  "oral-drops",
  "oral-powder",
  "granules",
  "injection",
  "powder-for-injection",
  "infusion",
  "prefilled-syringe",
  "pen",
  "cartridge",
  "inhaler",
  "dry-powder-inhaler",
  "inhalation-capsule",
  "nebuliser-solution",
  "inhalation-gas",
  "inhalation-liquid",
  "nasal-spray",
  "nasal-drops",
  "eye-drops",
  "eye-ointment",
  "eye-gel",
  "ear-drops",
  "eye-ear-drops",
  "cream",
  "ointment",
  "gel",
  "lotion",
  "topical-solution",
  "topical-spray",
  "topical-powder",
  "shampoo",
  "soap",
  "paste",
  "mouthwash",
  "mouth-gel",
  "patch",
  "suppository",
  "pessary",
  "enema",
  "implant",
  "intrauterine-system",
  "gum",
  "vaccine",
  "dialysis-solution",
  "kit",
  "other",
]);
export type Form = z.infer<typeof Form>;

/** Where a medicine enters the body; after the EDQM Standard Terms (2024). */
export const Route = z.enum([
  "oral",
  "sublingual",
  "buccal",
  "injection",
  "inhalation",
  "nasal",
  "eye",
  "ear",
  "eye-or-ear",
  "skin",
  "transdermal",
  "rectal",
  "vaginal",
  "oromucosal",
  "dental",
  "intrauterine",
  "implantation",
  "peritoneal",
  "unknown",
]);
export type Route = z.infer<typeof Route>;

/** How a medicine is let go: at once, over hours (SR, XR, CR, retard), or past the stomach (EC, DR). */
export const ReleaseType = z.enum(["immediate", "prolonged", "delayed"]);
export type ReleaseType = z.infer<typeof ReleaseType>;

/**
 * What an amount is counted in. `percent` is of weight by weight for what is weighed (creams), of
 * weight by volume for what is poured (drops); `ratio` is parts, as adrenaline 1:1000 is 1000.
 */
export const StrengthUnit = z.enum([
  "mcg",
  "mg",
  "g",
  "iu",
  "ml",
  "mmol",
  "meq",
  "percent",
  "percent-w/w",
  "percent-w/v",
  "percent-v/v",
  "million-spores",
  "million-cells",
  "mci",
  "ppm",
  "kcal",
  "ratio",
  "lf",
  "dose",
]);
export type StrengthUnit = z.infer<typeof StrengthUnit>;

/** What an amount is in. `dose`: an actuation of an inhaler or a spray. */
export const PerUnit = z.enum(["ml", "g", "dose", "drop", "hour", "day", "vial", "sachet", "kg"]);
export type PerUnit = z.infer<typeof PerUnit>;

/** How much, as the list says it: 125 mg per 5 ml. Without `per` it is in one tablet, capsule or vial. */
export const Strength = z.object({
  value: z.number().positive(),
  unit: StrengthUnit,
  per: z.object({ value: z.number().positive(), unit: PerUnit }).nullable(),
});
export type Strength = z.infer<typeof Strength>;

/** One active ingredient. */
export const Ingredient = z.object({
  generic: GenericId,
  salt: z
    .string()
    .max(80)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .nullable()
    .describe("Salt or ester, where the same generic has several; null: the usual one, or not said"),
  name: z.string().min(1).max(200).describe("As it is written, with its salt"),
  strength: Strength.nullable().describe("Null: the list does not say"),
});
export type Ingredient = z.infer<typeof Ingredient>;

/** Most ingredients of one product; multivitamins have some thirty. */
export const INGREDIENTS_MAX = 40;

/** What one buys: `quantity` of what the price is reckoned by. */
export const Pack = z.object({
  text: z.string().max(200).describe("As the list says it: strip of 10 tablets"),
  quantity: z.number().positive().nullable().describe("Null: it could not be read"),
  unit: z.enum(["unit", "ml", "g", "dose"]).describe("`unit`: a tablet, a capsule, a vial"),
});
export type Pack = z.infer<typeof Pack>;

export const Price = z.object({
  minor: z.int().min(0).max(1_000_000_000).describe("Of a pack, in minor units: paise"),
  currency: z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code"),
});
export type Price = z.infer<typeof Price>;

/**
 * Who may dispense it, by the schedules of India's Drugs Rules, 1945: G (under a doctor's
 * supervision), H, H1 and X (on prescription, ever more strictly), `otc` without. Null: not known.
 */
export const Schedule = z.enum(["otc", "G", "H", "H1", "X"]);
export type Schedule = z.infer<typeof Schedule>;

/** What is said of a product, apart from who said it. */
export const MedicineProfile = z.object({
  name: z.string().min(1).max(300).describe("The product's name as on its list: Amovic 625 Tablet"),
  names: Names.default({}).describe("In other languages, by BCP 47 code"),
  brand: z.string().min(1).max(200).nullable().describe("The brand alone; null: sold under its generic name"),
  composition: z.array(Ingredient).max(INGREDIENTS_MAX).describe("Empty: the list does not say"),
  form: Form,
  route: Route,
  release: ReleaseType,
  pack: Pack.nullable(),
  manufacturer: z.string().max(200).nullable(),
  price: Price.nullable(),
  atc: z
    .string()
    .regex(
      /^[A-Z]\d\d[A-Z]{2}(\d\d)?$/,
      "an ATC code of the fifth level, or of the fourth where it ends there",
    )
    .nullable()
    .describe("WHO ATC code of the whole composition; null when it has none, or none is known"),
  schedule: Schedule.nullable(),
  isNarrowTherapeuticIndex: z
    .boolean()
    .describe("A small change of dose or product matters: never change without a doctor"),
  isPublicPharmacy: z.boolean().describe("Sold by the public pharmacies at their fixed price"),
  isDiscontinued: z.boolean(),
});
export type MedicineProfile = z.infer<typeof MedicineProfile>;

/** A product of the catalogue as kept. */
export const Medicine = MedicineProfile.extend({
  id: MedicineId,
  /** The list that it came from, and its id there. Together they are one product, however often it is imported. */
  source: z.string().min(1).max(80),
  ref: z.string().min(1).max(400),
  updatedAt: Instant,
});
export type Medicine = z.infer<typeof Medicine>;
