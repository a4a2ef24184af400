import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import type { Reply } from "@ihims/core/endpoint.ts";
import type { Position } from "@ihims/core/geo.ts";
import type { MedicineId } from "@ihims/core/medicines/schema.ts";
import { getAvailability, matchPrescription } from "@ihims/core/stock/endpoints.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { read, send } from "../../platform/api.ts";
import { useNear } from "../city/city.ts";
import { STOCK_KEY } from "../facilities/facilities.ts";

const PAGE_ITEMS = 8;
/** Shelves are told again by the hour; the page asks again when it is looked at again after so long. */
const STOCK_STALE_MS = 60_000;

export type Availability = Reply<typeof getAvailability>;
export type Matched = Reply<typeof matchPrescription>;

/** Who near has a medicine, page by page. */
export function useAvailability(id: MedicineId, isOpenOnly: boolean) {
  const { language } = useFormats();
  const { near } = useNear();
  return useInfiniteQuery({
    queryKey: [STOCK_KEY, "availability", id, near, isOpenOnly, language],
    enabled: near !== undefined,
    initialPageParam: null as string | null, // the first page has no cursor, later ones do
    queryFn: ({ pageParam, signal }) => {
      const query = {
        ...(near && { near: nearText(near) }),
        ...(isOpenOnly && { open: "now" as const }),
        ...(pageParam && { cursor: pageParam }),
        lang: language,
        limit: PAGE_ITEMS,
      };
      return read(getAvailability, { params: { id }, query }, signal);
    },
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: STOCK_STALE_MS,
  });
}

export interface PrescriptionLine {
  /** Within this page. */
  id: number;
  /** As typed. */
  text: string;
  medicine?: MedicineId;
  packs: number;
}

/** Where a whole prescription can be had. It is sent in a body and kept nowhere. */
export function useMatch() {
  const { language } = useFormats();
  const { near } = useNear();
  return useMutation({
    mutationFn: (lines: readonly PrescriptionLine[]) => {
      if (!near) throw new TypeError("where to look from is not known yet");
      const wanted = lines.map(({ text, medicine, packs }) => ({
        packs,
        ...(medicine ? { medicine } : { text }),
      }));
      return send(matchPrescription, { query: { lang: language }, body: { lines: wanted, near } });
    },
  });
}

/** What a place has of one medicine that was looked for. */
export function useStockAt(id: MedicineId | undefined, near: Position) {
  const { language } = useFormats();
  return useQuery({
    queryKey: [STOCK_KEY, "at", id, near, language],
    enabled: id !== undefined,
    queryFn: ({ signal }) =>
      // The place itself is what is nearest to it.
      id &&
      read(
        getAvailability,
        { params: { id }, query: { near: nearText(near), radius: 50, lang: language } },
        signal,
      ),
    staleTime: STOCK_STALE_MS,
  });
}

function nearText({ lat, lon }: Position): string {
  return `${lat.toFixed(5)},${lon.toFixed(5)}`;
}
