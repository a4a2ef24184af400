import type { z } from "zod";
import { FacilityProfile } from "@ihims/core/facilities/schema.ts";
import { anomaliesIn, type Anomaly } from "@ihims/core/audit/anomalies.ts";
import type { listHolds } from "@ihims/core/holds/endpoints.ts";
import { timeIn } from "@ihims/core/calendar.ts";
import { isOpenState, type Hold } from "@ihims/core/holds/schema.ts";
import type { LogHead, LogRow } from "@ihims/core/audit/log.ts";
import type { FacilityId, HoldId } from "@ihims/core/ids.ts";
import { MedicineId } from "@ihims/core/medicines/schema.ts";
import { medicineOf, stockSubject } from "@ihims/core/observations/schema.ts";
import { isOfficer } from "@ihims/core/people/rules.ts";
import type { Actor } from "@ihims/core/people/schema.ts";
import { Problem } from "@ihims/core/problem.ts";
import { DAY_MS, elapsedMs, later, millisOf } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { readCursor, writeCursor } from "../../platform/cursor.ts";
import { findMedicinesById, summaryOf } from "../medicines/medicines.ts";
import { phoneOf } from "../people/people.ts";
import { hospitalOf, isAsked, isHolder } from "./holds.ts";
import { phoneToCall } from "./steps.ts";
import { findLogHeads, findLogRows, findShown, findSince, type Listed, type ShownRow } from "./store.ts";

/** Most holds that are looked through for what stands out. */
const ANOMALIES_OF_MAX = 20_000;

/** @throws Problem `not-found`, also for somebody else's */
export async function findHoldOf(ctx: Context, id: HoldId): Promise<Hold> {
  const [row] = await findShown(ctx.db, { id }, { limit: 1 });
  if (!row || !(isHolder(ctx, row) || isAsked(ctx, row)))
    throw new Problem("not-found", "There is no such hold of yours");
  return shownTo(ctx, row, await medicinesOf(ctx, [row]));
}

/** One page of one's own holds, or of those that a facility is asked for. */
export async function listHoldsOf(
  ctx: Context,
  query: z.output<typeof listHolds.query>,
): Promise<z.output<typeof listHolds.reply>> {
  const { facility, state, limit, cursor } = query;
  const after = cursor === undefined ? undefined : readCursor(cursor, "string");
  const listed: Listed = facility ? asked(ctx, facility) : { holders: holdersOf(ctx.actor) };
  const rows = await findShown(ctx.db, { ...listed, state }, { limit: limit + 1, after });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const medicines = await medicinesOf(ctx, page);
  return {
    items: page.map((row) => shownTo(ctx, row, medicines)),
    nextCursor: rows.length > limit && last ? writeCursor([last.requestedAt, last.id]) : null,
  };
}

function asked(ctx: Context, facility: FacilityId): Listed {
  const kinds = (["bed", "blood", "medicine"] as const).filter((kind) => isAsked(ctx, { facility, kind }));
  if (kinds.length === 0) throw new Problem("not-allowed", "You answer no holds for this facility");
  return { facility, kinds };
}

/** In whose names somebody asks. */
function holdersOf(actor: Actor): string[] {
  switch (actor.kind) {
    case "person":
      return [
        `person:${actor.id}`,
        ...actor.memberships
          .filter(({ role }) => isOfficer(role))
          .map(({ facility }) => `facility:${facility}`),
      ];
    case "key":
      return actor.facilities.map((facility) => `facility:${facility}`);
    case "door":
    case "operator":
    case "anonymous":
      return [];
  }
}

/** The medicines that holds are of, by their subjects. */
async function medicinesOf(ctx: Context, rows: readonly ShownRow[]): Promise<Map<string, Hold["medicine"]>> {
  const ids = rows.flatMap(({ subject }) => MedicineId.safeParse(medicineOf(subject)).data ?? []);
  if (ids.length === 0) return new Map();
  const found = await findMedicinesById(ctx, [...new Set(ids)]);
  return new Map(
    found.map((medicine) => {
      const { id, name, names, generics } = summaryOf(medicine, "en");
      return [stockSubject(id) as string, { name, names, generics }];
    }),
  );
}

/** A hold as the caller may see it. One whose time is over is, also where that was not written yet. */
function shownTo(ctx: Context, row: ShownRow, medicines: ReadonlyMap<string, Hold["medicine"]>): Hold {
  const profile = FacilityProfile.parse(row.profile);
  const isOver = isOpenState(row.state) && elapsedMs(row.until, ctx.now()) >= 0;
  const state = isOver ? "expired" : row.state;
  const isCallable = isOpenState(state) && isAsked(ctx, row);
  return {
    id: row.id,
    facility: row.facility,
    place: {
      name: profile.name,
      names: profile.names,
      phone: phoneToCall(profile),
      position: profile.position,
    },
    subject: row.subject,
    kind: row.kind,
    units: row.units,
    medicine: medicines.get(row.subject) ?? null,
    state,
    reason: row.reason,
    code: row.code,
    onBehalfOf: hospitalOf(row.holder),
    requestedAt: row.requestedAt,
    until: row.until,
    answeredAt: row.answeredAt,
    endedAt: isOver ? row.until : row.endedAt,
    officer: row.officerName === null ? null : { name: row.officerName, role: row.officerRole },
    phone: isCallable ? phoneOf(ctx, row.phone) : null,
  };
}

/** One page of the public log, from the first row on. */
export async function listLog(
  ctx: Context,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: LogRow[]; nextCursor: string | null }> {
  const after = cursor === undefined ? 0 : readCursor(cursor, "number")[0];
  const rows = await findLogRows(ctx.db, after, limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? writeCursor([last.entry.seq, ""]) : null };
}

/** One page of the signed heads, newest first. */
export async function listLogHeads(
  ctx: Context,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: LogHead[]; nextCursor: string | null }> {
  const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : readCursor(cursor, "number")[0];
  const heads = await findLogHeads(ctx.db, before, limit + 1);
  const items = heads.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: heads.length > limit && last ? writeCursor([last.seq, ""]) : null };
}

/**
 * What stands out among the holds of the last days.
 *
 * @throws Problem `not-allowed` for others than the city's officers
 */
export async function findAnomalies(ctx: Context, days: number): Promise<Anomaly[]> {
  const { actor } = ctx;
  const isOfCity =
    actor.kind === "person" &&
    actor.cityRoles.some((role) => role === "health-officer" || role === "platform-administrator");
  if (!isOfCity && actor.kind !== "operator")
    throw new Problem("not-allowed", "Only the city's officers see what stands out");
  const holds = await findSince(ctx.db, later(ctx.now(), -days * DAY_MS), ANOMALIES_OF_MAX);
  const places = new Map(holds.map(({ facility, facilityName }) => [facility, facilityName]));
  const officers = new Map(holds.map(({ officer, officerName }) => [officer, officerName]));
  const hourOf = (moment: Parameters<typeof millisOf>[0]) =>
    Number(timeIn(ctx.city.timeZone, millisOf(moment)).slice(0, 2));
  return anomaliesIn(holds, hourOf).map((one) => ({
    ...one,
    facilityName: places.get(one.facility) ?? "",
    officer: one.officer && (officers.get(one.officer) ?? one.officer),
  }));
}
