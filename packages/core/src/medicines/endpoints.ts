import { z } from "zod";
import { endpoint, pageOf, pageQuery } from "../endpoint.ts";
import { Form, GenericId, Medicine, MedicineId, Strength } from "./schema.ts";

const lang = z
  .string()
  .max(40)
  .optional()
  .describe("Language of the words in the answer; Accept-Language otherwise");

/** Longest search, in characters: a line of a prescription. */
export const MEDICINE_QUERY_MAX_CHARS = 200;

/** Price of one tablet, millilitre or dose, in minor units with fractions: 1.35 rupees are 135. */
const UnitPrice = z.object({
  minor: z.number().min(0),
  currency: z.string(),
  per: z.enum(["unit", "ml", "g", "dose"]),
});

/** A product as a row of a list. */
export const MedicineSummary = Medicine.omit({ source: true, ref: true, updatedAt: true }).extend({
  generics: z
    .string()
    .describe("Ingredients with their strengths in one line, look-alikes in tall-man letters"),
  displayName: z.string().describe("The name in the reader's language, look-alikes in tall-man letters"),
  unitPrice: UnitPrice.nullable(),
});
export type MedicineSummary = z.infer<typeof MedicineSummary>;

/** Another medicine whose name is easily taken for this one's. */
export const LookAlike = z.object({
  name: z.string().describe("In tall-man letters, where a list gives them"),
  generics: z.string().nullable().describe("What is in it; null: not in this catalogue"),
  with: z.string().describe("The name that it is taken for, in tall-man letters"),
  source: z.string().describe("Who lists the pair; `catalogue`: the two names differ by one letter"),
});
export type LookAlike = z.infer<typeof LookAlike>;

/** A medicine in a list of found ones. */
export const FoundMedicine = MedicineSummary.extend({
  score: z.number().min(0).max(1).describe("How well it fits the words: 1 exactly"),
  matches: z.object({
    strength: z.boolean().nullable().describe("Has the strengths that were asked for; null: none were"),
    form: z.boolean().nullable().describe("Has the form that was asked for; null: none was"),
  }),
});
export type FoundMedicine = z.infer<typeof FoundMedicine>;

/** How a search for a medicine was read. */
export const MedicineReading = z.object({
  words: z.array(z.string()).describe("The words that were taken for a name"),
  strengths: z.array(z.string()).describe("As typed: 625, 500 mg"),
  form: Form.nullable(),
  corrected: z
    .array(z.object({ typed: z.string(), read: z.string() }))
    .describe("Words of the best match that are not what was typed"),
});
export type MedicineReading = z.infer<typeof MedicineReading>;

export const listMedicines = endpoint({
  method: "GET",
  path: "/medicines",
  access: "public",
  noun: "medicines",
  summary: "Medicines by brand or generic, spelling forgiven and never silently corrected into another drug",
  query: z.strictObject({
    q: z
      .string()
      .trim()
      .min(1)
      .max(MEDICINE_QUERY_MAX_CHARS)
      .optional()
      .describe("Words as on a strip or a prescription: TAB AMOX CLAV 625"),
    generic: GenericId.optional().describe("Only products with this ingredient"),
    form: Form.optional().describe("Only this form"),
    lang,
    ...pageQuery,
  }),
  reply: pageOf(FoundMedicine).extend({
    certain: z
      .boolean()
      .describe(
        "Whether the first item is surely what was asked for. False: the words are not exactly a name, or several medicines with other ingredients are called so; read the generics",
      ),
    lookAlikes: z.array(LookAlike).describe("What the best match is easily taken for"),
    reading: MedicineReading,
    filters: z.object({
      q: z.string().nullable(),
      generic: GenericId.nullable(),
      form: Form.nullable(),
    }),
  }),
});

/** Something that somebody should know before they take it, in the reader's language. */
export const MedicineWarning = z.object({
  kind: z.enum([
    "narrow-therapeutic-index",
    "prescription",
    "release",
    "discontinued",
    "ask-your-pharmacist",
  ]),
  words: z.string(),
  source: z.string().nullable(),
});
export type MedicineWarning = z.infer<typeof MedicineWarning>;

/** A medicine's whole page. */
export const MedicineRecord = MedicineSummary.extend({
  source: Medicine.shape.source,
  updatedAt: Medicine.shape.updatedAt,
  ingredients: z
    .array(
      z.object({
        generic: GenericId,
        name: z.string().describe("In the reader's language, look-alikes in tall-man letters"),
        strength: Strength.nullable(),
        strengthText: z.string().nullable(),
      }),
    )
    .describe("The composition in words"),
  warnings: z.array(MedicineWarning),
  lookAlikes: z.array(LookAlike),
});
export type MedicineRecord = z.infer<typeof MedicineRecord>;

const one = z.object({ id: MedicineId });

export const getMedicine = endpoint({
  method: "GET",
  path: "/medicines/:id",
  access: "public",
  noun: "medicines",
  summary: "One medicine: what is in it, what to know of it, what it is easily taken for",
  params: one,
  query: z.strictObject({ lang }),
  reply: MedicineRecord,
});

export const listEquivalents = endpoint({
  method: "GET",
  path: "/medicines/:id/equivalents",
  access: "public",
  noun: "medicines",
  summary: "Products with the same generics, salts, strengths, form, route and release; the cheapest first",
  params: one,
  query: z.strictObject({ lang, ...pageQuery }),
  reply: pageOf(MedicineSummary).extend({
    reason: z
      .enum(["composition-unknown", "strength-unknown", "form-unknown", "salt-unknown"])
      .nullable()
      .describe("Why none can be named; null: those that there are are listed"),
    publicPharmacyPrice: UnitPrice.nullable().describe("Of the cheapest in a public pharmacy"),
    warnings: z.array(MedicineWarning),
  }),
});
