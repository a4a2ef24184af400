import { Readable } from "node:stream";
import { z } from "zod";
import { HistoryExportQuery, listHistory, revertObservation } from "@ihims/core/history/endpoints.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { API_BASE, type Server } from "../../platform/http.ts";
import { parseQuery } from "../../platform/input.ts";
import { historyCsv, historyOf, mayLook, revertTo } from "./history.ts";

const Params = z.object({ id: FacilityId });

export function mountHistory(server: Server): void {
  server.on(listHistory, (ctx, { params, query }) => historyOf(ctx, params.id, query));
  server.on(revertObservation, (ctx, { params }) => revertTo(ctx, params.id, params.observation));
  server.text({
    method: "GET",
    url: `${API_BASE}/facilities/:id/history.csv`,
    access: "signed-in",
    described: {
      path: `${API_BASE}/facilities/{id}/history.csv`,
      noun: "history",
      operation: {
        operationId: "getHistoryExport",
        summary: "Every report of a facility's figures as CSV, newest first",
        parameters: [
          { name: "id", in: "path", required: true, schema: { type: "string" } },
          ...["subject", "kind", "from", "to"].map((name) => ({
            name,
            in: "query",
            schema: { type: "string" },
          })),
        ],
        responses: {
          200: { description: "The table", content: { "text/csv": { schema: { type: "string" } } } },
          default: { $ref: "#/components/responses/Problem" },
        },
      },
    },
    async handle(ctx, { params, query }) {
      const { id } = Params.parse(params);
      const wanted = parseQuery(HistoryExportQuery, query);
      await mayLook(ctx, id);
      return {
        type: "text/csv; charset=utf-8; header=present",
        body: Readable.from(historyCsv(ctx, id, wanted), { objectMode: false }),
        headers: { "content-disposition": `attachment; filename="history-${id}.csv"` },
      };
    },
  });
}
