import { buildAck } from "@ihims/connectors/hl7v2/ack.ts";
import { readAdtMessage } from "@ihims/connectors/hl7v2/adt.ts";
import { readMessage, type Hl7Problem, type ReadMessage } from "@ihims/connectors/hl7v2/message.ts";
import type { Context } from "../../platform/context.ts";
import type { GroupCommit } from "../../platform/group-commit.ts";
import { randomId } from "../../platform/random-id.ts";
import { keepAside } from "./aside.ts";
import type { AckCode } from "./message-store.ts";
import type { Door, Incoming, TakenIn } from "./take-in.ts";

const NOT_KNOWN = {
  "unknown-sender": "This sender (MSH-3, MSH-4) is not registered here",
  "not-its-certificate": "This sender (MSH-3, MSH-4) is known only with its client certificate, over TLS",
};

/**
 * Take in one ADT message and answer it. What AA says is true and durable when it is returned: the
 * visit, the census and the figures are committed.
 *
 * The same message again (MSH-10 and content) that was applied is answered AA and not applied
 * again. One that was refused is tried again: the ward may be mapped by now. Another message under
 * a control id that was used before is another message.
 *
 * @param together what takes in the messages of all connections
 * @returns the acknowledgement: AA, AE (not applied, with ERR) or AR (not for us); always one
 */
export async function receiveAdt(
  ctx: Context,
  together: GroupCommit<Incoming, TakenIn>,
  sent: string,
  door: Door,
): Promise<string> {
  const text = withoutNul(sent);
  const read = readMessage(text);
  if (!read.ok) return refuseMessage(ctx, text, read);
  const adt = readAdtMessage(read, ctx.city.timeZone);
  const taken = await together.take(ctx, { text, read, adt, door });
  if (typeof taken === "string")
    return refuseMessage(ctx, text, { ack: "AR", code: 204, problem: NOT_KNOWN[taken], at: "MSH-3" });
  return answer(ctx, read, taken.code, taken.problem);
}

/**
 * Answer a message that cannot be taken in, and keep it aside without what identifies a patient.
 *
 * @param sent the message, or as much of it as there is
 */
export async function refuseMessage(ctx: Context, sent: string, problem: Hl7Problem): Promise<string> {
  const text = withoutNul(sent);
  const read = readMessage(text);
  await keepAside(ctx, { text, read: read.ok ? read : undefined, facility: null, reason: problem.problem });
  return answer(ctx, read.ok ? read : undefined, problem.ack, problem);
}

/** PostgreSQL's text has no NUL, and neither has HL7's. */
function withoutNul(text: string): string {
  return text.replaceAll("\0", "");
}

function answer(ctx: Context, read: ReadMessage | undefined, code: AckCode, problem?: Hl7Problem): string {
  return buildAck(read, { code, now: ctx.now(), controlId: randomId(), ...(problem && { problem }) });
}
