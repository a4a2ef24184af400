import { z } from "zod";
import { problemOfExpression } from "./expressions.ts";
import { problemOfPattern } from "./patterns.ts";

/** Longest pattern or expression that a mapping may hold. */
export const PATTERN_MAX_CHARS = 1000;
export const EXPRESSION_MAX_CHARS = 4000;

/** A pattern in RE2's syntax: as in other languages, without look-around and back-references. */
export const PatternText = z
  .string()
  .min(1)
  .max(PATTERN_MAX_CHARS)
  .superRefine((text, ctx) => {
    const problem = problemOfPattern(text);
    if (problem !== undefined) ctx.addIssue({ code: "custom", message: `is no pattern of RE2: ${problem}` });
  });

const ExpressionText = z
  .string()
  .min(1)
  .max(EXPRESSION_MAX_CHARS)
  .superRefine((text, ctx) => {
    const problem = problemOfExpression(text);
    if (problem !== undefined) ctx.addIssue({ code: "custom", message: `is no JSONata: ${problem}` });
  });

const words = z.array(z.string().max(200)).max(200);
const scalar = z.union([z.string().max(500), z.number(), z.boolean()]);

/** An own code list: what the file says (compared without regard to case and blanks) and what is meant. `null`: leave it out, it is nothing to us. */
export const CodeList = z.record(z.string().max(500), z.union([scalar, z.null()]));
export type CodeList = z.infer<typeof CodeList>;

/** Where a value is in a record, and what is done to it before it is read. */
export type Cell = string | CellSpec;

export interface CellSpec {
  /** A column's header, or a path: `CovidBedDetails.TotalO2Beds`, `$key`, `$parent.district`, `$file`, `$above`. */
  field?: string | undefined;
  /** The same for every record. */
  constant?: string | number | boolean | undefined;
  /** JSONata over the record, for what the rest of the language cannot say. */
  expression?: string | undefined;
  /** The first of these that is not empty. */
  firstOf?: Cell[] | undefined;
  /** These, one after the other; what is empty is left out. */
  join?: Cell[] | undefined;
  /** Between the joined ones; a blank when left out. */
  with?: string | undefined;
  /** The text is HTML inside another format: read its words. */
  html?: boolean | undefined;
  /** An RE2 pattern: its group `value`, else its first group, else the whole match is the value. */
  pattern?: string | undefined;
  /** What a text is on which the pattern does not match: refused unless said to be absent. */
  unmatched?: "refuse" | "absent" | undefined;
  /** An own code list, or the name of one in `lists`. What it does not have is read as it stands. */
  list?: string | CodeList | undefined;
  /** More words that mean "no value". */
  absent?: string[] | undefined;
  /** Words that mean 0. */
  zero?: string[] | undefined;
  /** The value where there is none. */
  otherwise?: string | number | boolean | undefined;
  /** What the decimal mark is; the other of the two and blanks group digits. A point when left out. */
  decimal?: "." | "," | undefined;
  /** Words that may stand behind a number and mean nothing: "beds" is always one of them. */
  units?: string[] | undefined;
  /** The number is multiplied by this. */
  times?: number | undefined;
  /** The number is divided by this. */
  divideBy?: number | Cell | undefined;
  /** The number is a percentage of this. */
  percentOf?: Cell | undefined;
  /** How a number with decimals becomes a count; left out: it is refused. */
  round?: "nearest" | "down" | "up" | undefined;
  /** What a number below 0 is: refused unless said otherwise. */
  negative?: "refuse" | "absent" | "zero" | undefined;
}

const SOURCES = ["field", "constant", "expression", "firstOf", "join"] as const;

export const CellSpec: z.ZodType<CellSpec> = z
  .strictObject({
    field: z.string().min(1).max(500).optional(),
    constant: scalar.optional(),
    expression: ExpressionText.optional(),
    firstOf: z
      .array(z.lazy(() => Cell))
      .min(1)
      .max(20)
      .optional(),
    join: z
      .array(z.lazy(() => Cell))
      .min(1)
      .max(20)
      .optional(),
    with: z.string().max(20).optional(),
    html: z.boolean().optional(),
    pattern: PatternText.optional(),
    unmatched: z.enum(["refuse", "absent"]).optional(),
    list: z.union([z.string().max(100), CodeList]).optional(),
    absent: words.optional(),
    zero: words.optional(),
    otherwise: scalar.optional(),
    decimal: z.enum([".", ","]).optional(),
    units: words.optional(),
    times: z.number().positive().optional(),
    divideBy: z.union([z.number().positive(), z.lazy(() => Cell)]).optional(),
    percentOf: z.lazy(() => Cell).optional(),
    round: z.enum(["nearest", "down", "up"]).optional(),
    negative: z.enum(["refuse", "absent", "zero"]).optional(),
  })
  .refine(
    (cell) => SOURCES.filter((source) => cell[source] !== undefined).length === 1,
    `say exactly one of ${SOURCES.join(", ")}`,
  );

/** A cell as it is written: a text is the name of a field. */
export const Cell: z.ZodType<Cell> = z.union([z.string().min(1).max(500), CellSpec]);

/**
 * A question to a record, of which all that is said must hold. Texts are compared without regard
 * to case and to blanks at their ends.
 */
export const Condition = z.strictObject({
  cell: Cell,
  is: words.optional().describe("It is one of these"),
  isNot: words.optional().describe("It is none of these"),
  matches: PatternText.optional().describe("The pattern matches in it"),
  doesNotMatch: PatternText.optional(),
  present: z.boolean().optional().describe("It has a value (true) or has none (false)"),
  atLeast: z.number().optional().describe("It is a number of at least this"),
  atMost: z.number().optional(),
});
export type Condition = z.infer<typeof Condition>;
