import { describe, expect, test } from "vitest";
import { Language } from "../languages.ts";
import { VOCABULARY } from "../vocabulary/vocabulary.ts";
import { OFTEN, TopicIndex, topicsOf } from "./topics.ts";

const index = new TopicIndex(VOCABULARY);
const topics = [...topicsOf(VOCABULARY)];

test("each topic is found by its own name in each language, among the first", () => {
  const missed = topics.flatMap((topic) =>
    Language.options.flatMap((lang) => {
      const name = topic.words[lang][0] ?? "";
      const found = index.find(name, 6).some(({ key }) => key.kind === topic.kind && key.id === topic.id);
      return found ? [] : [`${topic.kind}:${topic.id} by ${name}`];
    }),
  );
  expect(missed).toEqual([]);
});

test("what many people look for is there to be looked for", () => {
  const ids = new Set(topics.map(({ id }) => id));
  expect([...OFTEN].filter((id) => !ids.has(id))).toEqual([]);
});

describe("from its first letters on, what most mean is offered", () => {
  test.each([
    ["kidn", "kidney-stone"],
    ["feve", "fever"],
    ["diab", "type-2-diabetes"],
    ["heart a", "heart-attack"],
    ["ic", "icu"],
    ["बुखा", "fever"],
    ["ताप", "fever"],
    ["डेंग", "dengue"],
  ])("%s: %s", (typed, id) => {
    expect(index.find(typed, 3).map(({ key }) => key.id)).toContain(id);
  });
});
