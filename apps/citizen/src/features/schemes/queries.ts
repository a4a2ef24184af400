import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Position } from "@ihims/core/geo.ts";
import {
  getScheme,
  listSchemeFacilities,
  listSchemes,
  screenSchemes,
} from "@ihims/core/schemes/endpoints.ts";
import type { ScreenerAnswers } from "@ihims/core/schemes/record.ts";
import type { SchemeId } from "@ihims/core/schemes/schema.ts";
import type { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import { HOUR_MS } from "@ihims/core/time.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { read, send } from "../../platform/api.ts";

/** Schemes change with the year, not with the hour. */
const STAYS_MS = HOUR_MS;

export function useSchemes() {
  const { language } = useFormats();
  return useQuery({
    queryKey: ["schemes", language],
    queryFn: ({ signal }) => read(listSchemes, { query: { lang: language, limit: 100 } }, signal),
    staleTime: STAYS_MS,
  });
}

export function useScheme(id: SchemeId) {
  const { language } = useFormats();
  return useQuery({
    queryKey: ["scheme", id, language],
    queryFn: ({ signal }) => read(getScheme, { params: { id }, query: { lang: language } }, signal),
    staleTime: STAYS_MS,
  });
}

/** Where a scheme is honoured for what is needed, page by page, nearest first. */
export function useSchemeFacilities(id: SchemeId, specialty: SpecialtyId | null, near: Position | undefined) {
  return useInfiniteQuery({
    queryKey: ["scheme-facilities", id, specialty, near],
    enabled: near !== undefined,
    initialPageParam: null as string | null, // the first page has no cursor, later ones do
    queryFn: ({ pageParam, signal }) => {
      const query = {
        ...(near && { near: `${near.lat},${near.lon}` }),
        ...(specialty && { specialty }),
        ...(pageParam && { cursor: pageParam }),
        limit: 10,
      };
      return read(listSchemeFacilities, { params: { id }, query }, signal);
    },
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** What the rules say to somebody's answers. Nothing of it is kept, here or there. */
export function useScreening(answers: ScreenerAnswers) {
  const { language } = useFormats();
  return useQuery({
    queryKey: ["screening", answers, language],
    queryFn: () => send(screenSchemes, { query: { lang: language }, body: { answers } }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}
