import { expect, test } from "vitest";
import { instantOf } from "../time.ts";
import { openStateOf } from "./hours.ts";
import type { Hours } from "./schema.ts";

const KOLKATA = "Asia/Kolkata";

/** Monday to Saturday, morning and evening; the clinic of every Indian street. */
const clinic: Hours = {
  kind: "weekly",
  spans: [1, 2, 3, 4, 5, 6].flatMap((day) => [
    { day, from: "09:30", to: "13:00" },
    { day, from: "17:00", to: "21:00" },
  ]),
  exceptions: [
    { date: "2026-03-04", spans: [], reason: "Holi" },
    { date: "2026-03-08", spans: [{ from: "10:00", to: "12:00" }] },
  ],
};
/** Pharmacy open past midnight on Fridays. */
const night: Hours = { kind: "weekly", spans: [{ day: 5, from: "20:00", to: "02:00" }], exceptions: [] };
/** Open round the clock, written as one span a day. */
const roundTheClock: Hours = {
  kind: "weekly",
  spans: [1, 2, 3].map((day) => ({ day, from: "00:00", to: "24:00" })),
  exceptions: [],
};

/** At this local time in India, is it open, and until when (local)? */
function check(hours: Hours | null, local: string, state: string, until: string | null) {
  const now = instantOf(Date.parse(`${local}:00+05:30`));
  expect(openStateOf(hours, now, KOLKATA)).toEqual({
    state,
    until: until === null ? null : instantOf(Date.parse(`${until}:00+05:30`)),
  });
}

test("a clinic is open in the morning until one", () =>
  check(clinic, "2026-03-02T10:00", "open", "2026-03-02T13:00"));
test("it is shut at noon until the evening", () =>
  check(clinic, "2026-03-02T14:00", "closed", "2026-03-02T17:00"));
test("at the minute of closing it is shut", () =>
  check(clinic, "2026-03-02T13:00", "closed", "2026-03-02T17:00"));
test("on Saturday night it is shut until the exception of Sunday", () =>
  check(clinic, "2026-03-07T22:00", "closed", "2026-03-08T10:00"));
test("on a holiday it is shut all day", () =>
  check(clinic, "2026-03-04T10:00", "closed", "2026-03-05T09:30"));
test("an exception opens a Sunday", () => check(clinic, "2026-03-08T10:30", "open", "2026-03-08T12:00"));
test("after midnight Friday's hours go on", () =>
  check(night, "2026-03-07T01:00", "open", "2026-03-07T02:00"));
test("and end", () => check(night, "2026-03-07T02:00", "closed", "2026-03-13T20:00"));
test("spans that touch at midnight are one opening", () =>
  check(roundTheClock, "2026-03-02T23:00", "open", "2026-03-05T00:00"));
test("always is always", () => check({ kind: "always" }, "2026-03-02T03:00", "open", null));
test("hours that are not known are unknown", () => check(null, "2026-03-02T10:00", "unknown", null));

test("a day on which the clock is set forward keeps its hours", () => {
  const hours: Hours = { kind: "weekly", spans: [{ day: 7, from: "01:00", to: "09:00" }], exceptions: [] };
  // Berlin, 29 March 2026: 02:00 becomes 03:00, so eight hours by the clock are seven.
  expect(openStateOf(hours, instantOf(Date.parse("2026-03-29T04:00:00Z")), "Europe/Berlin")).toEqual({
    state: "open",
    until: instantOf(Date.parse("2026-03-29T07:00:00Z")),
  });
});
