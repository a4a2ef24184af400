import { issueKey, listKeys, revokeKey } from "@ihims/core/people/endpoints.ts";
import type { Server } from "../../platform/http.ts";
import { issueApiKey, listApiKeys, revokeApiKey } from "./keys.ts";

export function mountKeys(server: Server): void {
  server.on(issueKey, (ctx, { body }) => issueApiKey(ctx, body));
  server.on(listKeys, (ctx, { query }) => listApiKeys(ctx, query));
  server.on(revokeKey, (ctx, { params }) => revokeApiKey(ctx, params.id));
}
