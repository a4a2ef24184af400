import { LiveEvent } from "@ihims/core/live/schema.ts";
import { ProblemDetails } from "@ihims/core/problem.ts";
import { Refused } from "./failures.ts";

export interface LiveConnection {
  connect(lastEventId: string | undefined, signal: AbortSignal): Promise<Response>;
  /** Rest before the next try; `tries` were in vain so far. */
  wait(tries: number): Promise<void>;
  signal?: AbortSignal;
  /** Goes on after this. */
  lastEventId?: string;
}

/** More text than this without the end of an event is no stream of events. */
const EVENT_MAX_CHARS = 4_000_000;

/**
 * Follow a stream of server-sent events (WHATWG HTML 9.2) over as many connections as it takes.
 *
 * @throws Refused when the server says no for good (a topic that is none)
 */
export async function* followEvents(connection: LiveConnection): AsyncGenerator<LiveEvent> {
  const { signal } = connection;
  let last = connection.lastEventId;
  for (let tries = 0; !signal?.aborted; tries += 1) {
    if (tries > 0) await connection.wait(tries - 1);
    if (signal?.aborted) return;
    const ending = new AbortController();
    const end = () => ending.abort();
    signal?.addEventListener("abort", end);
    try {
      const response = await connection.connect(last, ending.signal);
      if (!response.ok) {
        const refused = await refusalOf(response);
        if (!refused.isPassing) throw refused;
        continue;
      }
      for await (const { id, data } of eventsIn(response)) {
        last = id ?? last;
        tries = 0;
        const event = data === "" ? undefined : readEvent(data);
        // It is let go, and comes back with the id of what it heard last.
        if (event?.kind === "gone") break;
        if (event) yield event;
      }
    } catch (error) {
      if (error instanceof Refused) throw error;
      // The connection broke: it is opened again.
    } finally {
      signal?.removeEventListener("abort", end);
      ending.abort();
    }
  }
}

async function refusalOf(response: Response): Promise<Refused> {
  const body: unknown = await response.json().catch(() => undefined);
  return new Refused(
    response.status,
    ProblemDetails.safeParse(body).data,
    response.headers.get("retry-after"),
  );
}

/** A newer server may say what this client does not know yet. */
function readEvent(data: string): LiveEvent | undefined {
  try {
    return LiveEvent.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}

/** Each message with its id, also those without data: they tell the place. */
async function* eventsIn(response: Response): AsyncGenerator<{ id: string | undefined; data: string }> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  for (;;) {
    const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
    if (done) return;
    waiting += value;
    if (waiting.length > EVENT_MAX_CHARS) return;
    const blocks = waiting.split("\n\n");
    waiting = blocks.pop() ?? "";
    for (const block of blocks) {
      const lines = block.split("\n");
      const id = lines
        .find((line) => line.startsWith("id:"))
        ?.slice("id:".length)
        .trim();
      const data = lines
        .filter((line) => line.startsWith("data:"))
        .map((line) => line.slice("data:".length).trimStart())
        .join("\n");
      yield { id, data };
    }
  }
}
