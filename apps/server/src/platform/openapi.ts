import { z } from "zod";
import type { Endpoint, Method } from "@ihims/core/endpoint.ts";
import { ProblemDetails } from "@ihims/core/problem.ts";
import { API_BASE } from "./http.ts";

type Json = Record<string, unknown>;

/** An operation that is no request answered once, and so no endpoint: described by hand. */
export interface Described {
  /** From the root, and `{name}` for parameters. */
  path: string;
  /** GET unless said. */
  method?: Method;
  noun: string;
  operation: Json;
}

/**
 * The OpenAPI 3.1 document of some endpoints. OpenAPI 3.1 takes JSON Schema 2020-12 as it is, which
 * is what zod writes.
 */
export function openApiOf(
  { endpoints, described }: { endpoints: readonly Endpoint[]; described: readonly Described[] },
  info: { title: string; version: string; description: string; server: string },
): Json {
  const paths: Record<string, Json> = {};
  for (const of of endpoints) {
    const path = API_BASE + of.path.replace(/:([A-Za-z]+)/g, "{$1}");
    paths[path] = { ...paths[path], [of.method.toLowerCase()]: operationOf(of) };
  }
  for (const { path, method = "GET", noun, operation } of described)
    paths[path] = { ...paths[path], [method.toLowerCase()]: { tags: [noun], ...operation } };
  return {
    openapi: "3.1.0",
    info: {
      title: info.title,
      version: info.version,
      description: info.description,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: info.server }],
    tags: [...new Set([...endpoints, ...described].map(({ noun }) => noun))].sort().map((name) => ({ name })),
    paths,
    components: {
      schemas: { ProblemDetails: schemaOf(ProblemDetails, "output") },
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "An API key, for machines" },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "ihims.session_token",
          description: "The cookie that POST /session sets, for people",
        },
      },
      responses: {
        Problem: {
          description: "What is wrong, as RFC 9457 problem details",
          content: {
            "application/problem+json": { schema: { $ref: "#/components/schemas/ProblemDetails" } },
          },
        },
      },
    },
  };
}

/** JSON Schema 2020-12 of a zod schema. */
export function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return json;
}

function operationOf(of: Endpoint): Json {
  const isUnsafe = of.method !== "GET";
  const bodies = of.streams ?? (of.body instanceof z.ZodUndefined ? {} : { "application/json": of.body });
  const content = Object.entries(bodies).map(([type, body]) => [type, { schema: schemaOf(body, "input") }]);
  return {
    operationId: operationIdOf(of),
    tags: [of.noun],
    summary: of.summary,
    ...(of.access === "signed-in" ? { security: [{ apiKey: [] }, { session: [] }] } : {}),
    parameters: [
      ...parametersOf(of.params, "path"),
      ...parametersOf(of.query, "query"),
      ...(isUnsafe && of.access === "signed-in" ? [IDEMPOTENCY_KEY] : []),
      ...(of.method === "PUT" || of.method === "PATCH" ? [IF_MATCH] : []),
    ],
    ...(content.length > 0
      ? {
          requestBody: {
            required: of.streams !== undefined || !of.body.safeParse(undefined).success,
            content: Object.fromEntries(content),
          },
        }
      : {}),
    responses: {
      [of.status]:
        of.status === 204
          ? { description: "Done" }
          : {
              description: "Done",
              content: { "application/json": { schema: schemaOf(of.reply, "output") } },
            },
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  schema: { type: "string", minLength: 1, maxLength: 255 },
  description:
    "The same key with the same request gives the same answer and acts once; with another request it is refused with 422",
};
const IF_MATCH = {
  name: "If-Match",
  in: "header",
  required: false,
  schema: { type: "string" },
  description: "Act only if the thing still has this ETag, otherwise 412",
};

function parametersOf(schema: z.ZodType, place: "path" | "query"): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, "output") as {
    properties?: Record<string, Json>;
    required?: string[];
  }; // An object schema, as endpoint() wants it.
  return Object.entries(properties).map(([name, { description, ...of }]) => ({
    name,
    in: place,
    required: place === "path" || (required.includes(name) && of["default"] === undefined),
    ...(description ? { description } : {}),
    schema: of,
  }));
}

function operationIdOf(of: Endpoint): string {
  const words = of.path
    .split("/")
    .filter(Boolean)
    .map((part) => part.replace(/^:/, "by-"));
  return [of.method.toLowerCase(), ...words]
    .join("-")
    .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
