import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Resource } from "@medplum/fhirtypes";
import { formatOf, send, type Format } from "./formats.ts";
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

export function formatIn(request: FastifyRequest, pairs: Pairs): Format {
  return formatOf(request, new Map(pairs));
}

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

function digestOf(resource: Resource): string {
  return createHash("sha256").update(JSON.stringify(resource)).digest("hex").slice(0, 8);
}
