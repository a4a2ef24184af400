import {
  getScheme,
  listSchemeFacilities,
  listSchemes,
  screenSchemes,
} from "@ihims/core/schemes/endpoints.ts";
import { readCursor, writeCursor } from "../../platform/cursor.ts";
import { languageFor, type Server } from "../../platform/http.ts";
import type { Board } from "../board/board.ts";
import { findScheme, listAllSchemes, screenAnswers, searchSchemeFacilities } from "./schemes.ts";

export function mountSchemes(server: Server, board: Board): void {
  server.on(listSchemes, (ctx, { query }, incoming) => {
    const all = listAllSchemes(board, languageFor(query, incoming), ctx.now());
    const from = query.cursor === undefined ? 0 : readCursor(query.cursor, "number")[0];
    const items = all.slice(from, from + query.limit);
    const next = from + items.length;
    return { items, nextCursor: next < all.length ? writeCursor([next, ""]) : null };
  });
  server.on(getScheme, (ctx, { params, query }, incoming) =>
    findScheme(board, params.id, languageFor(query, incoming), ctx.now()),
  );
  server.on(listSchemeFacilities, (ctx, { params, query }) =>
    searchSchemeFacilities(board, params.id, query, ctx.now()),
  );
  server.on(screenSchemes, (_ctx, { body, query }, incoming) =>
    screenAnswers(body, languageFor(query, incoming)),
  );
}
