import { expect, test } from "vitest";
import { GENERICS } from "./generics.ts";

test("every medicine has an id and a code of its own kind, and names in all three languages", () => {
  const ids = GENERICS.map(({ id }) => id);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  const unlike = GENERICS.filter(
    ({ id, atc, en, hi, mr }) =>
      !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) ||
      !/^[A-Z]\d\d[A-Z]{2}\d\d$/.test(atc) ||
      en.length === 0 ||
      ![...hi, ...mr].every((word) => /[\u0900-\u097f]/.test(word)),
  );
  expect(unlike).toEqual([]);
});

test("no two medicines have a code or a name in common", () => {
  const all = GENERICS.flatMap(({ atc, en }) => [atc, ...en.map((name) => name.toLowerCase())]);
  expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([]);
});
