import { z } from "zod";
import { XML_MAX_CHARS } from "@ihims/connectors/xml/read.ts";
import { SECOND_IS_PARTIAL } from "@ihims/connectors/have/second.ts";
import { Position } from "@ihims/core/geo.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { Instant, millisOf, MINUTE_MS } from "@ihims/core/time.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Server, TextAnswer } from "../../platform/http.ts";
import { parseQuery } from "../../platform/input.ts";
import { schemaOf, type Described } from "../../platform/openapi.ts";
import type { Board } from "../board/board.ts";
import { HaveOutcome, haveReport, receiveHave } from "./have.ts";

const XML = "application/emergency+xml; charset=utf-8";

const Box = z
  .string()
  .regex(/^-?[\d.]+(,-?[\d.]+){3}$/u, "write it as west,south,east,north in degrees")
  .transform((text, ctx) => {
    const [west, south, east, north] = text.split(",").map(Number);
    const southWest = Position.safeParse({ lat: south, lon: west });
    const northEast = Position.safeParse({ lat: north, lon: east });
    if (southWest.success && northEast.success && southWest.data.lat <= northEast.data.lat)
      return { southWest: southWest.data, northEast: northEast.data };
    ctx.addIssue("write it as west,south,east,north in degrees");
    return z.NEVER;
  });

const Query = z.strictObject({
  format: z.enum(["1.0", "2.0"]).default("1.0").describe("2.0 is partial, and says so"),
  facility: FacilityId.optional(),
  bbox: Box.optional(),
  since: Instant.optional(),
});

const XML_BODY = { content: { "application/emergency+xml": { schema: { type: "string" } } } };

/** How the two stand in the API reference. */
const READ: Described = {
  path: "/have",
  noun: "have",
  operation: {
    operationId: "getHave",
    summary: "The city's hospitals with their live beds as EDXL-HAVE 1.0 (2.0 in part)",
    parameters: [
      ["format", "1.0 (default), or 2.0 in part: who, where and a colour for each kind of bed"],
      ["facility", "Only this one, whatever its kind"],
      ["bbox", "Only within west,south,east,north, in degrees"],
      ["since", "Only hospitals whose LastUpdateTime is at or after it (RFC 3339)"],
    ].map(([name, description]) => ({ name, in: "query", description, schema: { type: "string" } })),
    responses: {
      200: { description: "The report", ...XML_BODY },
      204: { description: "No hospital fits: the standard knows no empty report" },
      default: { $ref: "#/components/responses/Problem" },
    },
  },
};

const POSTED: Described = {
  path: "/have",
  method: "POST",
  noun: "have",
  operation: {
    operationId: "postHave",
    summary: "Report figures of facilities as EDXL-HAVE; each hospital is answered by itself",
    security: [{ apiKey: [] }, { session: [] }],
    requestBody: { required: true, ...XML_BODY },
    responses: {
      200: {
        description: "What came of each hospital",
        content: { "application/json": { schema: schemaOf(HaveOutcome, "output") } },
      },
      default: { $ref: "#/components/responses/Problem" },
    },
  },
};

/** EDXL-HAVE at its own address, in and out. */
export function mountHave(server: Server, board: Board): void {
  server.text({
    method: "GET",
    url: "/have",
    access: "public",
    described: READ,
    handle(ctx, { query }) {
      const { format, facility, bbox: box, since } = parseQuery(Query, query);
      const now = ctx.now();
      const body = haveReport(board, format, { facility, box, since }, now);
      const headers: Record<string, string> = format === "2.0" ? { "ihims-note": SECOND_IS_PARTIAL } : {};
      if (body === undefined) return { type: XML, body: "", status: 204, headers };
      // Time alone withdraws figures, so the same state has another tag each minute.
      const etag = `${board.id}-${board.version}-${Math.floor(millisOf(now) / MINUTE_MS)}-${format}`;
      return { type: XML, body, etag, headers };
    },
  });

  server.text({
    method: "POST",
    url: "/have",
    access: "signed-in",
    bodyMaxBytes: XML_MAX_CHARS,
    described: POSTED,
    async handle(ctx, { body }): Promise<TextAnswer> {
      if (typeof body !== "string")
        throw new Problem(
          "not-this-media-type",
          "Send EDXL-HAVE as application/emergency+xml or application/xml",
        );
      const outcome = await receiveHave(ctx, board, body);
      return { type: "application/json; charset=utf-8", body: JSON.stringify(outcome) };
    },
  });
}
