import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { Problem } from "@ihims/core/problem.ts";
import { API_BASE } from "./http.ts";

const CITIZEN = fileURLToPath(new URL("../../../citizen/dist", import.meta.url));
const CONSOLE = fileURLToPath(new URL("../../../console/dist", import.meta.url));

/** Where each application is served, and where its build lies. */
export const WEB_APPS = [
  { prefix: "/", root: CITIZEN },
  { prefix: "/console/", root: CONSOLE },
] as const;

/** A year: a built file has a hash of its content in its name. */
const HASHED_MAX_AGE_S = 365 * 24 * 3600;

/** The built web applications: the citizens' at `/`, the institutions' at `/console`. */
export async function mountWebApps(app: FastifyInstance): Promise<void> {
  for (const { prefix, root } of WEB_APPS) {
    if (!existsSync(root)) continue;
    await app.register(fastifyStatic, {
      root,
      prefix,
      decorateReply: prefix === "/",
      redirect: false,
      setHeaders(response, path) {
        response.header(
          "cache-control",
          /\/assets\//.test(path) ? `public, max-age=${HASHED_MAX_AGE_S}, immutable` : "no-cache",
        );
      },
    });
  }
  // An address inside an application is answered with the application; it finds the way itself.
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?")[0] ?? "/";
    const wantsPage =
      request.method === "GET" &&
      (request.headers.accept ?? "").includes("text/html") &&
      !path.startsWith(API_BASE);
    const root = path === "/console" || path.startsWith("/console/") ? CONSOLE : CITIZEN;
    if (wantsPage && existsSync(`${root}/index.html`))
      return reply.header("cache-control", "no-cache").sendFile("index.html", root);
    throw new Problem("not-found", `There is nothing at ${path}`);
  });
}
