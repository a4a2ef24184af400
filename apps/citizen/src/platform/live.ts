import { useEffect, useState, useSyncExternalStore } from "react";
import { followLive, type LiveReader, type LiveState } from "@ihims/ui/live.ts";

const LIVE_PATH = "/api/v1/live";

/**
 * Follow topics of the live stream while the page is seen. In the background nothing is held open:
 * when the page is shown again, what was missed is read.
 *
 * @param topics in any order; none: nothing is followed
 * @param onMissed reads everything again; also called when a warning is issued, changed or ended
 * @param onEvent and `onMissed` must stay the same between renders
 */
export function useLive(
  topics: readonly string[],
  onEvent: LiveReader["onEvent"],
  onMissed: () => void,
): LiveState {
  const isSeen = useIsSeen();
  const [state, setState] = useState<LiveState>("connecting");
  const search = topics
    .toSorted()
    .map((topic) => `topic=${encodeURIComponent(topic)}`)
    .join("&");
  useEffect(() => {
    if (!isSeen || search === "") return;
    return followLive({
      connect: (ears) => {
        const source = new EventSource(`${LIVE_PATH}?${search}`);
        source.addEventListener("open", () => ears.onOpen());
        source.addEventListener("message", ({ data }) => ears.onMessage(String(data)));
        source.addEventListener("error", () => ears.onError(source.readyState === EventSource.CLOSED));
        return () => source.close();
      },
      onEvent,
      onMissed,
      onAlert: onMissed,
      onState: setState,
      after: (ms, work) => {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
      chance: Math.random,
    });
  }, [isSeen, search, onEvent, onMissed]);
  useReadAfterHiding(isSeen, onMissed);
  return state;
}

/** Between hiding and showing a page its stream was closed, and something may have been missed. */
function useReadAfterHiding(isSeen: boolean, onMissed: () => void): void {
  const [wasHidden, setWasHidden] = useState(false);
  if (!isSeen && !wasHidden) setWasHidden(true);
  useEffect(() => {
    if (!isSeen || !wasHidden) return;
    setWasHidden(false);
    onMissed();
  }, [isSeen, wasHidden, onMissed]);
}

function useIsSeen(): boolean {
  return useSyncExternalStore(
    (read) => {
      document.addEventListener("visibilitychange", read);
      return () => document.removeEventListener("visibilitychange", read);
    },
    () => document.visibilityState === "visible",
  );
}
