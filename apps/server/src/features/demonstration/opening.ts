import type { BedCounts } from "@ihims/core/beds/schema.ts";
import type { ModelCity } from "@ihims/city/city.ts";
import type { ModelHospital } from "@ihims/city/facilities.ts";
import { between, randomOf, type Random } from "@ihims/city/random.ts";
import { countsOf, openWards, type SimulatedWard } from "@ihims/city/simulation/wards.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { bedSubject, type Observation } from "@ihims/core/observations/schema.ts";
import { later, MINUTE_MS, type Instant } from "@ihims/core/time.ts";

/** How old a hospital's figures are when the city opens, in minutes: the youngest and the oldest. */
const AGES_MIN = {
  system: [1, 12],
  faithful: [5, 180],
  daily: [15 * 60, 20 * 60],
  rarely: [30 * 60, 40 * 60],
} as const;

/**
 * The figures that the city opens with. They are of different ages, as they would be on any day:
 * most live, some recent, a few stale, one hospital's expired; of the silent ones there are none.
 *
 * Where patients move by messages these are counted by hand and loaded from a file: messages speak
 * only of those who move.
 */
export function openingFigures(
  city: ModelCity,
  now: Instant,
  originOf: (hospital: ModelHospital) => { facility: FacilityId; sender: string },
): Observation[] {
  const random = randomOf(city.seed, "opening");
  const wards = openWards(city, city.seed, now, () => undefined);
  return [...Map.groupBy(wards, ({ hospital, ward }) => `${hospital.ref} ${ward.type}`).values()].flatMap(
    (ofType) => {
      const [first] = ofType;
      if (!first || first.ward.door === "never") return [];
      const { door, type } = first.ward;
      const { facility, sender } = originOf(first.hospital);
      return [
        {
          facility,
          subject: bedSubject(type),
          value: ofType.map(countsOf).reduce(sumOf),
          observedAt: later(now, -ageMs(random, first)),
          ...(door === "hl7" ? { source: "file", sender: "operator" } : { source: door, sender }),
        } satisfies Observation,
      ];
    },
  );
}

function ageMs(random: Random, { hospital, ward }: SimulatedWard): number {
  const [from, to] = AGES_MIN[ward.door === "staff" ? hospital.habit : "system"];
  return between(random, from, to) * MINUTE_MS;
}

function sumOf(a: BedCounts, b: BedCounts): BedCounts {
  const sum = (layer: keyof BedCounts) => (a[layer] ?? 0) + (b[layer] ?? 0);
  return {
    licensed: sum("licensed"),
    physical: sum("physical"),
    staffed: sum("staffed"),
    occupied: sum("occupied"),
    blocked: sum("blocked"),
  };
}
