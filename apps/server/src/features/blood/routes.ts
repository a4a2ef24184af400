import { findBlood, reportBlood } from "@ihims/core/blood/endpoints.ts";
import { addBloodUnit, listBloodUnits, moveBloodUnit, setBloodBank } from "@ihims/core/blood/units.ts";
import type { Server } from "../../platform/http.ts";
import type { Board } from "../board/board.ts";
import { reportBloodUnits, searchBlood } from "./blood.ts";
import { addUnit, changeBloodBank, listUnits, moveUnit } from "./units.ts";

export function mountBlood(server: Server, board: Board): void {
  server.on(findBlood, (ctx, { query }) => searchBlood(board, query, ctx.city.countryCode, ctx.now()));

  server.on(reportBlood, (ctx, { params, body }) => {
    const { observedAt, ...stock } = body;
    const { id, group, component } = params;
    return reportBloodUnits(ctx, { facility: id, group, component, stock, observedAt });
  });

  server.on(listBloodUnits, async (ctx, { params, query }) => ({
    items: await listUnits(ctx, params.id, query),
  }));
  server.on(addBloodUnit, (ctx, { params, body }) => addUnit(ctx, params.id, body));
  server.on(moveBloodUnit, (ctx, { params, body }) => moveUnit(ctx, params.id, params.unit, body.state));
  server.on(setBloodBank, (ctx, { params, body }) => changeBloodBank(ctx, params.id, body));
}
