import { useSyncExternalStore } from "react";
import { instantOf, SECOND_MS, type Instant } from "@ihims/core/time.ts";

/** How often what shows an age is drawn again. Ages are in minutes, so none is wrong for longer than this. */
const TICK_MS = 10 * SECOND_MS;

let moment = instantOf(Date.now());
let timer: ReturnType<typeof setInterval> | undefined;
const readers = new Set<() => void>();

function tick(): void {
  moment = instantOf(Date.now());
  for (const read of readers) read();
}

/** A page that is shown again after an hour in the background must not show the ages of an hour ago. */
function tickWhenShown(): void {
  if (document.visibilityState === "visible") tick();
}

function subscribe(read: () => void): () => void {
  readers.add(read);
  if (!timer) {
    moment = instantOf(Date.now());
    timer = setInterval(tick, TICK_MS);
    document.addEventListener("visibilitychange", tickWhenShown);
  }
  return () => {
    readers.delete(read);
    if (readers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    document.removeEventListener("visibilitychange", tickWhenShown);
  };
}

/** The time now, as one ticking clock that everything on the page shares: all ages change together. */
export function useNow(): Instant {
  return useSyncExternalStore(subscribe, () => moment);
}
