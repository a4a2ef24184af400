import { besideLimit, besidePeer, type Figure } from "./figures.ts";
import type { LoadResult } from "./load.ts";
import { inTurns } from "./rounds.ts";
import type { Setting } from "./setting.ts";
import { PUT_ANSWER, type Traffic } from "./traffic.ts";

const CONNECTIONS = 16;
const BATCH = 500;
/** What the project asks for. */
const OBSERVATIONS_MIN_PER_SECOND = 1000;

/**
 * Observations acknowledged per second, each in the ledger on disk by then, beside the same rows put
 * into a bare table through the same server and pool.
 */
export async function measureWrites(setting: Setting): Promise<Figure[]> {
  await using server = await setting.startServer(await setting.createDatabase("city"));
  await using load = setting.startLoad();
  const { desks } = setting.city;
  const run = (traffic: Traffic): Promise<LoadResult> =>
    load.ask({ origin: server.origin, connections: CONNECTIONS, seconds: setting.effort.seconds, traffic });
  const batches = (path: string): Traffic => ({
    kind: "batches",
    path,
    size: BATCH,
    desks,
    answerStart: `{"accepted":${BATCH}`,
  });
  const results = await inTurns(setting.effort.rounds, {
    batches: () => run(batches("/api/v1/observations")),
    bareBatches: () => run(batches("/bench/rows")),
    puts: () => run({ kind: "puts", method: "PUT", desks, answerStart: PUT_ANSWER }),
    bareRows: () => run({ kind: "puts", method: "POST", desks, answerStart: '{"accepted":1' }),
  });
  const perSecond = (rounds: readonly LoadResult[], each: number) =>
    rounds.map((round) => round.perSecond * each);
  const unit = "observations/s";
  const batched = perSecond(results.batches, BATCH);
  return [
    besideLimit({ name: `writes, batches of ${BATCH}`, unit, limit: "as is asked for" }, batched, {
      atLeast: OBSERVATIONS_MIN_PER_SECOND,
    }),
    besidePeer(
      { name: `writes, batches of ${BATCH}`, unit, peer: "the same rows into a bare table" },
      batched,
      perSecond(results.bareBatches, BATCH),
    ),
    besidePeer(
      { name: "writes, one by one (PUT beds)", unit, peer: "one row each into a bare table" },
      perSecond(results.puts, 1),
      perSecond(results.bareRows, 1),
    ),
    besidePeer(
      { name: "writes, one by one: p99", unit: "ms", peer: "one row each into a bare table" },
      results.puts.map(({ p99Ms }) => p99Ms),
      results.bareRows.map(({ p99Ms }) => p99Ms),
    ),
  ];
}
