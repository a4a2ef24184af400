import { findBlood, reportBlood } from "@ihims/core/blood/endpoints.ts";
import type { Server } from "../../platform/http.ts";
import type { Board } from "../board/board.ts";
import { reportBloodUnits, searchBlood } from "./blood.ts";

export function mountBlood(server: Server, board: Board): void {
  server.on(findBlood, (ctx, { query }) => searchBlood(board, query, ctx.city.countryCode, ctx.now()));

  server.on(reportBlood, (ctx, { params, body }) => {
    const { observedAt, ...stock } = body;
    const { id, group, component } = params;
    return reportBloodUnits(ctx, { facility: id, group, component, stock, observedAt });
  });
}
