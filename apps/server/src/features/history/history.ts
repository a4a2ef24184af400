import type { z } from "zod";
import type { Reply } from "@ihims/core/endpoint.ts";
import {
  EXPORT_MAX_ROWS,
  type HistoryEntry,
  type HistoryExportQuery,
  type listHistory,
  type revertObservation,
} from "@ihims/core/history/endpoints.ts";
import type { FacilityId, ObservationId } from "@ihims/core/ids.ts";
import { kindOf, Subject, VALUE_BY_KIND } from "@ihims/core/observations/schema.ts";
import { mayAudit, mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Context } from "../../platform/context.ts";
import { readCursor, writeCursor } from "../../platform/cursor.ts";
import { findFacility, lockFacility } from "../facilities/facilities.ts";
import { recordObservations, senderOf } from "../observations/observations.ts";
import { findHistory, findReport, type HistoryRow } from "./store.ts";

/** Rows of an export that are read at a time. */
const EXPORT_PAGE_ROWS = 2000;

/** One page of a facility's reports, newest first. @throws Problem `not-found`, `not-allowed` */
export async function historyOf(
  ctx: Context,
  facility: FacilityId,
  query: z.output<typeof listHistory.query>,
): Promise<Reply<typeof listHistory>> {
  await mayLook(ctx, facility);
  const { limit, cursor, ...filter } = query;
  const before = cursor === undefined ? undefined : readCursor(cursor, "string")[0];
  if (before !== undefined && !/^\d{1,19}$/.test(before))
    throw new Problem("bad-input", "The cursor is not one that this list gave", {
      errors: [{ parameter: "cursor", detail: "not a cursor of this list" }],
    });
  const rows = await findHistory(ctx.db, { facility, ...filter, before }, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(entryOf),
    nextCursor: rows.length > limit && last ? writeCursor([last.observation, ""]) : null,
  };
}

/** @throws Problem `not-found`, `not-allowed` */
export async function mayLook(ctx: Context, facility: FacilityId): Promise<void> {
  if (!(await findFacility(ctx, facility))) throw new Problem("not-found", "There is no such facility");
  if (!mayAudit(ctx.actor, facility))
    throw new Problem(
      "not-allowed",
      "Only those who work there, and the city's officers, see who reported what",
    );
}

function entryOf({ sender, senderName, ...row }: HistoryRow): HistoryEntry {
  const colon = sender.indexOf(":");
  const kind = whoKind(colon < 0 ? sender : sender.slice(0, colon));
  const name = senderName ?? (kind === "hl7" || kind === "other" ? sender.slice(colon + 1) : null);
  return { ...row, who: { kind, name } };
}

function whoKind(word: string): HistoryEntry["who"]["kind"] {
  switch (word) {
    case "person":
    case "key":
    case "hl7":
    case "feed":
    case "phone":
      return word;
    default:
      return "other";
  }
}

/**
 * Say again what a report said: an observation like any other, of who reverts, seen now.
 *
 * @throws Problem `not-found`, `not-allowed`, `conflict` when it was set until a moment that is over
 */
export function revertTo(
  ctx: Context,
  facility: FacilityId,
  observation: ObservationId,
): Promise<Reply<typeof revertObservation>> {
  return ctx.transaction(async (tx) => {
    await lockFacility(tx, facility);
    const found = await findReport(tx.db, facility, observation);
    const subject = Subject.safeParse(found?.subject);
    if (!found || !subject.success || !mayAudit(tx.actor, facility))
      throw new Problem("not-found", "There is no such report of this facility");
    const kind = kindOf(subject.data);
    if (!mayReport(tx.actor, facility, kind))
      throw new Problem("not-allowed", `You do not report ${kind} of this facility`);
    const value = VALUE_BY_KIND[kind].parse(found.value);
    if ("until" in value && value.until !== undefined && value.until <= tx.now())
      throw new Problem("conflict", "It was set until a moment that is over: report what is so now");
    const [recorded] = await recordObservations(tx, [
      { facility, subject: subject.data, value, observedAt: tx.now(), ...senderOf(tx.actor) },
    ]);
    if (!recorded || recorded.kind === "refused") throw new Error("a report of this moment was refused");
    const outcome = recorded.kind === "unchanged" ? "confirmed" : recorded.kind;
    return { outcome, observation: recorded.observation, subject: subject.data };
  });
}

const COLUMNS = [
  "observation",
  "subject",
  "outcome",
  "value",
  "before",
  "observedAt",
  "receivedAt",
  "source",
  "whoKind",
  "who",
  "retractedAt",
  "retractedBy",
] as const;

/** A facility's reports as CSV, newest first, read page by page as they are sent. */
export async function* historyCsv(
  ctx: Context,
  facility: FacilityId,
  query: z.output<typeof HistoryExportQuery>,
): AsyncGenerator<string> {
  yield `${COLUMNS.join(",")}\r\n`;
  let before: string | undefined;
  for (let count = 0; count < EXPORT_MAX_ROWS; count += EXPORT_PAGE_ROWS) {
    const rows = await findHistory(ctx.db, { facility, ...query, before }, EXPORT_PAGE_ROWS);
    yield rows.map((row) => lineOf(entryOf(row))).join("");
    before = rows.at(-1)?.observation;
    if (rows.length < EXPORT_PAGE_ROWS) return;
  }
}

function lineOf(entry: HistoryEntry): string {
  const cells: Record<(typeof COLUMNS)[number], string> = {
    observation: entry.observation,
    subject: entry.subject,
    outcome: entry.outcome,
    value: JSON.stringify(entry.value),
    before: entry.before === null ? "" : JSON.stringify(entry.before),
    observedAt: entry.observedAt,
    receivedAt: entry.receivedAt,
    source: entry.source,
    whoKind: entry.who.kind,
    who: entry.who.name ?? "",
    retractedAt: entry.retraction?.at ?? "",
    retractedBy: entry.retraction?.by ?? "",
  };
  return `${COLUMNS.map((column) => cellOf(cells[column])).join(",")}\r\n`;
}

/** What a spreadsheet would reckon as a formula is kept from it by a quote in front. */
function cellOf(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
