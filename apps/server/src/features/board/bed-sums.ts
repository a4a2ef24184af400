import type { BedType } from "@ihims/core/beds/schema.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import type { FacilityKind } from "@ihims/core/facilities/schema.ts";

/** Beds of one type over the facilities of one kind that have them. */
export interface BedSum {
  staffed: number;
  occupied: number;
  free: number;
  /** Facilities that are in the sums: they say how many are free. */
  counted: number;
  /** Facilities that say anything that has not expired. */
  reporting: number;
  of: number;
}

/** Add up the beds of a type, kind by kind of facility. @param records of those that have beds of the type */
export function sumBeds(records: readonly FacilityRecord[], type: BedType): Map<FacilityKind, BedSum> {
  const sums = new Map<FacilityKind, BedSum>();
  for (const { kind, beds } of records) {
    const sum = sums.get(kind) ?? { staffed: 0, occupied: 0, free: 0, counted: 0, reporting: 0, of: 0 };
    sums.set(kind, sum);
    sum.of++;
    const value = beds.find((figure) => figure.type === type)?.value;
    if (!value) continue;
    sum.reporting++;
    if (value.free === null) continue;
    sum.counted++;
    sum.staffed += value.staffed ?? 0;
    sum.occupied += value.occupied ?? 0;
    sum.free += value.free;
  }
  return sums;
}
