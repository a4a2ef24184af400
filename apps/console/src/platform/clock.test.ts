import { expect, test } from "vitest";
import { skewOf } from "./clock.ts";

const noon = Date.parse("2026-03-01T12:00:00Z");
const header = "Sun, 01 Mar 2026 12:00:00 GMT";

test("a clock that is minutes behind the server's is put right", () => {
  expect(skewOf(header, noon - 600_100, noon - 600_000)).toBe(600_550);
});

test("a clock that is ahead is put back", () => {
  expect(skewOf(header, noon + 300_000, noon + 300_000)).toBe(-299_500);
});

test("the seconds that an answer travels are no wrong clock", () => {
  expect(skewOf(header, noon, noon + 1500)).toBe(0);
});

test("an answer that does not say its time changes nothing", () => {
  expect(skewOf(null, noon, noon)).toBe(0);
  expect(skewOf("yesterday", noon, noon)).toBe(0);
});
