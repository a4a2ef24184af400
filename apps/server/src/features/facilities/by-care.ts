import { RADIUS_MAX_M, type AppliedFilters } from "@ihims/core/facilities/endpoints.ts";
import type { Position } from "@ihims/core/geo.ts";
import type { Language } from "@ihims/core/languages.ts";
import type { Context } from "../../platform/context.ts";
import { readCursor } from "../../platform/cursor.ts";
import { careOf, NO_NEED, rankByCare, type CareMemory, type CareOptions } from "../care/care.ts";
import { isCalled, type Query } from "./filters.ts";
import { isAfter, pageJson, type Page, type Ranked } from "./search.ts";

/** One page of facilities in the order of expected time to care, or of the way there alone. */
export async function searchByCare(
  ctx: Context,
  memory: CareMemory,
  filters: AppliedFilters,
  near: Position,
  query: Query,
  lang: Language,
): Promise<Page> {
  const { kind, specialties, service, bed, scheme, open, radius, sort } = filters;
  const now = ctx.now();
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, "number");
  const need = {
    ...NO_NEED,
    kinds: kind,
    specialties,
    services: service === null ? [] : [service],
    bed,
    scheme,
    isOpen: open === "now",
  };
  const options: CareOptions = {
    now,
    timeZone: ctx.city.timeZone,
    lang,
    radiusM: radius ?? RADIUS_MAX_M,
    request: `${query.near} ${JSON.stringify(need)}`,
    withDoubtful: false,
    includeStale: filters.includeStale,
    isMeant: isCalled(filters),
  };
  const places = await rankByCare(memory, need, near, near, options);
  const ranked = places
    .map((one) => ({
      one,
      place: [sort === "travel" ? (one.travel?.seconds ?? one.key) : one.key, one.entry.facility.id] as const,
    }))
    .filter(({ place }) => after === undefined || isAfter(place, after))
    .sort((a, b) => (isAfter(a.place, b.place) ? 1 : -1))
    .slice(0, query.limit + 1)
    .map(({ one, place }): Ranked<number> => ({
      entry: one.entry,
      distance: one.distance,
      place,
      care: JSON.stringify(careOf(one, options)),
    }));
  return pageJson(memory.board, ranked, filters, query, now);
}
