import { expect, test } from "vitest";
import { BedType } from "../beds/schema.ts";
import type { Language } from "../languages.ts";
import { instantOf } from "../time.ts";
import { ServiceId } from "../vocabulary/schema.ts";
import { nameOf, reasonInWords } from "./words.ts";

const AT = instantOf(Date.parse("2026-03-02T12:00:00Z"));

test("a reason is told in the reader's language, and its code is the same in all", () => {
  const say = (lang: Language) => reasonInWords({ code: "bed", type: "icu", free: 12 }, lang, "Asia/Kolkata");
  expect(say("en")).toEqual({ code: "bed:icu", words: "ICU bed: 12 free" });
  expect(say("hi")).toEqual({ code: "bed:icu", words: "आईसीयू बेड: 12 खाली" });
  expect(say("mr")).toEqual({ code: "bed:icu", words: "आयसीयू खाट: १२ रिकाम्या" });
});

test("few beds are not counted, one is told to call", () => {
  expect(reasonInWords({ code: "bed-few", type: "icu" }, "en", "Asia/Kolkata").words).toBe(
    "ICU bed: 1–2 left, call first",
  );
});

test("a moment is told in the city's time", () => {
  expect(reasonInWords({ code: "opens", at: AT }, "en", "Asia/Kolkata").words).toBe(
    "closed, opens Mon, 17:30",
  );
  expect(reasonInWords({ code: "opens", at: AT }, "mr", "Asia/Kolkata").words).toContain("१७:३०");
});

test("less than a minute away is a minute", () => {
  expect(reasonInWords({ code: "travel", seconds: 5 }, "en", "Asia/Kolkata").words).toBe("1 min away");
});

test("all beds and services have a name in every language", () => {
  for (const service of ServiceId.options) {
    for (const lang of ["hi", "mr"] as const)
      expect(nameOf("service", service, lang)).toMatch(/[\u0900-\u097f]/);
  }
  for (const type of BedType.options) expect(nameOf("bed", type, "hi")).toMatch(/[\u0900-\u097f]/);
});
