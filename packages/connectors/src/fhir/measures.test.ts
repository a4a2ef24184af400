import type { MeasureReport } from "@medplum/fhirtypes";
import fc from "fast-check";
import { expect, test } from "vitest";
import { availabilityOf } from "@ihims/core/beds/rules.ts";
import { BedType, type BedCounts } from "@ihims/core/beds/schema.ts";
import { ObservationId } from "@ihims/core/ids.ts";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import { FacilityProfile } from "@ihims/core/facilities/schema.ts";
import { instantOf } from "@ihims/core/time.ts";
import { LOINC_BY_BED_TYPE } from "./bed-codes.ts";
import { bedsInLocation, bedLocationOf, withBeds } from "./beds.ts";
import { stated } from "./elements.ts";
import { readBedReport } from "./measure-readings.ts";
import { bedMeasureOf, bedReportOf, csvOfBeds } from "./measures.ts";
import { asFacility } from "./testing/facilities.ts";
import { problemsOf } from "./testing/validate.ts";

const FACILITY = asFacility(
  FacilityProfile.parse({ name: '=Riverside, "West"', kind: "hospital", position: { lat: 18.5, lon: 73.8 } }),
);
const NOON = instantOf(Date.parse("2026-03-01T12:00:00Z"));

function aFigure(type: BedType, counts: BedCounts, more: Partial<BedFigure> = {}): BedFigure {
  return {
    type,
    value: availabilityOf(counts, 0),
    observedAt: NOON,
    receivedAt: NOON,
    source: "staff",
    freshness: "live",
    freshUntil: null,
    observation: ObservationId.parse("1"),
    version: "7",
    notes: [],
    others: [],
    ...more,
  };
}

const count = fc.integer({ min: 0, max: 20_000 });
const anyCounts = fc
  .record(
    { licensed: count, physical: count, staffed: count, blocked: count, occupied: count, surge: count },
    { requiredKeys: [] },
  )
  .filter((counts) => Object.keys(counts).length > 0);
const anyFigures = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...BedType.options), anyCounts, fc.integer({ min: 0, max: 1e9 })), {
    minLength: 1,
    selector: ([type]) => type,
  })
  .map((some) =>
    some.map(([type, counts, age]) =>
      aFigure(type, counts, { observedAt: instantOf(Date.parse(NOON) - age) }),
    ),
  );

test("bed figures written as a MeasureReport and read back are the same figures", () => {
  fc.assert(
    fc.property(anyFigures, (figures) => {
      const report = bedReportOf(FACILITY, figures);
      if (!report) throw new Error("no report");
      expect(problemsOf(report)).toEqual([]);
      // Through text, as it travels.
      const { beds, problems } = readBedReport(JSON.parse(JSON.stringify(report)) as MeasureReport);
      expect(problems).toEqual([]);
      expect(beds).toEqual(
        figures.map(({ type, value, observedAt }) => ({ type, observedAt, counts: said(value) })),
      );
    }),
    { numRuns: 50 },
  );
});

test("bed figures written on a Location and read back are the same figures", () => {
  fc.assert(
    fc.property(anyFigures, (figures) => {
      const location = withBeds(bedLocationOf(FACILITY, "icu"), figures, undefined);
      expect(problemsOf(location)).toEqual([]);
      const { beds } = bedsInLocation(location);
      expect(beds).toEqual(
        figures.map(({ type, value, observedAt }) => ({ type, observedAt, counts: said(value) })),
      );
    }),
    { numRuns: 50 },
  );
});

/** What a source said of a figure, without what was computed. */
function said(value: BedFigure["value"]): BedCounts {
  const { held: _, free: __, ...counts } = value ?? { held: 0, free: null };
  return stated(counts);
}

test("a total adds up wards, and neither types that overlap them nor figures that have expired", () => {
  const report = bedReportOf(FACILITY, [
    aFigure("general", { staffed: 100, occupied: 80 }),
    aFigure("icu", { staffed: 10, occupied: 9, blocked: 1 }),
    aFigure("paediatric", { staffed: 20, occupied: 5 }, { freshness: "expired" }),
    aFigure("oxygen", { staffed: 60, occupied: 50 }),
    aFigure("negative-pressure", { staffed: 4, occupied: 1 }),
    aFigure("ventilator", { staffed: 6, occupied: 5 }),
    aFigure("operating-theatre", { staffed: 3, occupied: 2 }),
  ]);
  const total = report?.group?.find(({ code }) => code?.coding?.[0]?.code === "total");
  expect(total?.population?.map((one) => one.count)).toEqual([110, 89, 20]);
  expect(total?.extension?.[0]?.extension?.map(({ valueUnsignedInt }) => valueUnsignedInt)).toEqual([2, 3]);
  const expired = report?.group?.find(({ code }) => code?.coding?.[0]?.code === "paediatric");
  expect(expired?.population).toBeUndefined();
  expect(expired?.extension?.[0]?.extension?.at(-1)?.valueCode).toBe("expired");
});

test("reports with the codes of SANER and of US-SAFR are understood, and what is not is named", () => {
  const population = (system: string, code: string, number: number) => ({
    code: { coding: [{ system, code }] },
    count: number,
  });
  const saner = "http://hl7.org/fhir/us/saner/CodeSystem/MeasuredValues";
  const report: MeasureReport = {
    resourceType: "MeasureReport",
    status: "complete",
    type: "summary",
    measure: "http://example.org/Measure/beds",
    date: "2026-03-01T17:30:00+05:30",
    period: {},
    group: [
      {
        population: [
          population(saner, "numICUBeds", 12),
          population(saner, "numICUBedsOcc", 9),
          population(saner, "numTotBeds", 99),
        ],
      },
      {
        population: [
          population("http://loinc.org", "112547-5", 7),
          population("http://loinc.org", "112546-7", 3),
        ],
      },
      { population: [population(saner, "numC19Died", 1)] },
    ],
  };
  expect(readBedReport(report)).toEqual({
    beds: [
      { type: "icu", counts: { staffed: 12, occupied: 9 }, observedAt: NOON },
      { type: "maternity", counts: { occupied: 7, staffed: 10 }, observedAt: NOON },
    ],
    problems: ["MeasureReport.group[2].population[0]: none of its codes is a count of beds here"],
  });
});

test("the measure is valid, and no LOINC code stands for two things", () => {
  expect(problemsOf(bedMeasureOf(NOON))).toEqual([]);
  const codes = Object.values(LOINC_BY_BED_TYPE).flatMap(({ occupied, unoccupied }) =>
    [occupied, unoccupied ?? []].flat(),
  );
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^1125\d\d-\d$/);
});

test("the CSV of beds escapes what a spreadsheet would take for a formula", () => {
  expect(csvOfBeds([{ facility: FACILITY, figures: [aFigure("icu", { staffed: 3, occupied: 1 })] }])).toBe(
    "facility,name,bed_type,licensed,physical,staffed,blocked,occupied,surge,held,free,unoccupied,observed_at,received_at,source,freshness\r\n" +
      'f12ab,"\'=Riverside, ""West""",icu,,,3,,1,,0,2,2,2026-03-01T12:00:00.000Z,2026-03-01T12:00:00.000Z,staff,live\r\n',
  );
});
