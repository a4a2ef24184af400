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
const listeners = new Set<() => void>();

/** Called by whoever follows the live stream. */
export function noteLive(live: LiveState): void {
  if (live === connection.live) return;
  connection = { live, lostAt: live === "lost" ? (connection.lostAt ?? serverNow()) : null };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => connection);
}
