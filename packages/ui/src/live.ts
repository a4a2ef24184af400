import { LiveEvent } from "@ihims/core/live/schema.ts";
import { SECOND_MS } from "@ihims/core/time.ts";

/** What a connection tells. An `EventSource` is one, once its events are wired to these. */
export interface LiveEars {
  onOpen(): void;
  onMessage(data: string): void;
  /** @param isClosed for good; otherwise it tries again by itself */
  onError(isClosed: boolean): void;
}

/** `lost`: what is shown is what was last heard. */
export type LiveState = "connecting" | "open" | "lost";

export interface LiveReader {
  /** Opens a connection, so that nothing here fetches. Gives back how to close it. */
  connect(ears: LiveEars): () => void;
  /** A figure or a page was changed. */
  onEvent(event: Extract<LiveEvent, { facility: unknown }>): void;
  /** A warning was issued, changed or ended: read them again. */
  onAlert?(): void;
  /** Events may have been missed: read everything again. */
  onMissed(): void;
  onState(state: LiveState): void;
  /** Runs `work` after a time; gives back how to call it off. */
  after(ms: number, work: () => void): () => void;
  /** 0 to 1, so that thousands of readers do not come back in the same instant. */
  chance(): number;
}

/** Waits between tries that were refused: 1 s, 2 s, 4 s and so on up to this. */
export const RETRY_MAX_MS = 30 * SECOND_MS;

/**
 * Follow the live stream until the returned function is called. A lost connection is opened again,
 * more and more patiently; after a gap that the server cannot fill the caller reads anew.
 */
export function followLive(reader: LiveReader): () => void {
  let close: (() => void) | undefined;
  let callOff: (() => void) | undefined;
  let refusals = 0;
  let hasBeenOpen = false;

  function open(): void {
    callOff = undefined;
    // A connection of our own making does not say what it heard last, unlike one that the browser mends.
    let isNew = true;
    close = reader.connect({
      onOpen: () => {
        const hasGap = isNew && hasBeenOpen;
        refusals = 0;
        isNew = false;
        hasBeenOpen = true;
        reader.onState("open");
        if (hasGap) reader.onMissed();
      },
      onMessage: receive,
      onError: (isClosed) => {
        reader.onState(hasBeenOpen ? "lost" : "connecting");
        if (isClosed) reopenLater();
      },
    });
  }

  function receive(data: string): void {
    const event = LiveEvent.safeParse(readJson(data));
    // A newer server may say what this page does not know yet.
    if (!event.success) return;
    if (event.data.kind === "reset") reader.onMissed();
    else if (event.data.kind === "alert") reader.onAlert?.();
    else if (event.data.kind === "gone") {
      reader.onState("lost");
      reopenLater();
    } else reader.onEvent(event.data);
  }

  function reopenLater(): void {
    close?.();
    callOff?.();
    const waitMs = Math.min(RETRY_MAX_MS, SECOND_MS * 2 ** refusals) * (0.5 + reader.chance() / 2);
    refusals += 1;
    callOff = reader.after(waitMs, open);
  }

  reader.onState("connecting");
  open();
  return () => {
    callOff?.();
    close?.();
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
