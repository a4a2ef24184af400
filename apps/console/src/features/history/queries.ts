import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { urlOf } from "@ihims/core/endpoint.ts";
import { listHistory, revertObservation } from "@ihims/core/history/endpoints.ts";
import type { FacilityId, ObservationId } from "@ihims/core/ids.ts";
import type { Subject, SubjectKind } from "@ihims/core/observations/schema.ts";
import { call, newRequestKey } from "../../platform/api.ts";

const HISTORY_KEY = "history";
const PAGE = 30;

export interface Wanted {
  subject?: Subject | undefined;
  kind?: Exclude<SubjectKind, "medicine"> | undefined;
  /** Confirmations as well. */
  all?: boolean | undefined;
}

export function useHistory(facility: FacilityId, { subject, kind, all }: Wanted) {
  return useInfiniteQuery({
    queryKey: [HISTORY_KEY, facility, subject, kind, all],
    initialPageParam: null as string | null, // the first page has no cursor, later ones do
    queryFn: ({ pageParam, signal }) =>
      call(
        listHistory,
        {
          params: { id: facility },
          query: {
            limit: PAGE,
            subject,
            kind,
            ...(all ? {} : { changesOnly: "true" }),
            ...(pageParam && { cursor: pageParam }),
          },
        },
        { signal },
      ),
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useRevert(facility: FacilityId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (observation: ObservationId) =>
      call(revertObservation, { params: { id: facility, observation } }, { idempotencyKey: newRequestKey() }),
    onSettled: () => queries.invalidateQueries({ queryKey: [HISTORY_KEY, facility] }),
  });
}

/** Where the same rows are as CSV. */
export function exportUrl(facility: FacilityId, { subject, kind }: Wanted): string {
  return urlOf(
    { ...listHistory, path: "/facilities/:id/history.csv" },
    { params: { id: facility }, query: { subject, kind } },
  );
}
