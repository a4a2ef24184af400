import fc from "fast-check";
import { distance } from "fastest-levenshtein";
import { describe, expect, test } from "vitest";
import { spellOut } from "./abbreviations.ts";
import { editsBetween } from "./edits.ts";
import { fold, wordsOf } from "./fold.ts";
import { stemOf } from "./forms.ts";
import { meaningOf } from "./meanings.ts";
import { readHints } from "./hints.ts";
import { WordIndex } from "./word-index.ts";

describe("folding", () => {
  test("one word in two spellings is one", () => {
    expect(fold("सन्धि")).toBe(fold("संधी"));
    expect(fold("ज़हर")).toBe(fold("जहर"));
    expect(fold("साँप")).toBe(fold("सांप"));
    expect(fold("Ménière")).toBe("meniere");
  });
  test("twice is as once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
  test("words part at everything but apostrophes", () => {
    expect(wordsOf("Can't breathe, since 9 am!")).toEqual(["cant", "breathe", "since", "9", "am"]);
    expect(wordsOf("पोटात दुखतंय।")).toEqual(["पोटात", "दुखतंय"]);
  });
});

describe("forms of a word meet", () => {
  test.each([
    ["stones", "stone"],
    ["vomiting", "vomit"],
    ["injuries", "injury"],
    ["anaemia", "anemia"],
    ["पोटात", "पोट"],
    ["पोटाला", "पोट"],
    ["गुडघ्यात", "गुडघा"],
    ["आंखों", "आंख"],
    ["हड्डियां", "हड्डी"],
  ])("%s and %s", (one, other) => expect(stemOf(fold(one))).toBe(stemOf(fold(other))));
});

test("words that people say for one another mean the same", () => {
  expect(meaningOf("urination")).toBe(meaningOf("urine"));
  expect(meaningOf("ache")).toBe(meaningOf("pain"));
  expect(meaningOf("kidney")).not.toBe(meaningOf("liver"));
});

describe("typing errors", () => {
  test("without swaps they are counted as Levenshtein counts, up to the bound", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 7 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const edits = editsBetween(a, b, 9);
        expect(edits).toBeLessThanOrEqual(distance(a, b));
        expect(edits).toBe(editsBetween(b, a, 9));
        expect(editsBetween(a, b, 1)).toBe(Math.min(edits, 2));
      }),
    );
  });
  test("two neighbours swapped are one error", () => expect(editsBetween("kidney", "kindey", 2)).toBe(1));
});

describe("the index of words", () => {
  const index = new WordIndex();
  for (const word of ["kidney", "stone", "headache", fold("पथरी"), fold("बुखार")]) index.add(word);
  const read = (typed: string) =>
    index.find(fold(typed), false).map(({ word, likeness }) => `${word} ${likeness}`);

  test("finds a word as it is, in another form, misspelt and in the other script", () => {
    expect(read("kidney")).toEqual(["kidney same"]);
    expect(read("stones")).toEqual(["stone form"]);
    expect(read("kidny")).toEqual(["kidney error"]);
    expect(read("haedache")).toEqual(["headache error"]);
    expect(read("pathri")).toEqual([`${fold("पथरी")} sound`]);
    expect(read("bukhaar")).toEqual([`${fold("बुखार")} sound`]);
  });
  test("short words are not guessed at", () => expect(read("kid")).toEqual([]));
});

test("abbreviations are spelt out, ordinary words in small letters are not", () => {
  expect(spellOut("MI and UTI").map(({ typed }) => typed)).toEqual(["MI", "UTI"]);
  expect(spellOut("all day")).toEqual([]);
});

describe("who is ill", () => {
  test.each([
    ["my 3 year old has cough", "child"],
    ["10 days old baby", "newborn"],
    ["for 3 years", undefined],
    ["72 year old man", "older"],
    ["my son is 30 years old", "adult"],
    ["5 साल का बच्चा", "child"],
    ["5 साल से दर्द", undefined],
    ["4 वर्षांचा मुलगा", "child"],
    ["बाळाला ताप", "child"],
  ])("%s: %s", (text, age) => expect(readHints(text).age).toBe(age));
  test("sex is read from the words", () => {
    expect(readHints("my wife").sex).toBe("female");
    expect(readHints("पिताजी को").sex).toBe("male");
  });
});
