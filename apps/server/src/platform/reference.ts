import reference from "@scalar/fastify-api-reference";
import { openApiOf } from "./openapi.ts";
import { API_BASE, type Server } from "./http.ts";

/** The OpenAPI document of everything that is mounted, and a page to read it on. */
export async function mountReference(server: Server, publicUrl: string | undefined): Promise<void> {
  let text: string | undefined;
  const document = () =>
    (text ??= JSON.stringify(
      openApiOf(server, {
        title: "IHIMS API",
        version: "1",
        description:
          "One point of information for a city's healthcare. Times are RFC 3339, positions WGS 84, distances metres, durations seconds. Every live figure carries its age.",
        server: publicUrl ?? "/",
      }),
    ));
  server.fastify.get(`${API_BASE}/openapi.json`, async (_request, reply) =>
    reply.type("application/json; charset=utf-8").send(document()),
  );
  await server.fastify.register(reference, {
    routePrefix: "/docs",
    configuration: {
      url: `${API_BASE}/openapi.json`,
      pageTitle: "IHIMS API",
      withDefaultFonts: false,
      // Nothing of the page leaves the machine, and nothing on it sells anything.
      telemetry: false,
      agent: { disabled: true },
      mcp: { disabled: true },
      hideClientButton: true,
      showDeveloperTools: "never",
    },
    hooks: {
      // Its page starts itself with a script and styles of its own inside it.
      onRequest: async (_request, reply) => {
        reply.header(
          "content-security-policy",
          "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'",
        );
      },
    },
  });
}
