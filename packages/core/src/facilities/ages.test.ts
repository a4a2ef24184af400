import { expect, test } from "vitest";
import { seesOnlyChildren } from "./ages.ts";

test.each([
  [["paediatrics", "neonatology", "emergency-medicine"], true],
  [["paediatric-surgery", "child-psychiatry"], true],
  [["paediatrics", "general-medicine"], false],
  [["emergency-medicine"], false],
  [[], false],
])("a place that offers %j sees only children: %s", (specialties, expected) => {
  expect(seesOnlyChildren(specialties)).toBe(expected);
});
