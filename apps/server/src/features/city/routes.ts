import { getCity, getGround } from "@ihims/core/city/endpoints.ts";
import { Answer } from "../../platform/answer.ts";
import type { Server } from "../../platform/http.ts";
import { findGround } from "./city.ts";

/** How long a browser keeps the ground of the map: it changes when a city is imported anew. */
const GROUND_MAX_AGE_S = 3600;

export function mountCity(server: Server): void {
  server.on(getCity, (ctx) => ctx.city);
  server.on(
    getGround,
    async (ctx) =>
      new Answer({
        body: await findGround(ctx.db),
        headers: { "cache-control": `public, max-age=${GROUND_MAX_AGE_S}` },
      }),
  );
}
