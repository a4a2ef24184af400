import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Resource } from "@medplum/fhirtypes";
import { formatOf, send, type Format } from "./formats.ts";
import { misshapen } from "@ihims/connectors/fhir/shapes.ts";
import { Problem } from "@ihims/core/problem.ts";
import { z } from "zod";
import { Answer } from "../../platform/answer.ts";
import type { Context } from "../../platform/context.ts";
import { answerOnce } from "../../platform/idempotency.ts";
import type { Server } from "../../platform/http.ts";
import { FhirRefusal } from "./outcome.ts";
import type { Pairs } from "./searches.ts";

/** Most parameters of one request. */
const PARAMETERS_MAX = 100;

/** The address under which a facade was called, without a slash at its end. */
export function baseOf(request: FastifyRequest, publicUrl: string | undefined, release: "R4" | "R5"): string {
  const root = publicUrl?.replace(/\/$/, "") ?? `${request.protocol}://${request.host}`;
  return `${root}/fhir/${release}`;
}

/** The parameters of the address and, of a search by POST, of the form. */
export function pairsOf(request: FastifyRequest): Pairs {
  const query = request.url.includes("?") ? request.url.slice(request.url.indexOf("?") + 1) : "";
  const form = request.body instanceof URLSearchParams ? [...request.body] : [];
  const pairs = [...new URLSearchParams(query), ...form];
  if (pairs.length > PARAMETERS_MAX)
    throw new FhirRefusal(400, [{ code: "too-costly", details: `more than ${PARAMETERS_MAX} parameters` }]);
  return pairs;
}

export function formatIn(request: FastifyRequest, pairs: Pairs, kinds?: readonly Format["kind"][]): Format {
  return formatOf(request, new Map(pairs), kinds);
}

/** How a refusal is written: as the caller wants its answer, or else as JSON. R5 is written as JSON alone. */
export function formatOfRefusal(request: FastifyRequest): Format {
  try {
    return request.url.startsWith("/fhir/R5") ? PLAIN : formatIn(request, pairsOf(request));
  } catch (error) {
    if (error instanceof FhirRefusal) return PLAIN;
    throw error;
  }
}
const PLAIN: Format = { kind: "json", isPretty: false };

/** Whether a parameter only says how the answer is written. */
export function isOfFormat(key: string): boolean {
  return key === "_format" || key === "_pretty";
}

/** Refuse what a request that only reads one thing does not know. */
export function refuseOthers(pairs: Pairs, known: readonly string[]): void {
  const unknown = pairs.filter(([key]) => !known.includes(key) && !isOfFormat(key));
  if (unknown.length === 0) return;
  throw new FhirRefusal(
    400,
    unknown.map(([key]) => ({
      code: "not-supported",
      details: `${key}: is not a parameter of this request`,
      expression: key,
    })),
  );
}

/**
 * Send one resource with its version. What is live on it changes without a version of its record, so
 * the ETag has a part for it: `W/"3.9f2c41aa"`.
 */
export function sendResource(
  request: FastifyRequest,
  reply: FastifyReply,
  resource: Resource,
  format: Format,
  isLive: boolean,
): FastifyReply {
  const { versionId = "0", lastUpdated } = resource.meta ?? {};
  const etag = isLive ? `W/"${versionId}.${digestOf(resource)}"` : `W/"${versionId}"`;
  reply.header("etag", etag).header("cache-control", "no-cache");
  if (lastUpdated) reply.header("last-modified", new Date(lastUpdated).toUTCString());
  const known = request.headers["if-none-match"]?.split(",").map((one) => one.trim());
  if (known?.some((one) => one === "*" || one.replace(/^W\//, "") === etag.slice(2)))
    return reply.code(304).send();
  return send(reply, 200, resource, format);
}

/**
 * The resource in the body of a request.
 *
 * @param id that it has to have; undefined when it has none yet
 * @throws FhirRefusal 400 when it is another kind of resource, or has another id than the address
 */
export function bodyOf<T extends Resource>(
  request: FastifyRequest,
  type: T["resourceType"],
  id: string | undefined,
): T {
  return resourceIn<T>(request.body, type, id);
}

export function resourceIn<T extends Resource>(
  body: unknown,
  type: T["resourceType"],
  id: string | undefined,
): T {
  const read = z.looseObject({ resourceType: z.literal(type), id: z.string().optional() }).safeParse(body);
  if (!read.success)
    throw new FhirRefusal(400, [
      { code: "invalid", details: `the body is no ${type}`, expression: "resourceType" },
    ]);
  if (id !== undefined && read.data.id !== id)
    throw new FhirRefusal(400, [
      { code: "invalid", details: `id: is not ${id}, as the address says`, expression: "id" },
    ]);
  const problems = misshapen(body, type);
  if (problems.length > 0)
    throw new FhirRefusal(
      400,
      problems.map((details) => ({
        code: "structure" as const,
        details,
        expression: details.split(": ")[0],
      })),
    );
  // What its readers look at has the shape that they expect; the rest they do not look at.
  return body as T;
}

/** Answer a write with what stands now. */
export function sendWritten(
  reply: FastifyReply,
  status: 200 | 201,
  resource: Resource,
  base: string,
  format: Format,
): FastifyReply {
  const { versionId = "0", lastUpdated } = resource.meta ?? {};
  if (lastUpdated) reply.header("last-modified", new Date(lastUpdated).toUTCString());
  if (status === 201) reply.header("location", `${base}/${resource.resourceType}/${resource.id}`);
  reply.header("etag", `W/"${versionId}"`).header("cache-control", "no-store");
  return send(reply, status, resource, format);
}

function digestOf(resource: Resource): string {
  return createHash("sha256").update(JSON.stringify(resource)).digest("hex").slice(0, 8);
}

/**
 * Write, and with an `Idempotency-Key` once: the same request again is answered by what was done then.
 *
 * @param schema of what the act returns, which is kept: names alone, so that the answer shows what stands
 */
export async function actOnce<T>(
  server: Server,
  request: FastifyRequest,
  reply: FastifyReply,
  schema: z.ZodType<T>,
  act: (ctx: Context) => Promise<T>,
): Promise<T> {
  const ctx = await writerOf(server, request);
  const key = request.headers["idempotency-key"];
  if (key === undefined) return act(ctx);
  const { method, url, headers, body } = request;
  const fingerprint = createHash("sha256")
    .update(
      JSON.stringify([method, url, headers["if-match"] ?? null, headers["prefer"] ?? null, body ?? null]),
    )
    .digest();
  const answer = await answerOnce(ctx, String(key), fingerprint, async (inside) => {
    return new Answer<T>({ body: await act(inside) });
  });
  for (const [name, value] of Object.entries(answer.headers)) reply.header(name, value);
  return schema.parse(answer.json === undefined ? answer.body : JSON.parse(answer.json.toString()));
}

/** Who writes. @throws Problem `not-signed-in` for nobody */
export async function writerOf(server: Server, request: FastifyRequest): Promise<Context> {
  const ctx = await server.contextOf(request);
  if (ctx.actor.kind === "anonymous")
    throw new Problem("not-signed-in", "A change needs an API key or a session");
  return ctx;
}
