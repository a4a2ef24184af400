import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Reply } from "@ihims/core/endpoint.ts";
import type { Position } from "@ihims/core/geo.ts";
import { search } from "@ihims/core/search/endpoints.ts";
import { MINUTE_MS } from "@ihims/core/time.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { read } from "../../platform/api.ts";
import { SEARCH_KEY } from "../facilities/facilities.ts";
import type { SearchTerms } from "./terms.ts";

export type SearchAnswer = Reply<typeof search>;

/** Places of one answer: the best are first, and the whole list is one tap away. */
const PLACES_MAX = 10;
const MEANINGS_MAX = 12;
/** What the box offers while somebody types. */
const SUGGESTIONS_MAX = 7;

/** What the words mean and where to go now, in the reader's language. */
export function useSearchAnswer(terms: SearchTerms, near: Position | undefined) {
  const { language } = useFormats();
  return useQuery({
    queryKey: [SEARCH_KEY, terms, near, language],
    enabled: terms.q !== "" && near !== undefined,
    queryFn: ({ signal }) => {
      const { q, without, kind, scheme, isOpenNow, radius } = terms;
      const query = {
        q,
        ...(near && { near: `${near.lat},${near.lon}` }),
        ...(without.length > 0 && { without }),
        ...(kind && { kind: [kind] }),
        ...(scheme && { scheme }),
        ...(isOpenNow && { open: "now" as const }),
        ...(radius && { radius }),
        lang: language,
        limit: MEANINGS_MAX,
        places: PLACES_MAX,
      };
      return read(search, { query }, signal);
    },
    placeholderData: keepPreviousData,
    refetchInterval: MINUTE_MS,
  });
}

/** What the words that are being typed may be the beginning of. */
export function useSuggestions(text: string, near: Position | undefined) {
  const { language } = useFormats();
  return useQuery({
    queryKey: ["suggestions", text, near, language],
    enabled: text !== "",
    queryFn: async ({ signal }) => {
      const place = near && { near: `${near.lat},${near.lon}` };
      const query = { q: text, ...place, lang: language, limit: SUGGESTIONS_MAX, places: 0 };
      return (await read(search, { query }, signal)).items;
    },
    placeholderData: keepPreviousData,
  });
}
