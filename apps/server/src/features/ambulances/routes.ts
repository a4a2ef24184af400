import { getAmbulance, listAmbulances, reportPosition } from "@ihims/core/ambulances/endpoints.ts";
import type { Server } from "../../platform/http.ts";
import type { Board } from "../board/board.ts";
import { findAmbulance, reportVehicle, searchAmbulances } from "./ambulances.ts";

export function mountAmbulances(server: Server, board: Board): void {
  server.on(listAmbulances, (ctx, { query }) => searchAmbulances(board, query, ctx.now()));
  server.on(getAmbulance, (ctx, { params }) => findAmbulance(board, params.id, ctx.now()));
  server.on(reportPosition, (ctx, { params, body }) => reportVehicle(ctx, params.id, body));
}
