import { describe, expect, test } from "vitest";
import type { SpecialtyId } from "../vocabulary/schema.ts";
import { readersOfVocabulary } from "./readers.ts";
import { SpecialtyFinder } from "./specialties.ts";

/** Slow machines share two cores: many times what a question takes. */
const QUESTION_MAX_MS = 25;

const finder = new SpecialtyFinder(readersOfVocabulary());
const firstThree = (complaint: string): SpecialtyId[] =>
  finder.find(complaint, "en", 3).items.map(({ specialty }) => specialty);

describe("what people type leads to the right doctors, among the first three", () => {
  test.each<[string, SpecialtyId]>([
    ["kidney ston", "urology"],
    ["stone in kidney", "urology"],
    ["किडनी स्टोन", "urology"],
    ["मुतखडा", "urology"],
    ["pathri", "urology"],
    ["my knee hurts when climbing stairs", "orthopaedics"],
    ["घुटने में दर्द", "orthopaedics"],
    ["गुडघा दुखतो", "orthopaedics"],
    ["ghutne me dard", "orthopaedics"],
    ["gudgha dukhto", "orthopaedics"],
    ["broken arm", "orthopaedics"],
    ["irregular periods since three months", "obstetrics-gynaecology"],
    ["माहवारी अनियमित", "obstetrics-gynaecology"],
    ["hernia operation", "general-surgery"],
    ["piles", "general-surgery"],
    ["burning urine", "urology"],
    ["heart doctor", "cardiology"],
    ["skin specialist", "dermatology"],
    ["डोळ्यांचे डॉक्टर", "ophthalmology"],
    ["dant ke doctor", "dentistry"],
    ["cough for two weeks", "pulmonology"],
    ["high blood pressure", "cardiology"],
    ["acidity and gas after meals", "gastroenterology"],
  ])("%s: %s", (complaint, specialty) => expect(firstThree(complaint)).toContain(specialty));
});

test("a child is sent to the doctors of children", () => {
  expect(firstThree("my 3 year old has fever and cough")).toContain("paediatrics");
  expect(firstThree("fever and cough")).not.toContain("paediatrics");
  expect(firstThree("बच्चे को बुखार")).toContain("paediatrics");
});

test("the answer says what was understood and what was corrected, in the reader's language", () => {
  const answer = finder.find("kidny stone", "hi", 5);
  expect(answer.interpretation.corrected).toEqual([{ typed: "kidny", read: "kidney" }]);
  expect(answer.interpretation.understood[0]?.typed).toEqual(["kidny", "stone"]);
  expect(answer.items[0]?.reasons[0]?.words).toMatch(/^क्योंकि: /);
});

test("scores fall from first to last and sum to no more than one", () => {
  const { items } = finder.find("kidney stone with back pain and burning urine", "en", 20);
  const scores = items.map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(scores.reduce((sum, score) => sum + score, 0)).toBeLessThanOrEqual(1.01);
});

test("any text is answered, in bounded time", () => {
  const long = "pain in left knee and swollen ankle since two weeks, what to do? ".repeat(40);
  for (const text of ["", "   ", "?!", "🤒", "a".repeat(5000), long]) {
    expect(finder.find(text, "mr", 3).items.length).toBeGreaterThan(0);
  }
  const started = performance.now();
  const rounds = 50;
  for (let round = 0; round < rounds; round += 1)
    finder.find(`my father has very bad back pain ${round}`, "en", 5);
  expect((performance.now() - started) / rounds).toBeLessThan(QUESTION_MAX_MS);
});
