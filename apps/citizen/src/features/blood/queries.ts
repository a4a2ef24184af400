import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { findBlood } from "@ihims/core/blood/endpoints.ts";
import type { Reply } from "@ihims/core/endpoint.ts";
import type { BloodGroup } from "@ihims/core/blood/schema.ts";
import { read } from "../../platform/api.ts";
import { useLive } from "../../platform/live.ts";
import { usePageAge } from "../../platform/page-age.tsx";
import { useNear } from "../city/city.ts";
import type { BloodTerms } from "./terms.ts";

const BLOOD_KEY = "blood";
const PLACES_MAX = 12;

export type FoundBlood = Reply<typeof findBlood>;
export type FoundPlace = FoundBlood["items"][number];
export type FoundBank = FoundBlood["toCall"][number];

/** Banks that have what is looked for, kept current as long as they are shown. */
export function useBlood(terms: BloodTerms) {
  const { near } = useNear();
  const { group, component, units, isSameOnly } = terms;
  const found = useQuery({
    queryKey: [BLOOD_KEY, terms, near],
    enabled: near !== undefined && group !== null,
    queryFn: ({ signal }) => {
      if (!group || !near) throw new TypeError("nothing is looked for yet");
      const query = {
        near: `${near.lat.toFixed(5)},${near.lon.toFixed(5)}`,
        group,
        component,
        units: String(units),
        compatible: isSameOnly ? ("false" as const) : ("true" as const),
        limit: String(PLACES_MAX),
      };
      return read(findBlood, { query }, signal);
    },
    placeholderData: keepPreviousData,
  });
  useLiveBlood(groupsOf(terms, found.data), found.dataUpdatedAt);
  return found;
}

function groupsOf({ group, isSameOnly }: BloodTerms, found: FoundBlood | undefined): BloodGroup[] {
  if (!group) return [];
  return isSameOnly || !found ? [group] : found.compatible.map((one) => one.group);
}

/** Read again when a bank tells of one of these groups. */
function useLiveBlood(groups: readonly BloodGroup[], readAt: number): void {
  const queries = useQueryClient();
  const readAgain = useCallback(() => void queries.invalidateQueries({ queryKey: [BLOOD_KEY] }), [queries]);
  const live = useLive(
    groups.map((group) => `blood:${group}`),
    readAgain,
    readAgain,
  );
  usePageAge(live, readAt);
}
