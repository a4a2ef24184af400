import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { soundOf } from "./sound.ts";

describe("names sound alike in both scripts", () => {
  test.each([
    ["सासून", "Sassoon"],
    ["कोथरूड", "Kothrud"],
    ["रूबी", "Ruby"],
    ["हॉल", "Hall"],
    ["विश्वेश्वर", "Vishweshwar"],
    ["दीनानाथ", "Deenanath"],
    ["मंगेशकर", "Mangeshkar"],
    ["चिंचवड", "Chinchwad"],
    ["लक्ष्मी", "Laxmi"],
    ["लक्ष्मी", "Lakshmi"],
    ["ज्ञानेश्वर", "Dnyaneshwar"],
    ["मुंबई", "Mumbai"],
    ["बुखार", "bukhaar"],
    ["चक्कर", "chakkar"],
    ["बेशुद्ध", "beshuddha"],
    ["रुग्णालय", "rugnalay"],
  ])("%s and %s", (devanagari, latin) => expect(soundOf(devanagari)).toBe(soundOf(latin)));
});

/** Syllables that are written one way in each script. */
const SYLLABLES: readonly (readonly [string, string])[] = [
  ["का", "kaa"],
  ["की", "kee"],
  ["गो", "go"],
  ["चू", "choo"],
  ["जा", "jaa"],
  ["टे", "te"],
  ["दी", "dee"],
  ["ना", "naa"],
  ["पू", "poo"],
  ["बो", "bo"],
  ["मी", "mee"],
  ["रा", "raa"],
  ["ले", "le"],
  ["वी", "wee"],
  ["शा", "shaa"],
  ["सू", "soo"],
];

test("what is spelt out syllable by syllable sounds the same in both scripts", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...SYLLABLES), { minLength: 1, maxLength: 6 }), (syllables) => {
      const devanagari = syllables.map(([letters]) => letters).join("");
      const latin = syllables.map(([, letters]) => letters).join("");
      expect(soundOf(devanagari)).toBe(soundOf(latin));
    }),
  );
});

test("a sound is a few Latin letters, whatever is given", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(soundOf(text)).toMatch(/^[a-z]*$/);
    }),
  );
});

test("different names keep apart", () => {
  expect(soundOf("Kothrud")).not.toBe(soundOf("Katraj"));
  expect(soundOf("सासून")).not.toBe(soundOf("रूबी"));
});
