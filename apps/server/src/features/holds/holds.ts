import { randomInt } from "node:crypto";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import {
  decideHold,
  HOLDS_WINDOW_MS,
  holdKindOf,
  mayHoldFor,
  officerRoleOf,
} from "@ihims/core/holds/rules.ts";
import { isOpenState, type HoldKind, type HoldRefusal } from "@ihims/core/holds/schema.ts";
import { HoldId, type FacilityId } from "@ihims/core/ids.ts";
import type { Language } from "@ihims/core/languages.ts";
import type { Subject } from "@ihims/core/observations/schema.ts";
import { mayKeep } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import { elapsedMs, later } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { randomId } from "../../platform/random-id.ts";
import { lockFacility } from "../facilities/facilities.ts";
import { findPhone } from "../people/people.ts";
import { appendToLog } from "./log.ts";
import { overAt, releaseUncovered, roomFor, startEnding } from "./release.ts";
import { phoneToCall, takeStep, tellEverybody } from "./steps.ts";
import {
  countSince,
  findHold,
  findHoldForUpdate,
  findOpenAt,
  findOpenOf,
  forgetHolder,
  insertHold,
  lockHolder,
  type HoldRow,
} from "./store.ts";

export { releaseUncovered, startEnding };

/** Without letters and digits that are taken for one another when spoken or read. */
const CODE_ALPHABET = "ACDEFHJKMNPRTVWXY3479";
const CODE_CHARS = 4;

/** What somebody wants to have kept. */
export interface WantedHold {
  facility: FacilityId;
  subject: Subject;
  units: number;
  /** The hospital for whose patient it is; undefined: a person for themselves. */
  onBehalfOf: FacilityId | undefined;
  /** Of the messages about it. */
  language: Language;
}

/**
 * Have something kept for somebody on the way. Under the facility's lock what is free is counted,
 * promised and written down, so never more is promised than there is, whoever asks where at once.
 *
 * @throws Problem `not-allowed` who may not ask; `not-found`; `conflict` with the reason why it is not kept
 */
export async function requestHoldOf(ctx: Context, wanted: WantedHold): Promise<HoldRow> {
  const holder = holderOf(ctx, wanted.onBehalfOf);
  const kind = holdKindOf(wanted.subject);
  if (kind === undefined)
    throw new Problem("bad-input", "Beds, blood and medicines can be held", {
      errors: [{ pointer: "/subject", detail: "cannot be held" }],
    });
  return ctx.transaction(async (tx) => {
    await lockHolder(tx.db, holder);
    const { facility, openOfHolder } = await lockForRequest(tx, wanted.facility, holder);
    const now = tx.now();
    const decision = decideHold(
      {
        ...wanted,
        rule: facility.holds,
        figure: await roomFor(tx, facility, wanted.subject),
        holder: wanted.onBehalfOf === undefined ? "person" : "hospital",
        isOwn: wanted.onBehalfOf === facility.id,
        openOfKind: openOfHolder.filter((one) => one.kind === kind).length,
        todayOfKind: await countSince(tx.db, holder, kind, later(now, -HOLDS_WINDOW_MS)),
      },
      now,
    );
    if (decision.kind === "refused") throw refusal(decision.reason, facility);
    const hold: HoldRow = {
      id: HoldId.parse(`h${randomId()}`),
      facility: facility.id,
      subject: wanted.subject,
      kind,
      units: wanted.units,
      holder,
      askedBy: askerOf(tx),
      phone: tx.actor.kind === "person" ? await findPhone(tx, tx.actor.id) : null,
      language: wanted.language,
      code: newCode(),
      state: "requested",
      requestedAt: now,
      until: decision.until,
      answeredAt: null,
      endedAt: null,
      officer: null,
      officerRole: null,
      reason: null,
    };
    await insertHold(tx.db, hold);
    await tellEverybody(tx, [hold]);
    await appendToLog(tx, [hold]);
    return hold;
  });
}

/** @throws Problem `not-found`, `not-allowed`, `conflict` when it is over */
export function acceptHoldOf(ctx: Context, id: HoldId): Promise<HoldRow> {
  return answer(ctx, id, "accepted", null);
}

/** @throws Problem as `acceptHoldOf` */
export function refuseHoldOf(ctx: Context, id: HoldId, reason: string): Promise<HoldRow> {
  return answer(ctx, id, "refused", reason);
}

/** Who it was kept for has come. @throws Problem as `acceptHoldOf` */
export function fulfilHoldOf(ctx: Context, id: HoldId): Promise<HoldRow> {
  return withOpen(ctx, id, "fulfilled", async (tx, facility, hold) => {
    if (!mayKeep(tx.actor, facility.id, hold.kind)) throw notYours(hold);
    const officerRole = officerRoleOf(tx.actor, facility.id, hold.kind) ?? null;
    return await takeOne(tx, facility, hold, { state: "fulfilled", officer: askerOf(tx), officerRole });
  });
}

/** It is not needed any more. @throws Problem `not-found`, `conflict` when it is over */
export async function cancelHoldOf(ctx: Context, id: HoldId): Promise<void> {
  await withOpen(ctx, id, "cancelled", async (tx, facility, hold) => {
    if (!isHolder(tx, hold)) throw notYours(hold);
    return takeOne(tx, facility, hold, { state: "cancelled" });
  });
}

/** Whether somebody asked for a hold, or speaks for the hospital that did. */
export function isHolder({ actor }: Context, { holder }: HoldRow): boolean {
  if (actor.kind === "person" && holder === `person:${actor.id}`) return true;
  const facility = hospitalOf(holder);
  return facility !== null && mayHoldFor(actor, facility);
}

/** Whether somebody sees what a facility is asked for: who can answer it, or reports such things there. */
export function isAsked({ actor }: Context, { facility, kind }: Pick<HoldRow, "facility" | "kind">): boolean {
  return mayKeep(actor, facility, kind);
}

/** The hospital that asked; null: a person did. */
export function hospitalOf(holder: string): FacilityId | null {
  // What stands after the colon is an id of ours.
  return holder.startsWith("facility:") ? (holder.slice("facility:".length) as FacilityId) : null;
}

/** End what somebody has open, and leave nothing that leads back to them. */
export async function forgetHolderOf(ctx: Context, person: string): Promise<void> {
  const holder = `person:${person}`;
  await lockHolder(ctx.db, holder);
  for (const { id } of await findOpenOf(ctx.db, holder)) await cancelOpen(ctx, id);
  await forgetHolder(ctx.db, holder);
}

async function cancelOpen(ctx: Context, id: HoldId): Promise<void> {
  const known = await findHold(ctx.db, id);
  if (!known) return;
  const facility = await lockFacility(ctx, known.facility);
  const hold = await findHoldForUpdate(ctx.db, id);
  if (hold && isOpenState(hold.state)) await takeOne(ctx, facility, hold, { state: "cancelled" });
}

function answer(
  ctx: Context,
  id: HoldId,
  state: "accepted" | "refused",
  reason: string | null,
): Promise<HoldRow> {
  return withOpen(ctx, id, state, async (tx, facility, hold) => {
    const officerRole = officerRoleOf(tx.actor, facility.id, hold.kind);
    if (officerRole === undefined) throw notYours(hold);
    if (isHolder(tx, hold)) throw new Problem("not-allowed", "Nobody answers what they asked for themselves");
    if (hold.state === "accepted" && state === "accepted") return hold;
    return takeOne(tx, facility, hold, { state, officer: askerOf(tx), officerRole, reason });
  });
}

/** Do something with an open hold, with its facility locked. Twice the same is no error. */
function withOpen(
  ctx: Context,
  id: HoldId,
  wanted: HoldRow["state"],
  work: (tx: Context, facility: Facility, hold: HoldRow) => Promise<HoldRow>,
): Promise<HoldRow> {
  return ctx.transaction(async (tx) => {
    const known = await findHold(tx.db, id);
    if (!known || !(isHolder(tx, known) || isAsked(tx, known))) throw notFound();
    const facility = await lockFacility(tx, known.facility);
    const hold = await findHoldForUpdate(tx.db, id);
    if (!hold) throw notFound();
    if (hold.state === wanted && !isOpenState(wanted)) return hold;
    if (!isOpenState(hold.state))
      throw new Problem("conflict", `It is over: ${hold.state}`, { reason: hold.state });
    if (elapsedMs(hold.until, tx.now()) >= 0)
      throw new Problem("conflict", "It is over: its time has ended", { reason: "expired" });
    return work(tx, facility, hold);
  });
}

async function takeOne(
  ctx: Context,
  facility: Facility,
  hold: HoldRow,
  step: Parameters<typeof takeStep>[3],
): Promise<HoldRow> {
  const [taken] = await takeStep(ctx, facility, [hold], step);
  if (!taken) throw new Error("a step of no hold");
  return taken;
}

/**
 * Lock the facility that is asked and write down what is over: there, and of who asks wherever it is.
 * Facilities are locked in the order of their ids.
 */
async function lockForRequest(
  ctx: Context,
  asked: FacilityId,
  holder: string,
): Promise<{ facility: Facility; openOfHolder: HoldRow[] }> {
  const overdue = overAt(await findOpenOf(ctx.db, holder), ctx.now());
  const ids = [...new Set([asked, ...overdue.map((hold) => hold.facility)])].sort();
  let facility: Facility | undefined;
  for (const id of ids) {
    const place = await lockFacility(ctx, id);
    const over = overAt(await findOpenAt(ctx.db, [id]), ctx.now());
    if (over.length > 0) await takeStep(ctx, place, over, { state: "expired" });
    if (id === asked) facility = place;
  }
  if (!facility) throw new Error("the facility that was asked was not locked");
  return { facility, openOfHolder: await findOpenOf(ctx.db, holder) };
}

/** @throws Problem `not-allowed` for who may not ask */
function holderOf({ actor }: Context, onBehalfOf: FacilityId | undefined): string {
  if (onBehalfOf !== undefined) {
    if (!mayHoldFor(actor, onBehalfOf))
      throw new Problem("not-allowed", "You do not speak for the hospital that you name");
    return `facility:${onBehalfOf}`;
  }
  if (actor.kind !== "person")
    throw new Problem("not-allowed", "A machine says for which hospital it asks: onBehalfOf");
  if (!actor.hasPhone)
    throw new Problem("not-allowed", "Sign in with a telephone: who is on the way has to be reached", {
      reason: "phone-needed",
    });
  return `person:${actor.id}`;
}

function askerOf({ actor }: Context): string {
  if (actor.kind === "person" || actor.kind === "key") return `${actor.kind}:${actor.id}`;
  throw new Problem("not-allowed", "This is done by people and keys");
}

function newCode(): string {
  let code = "";
  for (let at = 0; at < CODE_CHARS; at++) code += CODE_ALPHABET.charAt(randomInt(CODE_ALPHABET.length));
  return code;
}

const REFUSALS: Record<HoldRefusal, string> = {
  "not-offered": "This facility does not keep this for people on the way",
  "not-confirmed": "The figure is too old to promise anything by",
  "none-free": "Not so many are free",
  "too-many-units": "More than one hold is for",
  "one-of-a-kind": "One of this kind is kept for you already: cancel it first",
  "too-many-today": "Too many of this kind were asked for within a day",
  "own-facility": "A facility does not keep its own for itself",
};

function refusal(reason: HoldRefusal, facility: Facility): Problem {
  const phone = phoneToCall(facility);
  const call = phone === null ? "" : `; call ${phone}`;
  return new Problem("conflict", `${REFUSALS[reason]}${call}`, { reason });
}

function notFound(): Problem {
  return new Problem("not-found", "There is no such hold of yours");
}

function notYours({ kind }: { kind: HoldKind }): Problem {
  return new Problem("not-allowed", `Only who answers for ${kind} at this facility does that, by name`);
}
