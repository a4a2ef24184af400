import { z } from "zod";
import type { Language } from "../languages.ts";
import { Day } from "../time.ts";
import type { SchemeId } from "./schema.ts";

/** Words in each language of the product. */
export type Said = Readonly<Record<Language, string>>;

/** Where a rule or a fact is from, and of when it is. Rules change: what is older is to be asked. */
export const SchemeSource = z.object({
  title: z.string(),
  publisher: z.string(),
  date: Day.describe("Of the publication, or from which day the rule holds"),
  url: z.url({ protocol: /^https$/ }),
});
export type SchemeSource = z.infer<typeof SchemeSource>;

/** Ration cards of Maharashtra by their colour; `none`: the family has none. */
export const RationCard = z.enum(["yellow", "orange", "white", "none"]);
export type RationCard = z.infer<typeof RationCard>;

/** What somebody says of themselves to be held against the rules. Nothing of it is kept. Absent: not said. */
export const ScreenerAnswers = z.strictObject({
  age: z.int().min(0).max(125).optional().describe("Of the patient, in completed years"),
  livesInMaharashtra: z.boolean().optional().describe("Has the home there"),
  rationCard: RationCard.optional(),
  isOnPmjayList: z
    .boolean()
    .optional()
    .describe("The family's name is on the list of PM-JAY, or it has an Ayushman card"),
  isOfCentralGovernment: z
    .boolean()
    .optional()
    .describe("Serves or draws a pension of the central government, or is a dependant of somebody who does"),
  hasCghsCard: z.boolean().optional(),
  isEsiInsured: z
    .boolean()
    .optional()
    .describe("Is insured under the Employees' State Insurance Act, or of the family of somebody who is"),
  isExServicePensioner: z
    .boolean()
    .optional()
    .describe("Draws a pension of the armed forces, or is a dependant of somebody who does"),
  hasEchsCard: z.boolean().optional(),
  hasHealthPolicy: z.boolean().optional().describe("Is named in a health insurance policy that is paid up"),
  isWaitingOver: z.boolean().optional().describe("The policy's waiting period for this illness is over"),
});
export type ScreenerAnswers = z.infer<typeof ScreenerAnswers>;
export type Question = keyof ScreenerAnswers;

/** One thing that a scheme asks for, as data. */
export type Rule =
  | { question: "age"; atLeast: number }
  | { question: "rationCard"; oneOf: readonly RationCard[] }
  | { question: Exclude<Question, "age" | "rationCard">; is: boolean };

export interface Criterion {
  id: string;
  words: Said;
  rule: Rule;
  source: SchemeSource;
}

/** Something that a scheme gives, asks for or wants done, and where that is from. */
export interface Fact {
  words: Said;
  source: SchemeSource;
}

/** A scheme as dated facts. */
export interface Scheme {
  id: SchemeId;
  kind: "government" | "insurance";
  names: Said;
  authority: string;
  /** Who it is for, in one sentence. */
  who: Fact;
  covers: readonly Fact[];
  /** Any one of these ways is enough; of a way everything is asked. */
  ways: readonly { id: string; words: Said; criteria: readonly Criterion[] }[];
  documents: readonly Fact[];
  /** How to use it, step by step. */
  steps: readonly Fact[];
  helpline: { number: string; source: SchemeSource } | null;
  website: string;
}
