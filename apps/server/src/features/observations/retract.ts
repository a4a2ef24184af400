import type { z } from "zod";
import type { FacilityId, ObservationId } from "@ihims/core/ids.ts";
import type { retractObservations } from "@ihims/core/observations/endpoints.ts";
import { bedTypeOf, kindOf, stockSubject } from "@ihims/core/observations/schema.ts";
import { mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import { elapsedMs, HOUR_MS, type Instant } from "@ihims/core/time.ts";
import { appendChanges } from "../../platform/changes.ts";
import type { Context } from "../../platform/context.ts";
import { findFacility } from "../facilities/facilities.ts";
import { findFigures, senderOf, type CityChange } from "./observations.ts";
import { restoreStock } from "./stock-retract.ts";
import { findStockEntries } from "./stock-store.ts";
import {
  findLedgerEntries,
  findNewestEntry,
  lockFacilities,
  removeStanding,
  saveRetractions,
  saveStandings,
  takeNumbers,
  type LedgerEntry,
} from "./store.ts";

/** For how long a report can be taken back; after that it is corrected by a new one. */
const RETRACTABLE_MS = HOUR_MS;

/**
 * Take back reports: each figure is again what it was without them, with its age. The ledger keeps
 * them, marked.
 *
 * @throws Problem `not-found`, `not-allowed` when they are somebody else's, `conflict` when too old
 */
export function retract(
  ctx: Context,
  ids: readonly ObservationId[],
): Promise<z.output<typeof retractObservations.reply>> {
  return ctx.transaction(async (tx) => {
    const now = tx.now();
    const entries = await findLedgerEntries(tx.db, ids);
    const stock = await findStockEntries(tx.db, ids);
    const found = new Map<string, Told>([
      ...entries.map((entry) => [entry.observation, entry] as const),
      ...stock.map(
        (entry) => [entry.observation, { ...entry, subject: stockSubject(entry.medicine) }] as const,
      ),
    ]);
    const told = ids.map((id, place) => retractable(tx, found.get(id), place, now));
    const facilities = [...new Set(told.map(({ facility }) => facility))];
    await lockFacilities(tx.db, facilities);
    await saveRetractions(tx.db, ids, senderOf(tx.actor).sender, now);
    await appendChanges(tx, await restore(tx, entries));
    await restoreStock(tx, stock);
    return { retracted: [...new Set(ids)], beds: await figuresAfter(tx, facilities, entries) };
  });
}

/** A row of either volume of the ledger, as far as it is decided by whether it can be taken back. */
type Told = Pick<LedgerEntry, "facility" | "subject" | "sender" | "receivedAt">;

/** @throws Problem as `retract` */
function retractable(ctx: Context, entry: Told | undefined, place: number, now: Instant): Told {
  const at = [{ pointer: `/observations/${place}`, detail: "cannot be taken back" }];
  if (!entry || !mayReport(ctx.actor, entry.facility, kindOf(entry.subject)))
    throw new Problem("not-found", "There is no such report of yours", { errors: at });
  if (entry.sender !== senderOf(ctx.actor).sender)
    throw new Problem("not-allowed", "Only who made a report takes it back", { errors: at });
  if (elapsedMs(entry.receivedAt, now) > RETRACTABLE_MS)
    throw new Problem("conflict", "Too long ago to take back: report what is so now", { errors: at });
  return entry;
}

/** What each source now last said, where it was one of the reports that were taken back. */
async function restore(ctx: Context, entries: readonly LedgerEntry[]): Promise<CityChange[]> {
  if (entries.length === 0) return [];
  const touched = new Map(
    entries.map((entry) => [`${entry.facility} ${entry.subject} ${entry.source}`, entry]),
  );
  const numbers = await takeNumbers(ctx.db, touched.size);
  const changes: CityChange[] = [];
  for (const { facility, subject, source } of touched.values()) {
    const version = numbers.shift()?.version;
    if (version === undefined) throw new Error("fewer numbers than subjects");
    const newest = await findNewestEntry(ctx.db, facility, subject, source);
    if (newest) {
      const standing = { ...newest, version };
      await saveStandings(ctx.db, [standing]);
      changes.push({ kind: "standing", standing });
    } else {
      await removeStanding(ctx.db, { facility, subject, source });
      changes.push({ kind: "withdrawn", facility, subject, source, version });
    }
  }
  return changes;
}

async function figuresAfter(
  ctx: Context,
  facilities: readonly FacilityId[],
  entries: readonly LedgerEntry[],
): Promise<z.output<typeof retractObservations.reply>["beds"]> {
  const after: z.output<typeof retractObservations.reply>["beds"] = [];
  for (const id of facilities) {
    const facility = await findFacility(ctx, id);
    if (!facility) continue;
    const touched = new Set(
      entries.filter((entry) => entry.facility === id).map(({ subject }) => bedTypeOf(subject)),
    );
    const { beds } = await findFigures(ctx, facility);
    for (const figure of beds) if (touched.has(figure.type)) after.push({ facility: id, figure });
  }
  return after;
}
