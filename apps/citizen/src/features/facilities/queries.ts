import { keepPreviousData, useInfiniteQuery, useQuery, type InfiniteData } from "@tanstack/react-query";
import { getFacility, listFacilities } from "@ihims/core/facilities/endpoints.ts";
import type { Reply } from "@ihims/core/endpoint.ts";
import type { Position } from "@ihims/core/geo.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { MINUTE_MS } from "@ihims/core/time.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { read } from "../../platform/api.ts";
import type { Filters } from "./filters.ts";

/** Rows of the first answer, and of each further one: a screen or two, then more at a time. */
const FIRST_PAGE_ITEMS = 20;
const NEXT_PAGE_ITEMS = 50;

export type FacilityPage = Reply<typeof listFacilities>;
export type FacilityPages = InfiniteData<FacilityPage, string | null>;

export const LIST_KEY = "facilities";
export const FACILITY_KEY = "facility";
export const SEARCH_KEY = "search";

/** The facilities that the filters ask for, page by page: where care is soonest first when something is needed, otherwise the nearest. */
export function useFacilities(filters: Filters, near: Position | undefined) {
  const { language } = useFormats();
  return useInfiniteQuery({
    queryKey: [LIST_KEY, filters, near, language],
    enabled: near !== undefined,
    initialPageParam: null as string | null, // the first page has no cursor, later ones do
    queryFn: ({ pageParam, signal }) => {
      const { kind, bed, specialty, service, scheme, isOpenNow, radius } = filters;
      const query = {
        ...(near && { near: `${near.lat},${near.lon}` }),
        ...(radius && { radius }),
        ...(kind && { kind }),
        ...(bed && { bed }),
        ...(isOpenNow && { open: "now" as const }),
        ...(specialty && { specialty }),
        ...(service && { service }),
        ...(scheme && { scheme }),
        lang: language,
        ...(pageParam && { cursor: pageParam }),
        limit: pageParam ? NEXT_PAGE_ITEMS : FIRST_PAGE_ITEMS,
      };
      return read(listFacilities, { query }, signal);
    },
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    // New places come to fit a filter ("a bed is free") without an event about a row that is shown.
    refetchInterval: MINUTE_MS,
  });
}

/** One facility with everything live about it. */
export function useFacility(id: FacilityId) {
  return useQuery({
    queryKey: [FACILITY_KEY, id],
    queryFn: ({ signal }) => read(getFacility, { params: { id }, query: {} }, signal),
  });
}
