import { z } from "zod";
import { BedType } from "../beds/schema.ts";
import { BloodGroup } from "../blood/schema.ts";
import { endpoint, repeatable } from "../endpoint.ts";
import { FacilitySummary, RADIUS_MAX_M } from "../facilities/endpoints.ts";
import { FacilityKind } from "../facilities/schema.ts";
import { NearText, Position } from "../geo.ts";
import { Names } from "../languages.ts";
import { Reason } from "../reason.ts";
import { SchemeId } from "../schemes/schema.ts";
import { SpecialtyId } from "../vocabulary/schema.ts";
import { TEXT_MAX_CHARS } from "./fold.ts";

const share = z.number().min(0).max(1);

export const FoundSpecialty = z.object({
  specialty: SpecialtyId,
  name: z.string().describe("In the reader's language"),
  snomed: z.string().nullable().describe("SNOMED CT practice setting code, where FHIR lists one"),
  score: share.describe("Relative to the other items: all that were found sum to at most 1"),
  confidence: share.describe("How far to rely on it: the score, less what was not understood"),
  reasons: z
    .array(Reason)
    .describe(
      "entry:<id> of the vocabulary, word:<word as typed>, age:child, red-flag:<id>, nothing-understood",
    ),
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

/** What words of a search can stand for. `open`: that it be open now. `kind`: a kind of facility. */
export const MeaningKind = z.enum([
  "facility",
  "specialty",
  "condition",
  "procedure",
  "doctor",
  "medicine",
  "blood",
  "scheme",
  "place",
  "bed",
  "service",
  "kind",
  "open",
]);
export type MeaningKind = z.infer<typeof MeaningKind>;

/** Something that the words may mean: with `kind` and `id` it can be opened, or asked for again. */
export const Meaning = z.object({
  kind: MeaningKind,
  id: z
    .string()
    .describe("Within its kind: a facility's id, a specialty's slug, a vocabulary entry, `O-`, `icu`"),
  name: z.string().describe("In the reader's language"),
  names: Names.describe("In other languages, where it has them"),
  detail: z.string().nullable().describe("What tells it from others of the name: a locality, specialties"),
  position: Position.nullable().describe("Of a facility or a place"),
  score: share.describe("How well it fits the words: 1 exactly"),
  typed: z.array(z.string()).describe("The words that it was read from"),
});
export type Meaning = z.infer<typeof Meaning>;

/** What a search was taken to want; each of it can be undone with `without`. */
export const Interpretation = z.object({
  intent: z
    .enum([
      "emergency",
      "facility",
      "doctor",
      "care",
      "bed",
      "service",
      "medicine",
      "blood",
      "scheme",
      "place",
      "unknown",
    ])
    .describe("`care`: somebody to treat something"),
  entities: z.array(Meaning).describe("What was taken for certain and filters the places"),
  corrected: z.array(z.object({ typed: z.string(), read: z.string() })),
  near: Position.nullable(),
  nearFrom: z.enum(["request", "words"]).nullable().describe("Whether the words named a place of their own"),
});
export type Interpretation = z.infer<typeof Interpretation>;

/** The filters that a search comes to, as `GET /facilities` takes them. */
export const SearchFilters = z.object({
  kind: z.array(FacilityKind),
  specialties: z.array(SpecialtyId),
  services: z.array(z.string()),
  bed: BedType.nullable(),
  blood: BloodGroup.nullable(),
  scheme: SchemeId.nullable(),
  open: z.literal("now").nullable(),
});
export type SearchFilters = z.infer<typeof SearchFilters>;

export const SearchReply = z.object({
  interpretation: Interpretation,
  emergency: z.boolean().describe("The text has a sign of danger: help is needed now"),
  firstSteps: FirstStepsReply.optional().describe("Only with emergency"),
  items: z.array(Meaning).describe("Everything that the words may mean, best first; of every kind"),
  filters: SearchFilters,
  facilities: z.array(FacilitySummary).describe("Where to go now, best first, each with its reasons"),
  emergencyDepartments: z
    .array(FacilitySummary)
    .describe("The two nearest, whatever was asked; empty without `near`"),
});
export type SearchReply = z.infer<typeof SearchReply>;

/** Most meanings, and most places, in one answer. */
export const SEARCH_MAX = 50;

export const search = endpoint({
  method: "GET",
  path: "/search",
  access: "public",
  noun: "search",
  summary: "From words in any of the city's languages to what they mean and where to go now",
  query: z.strictObject({
    q: z.string().trim().min(1).max(TEXT_MAX_CHARS),
    near: NearText.optional(),
    radius: z.coerce.number().int().min(1).max(RADIUS_MAX_M).optional().describe("Metres around `near`"),
    without: repeatable(z.string().max(200)).describe(
      "What was understood and is not meant, as kind:id (`bed:icu`); may be repeated",
    ),
    scheme: SchemeId.optional().describe("Only places that treat under it"),
    kind: repeatable(FacilityKind).describe(
      "Only these kinds of place, whatever the words name; may be repeated",
    ),
    open: z.literal("now").optional().describe("Only places that are open now"),
    lang: z
      .string()
      .max(40)
      .optional()
      .describe("Language of the words in the answer; Accept-Language otherwise"),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(SEARCH_MAX)
      .default(10)
      .describe("Most meanings, and most places"),
    places: z.coerce
      .number()
      .int()
      .min(0)
      .max(SEARCH_MAX)
      .optional()
      .describe("Most places, where it differs; 0 for what a search box offers while somebody types"),
  }),
  reply: SearchReply,
});
