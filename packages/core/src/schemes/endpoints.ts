import { z } from "zod";
import { endpoint, pageOf, pageQuery } from "../endpoint.ts";
import { FacilitySummary, RADIUS_MAX_M } from "../facilities/endpoints.ts";
import { NearText, Position } from "../geo.ts";
import { Language } from "../languages.ts";
import { Day } from "../time.ts";
import { SpecialtyId } from "../vocabulary/schema.ts";
import { RationCard, SchemeSource, ScreenerAnswers } from "./record.ts";
import { Empanelment, SchemeId } from "./schema.ts";

const lang = z.string().max(40).optional().describe("Language of the words; Accept-Language otherwise");

const SaidFact = z.object({ words: z.string(), source: SchemeSource });

/** A scheme as a row of a list. */
export const SchemeSummary = z.object({
  id: SchemeId,
  kind: z.enum(["government", "insurance"]),
  name: z.string(),
  authority: z.string(),
  who: SaidFact,
  facilities: z.int().describe("How many facilities of the city treat under it today"),
});
export type SchemeSummary = z.infer<typeof SchemeSummary>;

/** What a rule asks, so that a page can ask it. */
export const QuestionAsked = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("age"), question: z.literal("age") }),
  z.object({ kind: z.literal("choice"), question: z.literal("rationCard"), options: z.array(RationCard) }),
  z.object({ kind: z.literal("yes-no"), question: z.string() }),
]);
export type QuestionAsked = z.infer<typeof QuestionAsked>;

/** A scheme with everything that is known of it, each fact with its source and date. */
export const SchemeRecord = SchemeSummary.extend({
  covers: z.array(SaidFact),
  ways: z
    .array(
      z.object({
        id: z.string(),
        words: z.string(),
        criteria: z.array(SaidFact.extend({ id: z.string() })),
      }),
    )
    .describe("Any one of these is enough; of a way everything is asked"),
  documents: z.array(SaidFact),
  steps: z.array(SaidFact),
  helpline: z.object({ number: z.string(), source: SchemeSource }).nullable(),
  website: z.url(),
  asOf: Day.describe("Date of the newest of its sources: what came after it is not in here"),
});
export type SchemeRecord = z.infer<typeof SchemeRecord>;

export const listSchemes = endpoint({
  method: "GET",
  path: "/schemes",
  access: "public",
  noun: "schemes",
  summary: "Government schemes and insurers that pay for care",
  query: z.strictObject({ lang, ...pageQuery }),
  reply: pageOf(SchemeSummary),
});

const params = z.object({ id: SchemeId });

export const getScheme = endpoint({
  method: "GET",
  path: "/schemes/:id",
  access: "public",
  noun: "schemes",
  summary: "A scheme: who it is for, what it pays, what to bring and how to use it, each with its source",
  params,
  query: z.strictObject({ lang }),
  reply: SchemeRecord,
});

export const listSchemeFacilities = endpoint({
  method: "GET",
  path: "/schemes/:id/facilities",
  access: "public",
  noun: "schemes",
  summary: "Facilities that treat under a scheme today, for a specialty or for anything, nearest first",
  params,
  query: z.strictObject({
    near: NearText.optional(),
    radius: z.coerce.number().int().min(1).max(RADIUS_MAX_M).optional().describe("Metres around `near`"),
    specialty: SpecialtyId.optional().describe("Only those that treat this under it"),
    ...pageQuery,
  }),
  reply: pageOf(
    FacilitySummary.extend({
      empanelments: z.array(Empanelment).describe("What the facility says of this scheme, with its dates"),
    }),
  ).extend({
    filters: z.object({
      near: Position.nullable(),
      radius: z.int().nullable(),
      specialty: SpecialtyId.nullable(),
      day: Day.describe("On which they treat under it"),
    }),
  }),
});

const Standing = z
  .enum(["nothing-against", "not-known", "something-against"])
  .describe("Never that somebody is entitled: the scheme's desk decides that");

export const screenSchemes = endpoint({
  method: "POST",
  path: "/schemes/eligibility",
  access: "public",
  noun: "schemes",
  summary: "Hold what somebody says against the rules of schemes, criterion by criterion; nothing is kept",
  query: z.strictObject({ lang }),
  body: z.strictObject({
    answers: ScreenerAnswers,
    schemes: z.array(SchemeId).max(100).optional().describe("Only these; all when absent"),
  }),
  reply: z.object({
    items: z.array(
      z.object({
        scheme: SchemeId,
        name: z.string(),
        standing: Standing,
        ways: z.array(
          z.object({
            id: z.string(),
            words: z.string(),
            standing: Standing,
            criteria: z.array(
              SaidFact.extend({ id: z.string(), outcome: z.enum(["pass", "fail", "unknown"]) }),
            ),
          }),
        ),
      }),
    ),
    decidedBy: z.string().describe("Who decides, in words: not this answer"),
    questions: z.array(QuestionAsked).describe("What these schemes ask about"),
    language: Language,
  }),
});
