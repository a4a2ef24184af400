import { Readable } from "node:stream";
import { z } from "zod";
import { FacilityId } from "@ihims/core/ids.ts";
import { Problem } from "@ihims/core/problem.ts";
import { Instant, later, millisOf, MINUTE_MS } from "@ihims/core/time.ts";
import { API_BASE, type Server } from "../../platform/http.ts";
import { parseQuery } from "../../platform/input.ts";
import type { Described } from "../../platform/openapi.ts";
import { ExportKind, writeExport, type ExportMemory } from "./exports.ts";

const Query = z.strictObject({ facility: FacilityId.optional(), since: Instant.optional() });
const Params = z.object({ file: z.string() });

/** What is committed is on the board within this, whatever its moment of arrival says. */
const LATE_MS = MINUTE_MS;

/** How exports stand in the API reference. */
const DESCRIBED: Described = {
  path: `${API_BASE}/exports/{kind}.csv`,
  noun: "exports",
  operation: {
    operationId: "getExport",
    summary: "Everything public of a kind as CSV, streamed as it is now",
    description:
      "Every live figure has observedAt, receivedAt, source and freshness; one that has expired has its age and no value. The header Ihims-Next-Since is what `since` takes the next time to get only what is new: a row may come twice, none is missed. With If-None-Match what is unchanged is answered with 304.",
    parameters: [
      { name: "kind", in: "path", required: true, schema: { enum: ExportKind.options } },
      { name: "facility", in: "query", schema: { type: "string" }, description: "Only this one" },
      {
        name: "since",
        in: "query",
        schema: { type: "string", format: "date-time" },
        description: "Only what was heard of, or changed, at or after it",
      },
    ],
    responses: {
      200: { description: "The table", content: { "text/csv": { schema: { type: "string" } } } },
      304: { description: "As it was" },
      default: { $ref: "#/components/responses/Problem" },
    },
  },
};

/** `/api/v1/exports/<kind>.csv`: everything public, as it is now, so that nobody needs to scrape. */
export function mountExports(
  server: Server,
  memory: ExportMemory,
  shelvesReady: () => Promise<unknown>,
): void {
  const { board, doctors, shelves, alerts } = memory;
  server.text({
    method: "GET",
    url: `${API_BASE}/exports/:file`,
    access: "public",
    described: DESCRIBED,
    async handle(ctx, { params, query }) {
      const kind = ExportKind.safeParse(/^([a-z]+)\.csv$/u.exec(Params.parse(params).file)?.[1]);
      if (!kind.success)
        throw new Problem(
          "not-found",
          `There is no such export: ${ExportKind.options.map((one) => `${one}.csv`).join(", ")}`,
        );
      const { facility, since } = parseQuery(Query, query);
      if (facility !== undefined && !board.entry(facility))
        throw new Problem("not-found", "There is no such facility");
      // Shelves are the last that is read after a start.
      if (kind.data === "stock") await shelvesReady();
      const now = ctx.now();
      // Time alone makes figures older, so the same state has another tag each minute.
      const minute = Math.floor(millisOf(now) / MINUTE_MS);
      const versions = [board.version, doctors.version, shelves.version, alerts.version].join(".");
      return {
        type: "text/csv; charset=utf-8; header=present",
        body: Readable.from(writeExport(memory, kind.data, { facility, since }, now), { objectMode: false }),
        etag: `${board.id}-${versions}-${minute}`,
        headers: {
          "ihims-next-since": later(now, -LATE_MS),
          "content-disposition": `inline; filename="${kind.data}.csv"`,
        },
      };
    },
  });
}
