import { useEffect, useState, useSyncExternalStore } from "react";
import { instantOf } from "@ihims/core/time.ts";
import type { LiveState } from "@ihims/ui/live.ts";
import { OfflineBar } from "@ihims/ui/OfflineBar.tsx";

/** A page that has waited for the stream for longer has lost it, whatever the stream still hopes. */
const CONNECTING_MAX_MS = 4000;

type PageAge = { state: LiveState; asOf: number; isCopy: boolean };

const listeners = new Set<() => void>();
let age: PageAge = { state: "connecting", asOf: 0, isCopy: false };

function change(next: PageAge): void {
  age = next;
  for (const listen of listeners) listen();
}

/**
 * Say how current the page is that is shown.
 *
 * @param asOf milliseconds since 1970 when what is shown was last heard; 0 when nothing was
 * @param isCopy the server could not be reached, and the phone's copy is shown
 */
export function usePageAge(state: LiveState, asOf: number, isCopy = false): void {
  useEffect(() => change({ state, asOf, isCopy }), [state, asOf, isCopy]);
}

/** Tells, under the head of every page, when the numbers that are shown have stopped moving. */
export function AgeOfPage() {
  const { state, asOf, isCopy } = useSyncExternalStore(
    (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    () => age,
  );
  const isLate = useIsLate(state === "connecting" && asOf > 0);
  return (
    <OfflineBar
      isReconnecting={state === "lost" || isCopy || isLate}
      asOf={asOf === 0 ? null : instantOf(asOf)}
    />
  );
}

/** Whether something has been so for longer than a connection takes. */
function useIsLate(isWaiting: boolean): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!isWaiting) return undefined;
    const timer = setTimeout(() => setLate(true), CONNECTING_MAX_MS);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return isLate && isWaiting;
}
