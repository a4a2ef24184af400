import fc from "fast-check";
import { expect, test } from "vitest";
import { FacilityKind } from "@ihims/core/facilities/schema.ts";
import { RADII_M } from "../../platform/radii.ts";
import { NO_TERMS, readTerms, writeTerms } from "./terms.ts";

test("a search that is written into an address is read back the same", () => {
  const orNot = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
  const terms = fc.record({
    q: fc.constantFrom("", "chest pain", "सीने में दर्द", "A & B + 100%"),
    without: fc.array(fc.constantFrom("bed:icu", "place:Station Ward", "word:kidny"), { maxLength: 3 }),
    kind: orNot(fc.constantFrom(...FacilityKind.options)),
    scheme: orNot(fc.constantFrom("pm-jay", "cghs")),
    isOpenNow: fc.boolean(),
    radius: orNot(fc.constantFrom(...RADII_M)),
  });
  fc.assert(
    fc.property(terms, (given) => {
      expect(readTerms(`?${writeTerms(given)}`)).toEqual(given);
    }),
  );
});

test("what an address says that nobody knows is left out", () => {
  expect(readTerms("?lang=mr&kind=palace&scheme=A%20B&radius=7&open=always")).toEqual(NO_TERMS);
});
