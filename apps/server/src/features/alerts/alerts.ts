import type { z } from "zod";
import { readCap, type CapRead } from "@ihims/connectors/cap/read.ts";
import type { AlertRecord, issueAlert } from "@ihims/core/alerts/endpoints.ts";
import { expiryOf } from "@ihims/core/alerts/rules.ts";
import { AlertMessage, type Alert, type AlertSignature } from "@ihims/core/alerts/schema.ts";
import type { City } from "@ihims/core/city/schema.ts";
import { AlertId } from "@ihims/core/ids.ts";
import { canonical } from "@ihims/core/observations/rules.ts";
import { mayWarn } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import { DAY_MS, instantOf, later, millisOf, SECOND_MS, type Instant } from "@ihims/core/time.ts";
import { appendChanges } from "../../platform/changes.ts";
import type { Context } from "../../platform/context.ts";
import { randomId } from "../../platform/random-id.ts";
import type { CityChange } from "../observations/observations.ts";
import { AlertBoard } from "./alert-board.ts";
import { findAlertById, findAlertByReference, findAlertsAfter, insertAlert } from "./store.ts";

export { AlertBoard };

/** Messages that ended longer ago are not held in memory: nobody asks for them but by their id. */
const ENDED_KEPT_MS = 30 * DAY_MS;

/** The messages of the city that hold, or held not long ago. */
export function listRecentAlerts(ctx: Context): Promise<Alert[]> {
  return findAlertsAfter(ctx.db, later(ctx.now(), -ENDED_KEPT_MS));
}

type NewAlert = z.output<typeof issueAlert.body>;

/**
 * Warn the public, or change or cancel a warning of ours.
 *
 * @param sender under which name the city's messages go out
 * @throws Problem `not-allowed` to others than a health officer or the operator; `bad-input` when it
 *   has ended already; `not-found`, `conflict` for what it is to replace
 */
export function issue(ctx: Context, board: AlertBoard, given: NewAlert, sender: string): Promise<Alert> {
  return ctx.transaction(async (tx) => {
    mustWarn(tx);
    const now = wholeSeconds(tx.now());
    const before = given.msgType === "Alert" ? undefined : await findReplaced(tx, board, given.replaces);
    const infos = given.msgType === "Cancel" ? [] : given.infos;
    for (const [place, { expires }] of infos.entries()) {
      if (expires > now) continue;
      throw new Problem("bad-input", "The warning has ended before it begins", {
        errors: [{ pointer: `/infos/${place}/expires`, detail: "is not in the future" }],
      });
    }
    const message = AlertMessage.parse({
      identifier: `ihims-${randomId()}`,
      sender,
      sent: now,
      status: given.msgType === "Alert" ? given.status : before?.status,
      msgType: given.msgType,
      scope: "Public",
      note: given.note,
      references: before ? [{ sender: before.sender, identifier: before.identifier, sent: before.sent }] : [],
      infos: infos.map((info) => ({
        ...info,
        effective: info.effective && wholeSeconds(info.effective),
        onset: info.onset && wholeSeconds(info.onset),
        expires: wholeSeconds(info.expires),
      })),
    });
    const alert = await keep(tx, message, null, "none");
    if (!alert) throw new Error("a message of ours has the name of another");
    return alert;
  });
}

/** Under which name the city's messages go out: one that nobody else has, without blanks. */
export function senderNameOf({ name }: City, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return new URL(publicUrl).host;
  return `ihims.${name.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")}`;
}

/** CAP has no smaller ones. */
function wholeSeconds(moment: Instant): Instant {
  return instantOf(Math.floor(millisOf(moment) / SECOND_MS) * SECOND_MS);
}

function mustWarn({ actor }: Context): void {
  if (!mayWarn(actor)) throw new Problem("not-allowed", "Only a health officer of the city warns the public");
}

async function findReplaced(ctx: Context, board: AlertBoard, id: AlertId): Promise<Alert> {
  const alert = await findAlertById(ctx.db, id);
  const refuse = (detail: string, pointer = "/replaces"): never => {
    throw new Problem("conflict", detail, { errors: [{ pointer, detail }] });
  };
  if (!alert) throw new Problem("not-found", "There is no such alert");
  if (alert.origin !== null) refuse("It is another authority's: only they change it");
  const state = board.stateOf(alert, ctx.now());
  if (state === "replaced" || state === "cancelled" || state === "no-warning")
    refuse(`It is ${state === "no-warning" ? "no warning" : state} already`);
  return alert;
}

async function keep(
  ctx: Context,
  message: AlertMessage,
  origin: string | null,
  signature: AlertSignature,
): Promise<Alert | undefined> {
  const alert: Alert = {
    ...message,
    id: AlertId.parse(`a${randomId()}`),
    receivedAt: ctx.now(),
    origin,
    signature,
  };
  if (!(await insertAlert(ctx.db, alert))) return undefined;
  await appendChanges(ctx, [{ kind: "alert", alert } satisfies CityChange]);
  return alert;
}

/** What came of one message of an authority's document. */
export interface ReceivedAlert {
  identifier: string | null;
  line: number;
  outcome: "accepted" | "unchanged" | "rejected";
  reason?: string;
  alert?: AlertId;
  /** A signature is noted, and verified by nobody here. */
  signature?: AlertSignature;
  notes: string[];
}

export type ReceivedCap =
  | { kind: "alerts"; alerts: ReceivedAlert[] }
  /** An index: the messages themselves are at these addresses. */
  | { kind: "index"; links: string[] };

/**
 * Take in what an authority publishes: CAP messages, each answered by itself. The same message again
 * changes nothing, and messages of a chain may come in any order.
 *
 * @param origin what the alert's page names as where it came from
 * @throws Problem `not-allowed`; `bad-input` when it is neither CAP nor an index of it
 */
export async function receiveCap(ctx: Context, text: string, origin: string): Promise<ReceivedCap> {
  mustWarn(ctx);
  const read = readCap(text);
  if (!read.ok) throw new Problem("bad-input", read.problem);
  if (read.kind === "index") return read;
  const alerts: ReceivedAlert[] = [];
  for (const one of read.alerts) alerts.push(await ctx.transaction((tx) => receiveAlert(tx, one, origin)));
  return { kind: "alerts", alerts };
}

async function receiveAlert(ctx: Context, read: CapRead, origin: string): Promise<ReceivedAlert> {
  const { line } = read;
  if (!read.ok)
    return {
      identifier: read.identifier ?? null,
      line,
      outcome: "rejected",
      reason: read.problem,
      notes: [],
    };
  const { alert: message, signature, notes } = read;
  const told = { identifier: message.identifier, line, signature, notes };
  const reason = reasonAgainst(message);
  if (reason) return { ...told, outcome: "rejected", reason };
  const known = await findAlertByReference(ctx.db, message);
  if (known) {
    if (canonical(AlertMessage.parse(known)) === canonical(message))
      return { ...told, outcome: "unchanged", alert: known.id };
    return {
      ...told,
      outcome: "rejected",
      reason: "it was sent before with another content; a change needs an Update with a new identifier",
      alert: known.id,
    };
  }
  const kept = await keep(ctx, message, origin, signature);
  // Two that come in at once: the other was first.
  return { ...told, outcome: kept ? "accepted" : "unchanged", ...(kept && { alert: kept.id }) };
}

function reasonAgainst({ scope, status }: AlertMessage): string | undefined {
  if (scope !== "Public") return `its scope is ${scope}: it is not for the public`;
  if (status === "Draft" || status === "System") return `its status is ${status}: it is not for the public`;
  return undefined;
}

/** A message with what became of it. @throws Problem `not-found` */
export async function findAlertRecord(ctx: Context, board: AlertBoard, id: AlertId): Promise<AlertRecord> {
  const alert = board.find(id) ?? (await findAlertById(ctx.db, id));
  if (!alert) throw new Problem("not-found", "There is no such alert");
  return recordOf(board, alert, ctx.now());
}

/** A message with what became of it at `now`. */
export function recordOf(board: AlertBoard, alert: Alert, now: Instant): AlertRecord {
  return {
    ...alert,
    state: board.stateOf(alert, now),
    expires: expiryOf(alert),
    replacedBy: board.successorOf(alert)?.id ?? null,
  };
}
