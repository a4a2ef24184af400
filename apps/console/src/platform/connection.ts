import { useSyncExternalStore } from "react";
import type { Instant } from "@ihims/core/time.ts";
import type { LiveState } from "@ihims/ui/live.ts";
import { serverNow } from "./clock.ts";

/** Whether the page hears of changes by itself, and if not, since when it does not. */
export interface Connection {
  live: LiveState;
  /** What is shown was last known to be current then; null while it is. */
  lostAt: Instant | null;
}

let connection: Connection = { live: "connecting", lostAt: null };
let isOnline = true;
const listeners = new Set<() => void>();

/** Called by whoever follows the live stream. */
export function noteLive(live: LiveState): void {
  if (live !== connection.live) note(live);
}

function note(live: LiveState): void {
  const isLost = live === "lost" || !isOnline;
  connection = { live, lostAt: isLost ? (connection.lostAt ?? serverNow()) : null };
  for (const listener of listeners) listener();
}

function whenOnlineChanges(): void {
  isOnline = navigator.onLine;
  note(connection.live);
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    addEventListener("online", whenOnlineChanges);
    addEventListener("offline", whenOnlineChanges);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    removeEventListener("online", whenOnlineChanges);
    removeEventListener("offline", whenOnlineChanges);
  };
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => connection);
}
