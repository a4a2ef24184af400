import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { listHoldAnomalies } from "@ihims/core/audit/endpoints.ts";
import { changeFacility, getFacility } from "@ihims/core/facilities/endpoints.ts";
import { acceptHold, fulfilHold, listHolds, refuseHold } from "@ihims/core/holds/endpoints.ts";
import type { HoldRule } from "@ihims/core/holds/schema.ts";
import type { FacilityId, HoldId } from "@ihims/core/ids.ts";
import { SECOND_MS } from "@ihims/core/time.ts";
import { call, newRequestKey } from "../../platform/api.ts";

const HOLDS_KEY = "holds";
/** Who waits for an answer should not wait for a page: what is asked is looked for this often. */
const LOOK_MS = 5 * SECOND_MS;
const OPEN_MAX = 100;
const ENDED_PAGE = 20;

/** What the facility is asked to keep now. */
export function useIncoming(facility: FacilityId) {
  return useQuery({
    queryKey: [HOLDS_KEY, facility, "open"],
    queryFn: ({ signal }) =>
      call(listHolds, { query: { facility, state: "open", limit: OPEN_MAX } }, { signal }),
    refetchInterval: LOOK_MS,
  });
}

/** What became of those before, page by page. */
export function useEnded(facility: FacilityId, isWanted: boolean) {
  return useInfiniteQuery({
    queryKey: [HOLDS_KEY, facility, "ended"],
    enabled: isWanted,
    initialPageParam: null as string | null, // the first page has no cursor, later ones do
    queryFn: ({ pageParam, signal }) =>
      call(
        listHolds,
        { query: { facility, state: "ended", limit: ENDED_PAGE, ...(pageParam && { cursor: pageParam }) } },
        { signal },
      ),
    getNextPageParam: (page) => page.nextCursor,
  });
}

export type Answer = { kind: "accept" } | { kind: "fulfil" } | { kind: "refuse"; reason: string };

/** Answer one hold. */
export function useAnswer(facility: FacilityId, id: HoldId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (answer: Answer) => {
      const options = { idempotencyKey: newRequestKey() };
      if (answer.kind === "accept") return call(acceptHold, { params: { id } }, options);
      if (answer.kind === "fulfil") return call(fulfilHold, { params: { id } }, options);
      return call(refuseHold, { params: { id }, body: { reason: answer.reason } }, options);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [HOLDS_KEY, facility] }),
  });
}

/** The facility's page, for what it keeps and what beds it has. */
export function useFacilityPage(facility: FacilityId) {
  return useQuery({
    queryKey: ["facility-page", facility],
    queryFn: ({ signal }) => call(getFacility, { params: { id: facility }, query: {} }, { signal }),
  });
}

export function useSaveRule(facility: FacilityId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (holds: HoldRule) => call(changeFacility, { params: { id: facility }, body: { holds } }),
    onSuccess: (record) => queries.setQueryData(["facility-page", facility], record),
  });
}

/** What stands out among the holds of the city. */
export function useAnomalies(days: number) {
  return useQuery({
    queryKey: [HOLDS_KEY, "anomalies", days],
    queryFn: ({ signal }) => call(listHoldAnomalies, { query: { days } }, { signal }),
  });
}
