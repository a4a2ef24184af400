import { z } from "zod";
import { CAP_MEDIA_TYPE, writeCap } from "@ihims/connectors/cap/write.ts";
import { XML_MAX_CHARS } from "@ihims/connectors/xml/read.ts";
import { getAlert, issueAlert, listAlerts } from "@ihims/core/alerts/endpoints.ts";
import { AlertId } from "@ihims/core/ids.ts";
import { Problem } from "@ihims/core/problem.ts";
import { millisOf, MINUTE_MS } from "@ihims/core/time.ts";
import { languageFor, type Incoming, type Server, type TextRoute } from "../../platform/http.ts";
import { parseQuery } from "../../platform/input.ts";
import { findAlertRecord, issue, receiveCap, recordOf, senderNameOf, type AlertBoard } from "./alerts.ts";
import { alertIndex, searchAlerts } from "./list.ts";

const IndexQuery = z.strictObject({
  status: listAlerts.query.shape.status,
  lang: listAlerts.query.shape.lang,
});

/** @param publicUrl address that others see; undefined: the one that they asked by */
export function mountAlerts(server: Server, board: AlertBoard, publicUrl: string | undefined): void {
  server.on(listAlerts, (ctx, { query }, incoming) =>
    searchAlerts(board, query, ctx.now(), languageFor(query, incoming)),
  );
  server.on(getAlert, (ctx, { params }) => findAlertRecord(ctx, board, params.id));
  server.on(issueAlert, async (ctx, { body }) => {
    const alert = await issue(ctx, board, body, senderNameOf(ctx.city, publicUrl));
    // What was just committed is on the board when the answer goes out, whoever opened the transaction.
    board.apply(alert);
    return recordOf(board, alert, ctx.now());
  });
  server.text(indexRoute(board, publicUrl));
  server.text(messageRoute(board));
  server.text(intakeRoute());
}

function baseOf({ headers }: Incoming, publicUrl: string | undefined): string {
  return (publicUrl ?? `http://${headers.get("host") ?? "localhost"}`).replace(/\/$/u, "");
}

const problem = { default: { $ref: "#/components/responses/Problem" } };
const textOf = (type: string) => ({ content: { [type]: { schema: { type: "string" } } } });

function indexRoute(board: AlertBoard, publicUrl: string | undefined): TextRoute {
  return {
    method: "GET",
    url: "/alerts.cap",
    access: "public",
    described: {
      path: "/alerts.cap",
      noun: "alerts",
      operation: {
        operationId: "getAlertIndex",
        summary: "Atom index of the CAP 1.2 alerts that hold; exercises and tests only by status",
        parameters: [
          { name: "status", in: "query", schema: { enum: listAlerts.query.shape.status.unwrap().options } },
          { name: "lang", in: "query", schema: { type: "string" } },
        ],
        responses: { 200: { description: "The index", ...textOf("application/atom+xml") }, ...problem },
      },
    },
    handle(ctx, request) {
      const { status, lang } = parseQuery(IndexQuery, request.query);
      const language = languageFor({ lang }, request);
      const base = baseOf(request, publicUrl);
      const now = ctx.now();
      const minute = Math.floor(millisOf(now) / MINUTE_MS);
      return {
        type: "application/atom+xml; charset=utf-8",
        body: alertIndex(board, status, { base, city: ctx.city.name, language, now }),
        etag: `${board.version}-${minute}-${status}-${language}`,
      };
    },
  };
}

function messageRoute(board: AlertBoard): TextRoute {
  return {
    method: "GET",
    url: "/alerts.cap/:id",
    access: "public",
    described: {
      path: "/alerts.cap/{id}",
      noun: "alerts",
      operation: {
        operationId: "getAlertMessage",
        summary: "One alert as CAP 1.2",
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        responses: { 200: { description: "The message", ...textOf(CAP_MEDIA_TYPE) }, ...problem },
      },
    },
    async handle(ctx, { params }) {
      const read = z.object({ id: AlertId }).safeParse(params);
      if (!read.success) throw new Problem("not-found", "There is no such alert");
      const alert = await findAlertRecord(ctx, board, read.data.id);
      return { type: `${CAP_MEDIA_TYPE}; charset=utf-8`, body: writeCap(alert), etag: alert.id };
    },
  };
}

function intakeRoute(): TextRoute {
  return {
    method: "POST",
    url: "/alerts.cap",
    access: "signed-in",
    bodyMaxBytes: XML_MAX_CHARS,
    described: {
      path: "/alerts.cap",
      method: "POST",
      noun: "alerts",
      operation: {
        operationId: "postAlertMessage",
        summary: "Take in an authority's CAP alerts (a health officer); each is answered by itself",
        security: [{ session: [] }],
        requestBody: { required: true, ...textOf(CAP_MEDIA_TYPE) },
        responses: { 200: { description: "What came of each", ...textOf("application/json") }, ...problem },
      },
    },
    async handle(ctx, { body, headers }) {
      if (typeof body !== "string")
        throw new Problem("not-this-media-type", `Send CAP as ${CAP_MEDIA_TYPE} or application/xml`);
      const received = await receiveCap(ctx, body, headers.get("ihims-origin")?.slice(0, 300) || "upload");
      return { type: "application/json; charset=utf-8", body: JSON.stringify(received) };
    },
  };
}
