import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TERMS } from "../search/lexicon.ts";
import { SCHEMES } from "./data.ts";
import { RationCard, ScreenerAnswers } from "./record.ts";
import { outcomeOf, questionsOf, screen } from "./rules.ts";

const yesNo = fc.boolean();
const anyAnswers: fc.Arbitrary<ScreenerAnswers> = fc.record(
  {
    age: fc.integer({ min: 0, max: 125 }),
    rationCard: fc.constantFrom(...RationCard.options),
    livesInMaharashtra: yesNo,
    isOnPmjayList: yesNo,
    isOfCentralGovernment: yesNo,
    hasCghsCard: yesNo,
    isEsiInsured: yesNo,
    isExServicePensioner: yesNo,
    hasEchsCard: yesNo,
    hasHealthPolicy: yesNo,
    isWaitingOver: yesNo,
  },
  { requiredKeys: [] },
);
const scheme = (id: string) => {
  const found = SCHEMES.find((one) => one.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

describe("a rule", () => {
  test.each([
    [{ question: "age", atLeast: 70 }, { age: 70 }, "pass"],
    [{ question: "age", atLeast: 70 }, { age: 69 }, "fail"],
    [{ question: "age", atLeast: 70 }, {}, "unknown"],
    [{ question: "rationCard", oneOf: ["yellow", "orange"] }, { rationCard: "white" }, "fail"],
    [{ question: "isEsiInsured", is: true }, { isEsiInsured: false }, "fail"],
    [{ question: "isEsiInsured", is: true }, {}, "unknown"],
  ] as const)("%j of %j is %s", (rule, answers, outcome) => {
    expect(outcomeOf(rule, answers)).toBe(outcome);
  });
});

test("who says nothing is told that nothing is known, of every scheme", () => {
  for (const one of SCHEMES) expect(screen(one, {}).standing).toBe("not-known");
});

test("nothing speaks against somebody only when everything of one way was said and fits", () => {
  fc.assert(
    fc.property(anyAnswers, fc.constantFrom(...SCHEMES), (answers, one) => {
      const { standing, ways } = screen(one, answers);
      const isWhole = ways.some(({ criteria }) => criteria.every(({ outcome }) => outcome === "pass"));
      expect(standing === "nothing-against").toBe(isWhole);
      for (const way of ways)
        for (const { criterion, outcome } of way.criteria)
          expect(outcome === "unknown").toBe(answers[criterion.rule.question] === undefined);
    }),
  );
});

test("saying more never takes a known answer back", () => {
  fc.assert(
    fc.property(anyAnswers, anyAnswers, (first, more) => {
      for (const one of SCHEMES) {
        const before = screen(one, first).standing;
        const after = screen(one, { ...more, ...first }).standing;
        if (before !== "not-known") expect([before, "nothing-against"]).toContain(after);
      }
    }),
  );
});

test("one of two ways is enough: of seventy years, or on the list", () => {
  expect(screen(scheme("pm-jay"), { age: 75, isOnPmjayList: false }).standing).toBe("nothing-against");
  expect(screen(scheme("pm-jay"), { age: 40, isOnPmjayList: true }).standing).toBe("nothing-against");
  expect(screen(scheme("pm-jay"), { age: 40, isOnPmjayList: false }).standing).toBe("something-against");
});

test("every scheme that can be searched for is described, in three languages, with dated sources", () => {
  const named = TERMS.filter(({ kind }) => kind === "scheme").map(({ id }) => id);
  expect(SCHEMES.map(({ id }) => id).toSorted()).toEqual(named.toSorted());
  for (const { who, covers, ways, documents, steps, names } of SCHEMES) {
    const facts = [who, ...covers, ...documents, ...steps, ...ways.flatMap(({ criteria }) => criteria)];
    for (const { words, source } of facts) {
      for (const text of [words.hi, words.mr]) expect(text).toMatch(/[\u0900-\u097f]/);
      expect(source.date).toMatch(/^20\d\d-\d\d-\d\d$/);
      expect(source.url).toMatch(/^https:\/\/[a-z.]+\.gov\.in/);
    }
    expect(Object.keys(names)).toEqual(["en", "hi", "mr"]);
  }
});

test("no words tell somebody that they are entitled", () => {
  expect(JSON.stringify(SCHEMES)).not.toMatch(/you are eligible|you are entitled|आप पात्र हैं|आपण पात्र/i);
});

test("each question is asked once", () => {
  const asked = questionsOf(SCHEMES);
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked.toSorted()).toEqual(Object.keys(ScreenerAnswers.shape).toSorted());
});
