import { BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { NO_BLOOD_TERMS, readBloodTerms, UNITS_OFFERED, writeBloodTerms } from "./terms.ts";

const terms = fc.record({
  group: fc.constantFrom(null, ...BloodGroup.options),
  component: fc.constantFrom(...BloodComponent.options),
  units: fc.constantFrom(...UNITS_OFFERED),
  isSameOnly: fc.boolean(),
});

test("what is written into an address is read from it again", () => {
  fc.assert(
    fc.property(terms, (some) => {
      expect(readBloodTerms(`?${writeBloodTerms(some)}`)).toEqual(some);
    }),
  );
});

test("what nobody understands is left out", () => {
  expect(readBloodTerms("?group=Q&component=juice&units=900&same=maybe")).toEqual(NO_BLOOD_TERMS);
  expect(readBloodTerms("?group=O+").group).toBe("O+");
});
