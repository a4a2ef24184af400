/** How sure a suggestion is: `sure` where the values bear it out, `likely` by the words, `guess`: look at it. */
export type Confidence = "sure" | "likely" | "guess";

/** What was understood, from which field, and why. */
export interface Finding {
  what: string;
  field: string;
  confidence: Confidence;
  reason: string;
}

/** A field that was not understood, or left out, and why. */
export interface Remark {
  field: string;
  reason: string;
}

/** A role that a column was given by its name and values. */
export function findingOf(
  what: string,
  { column, rank }: { column: { field: string }; rank: number },
): Finding {
  return {
    what,
    field: column.field,
    confidence: rank === 0 ? "sure" : rank === 1 ? "likely" : "guess",
    reason: "by its name and values",
  };
}
