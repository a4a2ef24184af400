import type { BedType } from "@ihims/core/beds/schema.ts";
import type { FacilityKind } from "@ihims/core/facilities/schema.ts";
import type { Subject } from "@ihims/core/observations/schema.ts";
import { acceptsScheme, type SchemeId } from "@ihims/core/schemes/schema.ts";
import type { Day } from "@ihims/core/time.ts";
import type { Entry } from "./entry.ts";

/** What a facility has to be and to have. Empty, null and false: nothing in particular. */
export interface Wanted {
  kinds: readonly FacilityKind[];
  /** One of these. */
  specialties: readonly string[];
  /** All of these, and none of them told to be down. */
  services: readonly string[];
  /** One free, in a figure that is not expired. */
  bed: BedType | null;
  /** For one of the specialties, today. */
  scheme: SchemeId | null;
  isOpen: boolean;
  isEmergencyDepartment: boolean;
}

export const ANYTHING: Wanted = {
  kinds: [],
  specialties: [],
  services: [],
  bed: null,
  scheme: null,
  isOpen: false,
  isEmergencyDepartment: false,
};

/**
 * Facilities of which the same is known beforehand: those of a kind, those that have beds of a type,
 * that offer a specialty or a service, that treat under a scheme at some time, the emergency departments.
 */
export type Part =
  | "emergency"
  | `kind:${FacilityKind}`
  | `bed:${BedType}`
  | `specialty:${string}`
  | `service:${string}`
  | `scheme:${SchemeId}`;

/** Whether a facility is one of a part. */
export function isPartOf({ facility, standings }: Entry, part: Part): boolean {
  const [by, id] = partsOf(part);
  switch (by) {
    case "emergency":
      return facility.hasEmergency === true;
    case "kind":
      return facility.kind === id;
    case "specialty":
      return facility.specialties.includes(id);
    case "service":
      return facility.services.includes(id);
    case "scheme":
      return facility.schemes.some(({ scheme }) => scheme === id);
    default:
      // Those that are spoken of, and those that the page names. What is no subject is not in the map.
      return standings.has(part as Subject) || facility.bedTypes.some((type) => part === `bed:${type}`);
  }
}

function partsOf(part: Part): [by: string, id: string] {
  const colon = part.indexOf(":");
  return colon < 0 ? [part, ""] : [part.slice(0, colon), part.slice(colon + 1)];
}

/** The parts that everything wanted is in, as far as parts tell: that a scheme pays today, and what is live, is looked up. */
export function partsWanted({
  kinds,
  specialties,
  services,
  bed,
  scheme,
  isEmergencyDepartment,
}: Wanted): (readonly Part[])[] {
  const parts: (readonly Part[])[] = [];
  if (kinds.length > 0) parts.push(kinds.map((kind) => `kind:${kind}` as const));
  if (specialties.length > 0) parts.push(specialties.map((specialty) => `specialty:${specialty}` as const));
  for (const service of services) parts.push([`service:${service}`]);
  if (bed !== null) parts.push([`bed:${bed}`]);
  if (scheme !== null) parts.push([`scheme:${scheme}`]);
  if (isEmergencyDepartment) parts.push(["emergency"]);
  return parts;
}

/** What its page says of a facility, whatever is going on there. */
export function isProfileOf({ facility }: Entry, wanted: Wanted, today: () => Day): boolean {
  const { kinds, specialties, services, isEmergencyDepartment } = wanted;
  if (kinds.length > 0 && !kinds.includes(facility.kind)) return false;
  if (isEmergencyDepartment && facility.hasEmergency !== true) return false;
  if (specialties.length > 0 && !specialties.some((one) => facility.specialties.includes(one))) return false;
  if (!services.every((one) => facility.services.includes(one))) return false;
  return isPaidFor({ facility }, wanted, today);
}

/** Whether it treats under the scheme that is wanted, for one of the specialties, today. */
export function isPaidFor(
  { facility }: Pick<Entry, "facility">,
  { scheme, specialties }: Wanted,
  today: () => Day,
): boolean {
  return scheme === null || acceptsScheme(facility.schemes, scheme, today(), specialties);
}
