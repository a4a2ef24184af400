import { describe, expect, test } from "vitest";
import { NameIndex } from "./names.ts";

const index = new NameIndex<string>();
index.put("sassoon", ["Sassoon General Hospital", "ससून सर्वोपचार रुग्णालय", "सासून अस्पताल"]);
index.put("ruby", ["Ruby Hall Clinic", "रूबी हॉल क्लिनिक"]);
index.put("deenanath", ["Deenanath Mangeshkar Hospital", "दीनानाथ मंगेशकर रुग्णालय"]);
index.put("kothrud", ["Kothrud", "कोथरूड"]);
index.put("laxmi", ["Laxmi Nursing Home", "लक्ष्मी नर्सिंग होम"]);
index.put("kulkarni", ["Dr Asha Kulkarni", "डॉ. आशा कुलकर्णी"]);
index.put("general", ["Kothrud General Hospital", "कोथरूड जनरल हॉस्पिटल"]);

/** The best of what these words may mean. */
function best(text: string, isTyping = false): string | undefined {
  return index.find(text, { limit: 3, isTyping })[0]?.key;
}

describe("a name is found", () => {
  test.each([
    ["as it is", "Ruby Hall Clinic", "ruby"],
    ["by one of its words", "sassoon", "sassoon"],
    ["with its words in another order", "hospital general sassoon", "sassoon"],
    ["with a typing error", "sasson", "sassoon"],
    ["spelt as it sounds", "lakshmi", "laxmi"],
    ["spelt as it sounds, otherwise", "dinanath", "deenanath"],
    ["in the other script than it is asked in", "कोथरुड", "kothrud"],
    ["in Latin letters where its name is in Devanagari", "mangeshkar rugnalay", "deenanath"],
    ["with an ending of Marathi", "कोथरूडमध्ये", "kothrud"],
    ["by two words of a longer name", "kothrud hospital", "general"],
    ["by a family name", "kulkarni", "kulkarni"],
  ])("%s", (_, text, key) => {
    expect(best(text)).toBe(key);
  });

  test("by the beginning of a word, while it is being typed", () => {
    expect(best("ru", true)).toBe("ruby");
    expect(best("deenanath man", true)).toBe("deenanath");
    expect(best("ru", false)).toBeUndefined();
  });

  test("by the beginning of a longer word, where nobody is called by the word itself", () => {
    expect(best("mangesh hospital")).toBe("deenanath");
  });
});

test("the place that is asked for comes before those that are only called after it", () => {
  expect(index.find("kothrud", { limit: 5 }).map(({ key }) => key)).toEqual(["kothrud", "general"]);
});

test("words that nobody is called by find nothing", () => {
  expect(index.find("zzzz qqqq", { limit: 5 })).toEqual([]);
  expect(index.find("", { limit: 5 })).toEqual([]);
});

test("a thing that is renamed is found by its new name only, and one that is gone by none", () => {
  const names = new NameIndex<number>();
  names.put(1, ["Old Name"]);
  names.put(2, ["Other Name"]);
  names.put(1, ["New Name"]);
  expect(names.find("old", { limit: 5 })).toEqual([]);
  expect(names.find("new", { limit: 5 }).map(({ key }) => key)).toEqual([1]);
  names.remove(2);
  expect(names.find("name", { limit: 5 }).map(({ key }) => key)).toEqual([1]);
  expect(names.size).toBe(1);
});

test("a hostile search is answered: very long, of one letter, of marks alone", () => {
  for (const text of ["a ".repeat(5000), "x", "्््", "💊💊", "%_'\"\\", "a".repeat(100_000)])
    expect(Array.isArray(index.find(text, { limit: 5 }))).toBe(true);
});
