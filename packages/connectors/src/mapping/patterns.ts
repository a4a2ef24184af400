import { RE2JS } from "re2js";

/** Longest text that a pattern is tried on; a cell that is longer is refused by whoever reads it. */
export const TEXT_MAX_CHARS = 100_000;
/** Most matches that are taken from one text. */
export const MATCHES_MAX = 10_000;

/** A match of a pattern in a text. */
export interface Match {
  whole: string;
  /** The groups by their names; those that took no part are not in it. */
  named: Record<string, string>;
  /** The groups in their order, from the first. */
  groups: (string | null)[];
  start: number;
  end: number;
}

/**
 * A pattern of a mapping. The engine is RE2's, whose time grows with the text's length and not
 * with the pattern's nesting: a mapping cannot hang its reader. It has no look-around and no
 * back-references.
 */
export interface Pattern {
  /** Whether the whole text fits, blanks at its ends aside. */
  fits(text: string): boolean;
  /** Whether it is anywhere in the text. */
  isIn(text: string): boolean;
  /** The first match; undefined when there is none. */
  first(text: string): Match | undefined;
  /** The match of the whole text, blanks at its ends aside; undefined when it does not fit. */
  whole(text: string): Match | undefined;
  /** All matches, in their order; none is empty. */
  all(text: string): Match[];
  names: readonly string[];
}

const compiled = new Map<string, Pattern>();
/** Patterns of a few mappings; more are compiled again. */
const COMPILED_MAX = 2000;

/** What is wrong with a pattern, in words; undefined when it can be used. */
export function problemOfPattern(text: string): string | undefined {
  try {
    patternOf(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : "cannot be read";
  }
}

/**
 * A pattern from its text. Case does not matter in it, as people write headers as they like;
 * `(?-i)` at its beginning makes it matter.
 *
 * @throws Error in words when it is not RE2's
 */
export function patternOf(text: string): Pattern {
  const known = compiled.get(text);
  if (known) return known;
  const re = RE2JS.compile(text, RE2JS.CASE_INSENSITIVE);
  const names = Object.keys(re.namedGroups());
  const matchOf = (matcher: ReturnType<typeof re.matcher>): Match => {
    const named: Record<string, string> = {};
    for (const name of names) {
      const group = matcher.group(name);
      if (group !== null && group !== undefined) named[name] = group;
    }
    const groups = Array.from({ length: matcher.groupCount() }, (_, at) => matcher.group(at + 1) ?? null);
    return {
      whole: matcher.group() ?? "",
      named,
      groups,
      start: matcher.start(),
      end: matcher.end(),
    };
  };
  const pattern: Pattern = {
    names,
    fits: (subject) => re.matches(bounded(subject).trim()),
    isIn: (subject) => re.matcher(bounded(subject)).find(),
    first: (subject) => {
      const matcher = re.matcher(bounded(subject));
      return matcher.find() ? matchOf(matcher) : undefined;
    },
    whole: (subject) => {
      const matcher = re.matcher(bounded(subject).trim());
      return matcher.matches() ? matchOf(matcher) : undefined;
    },
    all: (subject) => {
      const matcher = re.matcher(bounded(subject));
      const matches: Match[] = [];
      while (matches.length < MATCHES_MAX && matcher.find()) {
        const match = matchOf(matcher);
        if (match.end > match.start) matches.push(match);
      }
      return matches;
    },
  };
  if (compiled.size >= COMPILED_MAX) compiled.clear();
  compiled.set(text, pattern);
  return pattern;
}

function bounded(text: string): string {
  return text.length > TEXT_MAX_CHARS ? text.slice(0, TEXT_MAX_CHARS) : text;
}
