import type { Figure } from "./figures.ts";
import { besidePeer } from "./figures.ts";
import type { LoadResult } from "./load.ts";
import { inTurns } from "./rounds.ts";
import type { RunningServer, Setting } from "./setting.ts";

const CONNECTIONS = 16;
const AIM = { atLeast: 0.5 };
/** Until the server's code is compiled and the board has made what it shows of most places. */
const WARM_UP_S = 3;

interface Round extends LoadResult {
  /** Processor time of the server for one request, in microseconds. */
  cpuUs: number;
}

/** Lists of facilities near a place, beside the same server that answers constant bytes of the same size. */
export async function measureNearby(setting: Setting): Promise<Figure[]> {
  await using server = await setting.startServer(await setting.createDatabase("city"));
  await using load = setting.startLoad();
  const read = async (paths: string[], answerStart: string, seconds: number): Promise<Round> => {
    const result = await withCpu(server, () =>
      load.ask({
        origin: server.origin,
        connections: CONNECTIONS,
        seconds,
        traffic: { kind: "reads", paths, answerStart },
      }),
    );
    return result;
  };
  const nearby = (filter: string) =>
    setting.city.places.map(({ lat, lon }) => `/api/v1/facilities?near=${lat},${lon}${filter}`);
  const plain = nearby("");
  const icu = nearby("&kind=hospital&bed=icu");
  const listStart = '{"items":[{"distance":';
  const { seconds } = setting.effort;
  const plainBytes = Math.round((await read(plain, listStart, WARM_UP_S)).bodyBytes);
  const icuBytes = Math.round((await read(icu, listStart, seconds)).bodyBytes);
  const results = await inTurns(setting.effort.rounds, {
    plain: () => read(plain, listStart, seconds),
    constantAsPlain: () => read([`/bench/constant/${plainBytes}`], "x", seconds),
    icu: () => read(icu, listStart, seconds),
    constantAsIcu: () => read([`/bench/constant/${icuBytes}`], "x", seconds),
  });
  return [
    ...figuresOf(`nearby, 20 of any kind, ${kilobytes(plainBytes)}`, results.plain, results.constantAsPlain),
    ...figuresOf(
      `nearby, hospitals with an ICU bed free, ${kilobytes(icuBytes)}`,
      results.icu,
      results.constantAsIcu,
    ),
  ];
}

function figuresOf(name: string, ours: readonly Round[], peers: readonly Round[]): Figure[] {
  const peer = "constant bytes of that size";
  return [
    besidePeer(
      { name, unit: "requests/s", peer, aim: AIM },
      ours.map(({ perSecond }) => perSecond),
      peers.map(({ perSecond }) => perSecond),
    ),
    besidePeer(
      { name: `${name}: server's CPU`, unit: "us/request", peer },
      ours.map(({ cpuUs }) => cpuUs),
      peers.map(({ cpuUs }) => cpuUs),
    ),
    besidePeer(
      { name: `${name}: p99 at ${CONNECTIONS} connections`, unit: "ms", peer },
      ours.map(({ p99Ms }) => p99Ms),
      peers.map(({ p99Ms }) => p99Ms),
    ),
  ];
}

async function withCpu(server: RunningServer, run: () => Promise<LoadResult>): Promise<Round> {
  const before = await server.cpuMs();
  const result = await run();
  const cpuMs = (await server.cpuMs()) - before;
  return { ...result, cpuUs: (cpuMs * 1000) / result.requests };
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
