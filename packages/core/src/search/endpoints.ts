import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { SpecialtyId } from "../vocabulary/schema.ts";
import { TEXT_MAX_CHARS } from "./fold.ts";

/** Why something is in an answer: a code for machines, words in the reader's language. */
export const Reason = z.object({
  code: z
    .string()
    .describe(
      "entry:<id> of the vocabulary, word:<word as typed>, age:child, red-flag:<id>, or nothing-understood",
    ),
  words: z.string(),
});
export type Reason = z.infer<typeof Reason>;

const share = z.number().min(0).max(1);

export const FoundSpecialty = z.object({
  specialty: SpecialtyId,
  name: z.string().describe("In the reader's language"),
  snomed: z.string().nullable().describe("SNOMED CT practice setting code, where FHIR lists one"),
  score: share.describe("Relative to the other items: all that were found sum to at most 1"),
  confidence: share.describe("How far to rely on it: the score, less what was not understood"),
  reasons: z.array(Reason),
});
export type FoundSpecialty = z.infer<typeof FoundSpecialty>;

export const FirstStepsReply = z.object({
  words: z.string().describe("What to do first, in the reader's language"),
  source: z.string(),
  date: z.string().describe("When the source was published"),
});

/** Which specialties a complaint asks for. Never a diagnosis: it says which words were understood. */
export const SpecialtiesReply = z.object({
  emergency: z.boolean().describe("The text has a sign of danger: help is needed now"),
  firstSteps: FirstStepsReply.optional().describe("Only with emergency"),
  items: z.array(FoundSpecialty).describe("Best first; never empty"),
  interpretation: z.object({
    understood: z.array(z.object({ typed: z.array(z.string()), code: z.string(), words: z.string() })),
    corrected: z.array(z.object({ typed: z.string(), read: z.string() })),
  }),
});
export type SpecialtiesReply = z.infer<typeof SpecialtiesReply>;

/** Most specialties in one answer. */
export const SPECIALTIES_MAX = 20;

export const findSpecialties = endpoint({
  method: "GET",
  path: "/specialties",
  access: "public",
  noun: "search",
  summary: "From a complaint in free text to specialties, with signs of danger",
  query: z.strictObject({
    complaint: z
      .string()
      .trim()
      .min(1)
      .max(TEXT_MAX_CHARS)
      .describe("What somebody has or feels, in English, Hindi or Marathi, in either script"),
    lang: z
      .string()
      .max(40)
      .optional()
      .describe("Language of the words in the answer; Accept-Language otherwise"),
    limit: z.coerce.number().int().min(1).max(SPECIALTIES_MAX).default(5),
  }),
  reply: SpecialtiesReply,
});
