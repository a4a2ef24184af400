import fc from "fast-check";
import { expect, test } from "vitest";
import { BloodGroup } from "@ihims/core/blood/schema.ts";
import { bedTypeOf, bloodComponentOf, bloodGroupOf, flagOf, headerWords, layerOf } from "./words.ts";

test.for([
  ["AllotedO2Beds", "alloted o2 beds"],
  ["total_icu-beds", "total icu beds"],
  ["VaccantNonO2Beds", "vaccant non o2 beds"],
  ["ICUVentl", "icu ventl"],
  ["Whole Blood A+", "whole blood a+"],
  ["रिक्त वेंटिलेटर", "रिक्त वेंटिलेटर"],
  ["All G&A beds (open)", "all g a beds open"],
] as const)("the words of %s are %s", ([header, words]) => expect(headerWords(header)).toBe(words));

test.for([
  ["Vacant ICU With Ventilator", "ventilator", "vacant"],
  ["Vacant Bed of ICU Without Ventilator", "icu", "vacant"],
  ["total_icu_beds_without_ventilator", "icu", "staffed"],
  ["available_beds_without_oxygen", "general", "vacant"],
  ["available_beds_with_oxygen", "oxygen", "vacant"],
  ["VaccantNonO2Beds", "general", "vacant"],
  ["OccupancyICUBeds", "icu", "occupied"],
  ["O2 beds available", "oxygen", "vacant"],
  ["Total HDU", "hdu", "staffed"],
  ["Occupied ICU Ventilator", "ventilator", "occupied"],
  ["Non-Covid ICU beds", "icu", undefined],
  ["inpatient_beds_used_7_day_avg", "general", "occupied"],
  ["total_staffed_adult_icu_beds_7_day_avg", "icu", "staffed"],
  ["Paediatric intensive care beds occupied", "picu", "occupied"],
  ["Neonatal intensive care beds open", "nicu", "staffed"],
  ["G&A beds occupied", "general", "occupied"],
  ["betten_frei", undefined, "vacant"],
  ["intensivBettenBelegt", "icu", "occupied"],
  ["ICUVentl", "ventilator", undefined],
  ["कुल ऑक्सीजन बेड", "oxygen", "staffed"],
  ["रिक्त आईसीयू", "icu", "vacant"],
  ["शिल्लक व्हेंटिलेटर", "ventilator", "vacant"],
  ["Total beds", undefined, "staffed"],
  ["Sanctioned beds", undefined, "licensed"],
] as const)("%s is of %s, %s", ([header, type, layer]) => {
  expect([bedTypeOf(header), layerOf(header)]).toEqual([type, layer]);
});

test.for([
  ["A+", "A+"],
  ["AB -Ve", "AB-"],
  ["O+Ve", "O+"],
  ["b negative", "B-"],
  ["O RhD Positive", "O+"],
  ["A_pos", "A+"],
  ["ABneg", "AB-"],
  ["Bombay +ve", "Oh+"],
  ["ए पॉजिटिव", "A+"],
  ["O", undefined],
  ["Apple +", undefined],
] as const)("the blood group %s is %s", ([text, group]) => expect(bloodGroupOf(text)).toBe(group));

test("every way to write a blood group is read as that group", () => {
  const written = (group: BloodGroup, style: number) => {
    const [abo, rh] = [group.slice(0, -1), group.slice(-1)];
    const word = rh === "+" ? "positive" : "negative";
    return (
      [
        group,
        `${abo} ${rh}ve`,
        `${abo}${rh}Ve`,
        `${abo} ${word}`,
        `${abo.toLowerCase()}_${word}`,
        `${abo} (${rh})`,
      ][style] ?? group
    );
  };
  fc.assert(
    fc.property(fc.constantFrom(...BloodGroup.options), fc.nat(5), (group, style) => {
      expect(bloodGroupOf(written(group, style))).toBe(group);
    }),
  );
});

test.for([
  ["Whole Blood", "whole-blood"],
  ["PRBC", "packed-red-cells"],
  ["SAGM Packed Red Blood Cells", "packed-red-cells"],
  ["FFP", "fresh-frozen-plasma"],
  ["SDP", "apheresis-platelets"],
  ["Random Donor Platelets", "platelet-concentrate"],
  ["Cryo Poor Plasma", "plasma"],
  ["Cryoprecipitate", "cryoprecipitate"],
  ["Leucocytes", undefined],
] as const)("the component %s is %s", ([text, component]) => expect(bloodComponentOf(text)).toBe(component));

test.for([
  ["Yes", true],
  ["Not Available", false],
  ["उपलब्ध", true],
  ["उपलब्ध नहीं", false],
  ["In stock", true],
  ["maybe", undefined],
] as const)("%s means %s", ([text, flag]) => expect(flagOf(text)).toBe(flag));
