import { z } from "zod";
import { FacilityId, ObservationId } from "../ids.ts";
import { Source, Subject } from "../observations/schema.ts";
import { Instant } from "../time.ts";

/**
 * Why a figure that was accepted is worth a look. `over-occupied`: more in use than staffed;
 * `does-not-add-up`: a part larger than its whole; `leap`: far from the facility's own history;
 * `flat-line`: the same for days, again and again.
 */
export const QuestionCode = z.enum(["over-occupied", "does-not-add-up", "leap", "flat-line"]);
export type QuestionCode = z.infer<typeof QuestionCode>;

/** A question with the numbers that it is about. */
export const Doubt = z.object({
  code: QuestionCode,
  field: z.string().describe("The number in question, as occupied"),
  said: z.number(),
  /** What it was held against: the whole, the median of the recent values. */
  against: z.number(),
});
export type Doubt = z.infer<typeof Doubt>;

/** `right`: it is so; `wrong`: it was not; `passed`: a later figure no longer raises it. */
export const QuestionAnswer = z.enum(["right", "wrong", "passed"]);
export type QuestionAnswer = z.infer<typeof QuestionAnswer>;

export const Question = z.object({
  id: z.string(),
  facility: FacilityId,
  subject: Subject,
  source: Source,
  observation: ObservationId,
  doubt: Doubt,
  askedAt: Instant,
  seenAt: Instant.describe("When a figure last raised it"),
  answer: QuestionAnswer.nullable(),
  answeredAt: Instant.nullable(),
});
export type Question = z.infer<typeof Question>;
