import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getDoctor, listDoctors } from "@ihims/core/doctors/endpoints.ts";
import type { Position } from "@ihims/core/geo.ts";
import type { DoctorId, FacilityId } from "@ihims/core/ids.ts";
import { MINUTE_MS } from "@ihims/core/time.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { read } from "../../platform/api.ts";
import type { DoctorTerms } from "./terms.ts";

const PAGE_ITEMS = 20;
/** Doctors of one place that are shown on its page; the rest are in the list. */
const OF_FACILITY_MAX = 6;

/** The doctors that the filters ask for, nearest first, page by page. */
export function useDoctors(terms: DoctorTerms, near: Position | undefined) {
  const { language } = useFormats();
  return useInfiniteQuery({
    queryKey: ["doctors", terms, near, language],
    enabled: near !== undefined,
    initialPageParam: null as string | null, // the first page has no cursor, later ones do
    queryFn: ({ pageParam, signal }) => {
      const { q, specialty, spoken, isOnDuty, facility } = terms;
      const query = {
        ...(near && { near: `${near.lat},${near.lon}` }),
        ...(q && { q }),
        ...(specialty && { specialty }),
        ...(spoken && { language: spoken }),
        ...(facility && { facility }),
        ...(isOnDuty && { onDuty: "now" as const }),
        ...(pageParam && { cursor: pageParam }),
        lang: language,
        limit: PAGE_ITEMS,
      };
      return read(listDoctors, { query }, signal);
    },
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: MINUTE_MS,
  });
}

/** Who of a place's doctors is on duty now. */
export function useDoctorsOnDuty(facility: FacilityId) {
  const { language } = useFormats();
  return useQuery({
    queryKey: ["doctors", "on duty at", facility, language],
    queryFn: ({ signal }) =>
      read(
        listDoctors,
        { query: { facility, onDuty: "now" as const, lang: language, limit: OF_FACILITY_MAX } },
        signal,
      ),
    refetchInterval: MINUTE_MS,
  });
}

export function useDoctor(id: DoctorId) {
  const { language } = useFormats();
  return useQuery({
    queryKey: ["doctor", id, language],
    queryFn: ({ signal }) => read(getDoctor, { params: { id }, query: { lang: language } }, signal),
    refetchInterval: MINUTE_MS,
  });
}
