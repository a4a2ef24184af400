import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getMedicine, listEquivalents, listMedicines } from "@ihims/core/medicines/endpoints.ts";
import type { MedicineId } from "@ihims/core/medicines/schema.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { read } from "../../platform/api.ts";

const PAGE_ITEMS = 20;
const EQUIVALENTS_PAGE_ITEMS = 10;
/** What the box offers while somebody types. */
const SUGGESTIONS_MAX = 6;
/** A catalogue changes with its next list, not while somebody reads. */
const CATALOGUE_STALE_MS = 10 * 60_000;

/** Medicines that the words mean, best first; without words the whole catalogue by name. */
export function useMedicines(q: string) {
  const { language } = useFormats();
  return useInfiniteQuery({
    queryKey: ["medicines", q, language],
    initialPageParam: null as string | null, // the first page has no cursor, later ones do
    queryFn: ({ pageParam, signal }) => {
      const query = {
        ...(q !== "" && { q }),
        ...(pageParam && { cursor: pageParam }),
        lang: language,
        limit: PAGE_ITEMS,
      };
      return read(listMedicines, { query }, signal);
    },
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: CATALOGUE_STALE_MS,
  });
}

/** What the words that are being typed may be the beginning of. */
export function useMedicineSuggestions(text: string) {
  const { language } = useFormats();
  return useQuery({
    queryKey: ["medicine suggestions", text, language],
    enabled: text.length > 1,
    queryFn: async ({ signal }) =>
      (await read(listMedicines, { query: { q: text, lang: language, limit: SUGGESTIONS_MAX } }, signal))
        .items,
    placeholderData: keepPreviousData,
    staleTime: CATALOGUE_STALE_MS,
  });
}

export function useMedicine(id: MedicineId) {
  const { language } = useFormats();
  return useQuery({
    queryKey: ["medicine", id, language],
    queryFn: ({ signal }) => read(getMedicine, { params: { id }, query: { lang: language } }, signal),
    staleTime: CATALOGUE_STALE_MS,
  });
}

/** What may stand in for a medicine, the cheapest first, page by page. */
export function useEquivalents(id: MedicineId) {
  const { language } = useFormats();
  return useInfiniteQuery({
    queryKey: ["equivalents", id, language],
    initialPageParam: null as string | null, // the first page has no cursor, later ones do
    queryFn: ({ pageParam, signal }) => {
      const query = {
        ...(pageParam && { cursor: pageParam }),
        lang: language,
        limit: EQUIVALENTS_PAGE_ITEMS,
      };
      return read(listEquivalents, { params: { id }, query }, signal);
    },
    getNextPageParam: (page) => page.nextCursor,
    staleTime: CATALOGUE_STALE_MS,
  });
}
