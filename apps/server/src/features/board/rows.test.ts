import fc from "fast-check";
import { expect, test } from "vitest";
import { fieldsOf, listBytes, rowBytes } from "./rows.ts";

test("rows come as a list of JSON, each with its own distance", () => {
  const names = fc.string({ unit: "grapheme", maxLength: 20 });
  const rows = fc.array(
    fc.record({ name: names, distance: fc.option(fc.double({ min: 0, max: 20_100_000, noNaN: true })) }),
    { minLength: 1, maxLength: 30 },
  );
  fc.assert(
    fc.property(rows, (given) => {
      const bytes = given.map(({ name }) => rowBytes(JSON.stringify({ name }).slice(1)));
      const list = listBytes(
        bytes,
        given.map(({ distance }) => distance),
      );
      expect(JSON.parse(`[${list.toString()}]`)).toEqual(
        given.map(({ name, distance }) => ({
          distance: distance === null ? null : Math.round(distance),
          name,
        })),
      );
      for (const [at, row] of bytes.entries())
        expect(JSON.parse(`{${fieldsOf(row).toString()}`)).toEqual({ name: given[at]?.name });
    }),
  );
});

test("the same row can be in many lists", () => {
  const row = rowBytes('"id":"a"}');
  expect(listBytes([row], [123_456]).toString()).toBe('{"distance":  123456,"id":"a"}');
  expect(listBytes([row], [0]).toString()).toBe('{"distance":       0,"id":"a"}');
  expect(listBytes([row], [null]).toString()).toBe('{"distance":null    ,"id":"a"}');
});

test("a list of nothing is empty", () => {
  expect(listBytes([], []).toString()).toBe("");
});
