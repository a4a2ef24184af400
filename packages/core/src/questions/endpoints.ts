import { z } from "zod";
import { endpoint, pageOf, pageQuery } from "../endpoint.ts";
import { FacilityId } from "../ids.ts";
import { Question } from "./schema.ts";

export const listQuestions = endpoint({
  method: "GET",
  path: "/facilities/:id/questions",
  access: "signed-in",
  noun: "questions",
  summary: "Accepted figures of a facility that somebody should look at, newest first",
  params: z.object({ id: FacilityId }),
  query: z.strictObject({ state: z.enum(["open", "answered"]).default("open"), ...pageQuery }),
  reply: pageOf(Question),
});

export const answerQuestion = endpoint({
  method: "POST",
  path: "/facilities/:id/questions/:question/answer",
  access: "signed-in",
  noun: "questions",
  summary: "Say whether a figure in question was right",
  params: z.object({ id: FacilityId, question: z.string().regex(/^[0-9]{1,19}$/) }),
  body: z.strictObject({ answer: z.enum(["right", "wrong"]) }),
  reply: Question,
});

export const getPlausibility = endpoint({
  method: "GET",
  path: "/facilities/:id/plausibility",
  access: "public",
  noun: "questions",
  summary: "How many of a facility's figures of the last 30 days raised questions, and how many were wrong",
  params: z.object({ id: FacilityId }),
  reply: z.object({
    figures: z.int().describe("Reports that changed or confirmed a figure"),
    questions: z.int(),
    wrong: z.int().describe("Of the questions, those whose figure was wrong"),
    share: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .describe("Of the figures, the share that raised no open or justified question; null without figures"),
  }),
});
