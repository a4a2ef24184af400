import { BedType } from "@ihims/core/beds/schema.ts";
import { FacilityKind } from "@ihims/core/facilities/schema.ts";
import { SchemeId } from "@ihims/core/schemes/schema.ts";
import { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import { RADII_M } from "../../platform/radii.ts";

/** What the reader looks for, as it stands in the address: a link shows another reader the same. */
export interface Filters {
  kind: FacilityKind | null;
  bed: BedType | null;
  specialty: SpecialtyId | null;
  /** Slug of a service, as `dialysis`. */
  service: string | null;
  scheme: SchemeId | null;
  isOpenNow: boolean;
  /** Metres; null: as far as there is anything. */
  radius: number | null;
}

export const NO_FILTERS: Filters = {
  kind: null,
  bed: null,
  specialty: null,
  service: null,
  scheme: null,
  isOpenNow: false,
  radius: null,
};

const SLUG = /^[a-z0-9-]{1,60}$/;

/** Read the filters of an address. What is not understood is left out: an old link still opens. */
export function readFilters(search: string): Filters {
  const given = new URLSearchParams(search);
  const radius = Number(given.get("radius"));
  const service = given.get("service");
  return {
    kind: FacilityKind.safeParse(given.get("kind")).data ?? null,
    bed: BedType.safeParse(given.get("bed")).data ?? null,
    specialty: SpecialtyId.safeParse(given.get("specialty")).data ?? null,
    service: service !== null && SLUG.test(service) ? service : null,
    scheme: SchemeId.safeParse(given.get("scheme")).data ?? null,
    isOpenNow: given.get("open") === "now",
    radius: RADII_M.find((one) => one === radius) ?? null,
  };
}

/** Write filters for an address; `readFilters` reads the same back. */
export function writeFilters(filters: Filters): URLSearchParams {
  const { kind, bed, specialty, service, scheme, isOpenNow, radius } = filters;
  const search = new URLSearchParams();
  if (kind) search.set("kind", kind);
  if (bed) search.set("bed", bed);
  if (specialty) search.set("specialty", specialty);
  if (service) search.set("service", service);
  if (scheme) search.set("scheme", scheme);
  if (isOpenNow) search.set("open", "now");
  if (radius) search.set("radius", String(radius));
  return search;
}
