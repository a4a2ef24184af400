import { startChild } from "./child.ts";
import { besidePeer, type Figure } from "./figures.ts";
import { LoadResult } from "./load.ts";
import type { MllpCommand } from "./mllp-load.ts";
import { inTurns } from "./rounds.ts";
import type { Setting } from "./setting.ts";
import { PUT_ANSWER } from "./traffic.ts";

const CONNECTIONS = 16;

/** ADT messages acknowledged per second, each applied and on disk by then, beside bed figures put over HTTP. */
export async function measureMllp(setting: Setting): Promise<Figure[]> {
  await using server = await setting.startServer(await setting.createDatabase("city"));
  await using puts = setting.startLoad();
  await using adt = startChild<MllpCommand, LoadResult>("mllp-load.ts", LoadResult);
  const { desks, senders } = setting.city;
  const { seconds, rounds } = setting.effort;
  const results = await inTurns(rounds, {
    adt: () => adt.ask({ port: server.mllpPort, senders: senders.slice(0, CONNECTIONS), seconds }),
    puts: () =>
      puts.ask({
        origin: server.origin,
        connections: CONNECTIONS,
        seconds,
        traffic: { kind: "puts", method: "PUT", desks, answerStart: PUT_ANSWER },
      }),
  });
  return [
    besidePeer(
      { name: `ADT over MLLP, ${CONNECTIONS} senders`, unit: "messages/s", peer: "PUT beds" },
      results.adt.map(({ perSecond }) => perSecond),
      results.puts.map(({ perSecond }) => perSecond),
    ),
    besidePeer(
      { name: "ADT over MLLP: p99", unit: "ms", peer: "PUT beds" },
      results.adt.map(({ p99Ms }) => p99Ms),
      results.puts.map(({ p99Ms }) => p99Ms),
    ),
  ];
}
