import {
  getHl7Feed,
  listHl7Aside,
  listHl7Conflicts,
  resolveHl7Aside,
  setHl7Feed,
} from "@ihims/core/census/endpoints.ts";
import type { Server } from "../../platform/http.ts";
import { getFeed, listAside, resolveAside, setFeed } from "./census.ts";
import { mountHl7Messages } from "./http-door.ts";

export function mountCensus(server: Server): void {
  mountHl7Messages(server);
  server.on(getHl7Feed, (ctx, { params }) => getFeed(ctx, params.id));
  server.on(setHl7Feed, (ctx, { params, body }) => setFeed(ctx, params.id, body));
  server.on(listHl7Aside, (ctx, { params, query }) => listAside(ctx, params.id, query));
  server.on(listHl7Conflicts, (ctx, { params, query }) => listAside(ctx, params.id, query, "conflict"));
  server.on(resolveHl7Aside, (ctx, { params }) => resolveAside(ctx, params.id, params.asideId));
}
