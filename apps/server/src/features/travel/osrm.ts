import { z } from "zod";
import type { Travel } from "@ihims/core/care/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import { MINUTE_MS, SECOND_MS } from "@ihims/core/time.ts";
import type { Logger } from "../../platform/log.ts";

/** Most places in one question: OSRM's own default limit for tables is 100 with the start. */
const PLACES_MAX = 99;
/** Longer than this nobody waits for a better guess. */
const ANSWER_MAX_MS = 800;
/** After a failure the server is left alone for so long. */
const REST_MS = 30 * SECOND_MS;

/** What the table service answers (OSRM 5 HTTP API); null where there is no way. */
const Table = z.object({
  code: z.literal("Ok"),
  durations: z.tuple([z.array(z.number().min(0).nullable())]),
  distances: z.tuple([z.array(z.number().min(0).nullable())]),
});

/** An OSRM server, and whether it is to be asked. */
export class Osrm {
  readonly #url: string;
  readonly #log: Logger;
  #restsUntil = 0;
  #saidAt = -Infinity;

  /** @param url its root, as http://127.0.0.1:5000 */
  constructor(url: string, log: Logger) {
    this.#url = url.replace(/\/+$/, "");
    this.#log = log;
  }

  get isResting(): boolean {
    return performance.now() < this.#restsUntil;
  }

  /** @throws Error when there is no answer in time, or one that is none */
  async table(start: Position, to: readonly Position[]): Promise<(Travel | undefined)[]> {
    const places = [start, ...to].map(({ lat, lon }) => `${lon.toFixed(6)},${lat.toFixed(6)}`).join(";");
    const response = await fetch(
      `${this.#url}/table/v1/driving/${places}?sources=0&annotations=duration,distance`,
      {
        signal: AbortSignal.timeout(ANSWER_MAX_MS),
      },
    );
    if (!response.ok) throw new Error(`OSRM answered ${response.status}`);
    const { durations, distances } = Table.parse(await response.json());
    return to.map((_, at) => {
      const seconds = durations[0][at + 1];
      const metres = distances[0][at + 1];
      if (typeof seconds !== "number" || typeof metres !== "number") return undefined;
      return { seconds: Math.round(seconds), metres: Math.round(metres), by: "osrm" };
    });
  }

  /** Leave it alone for a while; said once a minute at most. */
  rest(error: unknown): void {
    this.#restsUntil = performance.now() + REST_MS;
    if (performance.now() - this.#saidAt < MINUTE_MS) return;
    this.#saidAt = performance.now();
    this.#log.warn({ err: error }, "the OSRM server did not answer: ways are reckoned without it");
  }
}

/** Ways as an OSRM server tells them; undefined for those that it does not tell, and for all while it rests. */
export async function askOsrm(
  osrm: Osrm,
  start: Position,
  to: readonly Position[],
): Promise<(Travel | undefined)[]> {
  if (osrm.isResting || to.length === 0) return [];
  const parts = Array.from({ length: Math.ceil(to.length / PLACES_MAX) }, (_, at) =>
    to.slice(at * PLACES_MAX, (at + 1) * PLACES_MAX),
  );
  try {
    return (await Promise.all(parts.map((part) => osrm.table(start, part)))).flat();
  } catch (error) {
    osrm.rest(error);
    return [];
  }
}
