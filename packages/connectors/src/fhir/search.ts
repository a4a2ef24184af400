import type { Resource } from "@medplum/fhirtypes";
import { COMMON_PARAMETERS, type ResourceSearch, type SearchParameter } from "./search-parameter.ts";
import {
  alternativesOf,
  readDate,
  readNear,
  readReference,
  readText,
  readToken,
  type Near,
  type Reading,
  type Test,
} from "./search-values.ts";

/** Most and usual entries of a page. */
export const COUNT_MAX = 200;
export const COUNT_DEFAULT = 20;
/** Most values that one parameter may offer as alternatives. */
const ALTERNATIVES_MAX = 100;

/** A search as it was understood: nothing that was asked is left out. */
export interface SearchQuery {
  /** All of them must hold. */
  tests: Test[];
  /** Ids that were asked for alone; undefined when they were not. */
  ids: readonly string[] | undefined;
  near: readonly Near[] | undefined;
  includes: string[];
  revincludes: string[];
  count: number;
  /** Only the number of what is found. */
  isCountOnly: boolean;
  /** Where the page begins, as the server wrote it into a link. */
  page: string | undefined;
}

/** What is wrong with one parameter. */
export interface SearchProblem {
  parameter: string;
  detail: string;
}

/** Parameters that say how to answer, beside those of the resource. Those of the format are read before. */
const OF_THE_ANSWER = [
  "_count",
  "_summary",
  "_include",
  "_revinclude",
  "_format",
  "_pretty",
  "_page",
] as const;

/**
 * Read a search. Whatever is not known is a problem that names the parameter: a filter that is
 * dropped in silence sends people to the wrong place.
 *
 * @param pairs the parameters in their order, decoded
 * @param base address of this server, so that absolute references are known
 */
export function readSearch(
  search: ResourceSearch,
  pairs: readonly (readonly [string, string])[],
  base: string,
): { query: SearchQuery; problems: SearchProblem[] } {
  const query: SearchQuery = {
    tests: [],
    ids: undefined,
    near: undefined,
    includes: [],
    revincludes: [],
    count: search.countDefault ?? COUNT_DEFAULT,
    isCountOnly: false,
    page: undefined,
  };
  const problems: SearchProblem[] = [];
  for (const [key, value] of pairs) {
    const detail = readPair(search, query, key, value, base);
    if (detail !== undefined) problems.push({ parameter: key, detail });
  }
  return { query, problems };
}

/** Take one parameter into the query; what is wrong with it, or undefined. */
function readPair(
  search: ResourceSearch,
  query: SearchQuery,
  key: string,
  value: string,
  base: string,
): string | undefined {
  const known = [...COMMON_PARAMETERS, ...search.parameters];
  const whole = known.find((one) => one.name === key);
  const [name = "", modifier, ...more] = whole ? [key] : key.split(":");
  if (OF_THE_ANSWER.some((one) => one === name) && modifier === undefined)
    return readOfAnswer(search, query, name, value);
  const parameter = whole ?? known.find((one) => one.name === name);
  if (!parameter || more.length > 0)
    return `is not a parameter of ${search.type} here; known are ${namesOf(search).join(", ")}`;
  if (modifier !== undefined && !(parameter.type === "string" && ["exact", "contains"].includes(modifier)))
    return `the modifier :${modifier} is not known for ${name}`;
  if (parameter.type === "special") {
    const near = readNear(value);
    if (!near.ok) return near.problem;
    if (query.near !== undefined) return "may be given once; several places are separated by commas";
    query.near = near.value;
    return undefined;
  }
  const test = readTest(parameter, modifier, value, base);
  if (!test.ok) return test.problem;
  query.tests.push(test.value);
  if (name === "_id") query.ids = alternativesOf(value);
  return undefined;
}

/** Every parameter that may be given, as they are told to a caller who gave another. */
function namesOf(search: ResourceSearch): string[] {
  return [...search.parameters, ...COMMON_PARAMETERS]
    .map(({ name }) => name)
    .concat(OF_THE_ANSWER.slice(0, -1));
}

function readOfAnswer(
  search: ResourceSearch,
  query: SearchQuery,
  name: string,
  value: string,
): string | undefined {
  switch (name) {
    case "_count":
      if (!/^\d{1,6}$/.test(value)) return "is not a number";
      query.count = Math.min(Number(value), COUNT_MAX);
      query.isCountOnly ||= query.count === 0;
      return undefined;
    case "_summary":
      if (value !== "count" && value !== "false") return "is count or false here";
      query.isCountOnly ||= value === "count";
      return undefined;
    case "_include":
      if (!search.includes.has(value)) return unknownOf([...search.includes.keys()]);
      query.includes.push(value);
      return undefined;
    case "_revinclude":
      if (!search.revincludes.includes(value)) return unknownOf(search.revincludes);
      query.revincludes.push(value);
      return undefined;
    case "_page":
      query.page = value;
      return undefined;
    default:
      return undefined;
  }
}

function unknownOf(known: readonly string[]): string {
  return known.length === 0 ? "is not supported for this resource" : `is none of ${known.join(", ")}`;
}

function readTest(
  parameter: SearchParameter,
  modifier: string | undefined,
  value: string,
  base: string,
): Reading<Test> {
  const alternatives = alternativesOf(value);
  if (alternatives.length > ALTERNATIVES_MAX)
    return { ok: false, problem: `has more than ${ALTERNATIVES_MAX} alternatives` };
  const tests: Test[] = [];
  for (const one of alternatives) {
    const test = readOne(parameter, modifier, one, base);
    if (!test.ok) return test;
    tests.push(test.value);
  }
  return { ok: true, value: (resource) => tests.some((test) => test(resource)) };
}

function readOne(
  parameter: SearchParameter,
  modifier: string | undefined,
  value: string,
  base: string,
): Reading<Test> {
  const { find } = parameter;
  switch (parameter.type) {
    case "token":
      return tested(readToken(value), (is) => (found) => "tokens" in found && found.tokens.some(is), find);
    case "string":
      return tested(
        readText(value, modifier),
        (is) => (found) => "texts" in found && found.texts.some(is),
        find,
      );
    case "date":
      return tested(readDate(value), (is) => (found) => "spans" in found && found.spans.some(is), find);
    case "reference":
      return tested(
        readReference(value, parameter.targets ?? [], base),
        (sought) => (found) => "references" in found && found.references.some((one) => sought.includes(one)),
        find,
      );
    case "special":
      return { ok: false, problem: "is read by itself" };
  }
}

function tested<T>(
  reading: Reading<T>,
  holds: (value: T) => (found: ReturnType<SearchParameter["find"]>) => boolean,
  find: SearchParameter["find"],
): Reading<Test> {
  if (!reading.ok) return reading;
  const test = holds(reading.value);
  return { ok: true, value: (resource: Resource) => test(find(resource)) };
}
