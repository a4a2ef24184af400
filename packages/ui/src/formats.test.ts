import { expect, test } from "vitest";
import { Instant } from "@ihims/core/time.ts";
import {
  ageText,
  agoText,
  clockText,
  dateText,
  dayText,
  distanceText,
  durationText,
  minutesText,
  momentText,
  numberText,
  timeText,
  weekdayText,
} from "./formats.ts";

const NOW = Instant.parse("2026-11-22T14:05:00+05:30");
const PUNE = "Asia/Kolkata";
const LANGUAGES = ["en", "hi", "mr"] as const;

/** What three languages say; a no-break space is written as a plain one. */
function check(say: (language: (typeof LANGUAGES)[number]) => string | null, expected: (string | null)[]) {
  expect(LANGUAGES.map((language) => say(language)?.replaceAll("\u00A0", " ") ?? null)).toEqual(expected);
}

function ago(minutes: number): Instant {
  return Instant.parse(new Date(Date.parse(NOW) - minutes * 60_000).toISOString());
}

test("an age is in words, in the reader's numerals", () =>
  check((l) => ageText(l, ago(3), NOW), ["3 min", "3 मिनट", "३ मिनिटे"]));
test("one minute is one minute", () => check((l) => ageText(l, ago(1), NOW), ["1 min", "1 मिनट", "१ मिनिट"]));
test("an age is rounded down", () => check((l) => ageText(l, ago(119), NOW), ["1 h", "1 घंटा", "१ तास"]));
test("hours are hours", () => check((l) => ageText(l, ago(9 * 60), NOW), ["9 h", "9 घंटे", "९ तास"]));
test("after a day it is days", () =>
  check((l) => ageText(l, ago(49 * 60), NOW), ["2 days", "2 दिन", "२ दिवस"]));
test("under a minute there is no age to tell", () =>
  check((l) => ageText(l, ago(0.9), NOW), [null, null, null]));
test("what is ahead of our clock has no age", () =>
  check((l) => ageText(l, ago(-3), NOW), [null, null, null]));
test("an age that is read aloud is written out", () =>
  check((l) => ageText(l, ago(9 * 60), NOW, "long"), ["9 hours", "9 घंटे", "९ तास"]));
test("how long ago is a part of a sentence", () =>
  check((l) => agoText(l, ago(3), NOW), ["3 minutes ago", "3 मिनट पहले", "३ मिनिटांपूर्वी"]));

test("an hour is the city's, on a clock of 24 hours", () =>
  check((l) => timeText(l, NOW, PUNE), ["14:05", "14:05", "१४:०५"]));
test("midnight is 00:00", () =>
  check((l) => timeText(l, Instant.parse("2026-11-22T00:00:00+05:30"), PUNE), ["00:00", "00:00", "००:००"]));
test("a day is written with its month's name", () =>
  check((l) => dateText(l, NOW, PUNE), ["22 Nov 2026", "22 नवंबर 2026", "२२ नोव्हेंबर, २०२६"]));
test("a moment of today is its hour", () =>
  check((l) => momentText(l, ago(60), NOW, PUNE), ["13:05", "13:05", "१३:०५"]));
test("a moment of yesterday names the day", () =>
  check(
    (l) => momentText(l, ago(24 * 60), NOW, PUNE),
    ["21 Nov, 14:05", "21 नवंबर, 14:05", "२१ नोव्हेंबर, १४:०५"],
  ));
test("the day is the city's: an evening in UTC is the next morning in India", () =>
  check((l) => momentText(l, Instant.parse("2026-11-21T19:00:00Z"), NOW, PUNE), ["00:30", "00:30", "००:३०"]));
test("a moment of another year names the year", () =>
  check(
    (l) => momentText(l, Instant.parse("2025-11-22T14:05:00+05:30"), NOW, PUNE),
    ["22 Nov 2025, 14:05", "22 नवंबर 2025, 14:05", "२२ नोव्हेंबर, २०२५, १४:०५"],
  ));
test("a day of the calendar is that day wherever the reader is", () =>
  check((l) => dayText(l, "2026-11-22"), ["22 Nov 2026", "22 नवंबर 2026", "२२ नोव्हेंबर, २०२६"]));
test("the week begins on Monday", () => check((l) => weekdayText(l, 1), ["Monday", "सोमवार", "सोमवार"]));
test("opening hours are in the reader's numerals", () =>
  check((l) => clockText(l, "09:30"), ["09:30", "09:30", "०९:३०"]));

test("a near place is in metres, to the nearest 50", () =>
  check((l) => distanceText(l, 349), ["350 m", "350 मीटर", "३५० मीटर"]));
test("nothing is nearer than 50 m: positions are not that exact", () =>
  check((l) => distanceText(l, 3), ["50 m", "50 मीटर", "५० मीटर"]));
test("980 m is 1 km", () => check((l) => distanceText(l, 980), ["1 km", "1 कि॰मी॰", "१ किमी"]));
test("a few kilometres have one decimal", () =>
  check((l) => distanceText(l, 2149), ["2.1 km", "2.1 कि॰मी॰", "२.१ किमी"]));
test("many kilometres have none", () =>
  check((l) => distanceText(l, 12_400), ["12 km", "12 कि॰मी॰", "१२ किमी"]));
test("a trip takes at least a minute", () =>
  check((l) => minutesText(l, 20), ["1 min", "1 मिनट", "१ मिनिट"]));
test("numbers are grouped as India groups them", () =>
  check((l) => numberText(l, 120_000), ["1,20,000", "1,20,000", "१,२०,०००"]));

test("how long something takes is told in minutes, and from an hour and a half on in hours, never too short", () => {
  expect(durationText("en", 35 * 60)).toBe("35 min");
  expect(durationText("en", 90 * 60)).toBe("1.5 h");
  expect(durationText("en", 125 * 60)).toBe("2.5 h");
  expect(durationText("hi", 360 * 60)).toBe("6 घंटे");
  expect(durationText("mr", 150 * 60)).toBe("२.५ तास");
});
