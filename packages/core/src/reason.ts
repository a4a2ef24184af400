import { z } from "zod";

/** Why something is in an answer, or stands where it stands: a code for machines, words in the reader's language. */
export const Reason = z.object({
  code: z.string().describe("What kind of reason, and of what: entry:<id>, word:<word as typed>, bed:free"),
  words: z.string(),
});
export type Reason = z.infer<typeof Reason>;
