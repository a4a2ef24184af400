import {
  confirmFigures,
  reportObservations,
  retractObservations,
} from "@ihims/core/observations/endpoints.ts";
import type { Server } from "../../platform/http.ts";
import { confirmStanding } from "./confirm.ts";
import { reportBatch } from "./report.ts";
import { retract } from "./retract.ts";

export function mountObservations(server: Server): void {
  server.on(reportObservations, (ctx, { body }) => reportBatch(ctx, body.observations));
  server.on(confirmFigures, (ctx, { params, body }) =>
    confirmStanding(ctx, params.id, body?.subjects, body?.observedAt),
  );
  server.on(retractObservations, (ctx, { body }) => retract(ctx, body.observations));
}
