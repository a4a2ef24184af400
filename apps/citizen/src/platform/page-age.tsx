import { useEffect, useSyncExternalStore } from "react";
import { instantOf } from "@ihims/core/time.ts";
import type { LiveState } from "@ihims/ui/live.ts";
import { OfflineBar } from "@ihims/ui/OfflineBar.tsx";

type PageAge = { state: LiveState; asOf: number };

const listeners = new Set<() => void>();
let age: PageAge = { state: "connecting", asOf: 0 };

function change(next: PageAge): void {
  age = next;
  for (const listen of listeners) listen();
}

/**
 * Say how current the page is that is shown.
 *
 * @param asOf milliseconds since 1970 when what is shown was last heard; 0 when nothing was
 */
export function usePageAge(state: LiveState, asOf: number): void {
  useEffect(() => change({ state, asOf }), [state, asOf]);
}

/** Tells, under the head of every page, when the numbers that are shown have stopped moving. */
export function AgeOfPage() {
  const { state, asOf } = useSyncExternalStore(
    (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    () => age,
  );
  return <OfflineBar isReconnecting={state === "lost"} asOf={asOf === 0 ? null : instantOf(asOf)} />;
}
