import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import type { FacilityId } from "@ihims/core/ids.ts";
import { followLive } from "@ihims/ui/live.ts";
import { noteLive } from "../../platform/connection.ts";
import { onReturned } from "../people/people.ts";
import { boardOf, type Board } from "./board.ts";
import { facilityQuery } from "./reports.ts";

/** The board of a facility with its figures, following what changes elsewhere as long as it is shown. */
export function useBoard(facility: FacilityId) {
  const board = boardOf(useQueryClient(), facility);
  const record = useQuery(facilityQuery(facility));
  const state = useSyncExternalStore(board.subscribe, board.snapshot);
  const edits = useSyncExternalStore(board.edits.subscribe, board.edits.snapshot);

  useEffect(() => {
    if (record.data) board.read(record.data);
  }, [board, record.data]);
  useEffect(() => hear(board), [board]);
  useEffect(() => {
    const again = () => board.edits.retryAll();
    addEventListener("online", again);
    const stop = onReturned(again);
    return () => {
      removeEventListener("online", again);
      stop();
    };
  }, [board]);
  useEffect(() => {
    // What was typed and not sent is lost with the page: ask before it closes.
    const ask = (event: BeforeUnloadEvent) => {
      if (board.edits.snapshot().size > 0) event.preventDefault();
    };
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [board]);

  return { board, record, state, edits };
}

function hear(board: Board): () => void {
  return followLive({
    connect: (ears) => {
      const source = new EventSource(
        `/api/v1/live?topic=${encodeURIComponent(`facility:${board.facility}`)}`,
      );
      source.addEventListener("open", () => ears.onOpen());
      source.addEventListener("message", ({ data }) => ears.onMessage(String(data)));
      source.addEventListener("error", () => ears.onError(source.readyState === EventSource.CLOSED));
      return () => source.close();
    },
    onEvent: (event) => {
      if (event.facility !== board.facility) return;
      if (event.kind === "bed") board.heard(event.figure);
      else if (event.kind === "facility") board.reread();
    },
    onMissed: () => board.reread(),
    onState: noteLive,
    after: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    chance: Math.random,
  });
}
