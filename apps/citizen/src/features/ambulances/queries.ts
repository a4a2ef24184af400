import { keepPreviousData, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Reply } from "@ihims/core/endpoint.ts";
import { listAmbulances } from "@ihims/core/ambulances/endpoints.ts";
import type { VehicleType } from "@ihims/core/ambulances/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import { SECOND_MS } from "@ihims/core/time.ts";
import { read } from "../../platform/api.ts";

/** They move: asked again as often as most of them tell where they are. */
const ASK_EVERY_MS = 30 * SECOND_MS;
/** About 100 m. */
const NEAR_DECIMALS = 3;
const ITEMS = 20;

export function ambulancesQuery(near: Position | undefined, type: VehicleType | null) {
  const from = near && `${near.lat.toFixed(NEAR_DECIMALS)},${near.lon.toFixed(NEAR_DECIMALS)}`;
  return queryOptions({
    queryKey: ["ambulances", from, type],
    enabled: from !== undefined,
    queryFn: ({ signal }) =>
      read(listAmbulances, { query: { near: from, ...(type && { type }), limit: ITEMS } }, signal),
  });
}

/**
 * Ambulances near, those that are free first; asked again while the page is seen. Without a network,
 * those that were last heard of, from wherever they were asked for.
 */
export function useAmbulances(near: Position | undefined, type: VehicleType | null) {
  const queries = useQueryClient();
  const list = useQuery({
    ...ambulancesQuery(near, type),
    refetchInterval: ASK_EVERY_MS,
    placeholderData: keepPreviousData,
  });
  if (list.data || !list.isError) return list;
  const heard = queries
    .getQueriesData<Reply<typeof listAmbulances>>({ queryKey: ["ambulances"] })
    .find(([, data]) => data !== undefined)?.[1];
  const items = heard?.items.filter((one) => type === null || one.type === type);
  return { ...list, data: heard && items && { ...heard, items } };
}
