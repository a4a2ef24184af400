import { createHmac } from "node:crypto";
import { buildAck } from "@ihims/connectors/hl7v2/ack.ts";
import { readAdtMessage, type AdtRead } from "@ihims/connectors/hl7v2/adt.ts";
import { withoutPatient } from "@ihims/connectors/hl7v2/aside.ts";
import { readMessage, type Hl7Problem, type ReadMessage } from "@ihims/connectors/hl7v2/message.ts";
import type { BedPlace } from "@ihims/core/census/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { Context } from "../../platform/context.ts";
import { randomId } from "../../platform/random-id.ts";
import { lockFacility } from "../facilities/facilities.ts";
import { applyAdt } from "./apply.ts";
import { findAnswer, insertAside, saveAnswer, type AckCode, type MessageName } from "./message-store.ts";
import { findSender, type SenderRow } from "./store.ts";

/** Messages that are kept aside for one facility; older ones make room. */
export const ASIDE_KEPT_MAX = 10_000;
/** The same for all senders that are not registered. */
export const UNKNOWN_KEPT_MAX = 1000;
/** MSH-10 may have 199 characters since v2.7; a longer one is cut, and its digest still tells it apart. */
const CONTROL_ID_MAX_CHARS = 199;

/**
 * Take in one ADT message and answer it. What AA says is true and durable when it is returned: the
 * visit, the census and the figures are committed.
 *
 * The same message again (MSH-10 and content) that was applied is answered AA and not applied
 * again. One that was refused is tried again: the ward may be mapped by now. Another message under
 * a control id that was used before is another message.
 *
 * @returns the acknowledgement: AA, AE (not applied, with ERR) or AR (not for us); always one
 */
export async function receiveAdt(ctx: Context, sent: string): Promise<string> {
  const text = withoutNul(sent);
  const read = readMessage(text);
  if (!read.ok) return refuseMessage(ctx, text, read);
  const { header } = read;
  const sender = await findSender(ctx.db, header.application, [header.facilityCode, header.facility]);
  if (!sender) {
    return refuseMessage(ctx, text, {
      ack: "AR",
      code: 204,
      problem: "This sender (MSH-3, MSH-4) is not registered here",
      at: "MSH-3",
    });
  }
  const adt = readAdtMessage(read, ctx.city.timeZone);
  const name = {
    sender: sender.id,
    controlId: header.controlId.slice(0, CONTROL_ID_MAX_CHARS),
    digest: digestOf(ctx, sender.facility, text, header.event),
  };
  const { code, problem } = await ctx.transaction((tx) => takeIn(tx, { text, read, sender, name, adt }));
  return answer(ctx, read, code, problem);
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

interface Incoming {
  text: string;
  read: ReadMessage;
  sender: SenderRow;
  name: MessageName;
  adt: AdtRead;
}

async function takeIn(
  ctx: Context,
  { text, read, sender, name, adt }: Incoming,
): Promise<{ code: AckCode; problem?: Hl7Problem }> {
  const { facility } = sender;
  await lockFacility(ctx, facility);
  const before = await findAnswer(ctx.db, name);
  if (before === "AA") return { code: "AA" };
  const outcome = adt.ok
    ? await applyAdt(ctx, { facility, sender: `hl7:${sender.id}`, reference: referenceOf(name) }, adt.event)
    : { kind: "refused" as const, problem: adt };
  const code = outcome.kind === "refused" ? outcome.problem.ack : "AA";
  await saveAnswer(ctx.db, name, code, ctx.now());
  if (outcome.kind === "conflict") {
    for (const place of outcome.beds) {
      await keepAside(ctx, {
        text,
        read,
        facility,
        place,
        reason: "The bed is somebody else's; the patient is in the ward without one",
      });
    }
  }
  if (outcome.kind !== "refused") return { code };
  // A sender that tries the same message again fills no shelf.
  if (before === undefined) await keepAside(ctx, { text, read, facility, reason: outcome.problem.problem });
  return { code, problem: outcome.problem };
}

/** PostgreSQL's text has no NUL, and neither has HL7's. */
function withoutNul(text: string): string {
  return text.replaceAll("\0", "");
}

interface Aside {
  text: string;
  read: ReadMessage | undefined;
  facility: FacilityId | null;
  place?: BedPlace;
  reason: string;
}

async function keepAside(ctx: Context, { text, read, facility, place, reason }: Aside): Promise<void> {
  const aside = {
    facility,
    application: read?.header.application.slice(0, 200) ?? "",
    facilityCode: read?.header.facilityCode.slice(0, 200) ?? "",
    kind: place ? ("conflict" as const) : ("refused" as const),
    event: read?.header.event.slice(0, 20) ?? "",
    reason,
    place: place ?? null,
    message: withoutPatient(text),
  };
  await insertAside(ctx.db, aside, ctx.now(), facility === null ? UNKNOWN_KEPT_MAX : ASIDE_KEPT_MAX);
}

function answer(ctx: Context, read: ReadMessage | undefined, code: AckCode, problem?: Hl7Problem): string {
  return buildAck(read, { code, now: ctx.now(), controlId: randomId(), ...(problem && { problem }) });
}

/** What a message says, as a keyed digest: without its MSH, which a repetition may write anew, but with the event. */
function digestOf(ctx: Context, facility: FacilityId, text: string, event: string): Buffer {
  const body = text.trimStart().replace(/^[^\r\n]*/, "");
  return createHmac("sha256", ctx.secretKey).update(`hl7-message\n${facility}\n${event}\n${body}`).digest();
}

/** The feed's own name for a report in the ledger. */
function referenceOf({ controlId, digest }: MessageName): string {
  return `${controlId.slice(0, 120)}:${digest.subarray(0, 12).toString("hex")}`;
}
