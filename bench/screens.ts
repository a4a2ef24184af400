import { startChild, type Child } from "./child.ts";
import { besideLimit, besidePeer, spreadOf, type Figure } from "./figures.ts";
import { ReadersResult, type ReadersCommand } from "./readers.ts";
import { inTurns } from "./rounds.ts";
import type { RunningServer, Setting } from "./setting.ts";
import type { Desk } from "./traffic.ts";

/** What a person takes for at once. */
const DELAY_MAX_MS = 1000;
const LIVE = "/api/v1/live?topic=kind:hospital";
/** Observations of the burst: each is a frame to every reader. */
const BURST = 100;
/** Of thousands of deliveries each. */
const ROUNDS_MAX = 3;
/** Below that the stream is not what is tried. */
const FEW_READERS = 1000;

type Readers = Child<ReadersCommand, ReadersResult>;

function startReaders(): Readers {
  return startChild<ReadersCommand, ReadersResult>("readers.ts", ReadersResult);
}

/** How long it takes from a PUT to the readers' screens, and how many deliveries the stream carries. */
export async function measureScreens(setting: Setting): Promise<Figure[]> {
  await using server = await setting.startServer(await setting.createDatabase("city"));
  const [desk] = setting.city.desks;
  if (!desk) throw new Error("a city without desks");
  return [...(await delays(setting, server, desk)), ...(await burstOf(setting, server, desk))];
}

async function delays(setting: Setting, server: RunningServer, desk: Desk): Promise<Figure[]> {
  await using readers = startReaders();
  const figures: Figure[] = [];
  for (const [count, perSecond] of [
    [1, 20],
    [1000, 10],
    [setting.effort.isQuick ? 2000 : 5000, 5],
  ] as const) {
    figures.push(...(await delaysOf(setting, server, readers, desk, { count, perSecond })));
  }
  return figures;
}

async function delaysOf(
  { effort }: Setting,
  server: RunningServer,
  readers: Readers,
  desk: Desk,
  { count, perSecond }: { count: number; perSecond: number },
): Promise<Figure[]> {
  await readers.ask({ kind: "open", origin: server.origin, path: LIVE, readers: count });
  const { puts } = await inTurns(Math.min(ROUNDS_MAX, effort.rounds), {
    puts: () => readers.ask({ kind: "puts", desk, perSecond, seconds: effort.seconds }),
  });
  const name = `write to screen, ${count.toLocaleString("en")} reader${count > 1 ? "s" : ""}, ${perSecond} PUTs/s`;
  const limit = "at once, for a person";
  const figures = [
    besideLimit(
      { name: `${name}: p50`, unit: "ms", limit },
      puts.map(({ p50Ms }) => p50Ms),
      { atMost: DELAY_MAX_MS },
    ),
    besideLimit(
      { name: `${name}: p99`, unit: "ms", limit },
      puts.map(({ p99Ms }) => p99Ms),
      { atMost: DELAY_MAX_MS },
    ),
  ];
  if (count > FEW_READERS)
    figures.push({
      name: `${name}: delivered`,
      unit: "deliveries/s",
      measured: spreadOf(puts.map((round) => round.perSecond)),
    });
  return figures;
}

/** Many frames to many readers as fast as it goes, beside a bare loop that writes such frames to as many sockets. */
async function burstOf(setting: Setting, server: RunningServer, desk: Desk): Promise<Figure[]> {
  await using ours = startReaders();
  await using bare = startReaders();
  const readers = setting.effort.isQuick ? 1000 : 2000;
  await ours.ask({ kind: "open", origin: server.origin, path: LIVE, readers });
  await bare.ask({ kind: "open", origin: server.origin, path: "/bench/live", readers });
  let frameBytes = 0;
  let turn = 0;
  const burst = async (to: Readers, path: string, body: object) => {
    const before = await server.cpuMs();
    const command = { path, key: desk.key, body: JSON.stringify(body), frames: BURST };
    const result = await to.ask({ kind: "burst", ...command });
    const cpuMs = (await server.cpuMs()) - before;
    return { ...result, cpuUs: (cpuMs * 1000) / result.deliveries };
  };
  const results = await inTurns(Math.min(ROUNDS_MAX, setting.effort.rounds), {
    ours: async () => {
      turn++;
      const observations = desk.beds.slice(0, BURST).map(({ facility, type }, place) => ({
        facility,
        subject: `bed:${type}`,
        value: { staffed: 40, occupied: (turn + place) % 40 },
        observedAt: new Date().toISOString(),
      }));
      const result = await burst(ours, "/api/v1/observations", { observations });
      frameBytes = Math.round(result.frameBytes);
      return result;
    },
    bare: () => burst(bare, "/bench/live", { frames: BURST, bytes: frameBytes }),
  });
  const name = `live stream, a batch of ${BURST} to ${readers.toLocaleString("en")} readers`;
  const peer = "a bare loop that writes such frames";
  return [
    besidePeer(
      { name, unit: "deliveries/s", peer },
      results.ours.map(({ perSecond }) => perSecond),
      results.bare.map(({ perSecond }) => perSecond),
    ),
    besidePeer(
      { name: `${name}: server's CPU`, unit: "us/delivery", peer },
      results.ours.map(({ cpuUs }) => cpuUs),
      results.bare.map(({ cpuUs }) => cpuUs),
    ),
  ];
}
