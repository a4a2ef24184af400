import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { cancelHold, listHolds, requestHold } from "@ihims/core/holds/endpoints.ts";
import { isOpenState, type Hold } from "@ihims/core/holds/schema.ts";
import type { FacilityId, HoldId } from "@ihims/core/ids.ts";
import type { Subject } from "@ihims/core/observations/schema.ts";
import { SECOND_MS } from "@ihims/core/time.ts";
import { newRequestKey, read, send } from "../../platform/api.ts";

const HOLDS_KEY = ["holds"];
/** While something is kept, what becomes of it is looked for this often. */
const LOOK_MS = 10 * SECOND_MS;
const SHOWN_MAX = 20;

/** My holds, newest first. @param isSignedIn nothing is asked for somebody who is not */
export function useMyHolds(isSignedIn: boolean) {
  return useQuery({
    queryKey: HOLDS_KEY,
    enabled: isSignedIn,
    queryFn: async ({ signal }) => (await read(listHolds, { query: { limit: SHOWN_MAX } }, signal)).items,
    staleTime: LOOK_MS,
    refetchInterval: ({ state }) => (state.data?.some((hold) => isOpenState(hold.state)) ? LOOK_MS : false),
  });
}

/** Ask for a hold. Pressed twice it is one: each asking has a key of its own, and tries of it share it. */
export function useRequestHold(facility: FacilityId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ subject, units }: { subject: Subject; units: number }) =>
      send(requestHold, { body: { facility, subject, units } }, { idempotencyKey: newRequestKey() }),
    onSuccess: (hold) => {
      queries.setQueryData<Hold[]>(HOLDS_KEY, (holds = []) => [hold, ...holds]);
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: HOLDS_KEY }),
  });
}

export function useCancelHold() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: HoldId) => send(cancelHold, { params: { id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: HOLDS_KEY }),
  });
}
