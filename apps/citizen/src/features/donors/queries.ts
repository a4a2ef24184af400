import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answerDonorCall, getMyDonor, leaveDonors, saveMyDonor } from "@ihims/core/donors/endpoints.ts";
import type { DonorAnswer, DonorProfile } from "@ihims/core/donors/schema.ts";
import type { Reply } from "@ihims/core/endpoint.ts";
import type { DonorCallId } from "@ihims/core/ids.ts";
import { newRequestKey, read, send } from "../../platform/api.ts";

const DONOR_KEY = ["donor"];
/** Who was asked looks whether they are still needed. */
const LOOK_MS = 20_000;

export type MyDonor = Reply<typeof getMyDonor>;

/** What I said of myself as a donor, and what I was asked. */
export function useMyDonor() {
  return useQuery({
    queryKey: DONOR_KEY,
    queryFn: ({ signal }) => read(getMyDonor, {}, signal),
    refetchInterval: LOOK_MS,
  });
}

export function useSaveDonor() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: DonorProfile) => send(saveMyDonor, { body }, { idempotencyKey: newRequestKey() }),
    onSuccess: (mine) => queries.setQueryData<MyDonor>(DONOR_KEY, mine),
  });
}

export function useLeaveDonors() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => send(leaveDonors, {}),
    onSettled: () => queries.invalidateQueries({ queryKey: DONOR_KEY }),
  });
}

export function useAnswer(id: DonorCallId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (answer: DonorAnswer) =>
      send(answerDonorCall, { params: { id }, body: { answer } }, { idempotencyKey: newRequestKey() }),
    onSuccess: (mine) => queries.setQueryData<MyDonor>(DONOR_KEY, mine),
    onError: () => void queries.invalidateQueries({ queryKey: DONOR_KEY }),
  });
}
