import { z } from "zod";
import { readMessage } from "@ihims/connectors/hl7v2/message.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import { GroupCommit } from "../../platform/group-commit.ts";
import { API_BASE, type Server } from "../../platform/http.ts";
import { receiveAdt } from "./receive.ts";
import { findSenders } from "./store.ts";
import { takeInAdt } from "./take-in.ts";

const MESSAGE_MAX_BYTES = 1024 * 1024;
const Params = z.object({ id: FacilityId });

/**
 * HL7 v2 messages over HTTPS, for who may not open a port: one in the body of each request, and its
 * acknowledgement in the answer. What AA says is as durable as over MLLP.
 */
export function mountHl7Messages(server: Server): void {
  const together = new GroupCommit(takeInAdt);
  server.text({
    method: "POST",
    url: `${API_BASE}/facilities/:id/hl7/messages`,
    access: "signed-in",
    bodyMaxBytes: MESSAGE_MAX_BYTES,
    described: {
      path: `${API_BASE}/facilities/{id}/hl7/messages`,
      method: "POST",
      noun: "census",
      operation: {
        operationId: "postHl7Message",
        summary: "One HL7 v2 message; the answer is its acknowledgement (AA, AE or AR)",
        security: [{ apiKey: [] }],
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        requestBody: { required: true, content: { "text/plain": { schema: { type: "string" } } } },
        responses: {
          200: {
            description: "The acknowledgement",
            content: { "text/plain": { schema: { type: "string" } } },
          },
          default: { $ref: "#/components/responses/Problem" },
        },
      },
    },
    async handle(ctx, { params, body }) {
      const read = Params.safeParse(params);
      if (!read.success) throw new Problem("not-found", "There is no such facility");
      const { id } = read.data;
      if (!mayReport(ctx.actor, id, "bed"))
        throw new Problem("not-allowed", "You do not report the beds of this facility");
      if (typeof body !== "string")
        throw new Problem("not-this-media-type", "Send the message as text/plain in UTF-8");
      const message = readMessage(body);
      if (!message.ok) throw new Problem("bad-input", message.problem);
      const { application, facilityCode, facility } = message.header;
      const senders = await findSenders(ctx.db, id);
      const isOurs = senders.some(
        (one) =>
          one.application === application &&
          (one.facilityCode === facilityCode || one.facilityCode === facility),
      );
      if (!isOurs)
        throw new Problem(
          "bad-input",
          `The sender ${application}|${facilityCode} (MSH-3, MSH-4) is not registered for this facility`,
        );
      return {
        type: "text/plain; charset=utf-8",
        body: await receiveAdt(ctx, together, body, { kind: "https" }),
      };
    },
  });
}
