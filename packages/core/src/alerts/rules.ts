import { distanceM, type Position } from "../geo.ts";
import { HOUR_MS, later, type Instant } from "../time.ts";
import type { Alert, AlertArea, AlertInfo, AlertMessage, AlertReference } from "./schema.ts";

/** A warning of which nobody says when it ends holds for a day: one that stays for ever is not believed. */
export const ALERT_HOLDS_MS = 24 * HOUR_MS;

export type AlertState =
  | "active"
  | "upcoming"
  | "expired"
  | "replaced"
  | "cancelled"
  | "not-actual"
  | "no-warning";

/** When the last of a message's texts ends. */
export function expiryOf({ infos, sent }: Pick<AlertMessage, "infos" | "sent">): Instant {
  const ends = infos.map(({ expires, effective }) => expires ?? later(effective ?? sent, ALERT_HOLDS_MS));
  return ends.sort().at(-1) ?? later(sent, ALERT_HOLDS_MS);
}

/** One text for a message as others refer to it. */
export function referenceKey({ sender, identifier, sent }: AlertReference): string {
  return `${sender},${identifier},${sent}`;
}

/** What an update or a cancellation does to those it refers to. */
export interface Chain {
  replaced: ReadonlySet<string>;
  cancelled: ReadonlySet<string>;
}

/**
 * Which messages are replaced or cancelled by others, in whatever order they arrived. Only the same
 * sender takes back what it said, and only a real message ends a real one.
 */
export function chainOf(alerts: readonly AlertMessage[]): Chain {
  const replaced = new Set<string>();
  const cancelled = new Set<string>();
  const known = new Map(alerts.map((alert) => [referenceKey(alert), alert]));
  const end = (alert: AlertMessage, by: Set<string>, seen: Set<AlertMessage>): void => {
    for (const reference of alert.references) {
      if (reference.sender !== alert.sender) continue;
      const meant = known.get(referenceKey(reference));
      if (meant && meant.status !== alert.status) continue;
      by.add(referenceKey(reference));
      // Whoever ends the last of a chain ends what came before it too.
      if (meant && !seen.has(meant)) end(meant, by, seen.add(meant));
    }
  };
  for (const alert of alerts) {
    if (alert.msgType === "Update") end(alert, replaced, new Set([alert]));
    if (alert.msgType === "Cancel") end(alert, cancelled, new Set([alert]));
  }
  return { replaced, cancelled };
}

/** Whether a message warns anybody at `now`; the reason when it does not. */
export function alertStateOf(alert: AlertMessage, chain: Chain, now: Instant): AlertState {
  const key = referenceKey(alert);
  if (alert.msgType !== "Alert" && alert.msgType !== "Update") return "no-warning";
  if (alert.infos.length === 0) return "no-warning";
  if (chain.cancelled.has(key)) return "cancelled";
  if (chain.replaced.has(key)) return "replaced";
  if (expiryOf(alert) <= now) return "expired";
  const starts = alert.infos.map(({ effective }) => effective ?? alert.sent).sort()[0];
  if (starts !== undefined && starts > now) return "upcoming";
  return alert.status === "Actual" ? "active" : "not-actual";
}

/** Metres from a place to the nearest part of an alert's areas: 0 inside; null when it has no shape. */
export function distanceToAlert({ infos }: Pick<Alert, "infos">, place: Position): number | null {
  let nearest: number | null = null;
  for (const { areas } of infos)
    for (const area of areas) {
      const distance = distanceToArea(area, place);
      if (distance !== null && (nearest === null || distance < nearest)) nearest = distance;
    }
  return nearest;
}

function distanceToArea({ polygons, circles }: AlertArea, place: Position): number | null {
  const distances = [
    ...circles.map(({ centre, radiusKm }) => Math.max(0, distanceM(centre, place) - radiusKm * 1000)),
    ...polygons.map((corners) => (isInside(corners, place) ? 0 : distanceToEdge(corners, place))),
  ];
  return distances.length > 0 ? Math.min(...distances) : null;
}

/** Whether a place is inside of a polygon, by counting the edges that a ray to the east crosses. */
function isInside(corners: readonly Position[], { lat, lon }: Position): boolean {
  let inside = false;
  for (const [at, b] of corners.entries()) {
    const a = corners[at - 1];
    if (!a || a.lat > lat === b.lat > lat) continue;
    if (lon < ((b.lon - a.lon) * (lat - a.lat)) / (b.lat - a.lat) + a.lon) inside = !inside;
  }
  return inside;
}

/** Metres to the nearest edge, on a plane around the place: exact enough for a city. */
function distanceToEdge(corners: readonly Position[], place: Position): number {
  const narrow = Math.cos((place.lat * Math.PI) / 180);
  let nearest = Infinity;
  for (const [at, b] of corners.entries()) {
    const a = corners[at - 1] ?? b;
    const [ax, ay] = [(a.lon - place.lon) * narrow, a.lat - place.lat];
    const [dx, dy] = [(b.lon - a.lon) * narrow, b.lat - a.lat];
    const length = dx * dx + dy * dy;
    const share = length === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length));
    const on = { lat: a.lat + share * (b.lat - a.lat), lon: a.lon + share * (b.lon - a.lon) };
    nearest = Math.min(nearest, distanceM(place, on));
  }
  return nearest;
}

const SEVERITY_RANK = ["Extreme", "Severe", "Moderate", "Minor", "Unknown"] as const;
const URGENCY_RANK = ["Immediate", "Expected", "Future", "Unknown", "Past"] as const;

/** What most asks to be read first: the severest, then the most urgent. */
export function rankOfInfo({ severity, urgency }: Pick<AlertInfo, "severity" | "urgency">): number {
  return SEVERITY_RANK.indexOf(severity) * URGENCY_RANK.length + URGENCY_RANK.indexOf(urgency);
}

/** Whether life is in danger now: the one case in which a warning is drawn as an emergency. */
export function isEmergency({ severity, urgency, certainty }: AlertInfo): boolean {
  const isNow = urgency === "Immediate" || urgency === "Expected";
  const isSure = certainty === "Observed" || certainty === "Likely";
  return severity === "Extreme" && isNow && isSure;
}

/**
 * The texts of a message in the best of a reader's languages: several when it speaks of several
 * events in one language. What has no text in it is given in English, else in what comes first.
 */
export function infosIn(infos: readonly AlertInfo[], language: string): AlertInfo[] {
  for (const wanted of [language, "en"]) {
    const found = infos.filter((info) => info.language.slice(0, 2).toLowerCase() === wanted);
    if (found.length > 0) return found;
  }
  return infos.filter((info) => info.language === infos[0]?.language);
}
