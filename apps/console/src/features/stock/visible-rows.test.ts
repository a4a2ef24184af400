import { expect, test } from "vitest";
import { visibleRows } from "./visible-rows.ts";

const of = (top: number, count: number) => visibleRows({ top, heightPx: 400, rowPx: 40, count });

test("of twenty thousand rows those in sight are drawn, and a few beside them", () => {
  expect(of(0, 20_000)).toEqual({ from: 0, to: 22 });
  expect(of(400_000, 20_000)).toEqual({ from: 9988, to: 10_022 });
});

test("at the end the last rows are drawn, also when the list became shorter under the reader", () => {
  expect(of(799_600, 20_000)).toEqual({ from: 19_978, to: 20_000 });
  expect(of(799_600, 3)).toEqual({ from: 0, to: 3 });
  expect(of(0, 0)).toEqual({ from: 0, to: 0 });
});
