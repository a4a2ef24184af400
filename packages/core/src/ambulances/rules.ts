import type { Figure } from "../observations/schema.ts";
import { VALUE_BY_KIND } from "../observations/schema.ts";
import type { FacilityId } from "../ids.ts";
import type { VehiclePrice, VehicleState } from "./schema.ts";

/** An ambulance's id over the whole city: its facility's and its own. Opaque to callers. */
export function ambulanceId(facility: FacilityId, vehicle: string): string {
  return `${facility}.${vehicle}`;
}

/** The two names that an ambulance's id is made of; undefined when it is not one. */
export function partsOfAmbulanceId(id: string): { facility: string; vehicle: string } | undefined {
  const dot = id.indexOf(".");
  return dot > 0 ? { facility: id.slice(0, dot), vehicle: id.slice(dot + 1) } : undefined;
}

/** What a vehicle was last said to do; undefined when nobody said, or too long ago. */
export function stateOf(figure: Figure | undefined): VehicleState | undefined {
  return VALUE_BY_KIND.vehicle.safeParse(figure?.value).data?.state;
}

/**
 * In which order ambulances are offered: those that say they are free, then those of whom nobody
 * knows, who can be called, then those that are on their way with somebody, then those off duty.
 */
export function rankOfState(state: VehicleState | undefined): number {
  switch (state) {
    case "available":
      return 0;
    case undefined:
      return 1;
    case "assigned":
    case "busy":
      return 2;
    case "off-duty":
      return 3;
  }
}

/**
 * What a way costs, in minor units.
 *
 * @param km of the way, as it is driven; a begun kilometre counts whole
 */
export function fareMinor({ baseMinor, baseKm, perKmMinor }: VehiclePrice, km: number): number {
  return baseMinor + Math.max(0, Math.ceil(km) - baseKm) * perKmMinor;
}
