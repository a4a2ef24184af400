import { Trans } from "@lingui/react/macro";
import { useSyncExternalStore } from "react";
import type { Instant } from "@ihims/core/time.ts";
import { useNow } from "./clock.ts";
import { useFormats } from "./words/use-formats.tsx";

interface Props {
  /** The live stream is lost: numbers on the page stand as of `asOf`. */
  isReconnecting: boolean;
  /** When what is shown was last known to be current; null when nothing is shown yet. */
  asOf: Instant | null;
}

/** The age of the page, while there is no network or no live stream; nothing otherwise. */
export function OfflineBar({ isReconnecting, asOf }: Props) {
  const isOnline = useIsOnline();
  const formats = useFormats();
  const now = useNow();
  const since = asOf === null ? null : formats.moment(asOf, now);
  return (
    <div role="status">
      {!isOnline ? (
        <p className="ui-offline">
          {since === null ? <Trans>Offline</Trans> : <Trans>Offline · copy of {since}</Trans>}
        </p>
      ) : isReconnecting ? (
        <p className="ui-offline">
          {since === null ? <Trans>Reconnecting</Trans> : <Trans>Reconnecting · numbers of {since}</Trans>}
        </p>
      ) : null}
    </div>
  );
}

/** Whether the browser believes that it has a network. */
export function useIsOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine);
}

function subscribe(read: () => void): () => void {
  addEventListener("online", read);
  addEventListener("offline", read);
  return () => {
    removeEventListener("online", read);
    removeEventListener("offline", read);
  };
}
