import { useSyncExternalStore } from "react";
import { Position } from "@ihims/core/geo.ts";

/** Where the reader is, as far as the browser was asked. */
export type Whereabouts =
  | { kind: "unasked" }
  | { kind: "asking" }
  | { kind: "known"; position: Position }
  /** The reader said no, or the device cannot tell. */
  | { kind: "refused" };

const KEPT_KEY = "position";
/** About 10 m: exact enough to walk by, and two searches from one place are the same. */
const DECIMALS = 4;
const ASK_MAX_MS = 15_000;

const listeners = new Set<() => void>();
let whereabouts: Whereabouts = kept();

function change(next: Whereabouts): void {
  whereabouts = next;
  for (const listen of listeners) listen();
}

/** The last position, for this tab only: it leaves no trace when the page is closed. */
function kept(): Whereabouts {
  try {
    const position = Position.safeParse(JSON.parse(sessionStorage.getItem(KEPT_KEY) ?? "null"));
    return position.success ? { kind: "known", position: position.data } : { kind: "unasked" };
  } catch {
    return { kind: "unasked" };
  }
}

/** Ask the browser where the reader is. Only on the reader's own wish. */
export function askPosition(): void {
  if (!("geolocation" in navigator)) return change({ kind: "refused" });
  change({ kind: "asking" });
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const position = { lat: rounded(coords.latitude), lon: rounded(coords.longitude) };
      try {
        sessionStorage.setItem(KEPT_KEY, JSON.stringify(position));
      } catch {
        // A browser may forbid storage; the position is known until the page is closed.
      }
      change({ kind: "known", position });
    },
    () => change({ kind: "refused" }),
    { enableHighAccuracy: true, timeout: ASK_MAX_MS, maximumAge: 60_000 },
  );
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(DECIMALS));
}

export function useWhereabouts(): Whereabouts {
  return useSyncExternalStore(
    (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    () => whereabouts,
  );
}
