import type { z } from "zod";
import { dateIn, timeIn } from "@ihims/core/calendar.ts";
import type { getMyDonor } from "@ihims/core/donors/endpoints.ts";
import {
  CALL_MS,
  CALLS_A_DAY_MAX,
  CALLS_OPEN_MAX,
  coarsePlace,
  eligibleFrom,
  nextToAsk,
  reachKmAt,
} from "@ihims/core/donors/rules.ts";
import type { DonorAnswer, DonorCall, DonorProfile } from "@ihims/core/donors/schema.ts";
import { callInWords } from "@ihims/core/donors/words.ts";
import { DonorCallId, type FacilityId, type PersonId } from "@ihims/core/ids.ts";
import type { Language } from "@ihims/core/languages.ts";
import { mayKeep } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import { DAY_MS, elapsedMs, later, millisOf, SECOND_MS } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { queueSms } from "../../platform/messages.ts";
import { randomId } from "../../platform/random-id.ts";
import { startRepeating, type Repeating } from "../../platform/repeating.ts";
import { findFacility, lockFacility } from "../facilities/facilities.ts";
import { phoneOf } from "../people/people.ts";
import {
  deleteDonor,
  findAsks,
  findCallsOf,
  findCandidates,
  findDonor,
  findOpenCalls,
  insertAsk,
  insertCall,
  lockCall,
  saveAnswer,
  saveCallState,
  saveDonor,
  type CallRow,
} from "./store.ts";

/** How long calls and asks are listed. */
const LISTED_MS = 14 * DAY_MS;
const LISTED_MAX = 50;
/** How often open calls are looked after, and how many at a time. */
const LOOK_MS = 10 * SECOND_MS;
const OPEN_MAX = 200;

type Mine = z.output<typeof getMyDonor.reply>;

/** What somebody said of themselves as a donor. @throws Problem `not-allowed` */
export async function myDonor(ctx: Context): Promise<Mine> {
  const me = personOf(ctx);
  const row = await findDonor(ctx.db, me);
  if (!row) return { donor: null, eligibleFrom: null, asks: [] };
  const { person: _person, language: _language, phone: _phone, askedAt: _askedAt, ...donor } = row;
  const asks = [];
  for (const { facility, ...ask } of await findAsks(ctx.db, me, later(ctx.now(), -LISTED_MS), LISTED_MAX)) {
    const place = await findFacility(ctx, facility);
    if (!place) continue;
    const { name, names, position, phones } = place;
    asks.push({ ...ask, facility, place: { name, names, position, phone: phones[0]?.number ?? null } });
  }
  return { donor, eligibleFrom: eligibleFrom(donor, today(ctx)), asks };
}

/** Volunteer, or change what was said. @throws Problem `not-allowed` without a proven telephone; `bad-input` */
export async function saveDonorOf(ctx: Context, donor: DonorProfile, language: Language): Promise<Mine> {
  const me = personOf(ctx);
  if (ctx.actor.kind === "person" && !ctx.actor.hasPhone)
    throw new Problem("not-allowed", "Sign in with a telephone: a donor has to be reached", {
      reason: "phone-needed",
    });
  if (donor.lastDonatedOn !== null && donor.lastDonatedOn > today(ctx))
    throw new Problem("bad-input", "lastDonatedOn: a day to come", {
      errors: [{ pointer: "/lastDonatedOn", detail: "is to come" }],
    });
  await saveDonor(ctx.db, me, { ...donor, place: coarsePlace(donor.place) }, language);
  return myDonor(ctx);
}

export function leaveDonorsOf(ctx: Context): Promise<void> {
  return ctx.transaction((tx) => deleteDonor(tx.db, personOf(tx)));
}

/** @throws Problem `not-found` who was not asked; `conflict` when nobody is needed any more */
export function answerCallOf(ctx: Context, id: DonorCallId, answer: DonorAnswer): Promise<Mine> {
  return ctx.transaction(async (tx) => {
    const me = personOf(tx);
    const call = await lockCall(tx.db, id);
    const isAsked = (await findAsks(tx.db, me, later(tx.now(), -LISTED_MS), LISTED_MAX)).some(
      (ask) => ask.call === id,
    );
    if (!call || !isAsked) throw new Problem("not-found", "You were not asked in such a call");
    if (answer === "coming" && (call.state !== "open" || elapsedMs(call.until, tx.now()) >= 0))
      throw new Problem("conflict", "Nobody is needed any more. Thank you.", { reason: "not-needed" });
    await saveAnswer(tx.db, id, me, answer, tx.now());
    const after = await lockCall(tx.db, id);
    if (after && call.state === "open" && after.coming >= after.wanted)
      await saveCallState(tx.db, id, "filled");
    return myDonor(tx);
  });
}

/**
 * Begin to call donors. The first circle is asked at once.
 *
 * @throws Problem `not-found`, `not-allowed`; `conflict` when the bank has called too often
 */
export function callDonorsOf(
  ctx: Context,
  id: FacilityId,
  wanted: Pick<CallRow, "group" | "component" | "wanted">,
): Promise<DonorCall> {
  return ctx.transaction(async (tx) => {
    const facility = await lockFacility(tx, id);
    needBank(tx, id);
    const now = tx.now();
    const lately = await findCallsOf(tx.db, id, later(now, -DAY_MS), LISTED_MAX);
    if (lately.filter((call) => isOpen(call, tx)).length >= CALLS_OPEN_MAX)
      throw new Problem("conflict", `At most ${CALLS_OPEN_MAX} calls are open: end one`, {
        reason: "too-many-open",
      });
    if (lately.length >= CALLS_A_DAY_MAX)
      throw new Problem("conflict", `At most ${CALLS_A_DAY_MAX} calls begin in a day`, {
        reason: "too-many-today",
      });
    const call: CallRow = {
      ...wanted,
      id: DonorCallId.parse(`c${randomId()}`),
      facility: facility.id,
      state: "open",
      startedAt: now,
      until: later(now, CALL_MS),
      asked: 0,
      coming: 0,
      declined: 0,
    };
    await insertCall(tx.db, call, tx.actor.kind === "person" ? `person:${tx.actor.id}` : tx.actor.kind);
    return look(tx, call.id);
  });
}

/** @throws Problem `not-allowed` */
export async function listCallsOf(ctx: Context, id: FacilityId): Promise<DonorCall[]> {
  needBank(ctx, id);
  const calls = await findCallsOf(ctx.db, id, later(ctx.now(), -LISTED_MS), LISTED_MAX);
  return calls.map((call) => shown(call, ctx));
}

/** @throws Problem `not-found`, `not-allowed` */
export function endCallOf(ctx: Context, id: FacilityId, callId: DonorCallId): Promise<DonorCall> {
  return ctx.transaction(async (tx) => {
    needBank(tx, id);
    const call = await lockCall(tx.db, callId);
    if (!call || call.facility !== id) throw new Problem("not-found", "There is no such call of yours");
    if (call.state !== "open") return shown(call, tx);
    await saveCallState(tx.db, callId, "ended");
    return shown({ ...call, state: "ended" }, tx);
  });
}

/** Ask whom an open call asks next, or end it when its time is over. */
async function look(ctx: Context, id: DonorCallId): Promise<DonorCall> {
  const call = await lockCall(ctx.db, id);
  const facility = call && (await findFacility(ctx, call.facility));
  if (!call || !facility) throw new Error("a call that is open is not there");
  if (call.state !== "open") return shown(call, ctx);
  const now = ctx.now();
  if (elapsedMs(call.until, now) >= 0) {
    await saveCallState(ctx.db, id, "ended");
    return shown({ ...call, state: "ended" }, ctx);
  }
  const reachKm = reachKmAt(call.startedAt, now);
  const from = facility.position;
  const time = timeIn(ctx.city.timeZone, millisOf(now));
  const waiting = call.asked - call.coming - call.declined;
  const next = nextToAsk(
    await findCandidates(ctx.db, call, from, reachKm),
    { from, reachKm, today: today(ctx), time, now },
    { ...call, waiting },
  );
  for (const { person, phone, language } of next) {
    await insertAsk(ctx.db, id, person, now);
    const place = facility.names[language] ?? facility.name;
    const text = callInWords({
      place,
      group: call.group,
      phone: facility.phones[0]?.number ?? "",
      lang: language,
    });
    const number = phoneOf(ctx, phone);
    if (number !== null) await queueSms(ctx, { phone: number, text }, call.until);
  }
  return shown({ ...call, asked: call.asked + next.length }, ctx);
}

/** Look after open calls. @returns how many there were */
export async function lookAfterCalls(ctx: Context): Promise<number> {
  const open = await findOpenCalls(ctx.db, OPEN_MAX);
  for (const id of open) await ctx.transaction((tx) => look(tx, id));
  return open.length;
}

/** Widen the circles of open calls as time goes by. */
export function startCalling(ctx: Context): Repeating {
  return startRepeating(() => lookAfterCalls(ctx), {
    everyMs: LOOK_MS,
    onError: (error) => ctx.log.error({ err: error }, "donors could not be asked; trying again"),
  });
}

function isOpen(call: Pick<CallRow, "state" | "until">, ctx: Context): boolean {
  return call.state === "open" && elapsedMs(ctx.now(), call.until) > 0;
}

/** As the bank sees it: past its time a call is over, whether or not that was written yet. */
function shown({ facility: _facility, ...call }: CallRow, ctx: Context): DonorCall {
  const state = call.state === "open" && !isOpen(call, ctx) ? "ended" : call.state;
  return { ...call, state, reachKm: reachKmAt(call.startedAt, ctx.now()) };
}

function today(ctx: Context) {
  return dateIn(ctx.city.timeZone, millisOf(ctx.now()));
}

function personOf({ actor }: Context): PersonId {
  if (actor.kind !== "person") throw new Problem("not-allowed", "Only a person can be a donor");
  return actor.id;
}

/** A named person of a bank calls; a machine does not. */
function needBank({ actor }: Context, facility: FacilityId): void {
  if (actor.kind !== "person" || !mayKeep(actor, facility, "blood"))
    throw new Problem("not-allowed", "Only who keeps the blood of this facility calls donors, by name");
}
