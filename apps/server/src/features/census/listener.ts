import { buildAck } from "@ihims/connectors/hl7v2/ack.ts";
import { readMessage, type Hl7Problem } from "@ihims/connectors/hl7v2/message.ts";
import { DAY_MS, HOUR_MS, later } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { GroupCommit } from "../../platform/group-commit.ts";
import { startMllp, type MllpLimits, type MllpListener } from "../../platform/mllp.ts";
import type { TlsOptions } from "../../platform/mllp-tls.ts";
import { readMllpText, writeMllpText } from "../../platform/mllp-text.ts";
import { randomId } from "../../platform/random-id.ts";
import { forgetEndedBefore } from "./book-store.ts";
import { forgetBefore } from "./message-store.ts";
import { receiveAdt, refuseMessage } from "./receive.ts";
import { takeInAdt, type Door, type Incoming, type TakenIn } from "./take-in.ts";

/** For how long a message is known again. */
export const ANSWERS_KEPT_MS = 7 * DAY_MS;
/** For how long a visit that is over is remembered. */
export const ENDED_KEPT_MS = 7 * DAY_MS;
/** For how long what was kept aside waits for a person. */
export const ASIDE_KEPT_MS = 90 * DAY_MS;

export interface Hl7ListenerOptions {
  /** 0: any that is free. */
  port: number;
  host: string;
  limits?: Partial<MllpLimits>;
  tls?: TlsOptions;
}

/**
 * Listen for the hospitals' ADT messages.
 *
 * @param contextFor a context for each message; who sends is known by the message itself
 */
export async function startHl7Listener(
  contextFor: () => Context,
  { port, host, limits, tls }: Hl7ListenerOptions,
): Promise<MllpListener> {
  const { log } = contextFor();
  const together = new GroupCommit(takeInAdt);
  let forgetting = Promise.resolve();
  const forget = () => {
    forgetting = forgetting
      .then(() => forgetOld(contextFor()))
      .catch((error: unknown) => log.warn({ err: error }, "old HL7 messages could not be forgotten"));
  };
  const listener = await startMllp({
    port,
    host,
    ...(limits && { limits }),
    ...(tls && { tls: { onReload: (error) => sayReloaded(log, error), ...tls } }),
    handle: (bytes, certificate) => handle(contextFor(), together, bytes, { kind: "mllp", certificate }),
    handleOversized: (head) =>
      refuse(contextFor(), head, { ack: "AR", code: 207, problem: "The message is too large", at: null }),
    onError: (error) =>
      log.error({ err: error }, "an HL7 connection was closed: its message could not be answered"),
  });
  forget();
  const timer = setInterval(forget, HOUR_MS);
  return {
    ...listener,
    async close() {
      clearInterval(timer);
      await listener.close();
      await forgetting;
    },
  };
}

function sayReloaded(log: Context["log"], error: unknown): void {
  if (error === undefined) log.info("the certificate of the HL7 port was taken anew");
  else log.error({ err: error }, "the certificate of the HL7 port cannot be used; the one before stays");
}

async function forgetOld(ctx: Context): Promise<void> {
  await forgetBefore(ctx.db, later(ctx.now(), -ANSWERS_KEPT_MS), later(ctx.now(), -ASIDE_KEPT_MS));
  await forgetEndedBefore(ctx.db, later(ctx.now(), -ENDED_KEPT_MS));
}

async function handle(
  ctx: Context,
  together: GroupCommit<Incoming, TakenIn>,
  bytes: Buffer,
  door: Door,
): Promise<Buffer> {
  const { text, encoding, unsupported } = readMllpText(bytes);
  if (unsupported !== undefined) {
    return refuse(ctx, bytes, {
      ack: "AR",
      code: 103,
      problem: `The character set "${unsupported.slice(0, 40)}" is not read here`,
      at: "MSH-18",
    });
  }
  try {
    return writeMllpText(await receiveAdt(ctx, together, text, door), encoding);
  } catch (error) {
    // Nothing of the message was committed. Its text stays out of the log: it names a patient.
    ctx.log.error({ err: error }, "an HL7 message could not be taken in");
    return writeMllpText(internalError(ctx, text), encoding);
  }
}

function internalError(ctx: Context, text: string): string {
  const read = readMessage(text);
  const problem: Hl7Problem = {
    ack: "AE",
    code: 207,
    problem: "Not applied because of an error here; send it again",
    at: null,
  };
  return buildAck(read.ok ? read : undefined, { code: "AE", problem, now: ctx.now(), controlId: randomId() });
}

async function refuse(ctx: Context, bytes: Buffer, problem: Hl7Problem): Promise<Buffer> {
  const { text, encoding } = readMllpText(bytes);
  return writeMllpText(await refuseMessage(ctx, text, problem), encoding);
}
