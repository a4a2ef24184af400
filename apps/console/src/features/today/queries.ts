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

/** "Nothing has changed", facility by facility; undefined: all that I report there, shelves as well. */
export type Unchanged = ReadonlyMap<FacilityId, readonly Subject[] | undefined>;

/** Confirm figures of several facilities. What was confirmed before one failed stays so, and is in the answer. */
export function useConfirm() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (unchanged: Unchanged): Promise<ObservationId[]> => {
      const done: ObservationId[] = [];
      for (const [id, subjects] of unchanged)
        for (const some of batchesOf(subjects)) {
          const body = some ? { subjects: some } : {};
          const options = { idempotencyKey: newRequestKey() };
          const { confirmed } = await call(confirmFigures, { params: { id }, body }, options);
          done.push(...confirmed.map(({ observation }) => observation));
        }
      return done;
    },
    onSettled: () => queries.invalidateQueries({ queryKey: DAY_KEY }),
  });
}

function batchesOf(subjects: readonly Subject[] | undefined): (Subject[] | undefined)[] {
  if (subjects === undefined) return [undefined];
  const batches: Subject[][] = [];
  for (let at = 0; at < subjects.length; at += SUBJECTS_MAX)
    batches.push(subjects.slice(at, at + SUBJECTS_MAX));
  return batches;
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
