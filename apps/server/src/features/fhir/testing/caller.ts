import type { Bundle, BundleEntry, OperationOutcome, Resource } from "@medplum/fhirtypes";
import { problemsOf } from "@ihims/connectors/fhir/testing/validate.ts";
import { expect } from "vitest";
import type { TestServer } from "../../../testing/server.ts";

/** What a FHIR request came back with. */
export interface FhirAnswer<T extends Resource = Resource> {
  status: number;
  headers: Record<string, unknown>;
  resource: T;
}

interface Call {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  headers?: Record<string, string>;
  body?: Resource | string;
}

/** Ask the facade; whatever it answers must be valid, an OperationOutcome too. */
export async function fhir<T extends Resource = Resource>(
  server: TestServer,
  path: string,
  { method = "GET", headers = {}, body }: Call = {},
): Promise<FhirAnswer<T>> {
  const response = await server.app.fastify.inject({
    method,
    url: `/fhir/R4${path}`,
    headers: { ...(body === undefined ? {} : { "content-type": "application/fhir+json" }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  // Checked against the definitions on the next lines.
  const resource = (response.body === "" ? {} : response.json()) as T;
  if (response.body !== "") {
    expect(response.headers["content-type"]).toBe("application/fhir+json; charset=utf-8");
    expect(problemsOf(resource)).toEqual([]);
  }
  return { status: response.statusCode, headers: response.headers, resource };
}

/** A search that finds something or nothing, and is not refused. */
export async function search(server: TestServer, path: string): Promise<Bundle> {
  const { status, resource } = await fhir<Bundle>(server, path);
  expect(status, JSON.stringify(resource)).toBe(200);
  expect(resource.type).toBe("searchset");
  return resource;
}

/** The ids of what a search found, in its order; what was brought along after a `+`. */
export async function idsOf(server: TestServer, path: string): Promise<string[]> {
  const { entry = [] } = await search(server, path);
  return entry.map(idOf);
}

function idOf({ resource, search: how }: BundleEntry): string {
  return `${how?.mode === "include" ? `+${resource?.resourceType}/` : ""}${resource?.id}`;
}

/** The status of a refusal with what it says: `400 value near: ...`. */
export async function refusal(server: TestServer, path: string, call: Call = {}): Promise<string> {
  const { status, resource } = await fhir<OperationOutcome>(server, path, call);
  expect(resource.resourceType).toBe("OperationOutcome");
  return `${status} ${(resource.issue ?? []).map(({ code, details }) => `${code} ${details?.text}`).join("; ")}`;
}
