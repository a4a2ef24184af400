import type { FastifyReply, FastifyRequest } from "fastify";
import { writeFhirXml } from "@ihims/connectors/fhir/xml.ts";
import { FhirRefusal } from "./outcome.ts";

/** How an answer is written. */
export interface Format {
  kind: "json" | "xml";
  isPretty: boolean;
}

/** What `_format` may say, by what it means. */
const BY_NAME: Record<string, Format["kind"]> = {
  json: "json",
  "application/json": "json",
  "application/fhir+json": "json",
  "text/json": "json",
  xml: "xml",
  "application/xml": "xml",
  "application/fhir+xml": "xml",
  "text/xml": "xml",
};

/** Media types that are written here, without their parameters. */
const WRITTEN = {
  json: "application/fhir+json; charset=utf-8",
  xml: "application/fhir+xml; charset=utf-8",
} as const;

/** Media types of bodies that are read: those of FHIR and plain JSON. */
export const JSON_TYPES = ["application/fhir+json", "application/json"] as const;
export const XML_TYPES = ["application/fhir+xml", "application/xml", "text/xml"] as const;

/**
 * How a caller wants the answer: `_format` outranks Accept.
 *
 * @throws FhirRefusal 400 for a `_format`, 406 for an Accept that is not written here
 */
export function formatOf(
  { headers }: FastifyRequest,
  query: ReadonlyMap<string, string>,
  kinds: readonly Format["kind"][] = ["json", "xml"],
): Format {
  const kindNamed = (name: string) => kinds.find((one) => one === BY_NAME[name]);
  const isPretty = query.get("_pretty") === "true";
  const named = query.get("_format");
  if (named !== undefined) {
    // A plus in a query is a blank unless it was encoded, and hardly anybody encodes it.
    const kind = kindNamed(named.replace("/fhir ", "/fhir+").split(";")[0]?.trim() ?? "");
    if (kind) return { kind, isPretty };
    const names = Object.keys(BY_NAME).filter((name) => kindNamed(name) !== undefined);
    const details = `_format: ${named} is not written here; ${names.join(", ")} are`;
    throw new FhirRefusal(400, [{ code: "not-supported", details, expression: "_format" }]);
  }
  const accept = headers.accept ?? "*/*";
  const wanted = accept.split(",").map((one) => {
    const [type = "", ...parameters] = one.split(";").map((part) => part.trim().toLowerCase());
    const quality = parameters.find((part) => part.startsWith("q="))?.slice(2);
    return { type, quality: quality === undefined ? 1 : Number(quality) };
  });
  for (const { type, quality } of wanted.sort((a, b) => b.quality - a.quality)) {
    if (quality === 0) continue;
    const kind = /^(\*\/\*|application\/\*|text\/html)$/.test(type) ? "json" : kindNamed(type);
    if (kind) return { kind, isPretty };
  }
  throw new FhirRefusal(406, [
    {
      code: "not-supported",
      details: `Accept: none of what it names is written here; ${kinds.map((kind) => WRITTEN[kind]).join(" and ")} can be`,
      expression: "Accept",
    },
  ]);
}

/** A resource of R4 or of R5. */
export type FhirBody = { resourceType: string };

export function send(reply: FastifyReply, status: number, resource: FhirBody, format: Format): FastifyReply {
  const text =
    format.kind === "xml"
      ? writeFhirXml(resource)
      : JSON.stringify(resource, undefined, format.isPretty ? 2 : undefined);
  return reply.header("vary", "accept").code(status).type(WRITTEN[format.kind]).send(text);
}
