import type { Extension, LocationHoursOfOperation } from "@medplum/fhirtypes";
import type { Hours, OpeningException, OpeningSpan } from "@ihims/core/facilities/schema.ts";
import { part } from "./elements.ts";
import { EXTENSION } from "./systems.ts";

/** In the order of our days: 1 Monday to 7 Sunday. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Hours as a Location states them. A day of the calendar that differs is an extension: R4 has only words for it. */
export interface StatedHours {
  hoursOfOperation?: LocationHoursOfOperation[];
  extension: Extension[];
}

export function weekdayOf(day: number): Weekday {
  return WEEKDAYS[day - 1] ?? "mon";
}

/** `09:30` as FHIR writes a time of day. It knows no 24:00; what ends at midnight ends at 00:00. */
export function timeOf(clock: string): string {
  return `${clock === "24:00" ? "00:00" : clock}:00`;
}

export function hoursToFhir(hours: Hours | null): StatedHours {
  if (hours === null) return { extension: [] };
  if (hours.kind === "always")
    return { hoursOfOperation: [{ daysOfWeek: [...WEEKDAYS], allDay: true }], extension: [] };
  const sameTimes = Map.groupBy(hours.spans, ({ from, to }) => `${from} ${to}`);
  const hoursOfOperation = [...sameTimes.values()].map((spans): LocationHoursOfOperation => {
    const daysOfWeek = [...new Set(spans.map(({ day }) => day))].sort((a, b) => a - b).map(weekdayOf);
    const { from = "00:00", to = "24:00" } = spans[0] ?? {};
    if (isAllDay({ from, to })) return { daysOfWeek, allDay: true };
    return { daysOfWeek, openingTime: timeOf(from), closingTime: timeOf(to) };
  });
  const extension = hours.exceptions.map(exceptionToFhir);
  if (hoursOfOperation.length === 0) extension.push({ url: EXTENSION.neverOpen, valueBoolean: true });
  return hoursOfOperation.length > 0 ? { hoursOfOperation, extension } : { extension };
}

function isAllDay({ from, to }: { from: string; to: string }): boolean {
  return from === "00:00" && (to === "24:00" || to === "00:00");
}

function exceptionToFhir({ date, spans, reason }: OpeningException): Extension {
  return {
    url: EXTENSION.hoursException,
    extension: [
      { url: "date", valueDate: date },
      ...(reason === undefined ? [] : [{ url: "reason", valueString: reason }]),
      ...spans.map(({ from, to }) => ({
        url: "span",
        extension: [
          { url: "from", valueTime: timeOf(from) },
          { url: "to", valueTime: timeOf(to) },
        ],
      })),
    ],
  };
}

/** Hours as they are read back: `24:00` where a span ends at midnight, days in their order. */
export function hoursFromFhir({
  hoursOfOperation = [],
  extension = [],
}: {
  hoursOfOperation?: readonly LocationHoursOfOperation[] | undefined;
  extension?: readonly Extension[] | undefined;
}): Hours | null {
  const exceptions = extension.filter(({ url }) => url === EXTENSION.hoursException).map(exceptionFromFhir);
  const isAlways = hoursOfOperation.some(
    ({ allDay, daysOfWeek = [] }) => allDay === true && daysOfWeek.length === 7,
  );
  if (isAlways && exceptions.length === 0 && hoursOfOperation.length === 1) return { kind: "always" };
  const isKnown =
    hoursOfOperation.length > 0 || exceptions.length > 0 || part(extension, EXTENSION.neverOpen);
  if (!isKnown) return null;
  const spans = hoursOfOperation.flatMap(({ daysOfWeek = [], allDay, openingTime, closingTime }) => {
    const [from, to] = allDay
      ? ["00:00", "24:00"]
      : [clockOf(openingTime, "00:00"), endOf(clockOf(closingTime, "24:00"))];
    // Without days it is every day (R4 leaves it open; a place that says one time means all of them).
    const days = daysOfWeek.length > 0 ? daysOfWeek : WEEKDAYS;
    return days.map((day): OpeningSpan => ({ day: WEEKDAYS.indexOf(day as Weekday) + 1, from, to })); // A code of the seven.
  });
  return { kind: "weekly", spans: spans.sort(inOrder), exceptions };
}

function inOrder(a: OpeningSpan, b: OpeningSpan): number {
  return a.day - b.day || (a.from < b.from ? -1 : a.from > b.from ? 1 : 0);
}

function exceptionFromFhir({ extension = [] }: Extension): OpeningException {
  const reason = part(extension, "reason")?.valueString;
  return {
    date: part(extension, "date")?.valueDate ?? "",
    spans: extension
      .filter(({ url }) => url === "span")
      .map((span) => ({
        from: clockOf(part(span.extension, "from")?.valueTime, "00:00"),
        to: endOf(clockOf(part(span.extension, "to")?.valueTime, "24:00")),
      })),
    ...(reason === undefined ? {} : { reason }),
  };
}

function clockOf(time: string | undefined, otherwise: string): string {
  return time?.slice(0, 5) ?? otherwise;
}

function endOf(clock: string): string {
  return clock === "00:00" ? "24:00" : clock;
}
