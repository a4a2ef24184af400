import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Endpoint } from "@ihims/core/endpoint.ts";
import { Problem, type InputError } from "@ihims/core/problem.ts";

/** Most places that one refusal names. */
const ERRORS_MAX = 50;

/**
 * Read a request by what its endpoint describes.
 *
 * @throws Problem `bad-input` that names every parameter and every place in the body that is wrong
 */
export function parseInput(
  of: Endpoint,
  request: Pick<FastifyRequest, "params" | "query" | "body">,
): { params: unknown; query: unknown; body: unknown } {
  const params = of.params.safeParse(request.params);
  const query = of.query.safeParse(request.query);
  const body = of.body.safeParse(request.body ?? undefined);
  if (params.success && query.success && body.success)
    return { params: params.data, query: query.data, body: body.data };
  const errors = [
    ...(params.error?.issues ?? []).flatMap(ofParameter),
    ...(query.error?.issues ?? []).flatMap(ofParameter),
    ...(body.error?.issues ?? []).flatMap(ofBody),
  ].slice(0, ERRORS_MAX);
  // An id that cannot be one names nothing that exists.
  if (!params.success && query.success && body.success)
    throw new Problem("not-found", "There is no such thing", { errors });
  const [first] = errors;
  throw new Problem(
    "bad-input",
    first ? `${first.parameter ?? (first.pointer || "body")}: ${first.detail}` : "cannot be read",
    { errors },
  );
}

/**
 * Read the query of a route that is no endpoint.
 *
 * @throws Problem `bad-input` that names every parameter that is wrong
 */
export function parseQuery<T extends z.ZodType>(schema: T, query: unknown): z.output<T> {
  const read = schema.safeParse(query);
  if (read.success) return read.data;
  const errors = read.error.issues.flatMap(ofParameter).slice(0, ERRORS_MAX);
  const words = errors.map(({ parameter, detail }) => `${parameter}: ${detail}`).join("; ");
  throw new Problem("bad-input", words, { errors });
}

/** What is wrong with a query or path, by the parameter's name. */
export function ofParameter(issue: z.core.$ZodIssue): InputError[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((parameter) => ({ parameter, detail: "is not a parameter of this request" }));
  return [{ parameter: String(issue.path[0] ?? ""), detail: issue.message }];
}

function ofBody(issue: z.core.$ZodIssue): InputError[] {
  const place = pointerOf(issue.path);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      pointer: `${place}${pointerOf([key])}`,
      detail: "is not a field of this request",
    }));
  return [{ pointer: place, detail: issue.message }];
}

/** RFC 6901. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
