import { describe, expect, test } from "vitest";
import { FIRST_STEPS } from "../vocabulary/first-steps.ts";
import { RED_FLAGS_EN } from "../vocabulary/red-flags-en.ts";
import { RED_FLAGS_HI } from "../vocabulary/red-flags-hi.ts";
import { RED_FLAGS_MR } from "../vocabulary/red-flags-mr.ts";
import { RedFlagFinder } from "./red-flags.ts";
import { HARMLESS_EN } from "./testing/look-alikes-en.ts";
import { URGENT_EN } from "./testing/red-flag-cases-en.ts";
import { HARMLESS_HI, URGENT_HI } from "./testing/red-flag-cases-hi.ts";
import { HARMLESS_MR, URGENT_MR } from "./testing/red-flag-cases-mr.ts";

/** Precision below this means that people learn to disregard the warning. */
const PRECISION_MIN = 0.95;
const SENTENCES_MIN = 200;
const PATTERNS_MIN = 40;

const finder = new RedFlagFinder();
const lines = (text: string) => text.trim().split("\n");

const LANGUAGES = [
  { lang: "en", urgent: lines(URGENT_EN), harmless: lines(HARMLESS_EN), patterns: RED_FLAGS_EN },
  { lang: "hi", urgent: lines(URGENT_HI), harmless: lines(HARMLESS_HI), patterns: RED_FLAGS_HI },
  { lang: "mr", urgent: lines(URGENT_MR), harmless: lines(HARMLESS_MR), patterns: RED_FLAGS_MR },
];

describe.each(LANGUAGES)("in $lang", ({ lang, urgent, harmless, patterns }) => {
  const isFlagged = (sentence: string) => finder.find(sentence).length > 0;

  test("there are patterns and sentences enough", () => {
    expect(patterns.length).toBeGreaterThanOrEqual(PATTERNS_MIN);
    expect(new Set([...urgent, ...harmless]).size).toBeGreaterThanOrEqual(SENTENCES_MIN);
    expect(urgent.length).toBeGreaterThanOrEqual(SENTENCES_MIN / 2);
    expect(harmless.length).toBeGreaterThanOrEqual(SENTENCES_MIN / 2);
  });

  test("no sign of danger is missed", () => {
    expect(urgent.filter((sentence) => !isFlagged(sentence))).toEqual([]);
  });

  test("harmless look-alikes are let pass", ({ annotate }) => {
    const alarms = harmless.filter(isFlagged);
    const hits = urgent.filter(isFlagged).length;
    const precision = hits / (hits + alarms.length);
    void annotate(
      `${lang}: recall ${hits}/${urgent.length}, precision ${precision.toFixed(3)}, false alarms: ${alarms.join("; ")}`,
    );
    expect(precision, alarms.join("\n")).toBeGreaterThanOrEqual(PRECISION_MIN);
  });
});

test("every sign of danger has first steps in three languages with a source and its year", () => {
  for (const steps of Object.values(FIRST_STEPS)) {
    expect(steps.source).not.toBe("");
    expect(steps.date).toMatch(/^20\d\d$/);
    for (const lang of ["en", "hi", "mr"] as const) expect(steps[lang].length).toBeGreaterThan(60);
  }
});

test("the words of the text that are the sign are given back", () => {
  expect(finder.find("Chest pain and sweating")[0]).toMatchObject({
    flag: "heart",
    typed: ["chest pain", "sweating"],
  });
});
