import fc from "fast-check";
import { expect, test } from "vitest";
import { instantOf, type Instant } from "@ihims/core/time.ts";
import { readMoment, type MomentStyle } from "./moments.ts";

const FETCHED = instantOf(Date.parse("2021-05-02T12:00:00Z"));
const STYLE: MomentStyle = {
  order: null,
  number: null,
  timeZone: "Asia/Kolkata",
  dateOnlyAtMinutes: 0,
  year: null,
  monthOnly: null,
  fetchedAt: FETCHED,
};

/** What is read of a date (and time), as the wall clock of the zone shows it, or the refusal. */
function check(date: unknown, style: Partial<MomentStyle> = {}, time?: unknown): string {
  const read = readMoment(date, time, { ...STYLE, ...style });
  if (read.kind === "refused") return `${read.code}: ${read.reason}`;
  return wall(read.moment, style.timeZone ?? STYLE.timeZone) + (read.isDayOnly ? " day" : "");
}

function wall(moment: Instant, timeZone: string): string {
  return new Date(moment).toLocaleString("sv-SE", { timeZone }).slice(0, 16);
}

test.for([
  ["2021-04-30", "2021-04-30 00:00 day"],
  ["2021-04-30 14:30", "2021-04-30 14:30"],
  ["2021-04-30T14:30:05.123+05:30", "2021-04-30 14:30"],
  ["2021-04-30T09:00:00Z", "2021-04-30 14:30"],
  ["2021-04-30T09:00:00.000+0000", "2021-04-30 14:30"],
  ["2 May 2021, 500PM", "2021-05-02 17:00"],
  ["Updated On: 2:26 PM 30th Apr,21", "2021-04-30 14:26"],
  ["Updated On: 11:47 AM 30th Apr,21", "2021-04-30 11:47"],
  ["Last updated at Apr 30, 2021 9:05 am", "2021-04-30 09:05"],
  ["30-Apr-21", "2021-04-30 00:00 day"],
  ["Fri Apr 30 2021 10:05:16 GMT+0530 (India Standard Time)", "2021-04-30 10:05"],
  ["30 April 2021 1430 hrs", "2021-04-30 14:30"],
  ["30 April 2021 2.05 pm", "2021-04-30 14:05"],
  ["as on 30 April 2021, 5 pm", "2021-04-30 17:00"],
  ["29/04/2021 | 2:05 PM", "2021-04-29 14:05"],
  ["04/29/2021 14:05", "2021-04-29 14:05"],
  ["05/05/2021", "2021-05-05 00:00 day"],
  ["2021/04/05", "2021-04-05 00:00 day"],
  ["20210430", "2021-04-30 00:00 day"],
  ["20210430143000", "2021-04-30 14:30"],
  ["३० एप्रिल २०२१ दुपारी ३:३०", "2021-04-30 15:30"],
  ["30 अप्रैल 2021 शाम 5 बजे", "2021-04-30 17:00"],
  ["सुबह 10:30 बजे, 30 अप्रैल 2021", "2021-04-30 10:30"],
  ["1 मे 2021 रात्री 9 वाजता", "2021-05-01 21:00"],
  [1619789465000, "2021-04-30 19:01"],
  ["1619789465", "2021-04-30 19:01"],
  ["/Date(1619789465000+0530)/", "2021-04-30 19:01"],
  ["12 minutes ago", "2021-05-02 17:18"],
  ["Updated an hour ago", "2021-05-02 16:30"],
  ["30 Apr 2021 24:00", "2021-05-01 00:00"],
] as const)("%s is %s", ([text, expected]) => expect(check(text)).toBe(expected));

test.for([
  ["05/04/2021", "ambiguous-date: can be day 5 of month 4 or day 4 of month 5: declare the style"],
  ["April 24", "ambiguous-date: does not say whether 24 is a day or a year"],
  ["April 2024", "unreadable-date: says the month, but not the day"],
  ["30/02/2021", "unreadable-date: is no day of the calendar: 2021-2-30"],
  ["31/31/2021", "unreadable-date: is no date: there is no month 31"],
  ["05:29 PM, 24/04", "unreadable-date: does not say the year"],
  ["30 Apr 2021 to 5 May 2021", "unreadable-date: names two months"],
  ["30/04/2021 - 05/05/2021", "unreadable-date: holds more figures than one date and time"],
  ["30 Apr 2021 29:30", 'unreadable-date: has no time of day in "29:30"'],
  ["today", "unreadable-date: holds no date"],
  ["Bed 12", "unreadable-date: holds figures, but no date"],
  [44316, "unreadable-date: is a bare number: say in the style what it counts"],
  [true, "unreadable-date: is no date"],
] as const)("%s is refused", ([text, expected]) => expect(check(text)).toBe(expected));

test("a declared order settles what can be read in two ways, and refuses what contradicts it", () => {
  expect(check("05/04/2021", { order: "day-first" })).toBe("2021-04-05 00:00 day");
  expect(check("05/04/2021", { order: "month-first" })).toBe("2021-05-04 00:00 day");
  expect(check("21/04/05", { order: "year-first" })).toBe("2021-04-05 00:00 day");
  expect(check("05/13/2021", { order: "day-first" })).toMatch("there is no month 13");
});

test("a date without a year takes the declared one, or the latest that is not ahead", () => {
  expect(check("05:29 PM, April 24", { year: "latest" })).toBe("2021-04-24 17:29");
  expect(check("10:27 AM, September 30", { year: "latest" })).toBe("2020-09-30 10:27");
  expect(check("10:27 AM, September 30", { year: 2019 })).toBe("2019-09-30 10:27");
  expect(check("29 Feb", { year: "latest" })).toBe("2020-02-29 00:00 day");
});

test("a month without a day takes the declared one", () => {
  expect(check("Jul-26", { monthOnly: "last-day" })).toBe("2026-07-31 00:00 day");
  expect(check("April 2024", { monthOnly: "first-day" })).toBe("2024-04-01 00:00 day");
});

test("date and time may stand apart, and spreadsheets count days", () => {
  expect(check("30-04-2021", {}, "2:05 PM")).toBe("2021-04-30 14:05");
  expect(check(44316.604, { number: "excel" })).toBe("2021-04-30 14:29");
  expect(check("44316", { number: "excel" }, 0.5)).toBe("2021-04-30 12:00");
  expect(check("30-04-2021", {}, "soon")).toBe('unreadable-date: the time of day "soon" is no time of day');
});

test("a time that the clocks skip is the moment it would have been; one that comes twice the earlier", () => {
  const at = (text: string, timeZone: string) => {
    const read = readMoment(text, undefined, { ...STYLE, timeZone });
    return read.kind === "moment" ? read.moment : read.reason;
  };
  expect(at("2026-03-29 02:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
  expect(at("2026-10-25 02:30", "Europe/Berlin")).toBe("2026-10-25T00:30:00.000Z");
  expect(at("2026-03-08 02:30", "America/New_York")).toBe("2026-03-08T07:30:00.000Z");
  expect(at("2026-11-01 01:30", "America/New_York")).toBe("2026-11-01T05:30:00.000Z");
});

const WRITERS: ((d: Date) => string)[] = [
  (d) => d.toISOString(),
  (d) => d.toISOString().slice(0, 16).replace("T", " "),
  (d) =>
    `${d.getUTCDate()} ${["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][d.getUTCMonth()]} ${d.getUTCFullYear()}, ${d.toISOString().slice(11, 16)}`,
  (d) =>
    `${String(d.getUTCDate()).padStart(2, "0")}/${d.getUTCMonth() + 1}/${d.getUTCFullYear()} ${d.toISOString().slice(11, 16)}`,
  (d) => String(d.getTime()),
  (d) =>
    `Updated On: ${d.getUTCHours() % 12 || 12}:${d.toISOString().slice(14, 16)} ${d.getUTCHours() < 12 ? "AM" : "PM"} ${d.getUTCDate()}th ${d.toLocaleString("en", { month: "long", timeZone: "UTC" })},${d.toISOString().slice(2, 4)}`,
];

test("every moment survives being written in each way and read again, to the minute", () => {
  fc.assert(
    fc.property(
      fc.date({
        min: new Date("2001-09-10T00:00:00Z"),
        max: new Date("2068-12-31T00:00:00Z"),
        noInvalidDate: true,
      }),
      fc.constantFrom(...WRITERS),
      (date, write) => {
        const read = readMoment(write(date), undefined, { ...STYLE, timeZone: "UTC", order: "day-first" });
        expect(read.kind === "moment" ? read.moment.slice(0, 16) : `${write(date)} ${read.reason}`).toBe(
          date.toISOString().slice(0, 16),
        );
      },
    ),
  );
});

test("whatever stands in a date's place is read or refused, and never throws", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.anything(), fc.double()), fc.anything(), (date, time) => {
      expect(["moment", "refused"]).toContain(readMoment(date, time, STYLE).kind);
    }),
  );
});
