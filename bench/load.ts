import { z } from "zod";
import { answer } from "./child.ts";
import { Connection, type Answered } from "./connection.ts";
import { percentileOf } from "./figures.ts";
import { Traffic, requestsOf } from "./traffic.ts";

/** Ask a server as fast as it answers, on some connections, for some time. */
export const LoadCommand = z.object({
  origin: z.string(),
  connections: z.int().min(1).max(1000),
  seconds: z.number().min(0.05).max(60),
  traffic: Traffic,
});
export type LoadCommand = z.infer<typeof LoadCommand>;

export const LoadResult = z.object({
  requests: z.int(),
  perSecond: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  /** Mean size of an answer's body. */
  bodyBytes: z.number(),
});
export type LoadResult = z.infer<typeof LoadResult>;

async function run({ origin, connections, seconds, traffic }: LoadCommand): Promise<LoadResult> {
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(origin)));
  const delays: number[] = [];
  let bodyBytes = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    open.map(async (connection, place) => {
      const next = requestsOf(traffic, place);
      for (let sent = performance.now(); sent < end; sent = performance.now()) {
        const answered = await connection.ask(next());
        delays.push(performance.now() - sent);
        check(traffic, answered);
        bodyBytes += answered.bodyBytes;
      }
    }),
  );
  const elapsedMs = performance.now() - start;
  for (const connection of open) connection.close();
  return resultOf(delays, elapsedMs, bodyBytes / delays.length);
}

/** @param delays of each that was answered, in milliseconds */
export function resultOf(delays: readonly number[], elapsedMs: number, bodyBytes: number): LoadResult {
  const sorted = Float64Array.from(delays).sort();
  return {
    requests: delays.length,
    perSecond: (delays.length / elapsedMs) * 1000,
    p50Ms: percentileOf(sorted, 0.5),
    p99Ms: percentileOf(sorted, 0.99),
    bodyBytes,
  };
}

/** A server is not fast that answers the wrong thing. */
function check(traffic: Traffic, { status, bodyStart }: Answered): void {
  if (status === 200 && bodyStart.startsWith(traffic.answerStart)) return;
  throw new Error(`expected 200 ${traffic.answerStart}, got ${status} ${bodyStart}`);
}

if (import.meta.main) answer(LoadCommand, run);
