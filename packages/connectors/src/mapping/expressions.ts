import jsonata from "jsonata";
import { RE2JS } from "re2js";
import { millisOf, type Instant } from "@ihims/core/time.ts";
import type { Scope } from "./fields.ts";
import { ABSENT, refused, valueOf, type Reading } from "./reading.ts";

/** One expression of one record may take this long. */
export const EXPRESSION_MAX_MS = 500;
const DEPTH_MAX = 200;
const SEQUENCE_MAX_ITEMS = 20_000;
const PADDED_MAX_CHARS = 10_000;

/**
 * JSONata's regular expressions on RE2's engine, which cannot be made to hang. It is given the
 * pattern as the language's parser made it, and asked as the standard's RegExp with `g` is.
 */
class LinearRegExp {
  lastIndex = 0;
  readonly #re: RE2JS;

  constructor({ source, flags }: RegExp) {
    const bits =
      (flags.includes("i") ? RE2JS.CASE_INSENSITIVE : 0) | (flags.includes("m") ? RE2JS.MULTILINE : 0);
    this.#re = RE2JS.compile(source, bits);
  }

  exec(text: string): { [group: number]: string | null; index: number; length: number } | null {
    const matcher = this.#re.matcher(text);
    if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) {
      this.lastIndex = 0;
      return null;
    }
    this.lastIndex = matcher.end();
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, at) => matcher.group(at) ?? null);
    return Object.assign(groups, { index: matcher.start() });
  }
}

/** What is wrong with an expression, in words; undefined when it can be evaluated. */
export function problemOfExpression(text: string): string | undefined {
  try {
    jsonata(text);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** An expression of a mapping, ready to be asked of each record. It sees the record and nothing else: no clock, no chance, no host. */
export interface Expression {
  text: string;
  evaluate(scope: Scope): Promise<Reading<unknown>>;
}

/** @throws Error in words when the text is not JSONata */
export function expressionOf(text: string, fetchedAt: Instant): Expression {
  const compiled = jsonata(text, {
    timeout: EXPRESSION_MAX_MS,
    stack: DEPTH_MAX,
    sequence: SEQUENCE_MAX_ITEMS,
    RegexEngine: LinearRegExp,
    // The library's types (2.2.2) do not know its guard rails yet, and want a whole RegExp where it calls exec alone.
  } as unknown as jsonata.JsonataOptions);
  for (const name of ["eval", "random", "shuffle"]) {
    compiled.registerFunction(name, () => {
      throw new Error(`$${name} is not there`);
    });
  }
  compiled.registerFunction("millis", () => millisOf(fetchedAt), "<:n>");
  compiled.registerFunction("now", () => fetchedAt, "<s?s?:s>");
  compiled.registerFunction("pad", pad, "<s-ns?:s>");
  return {
    text,
    async evaluate(scope) {
      const { page } = scope.record;
      const bindings = {
        key: scope.key,
        parent: scope.parent?.fields,
        root: page.root,
        file: page.file,
        sheet: page.sheet,
        above: page.above,
      };
      try {
        const value: unknown = await compiled.evaluate(scope.fields, bindings);
        return value === undefined || value === null ? ABSENT : valueOf(value);
      } catch (error) {
        return refused(text, null, "expression", `could not be worked out: ${messageOf(error)}`);
      }
    },
  };
}

function pad(text: string | undefined, width: number, filler = " "): string | undefined {
  if (text === undefined) return undefined;
  if (Math.abs(width) > PADDED_MAX_CHARS) throw new Error("$pad was asked for too much");
  return width < 0 ? text.padStart(-width, filler) : text.padEnd(width, filler);
}

/** JSONata throws objects that are no errors, and errors. */
function messageOf(error: unknown): string {
  if (typeof error === "object" && error !== null && "message" in error && typeof error.message === "string")
    return error.message;
  return "for a reason that it does not say";
}
