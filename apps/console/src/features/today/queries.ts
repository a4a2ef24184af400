import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FacilityId, ObservationId } from "@ihims/core/ids.ts";
import { confirmFigures, retractObservations } from "@ihims/core/observations/endpoints.ts";
import type { Subject } from "@ihims/core/observations/schema.ts";
import { SECOND_MS } from "@ihims/core/time.ts";
import { getToday } from "@ihims/core/today/endpoints.ts";
import { call, newRequestKey } from "../../platform/api.ts";

const DAY_KEY = ["today"];
/** How often the day is looked at again while it is open. */
const LOOK_MS = 15 * SECOND_MS;
/** Most figures that one request confirms. */
const SUBJECTS_MAX = 500;

export function useToday() {
  return useQuery({
    queryKey: DAY_KEY,
    queryFn: ({ signal }) => call(getToday, {}, { signal }),
    refetchInterval: LOOK_MS,
  });
}

/** "Nothing has changed", facility by facility: only of what stands on the page. */
export type Unchanged = ReadonlyMap<FacilityId, readonly Subject[]>;

/** What was confirmed, and whether something could not be. */
interface Confirmed {
  observations: ObservationId[];
  isWhole: boolean;
}

/** Confirm figures of several facilities. What was confirmed before one failed stays so, and can be taken back. */
export function useConfirm() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (unchanged: Unchanged): Promise<Confirmed> => {
      const observations: ObservationId[] = [];
      try {
        for (const [id, subjects] of unchanged)
          for (let at = 0; at < subjects.length; at += SUBJECTS_MAX) {
            const body = { subjects: subjects.slice(at, at + SUBJECTS_MAX) };
            const options = { idempotencyKey: newRequestKey() };
            const { confirmed } = await call(confirmFigures, { params: { id }, body }, options);
            observations.push(...confirmed.map(({ observation }) => observation));
          }
      } catch (error) {
        if (observations.length === 0) throw error;
        return { observations, isWhole: false };
      }
      return { observations, isWhole: true };
    },
    onSettled: () => queries.invalidateQueries({ queryKey: DAY_KEY }),
  });
}

export function useTakeBack() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (observations: readonly ObservationId[]) => {
      for (let at = 0; at < observations.length; at += SUBJECTS_MAX)
        await call(retractObservations, {
          body: { observations: observations.slice(at, at + SUBJECTS_MAX) },
        });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: DAY_KEY }),
  });
}
