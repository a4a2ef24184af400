import type { Hours } from "@ihims/core/facilities/schema.ts";
import type { HsdsSchedule } from "./schema.ts";
import type { UuidOf } from "./terms.ts";

const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
const ALWAYS = "Always open";
const CLOSED = "Closed";
const NO_HOURS = "No regular hours";

/** Hours as HSDS schedules: one for each span of the week, and one for each span of a day that differs. */
export function writeSchedules(
  hours: Hours | null,
  given: { place: string; utcOffsetHours: number; uuidOf: UuidOf },
): HsdsSchedule[] {
  if (hours === null) return [];
  const schedule = (name: string, more: Omit<HsdsSchedule, "id" | "timezone">): HsdsSchedule => ({
    id: given.uuidOf(`schedule:${given.place}:${name}`),
    timezone: given.utcOffsetHours,
    ...more,
  });
  if (hours.kind === "always")
    return [
      schedule("always", {
        freq: "WEEKLY",
        byday: DAYS.join(","),
        opens_at: "00:00",
        closes_at: "24:00",
        description: ALWAYS,
      }),
    ];
  const weekly = hours.spans.map(({ day, from, to }, at) =>
    schedule(`week:${at}`, { freq: "WEEKLY", byday: DAYS[day - 1] ?? "MO", opens_at: from, closes_at: to }),
  );
  const exceptions = hours.exceptions.flatMap(({ date, spans, reason }, day) => {
    const on = { valid_from: date, valid_to: date };
    const said = reason === undefined ? "" : `: ${reason}`;
    if (spans.length === 0) return [schedule(`day:${day}`, { ...on, description: CLOSED + said })];
    return spans.map(({ from, to }, at) =>
      schedule(`day:${day}:${at}`, {
        ...on,
        opens_at: from,
        closes_at: to,
        ...(reason !== undefined && { description: `Open${said}` }),
      }),
    );
  });
  return weekly.length > 0
    ? [...weekly, ...exceptions]
    : [schedule("none", { description: NO_HOURS }), ...exceptions];
}

/** The hours that schedules of ours say; null when there are none. */
export function readSchedules(schedules: readonly HsdsSchedule[]): Hours | null {
  if (schedules.length === 0) return null;
  if (schedules.some(({ description }) => description === ALWAYS)) return { kind: "always" };
  const weekly = schedules.filter(({ freq }) => freq === "WEEKLY");
  const spans = weekly.flatMap(({ byday = "", opens_at: from = "", closes_at: to = "" }) =>
    byday.split(",").map((day) => ({ day: DAYS.findIndex((one) => one === day) + 1, from, to })),
  );
  const exceptions: Extract<Hours, { kind: "weekly" }>["exceptions"] = [];
  for (const { valid_from: date, opens_at: from, closes_at: to, description = "" } of schedules) {
    if (date === undefined) continue;
    const reason = /^(?:Open|Closed): (.*)$/su.exec(description)?.[1];
    const last = exceptions.at(-1);
    const span = from === undefined || to === undefined ? [] : [{ from, to }];
    if (last?.date === date) last.spans.push(...span);
    else exceptions.push({ date, spans: span, ...(reason !== undefined && { reason }) });
  }
  return { kind: "weekly", spans, exceptions };
}
