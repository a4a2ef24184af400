import type { z } from "zod";
import { writeAtom } from "@ihims/connectors/cap/atom.ts";
import { ALERT_NEAR_M, type AlertSummary, type listAlerts } from "@ihims/core/alerts/endpoints.ts";
import { distanceToAlert, expiryOf, infosIn, isEmergency, rankOfInfo } from "@ihims/core/alerts/rules.ts";
import type { Alert, AlertInfo, AlertStatus } from "@ihims/core/alerts/schema.ts";
import { positionOf } from "@ihims/core/geo.ts";
import type { Language } from "@ihims/core/languages.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { Instant } from "@ihims/core/time.ts";
import { readCursor, writeCursor } from "../../platform/cursor.ts";
import type { AlertBoard } from "./alert-board.ts";

type Query = z.output<typeof listAlerts.query>;

/** Messages of a status that hold now. */
function holding(board: AlertBoard, status: AlertStatus, now: Instant): Alert[] {
  const wanted = status === "Actual" ? "active" : "not-actual";
  return [...board.all()].filter((alert) => alert.status === status && board.stateOf(alert, now) === wanted);
}

/** What is told first of a message: of its texts in a language the one that most asks to be read. */
function mainInfo(alert: Alert, language: string): AlertInfo {
  const [first] = infosIn(alert.infos, language).toSorted((a, b) => rankOfInfo(a) - rankOfInfo(b));
  if (!first) throw new Error(`${alert.id} holds and has no text`);
  return first;
}

/** One page of the warnings that hold: the severest first, of equal ones the newest. */
export function searchAlerts(
  board: AlertBoard,
  query: Query,
  now: Instant,
  language: Language,
): z.output<typeof listAlerts.reply> {
  const near = query.near === undefined ? null : positionOf(query.near);
  if (near === null && query.radius !== undefined)
    throw new Problem("bad-input", "A radius needs a place: give near as well", {
      errors: [{ parameter: "radius", detail: "needs near" }],
    });
  const radius = near === null ? null : (query.radius ?? ALERT_NEAR_M);
  const found = holding(board, query.status, now)
    .map((alert) => ({ alert, distance: near && distanceToAlert(alert, near) }))
    .filter(({ distance }) => distance === null || radius === null || distance <= radius)
    .map(({ alert, distance }) => ({ alert, distance, ...placeOf(alert) }))
    .toSorted((a, b) => a.rank - b.rank || (a.newness < b.newness ? 1 : -1));
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, "number");
  const rest = after
    ? found.filter(({ rank, newness }) => rank > after[0] || (rank === after[0] && newness < after[1]))
    : found;
  const page = rest.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ alert, distance }) => summaryOf(alert, distance, language)),
    nextCursor: rest.length > query.limit && last ? writeCursor([last.rank, last.newness]) : null,
    filters: { near, radius, status: query.status },
  };
}

/** Where a message stands in a list, the same in every language. */
function placeOf({ infos, sent, id }: Alert): { rank: number; newness: string } {
  return { rank: Math.min(...infos.map(rankOfInfo)), newness: `${sent} ${id}` };
}

function summaryOf(alert: Alert, distance: number | null, language: Language): AlertSummary {
  const { id, status, sent } = alert;
  const info = mainInfo(alert, language);
  return {
    id,
    status,
    sent,
    headline: info.headline ?? info.event,
    language: info.language,
    event: info.event,
    areaDesc: info.areas.map(({ areaDesc }) => areaDesc).join("; ") || null,
    severity: info.severity,
    urgency: info.urgency,
    isEmergency: alert.infos.some(isEmergency),
    senderName: info.senderName ?? null,
    expires: expiryOf(alert),
    distance: distance === null ? null : Math.round(distance),
  };
}

/** The Atom index of the warnings that hold. @param base address of this server, without a slash at its end */
export function alertIndex(
  board: AlertBoard,
  status: AlertStatus,
  given: { base: string; city: string; language: Language; now: Instant },
): string {
  const { base, city, language, now } = given;
  const alerts = holding(board, status, now).toSorted((a, b) => (a.sent < b.sent ? 1 : -1));
  const apart = status === "Actual" ? "" : ` (${status}: not real)`;
  return writeAtom({
    id: `${base}/alerts.cap${status === "Actual" ? "" : `?status=${status}`}`,
    title: `Alerts, ${city}${apart}`,
    updated: alerts[0]?.receivedAt ?? now,
    entries: alerts.map((alert) => {
      const { headline, event, description, senderName } = mainInfo(alert, language);
      const href = `${base}/alerts.cap/${alert.id}`;
      return {
        id: href,
        href,
        title: `${headline ?? event}${apart}`,
        summary: description,
        author: senderName ?? alert.sender,
        published: alert.sent,
      };
    }),
  });
}
