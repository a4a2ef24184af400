import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type InfiniteData,
} from "@tanstack/react-query";
import { getFacility, listFacilities, type FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import type { Reply } from "@ihims/core/endpoint.ts";
import type { Position } from "@ihims/core/geo.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { MINUTE_MS } from "@ihims/core/time.ts";
import type { LiveState } from "@ihims/ui/live.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { read, Refused } from "../../platform/api.ts";
import { usePageAge } from "../../platform/page-age.tsx";
import type * as directoryCopy from "./directory-copy.ts";
import { NO_FILTERS, type Filters } from "./filters.ts";

/** Rows of the first answer, and of each further one: a screen or two, then more at a time. */
const FIRST_PAGE_ITEMS = 20;
const NEXT_PAGE_ITEMS = 50;

/** The copy of the city, fetched when it is needed. */
type DirectoryCopy = typeof directoryCopy;

/** What was read from the copy that the phone keeps says when that was, in milliseconds since 1970. */
interface OfCopy {
  copyOf?: number;
}
export type FacilityPage = Reply<typeof listFacilities> & OfCopy;
export type FacilityPages = InfiniteData<FacilityPage, string | null>;

export const LIST_KEY = "facilities";
export const FACILITY_KEY = "facility";
export const SEARCH_KEY = "search";

/** Say how current the page is: as of when the server answered, or as of the copy that stands in for it. */
export function useAgeOf(live: LiveState, given: OfCopy | undefined, dataUpdatedAt: number): void {
  usePageAge(live, given?.copyOf ?? dataUpdatedAt, given?.copyOf !== undefined);
}

/**
 * Ask the server; when it cannot be reached and nothing better is on the screen, the copy.
 *
 * @throws what kept the server from answering, when there is no copy either
 */
async function orFromCopy<Given>(
  ask: () => Promise<Given>,
  hasBetter: boolean,
  fromCopy: (directory: DirectoryCopy) => Promise<Given | undefined>,
): Promise<Given> {
  try {
    return await ask();
  } catch (error) {
    if (hasBetter || (error instanceof Refused && error.status < 500)) throw error;
    const copy = await import("./directory-copy.ts").then(fromCopy);
    if (copy === undefined) throw error;
    return copy;
  }
}

/** The facilities that the filters ask for, page by page: where care is soonest first when something is needed, otherwise the nearest. */
export function useFacilities(filters: Filters, near: Position | undefined) {
  const { language } = useFormats();
  const queries = useQueryClient();
  const queryKey = [LIST_KEY, filters, near, language];
  return useInfiniteQuery({
    queryKey,
    enabled: near !== undefined,
    initialPageParam: null as string | null, // the first page has no cursor, later ones do
    queryFn: ({ pageParam, signal }): Promise<FacilityPage> => {
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
      return orFromCopy<FacilityPage>(
        () => read(listFacilities, { query }, signal),
        queries.getQueryData<FacilityPages>(queryKey)?.pages.some(({ copyOf }) => copyOf === undefined) ??
          false,
        (directory) => directory.listFromCopy(filters, near),
      );
    },
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    // New places come to fit a filter ("a bed is free") without an event about a row that is shown.
    refetchInterval: MINUTE_MS,
  });
}

/** The place that is nearest to a position, to say in words where that is. */
export function useNearestPlace({ lat, lon }: Position) {
  return useQuery({
    queryKey: ["place-in-words", lat, lon],
    queryFn: async ({ signal }) => {
      const query = { near: `${lat},${lon}`, limit: 1, sort: "distance" as const };
      const page = await orFromCopy<FacilityPage>(
        () => read(listFacilities, { query }, signal),
        false,
        (directory) => directory.listFromCopy(NO_FILTERS, { lat, lon }),
      );
      return page.items[0] ?? null;
    },
  });
}

/** Places of the phone's copy by words of their names; null when there is no copy. */
export function usePlacesOfName(q: string, near: Position | undefined) {
  return useQuery({
    queryKey: ["places-of-name", q, near],
    queryFn: async () =>
      (await (await import("./directory-copy.ts")).listFromCopy(NO_FILTERS, near, q)) ?? null,
  });
}

/** One facility with everything live about it. */
export function useFacility(id: FacilityId) {
  const queries = useQueryClient();
  return useQuery({
    queryKey: [FACILITY_KEY, id],
    queryFn: ({ signal }) =>
      orFromCopy<FacilityRecord & OfCopy>(
        () => read(getFacility, { params: { id }, query: {} }, signal),
        queries.getQueryData([FACILITY_KEY, id]) !== undefined,
        (directory) => directory.placeFromCopy(id),
      ),
  });
}
