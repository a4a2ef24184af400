import { mayRunCensus } from "@ihims/core/census/access.ts";
import type { Hl7Aside, Hl7Feed, Hl7SenderName } from "@ihims/core/census/endpoints.ts";
import type { Ward } from "@ihims/core/census/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Context } from "../../platform/context.ts";
import { readCursor, writeCursor } from "../../platform/cursor.ts";
import { randomId } from "../../platform/random-id.ts";
import { lockFacility } from "../facilities/facilities.ts";
import { reportAgain } from "./figures.ts";
import { countOpenAside, findAside, saveResolved } from "./message-store.ts";
import {
  countWards,
  findCensus,
  findSenders,
  findTakenSenders,
  findWards,
  forgetUncounted,
  replaceSenders,
  replaceWards,
} from "./store.ts";

/** @throws Problem `not-allowed` for who neither administers the facility nor manages its beds */
export async function getFeed(ctx: Context, facility: FacilityId): Promise<Hl7Feed> {
  expectMayRunCensus(ctx, facility);
  const wards = await findWards(ctx.db, facility);
  const counts = await countWards(
    ctx.db,
    facility,
    wards.map(({ code }) => code),
  );
  const census = [...(await findCensus(ctx.db, facility))].map(([type, { unattributed, anchoredAt }]) => {
    const codes = new Set(wards.filter(({ bedType }) => bedType === type).map(({ code }) => code));
    const known = counts.reduce((sum, { ward, visits }) => (codes.has(ward) ? sum + visits : sum), 0);
    return { type, known, unattributed, anchoredAt };
  });
  return {
    senders: await findSenders(ctx.db, facility),
    wards,
    census,
    openAside: await countOpenAside(ctx.db, facility),
  };
}

/**
 * Set up who sends for a facility and what its wards are.
 *
 * @throws Problem `not-found`; `not-allowed`; `bad-input` when a name or a ward is there twice;
 *   `conflict` when a sender is registered for another facility
 */
export function setFeed(
  ctx: Context,
  facility: FacilityId,
  feed: { senders: readonly Hl7SenderName[]; wards: readonly Ward[] },
): Promise<Hl7Feed> {
  return ctx.transaction(async (tx) => {
    await lockFacility(tx, facility);
    expectMayRunCensus(tx, facility);
    expectOnce(
      "/senders",
      feed.senders.map(({ application, facilityCode }) => JSON.stringify([application, facilityCode])),
    );
    expectOnce(
      "/wards",
      feed.wards.map(({ code }) => code),
    );
    const [taken] = await findTakenSenders(tx.db, facility, feed.senders);
    if (taken)
      throw new Problem(
        "conflict",
        `The sender ${taken.application}, ${taken.facilityCode} is registered for another facility`,
      );
    await replaceSenders(
      tx.db,
      facility,
      feed.senders.map((sender) => ({ ...sender, id: `s${randomId()}` })),
    );
    await replaceWards(tx.db, facility, feed.wards);
    await forgetUncounted(tx.db, facility);
    await reportAgain(tx, facility, `wards:${randomId()}`);
    return getFeed(tx, facility);
  });
}

/** One page of what was kept aside, newest first. */
export async function listAside(
  ctx: Context,
  facility: FacilityId,
  query: { state?: "open" | "resolved" | undefined; limit: number; cursor?: string | undefined },
  kind?: "conflict",
): Promise<{ items: Hl7Aside[]; nextCursor: string | null }> {
  expectMayRunCensus(ctx, facility);
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, "number")[0];
  const found = await findAside(ctx.db, facility, { kind, state: query.state }, query.limit + 1, after);
  const items = found.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: found.length > query.limit && last ? writeCursor([Number(last.id), last.id]) : null,
  };
}

/** @throws Problem `not-allowed`; `not-found` when nothing of this id was kept aside for the facility */
export async function resolveAside(ctx: Context, facility: FacilityId, id: string): Promise<Hl7Aside> {
  expectMayRunCensus(ctx, facility);
  const by = ctx.actor.kind === "person" ? ctx.actor.id : ctx.actor.kind;
  const resolved = await saveResolved(ctx.db, facility, id, by, ctx.now());
  if (!resolved) throw new Problem("not-found", "No such message was kept aside");
  return resolved;
}

function expectMayRunCensus(ctx: Context, facility: FacilityId): void {
  if (!mayRunCensus(ctx.actor, facility)) {
    throw new Problem("not-allowed", "Only administrators and bed managers of the facility run its feed");
  }
}

function expectOnce(pointer: string, names: readonly string[]): void {
  const twice = names.findIndex((name, place) => names.indexOf(name) !== place);
  if (twice === -1) return;
  throw new Problem("bad-input", "The same thing is there twice", {
    errors: [{ pointer: `${pointer}/${twice}`, detail: "there already" }],
  });
}
