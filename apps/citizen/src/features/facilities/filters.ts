import { BedType } from "@ihims/core/beds/schema.ts";
import { FacilityKind } from "@ihims/core/facilities/schema.ts";

/** What the reader looks for, as it stands in the address: a link shows another reader the same. */
export interface Filters {
  kind: FacilityKind | null;
  bed: BedType | null;
  isOpenNow: boolean;
  /** Metres; null: as far as there is anything. */
  radius: number | null;
  /** Words of the name. */
  q: string | null;
}

export const NO_FILTERS: Filters = { kind: null, bed: null, isOpenNow: false, radius: null, q: null };

/** The radii that are offered, in metres. */
export const RADII_M = [2000, 5000, 10_000, 25_000] as const;

/** As many letters of a name as the server reads. */
export const QUERY_MAX_CHARS = 100;

/** Read the filters of an address. What is not understood is left out: an old link still opens. */
export function readFilters(search: string): Filters {
  const given = new URLSearchParams(search);
  const radius = Number(given.get("radius"));
  return {
    kind: FacilityKind.safeParse(given.get("kind")).data ?? null,
    bed: BedType.safeParse(given.get("bed")).data ?? null,
    isOpenNow: given.get("open") === "now",
    radius: RADII_M.find((one) => one === radius) ?? null,
    q: given.get("q")?.trim().slice(0, QUERY_MAX_CHARS) || null,
  };
}

/** Write filters for an address; `readFilters` reads the same back. */
export function writeFilters({ kind, bed, isOpenNow, radius, q }: Filters): URLSearchParams {
  const search = new URLSearchParams();
  if (q) search.set("q", q);
  if (kind) search.set("kind", kind);
  if (bed) search.set("bed", bed);
  if (isOpenNow) search.set("open", "now");
  if (radius) search.set("radius", String(radius));
  return search;
}
