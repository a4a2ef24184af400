import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import { callDonors, endDonorCall, listDonorCalls } from "@ihims/core/donors/endpoints.ts";
import type { DonorCallId, FacilityId } from "@ihims/core/ids.ts";
import { SECOND_MS } from "@ihims/core/time.ts";
import { call, newRequestKey } from "../../platform/api.ts";

/** Answers of donors are looked for this often. */
const LOOK_MS = 10 * SECOND_MS;

const keyOf = (facility: FacilityId) => ["donor-calls", facility];

export function useDonorCalls(facility: FacilityId) {
  return useQuery({
    queryKey: keyOf(facility),
    queryFn: async ({ signal }) =>
      (await call(listDonorCalls, { params: { id: facility } }, { signal })).items,
    refetchInterval: LOOK_MS,
  });
}

export function useCallDonors(facility: FacilityId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { group: BloodGroup; component: BloodComponent; wanted: number }) =>
      call(callDonors, { params: { id: facility }, body }, { idempotencyKey: newRequestKey() }),
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(facility) }),
  });
}

export function useEndCall(facility: FacilityId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: DonorCallId) =>
      call(endDonorCall, { params: { id: facility, call: id } }, { idempotencyKey: newRequestKey() }),
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(facility) }),
  });
}
