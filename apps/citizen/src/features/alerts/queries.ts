import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { getAlert, listAlerts } from "@ihims/core/alerts/endpoints.ts";
import type { Position } from "@ihims/core/geo.ts";
import type { AlertId } from "@ihims/core/ids.ts";
import { MINUTE_MS } from "@ihims/core/time.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { read } from "../../platform/api.ts";
import { useLive } from "../../platform/live.ts";

const KEY = "alerts";
/** More than these at once are a catastrophe, and the rest is on each one's page and in the feed. */
const SHOWN_MAX = 5;

/** Warnings that hold near a place, in the reader's language. */
export function useAlerts(near: Position | undefined) {
  const { language } = useFormats();
  return useQuery({
    queryKey: [KEY, near, language],
    queryFn: ({ signal }) => {
      const place = near && { near: `${near.lat},${near.lon}` };
      return read(listAlerts, { query: { ...place, lang: language, limit: SHOWN_MAX } }, signal);
    },
    // The stream tells of new ones; that one ends, nobody tells.
    refetchInterval: MINUTE_MS,
  });
}

export function useAlert(id: AlertId) {
  return useQuery({
    queryKey: [KEY, id],
    queryFn: ({ signal }) => read(getAlert, { params: { id } }, signal),
    refetchInterval: MINUTE_MS,
  });
}

const TOPICS = ["alerts"];
/** No figure comes with this topic. */
const onFigure = () => undefined;

/** Read warnings again when one is issued, changed or ended. */
export function useAlertsLive(): void {
  const queries = useQueryClient();
  const readAgain = useCallback(() => void queries.invalidateQueries({ queryKey: [KEY] }), [queries]);
  useLive(TOPICS, onFigure, readAgain);
}
