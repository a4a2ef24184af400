import fc from "fast-check";
import { expect, test } from "vitest";
import { BedType } from "@ihims/core/beds/schema.ts";
import { FacilityKind } from "@ihims/core/facilities/schema.ts";
import { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import { RADII_M } from "../../platform/radii.ts";
import { NO_FILTERS, readFilters, writeFilters } from "./filters.ts";

test("filters that are written into an address are read back the same", () => {
  const orNot = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
  const filters = fc.record({
    kind: orNot(fc.constantFrom(...FacilityKind.options)),
    bed: orNot(fc.constantFrom(...BedType.options)),
    isOpenNow: fc.boolean(),
    radius: orNot(fc.constantFrom(...RADII_M)),
    specialty: orNot(fc.constantFrom(...SpecialtyId.options)),
    service: orNot(fc.constantFrom("dialysis", "x-ray")),
    scheme: orNot(fc.constantFrom("pm-jay", "cghs")),
  });
  fc.assert(
    fc.property(filters, (given) => {
      expect(readFilters(`?${writeFilters(given)}`)).toEqual(given);
    }),
  );
});

test("what an address says that nobody knows is left out", () => {
  expect(readFilters("?kind=palace&bed=water&open=always&radius=7&specialty=x&service=A%20B&near=x")).toEqual(
    NO_FILTERS,
  );
});

test("the language of an address is no filter", () => {
  expect(readFilters("?lang=mr&kind=hospital")).toEqual({ ...NO_FILTERS, kind: "hospital" });
});
