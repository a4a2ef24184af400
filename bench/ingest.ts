import { startChild } from "./child.ts";
import { besideLimit, besidePeer, type Figure } from "./figures.ts";
import { LoadResult } from "./load.ts";
import type { MllpCommand } from "./mllp-load.ts";
import { inTurns } from "./rounds.ts";
import type { Setting } from "./setting.ts";

const CONNECTIONS = 64;
/** As is asked for. */
const MESSAGES_MIN_PER_SECOND = 1500;

/**
 * ADT messages of many hospitals at once, from the socket to the disk and back: each is applied and
 * committed when it is acknowledged. Beside them the least that could be done: the same frames over the
 * same sockets into a bare table, committed by as many connections together, and one by one.
 */
export async function measureIngest(setting: Setting): Promise<Figure[]> {
  await using server = await setting.startServer(await setting.createDatabase("city"));
  await using load = startChild<MllpCommand, LoadResult>("mllp-load.ts", LoadResult);
  const { senders } = setting.city;
  const { seconds, rounds } = setting.effort;
  const send = (port: number, connections: number) =>
    load.ask({ port, senders: senders.slice(0, connections), seconds });
  const { mllpPort, barePorts } = server;
  const results = await inTurns(rounds, {
    together: () => send(mllpPort, CONNECTIONS),
    bareTogether: () => send(barePorts.grouped, CONNECTIONS),
    bareEach: () => send(barePorts.each, CONNECTIONS),
    alone: () => send(mllpPort, 1),
    bareAlone: () => send(barePorts.each, 1),
  });
  const perSecond = (of: readonly LoadResult[]) => of.map((round) => round.perSecond);
  const unit = "messages/s";
  const name = `ADT over MLLP, ${CONNECTIONS} senders`;
  return [
    besideLimit({ name, unit, limit: "as is asked for" }, perSecond(results.together), {
      atLeast: MESSAGES_MIN_PER_SECOND,
    }),
    besidePeer(
      { name, unit, peer: "one row each into a bare table, in groups" },
      perSecond(results.together),
      perSecond(results.bareTogether),
    ),
    besidePeer(
      { name, unit, peer: "one row each into a bare table, a commit each" },
      perSecond(results.together),
      perSecond(results.bareEach),
    ),
    besidePeer(
      { name: `${name}: p99`, unit: "ms", peer: "one row each into a bare table, in groups" },
      results.together.map(({ p99Ms }) => p99Ms),
      results.bareTogether.map(({ p99Ms }) => p99Ms),
    ),
    besidePeer(
      { name: "ADT over MLLP, 1 sender", unit, peer: "one row each into a bare table" },
      perSecond(results.alone),
      perSecond(results.bareAlone),
    ),
  ];
}
