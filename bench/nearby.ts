import { z } from "zod";
import { between, pick, randomOf } from "@ihims/city/random.ts";
import { FACILITIES } from "./city.ts";
import { besidePeer, spreadOf, type Aim, type Figure } from "./figures.ts";
import type { LoadResult } from "./load.ts";
import { startPostGis, type PeerPlace } from "./postgis.ts";
import { inTurns } from "./rounds.ts";
import type { RunningServer, Setting } from "./setting.ts";

const CONNECTIONS = 16;
/** Until the server's code is compiled and the board has made what it shows of most places. */
const WARM_UP_S = 6;
/** Questions from as many places that hardly one comes twice while its answer is kept. */
const PLACES = 20_000;
/** Questions that come again and again. */
const REPEATED = 64;
/** What is asked for: who offers this and has a bed of this type free, around here. */
const SOUGHT = { specialty: "cardiology", bed: "icu", radius: 15_000 } as const;

interface Round extends LoadResult {
  /** Processor time of the server for one request, in microseconds. */
  cpuUs: number;
}

/**
 * The twenty nearest that offer a specialty and have a bed of a type free within 15 km, beside the
 * same server that answers constant bytes of the same size, and beside PostGIS behind that server.
 */
export async function measureNearby(setting: Setting): Promise<Figure[]> {
  const database = await setting.createDatabase("city");
  const places = await peerPlacesOf(setting, database);
  await using postgis = await startPostGis(places);
  if (!postgis) console.error("PostGIS is not installed, so nothing stands beside it");
  await using server = await setting.startServer(database, postgis?.url);
  await using load = setting.startLoad();
  const read = (paths: string[], answerStart: string, seconds: number) =>
    withCpu(server, () =>
      load.ask({
        origin: server.origin,
        connections: CONNECTIONS,
        seconds,
        traffic: { kind: "reads", paths, answerStart },
      }),
    );
  const { paths, repeated, byCare, fromPostGis } = questionsFor(setting);
  const { seconds, rounds } = setting.effort;
  const bytes = Math.round((await read(paths, LIST, WARM_UP_S)).bodyBytes);
  const careBytes = Math.round((await read(byCare, LIST, WARM_UP_S)).bodyBytes);
  const constant = (size: number) => () => read([`/bench/constant/${size}`], "x", seconds);
  const results = await inTurns(rounds, {
    ours: () => read(paths, LIST, seconds),
    constant: constant(bytes),
    repeated: () => read(repeated, LIST, seconds),
    constantAgain: constant(bytes),
    care: () => read(byCare, LIST, seconds),
    constantAsCare: constant(careBytes),
    // Without it the turn is taken by something else, and not shown.
    postgis: () => read(postgis ? fromPostGis : repeated, LIST, seconds),
  });
  const name = `nearby, 20 with a specialty and a bed free within 15 km, ${kilobytes(bytes)}`;
  return [
    ...figuresOf(name, results.ours, results.constant, { atLeast: 0.75 }),
    ...(postgis ? [besidePostGis(name, results.ours, results.postgis)] : []),
    ...figuresOf(`${name}, asked again`, results.repeated, results.constantAgain, { atLeast: 0.9 }),
    ...figuresOf(`by time to care, ${kilobytes(careBytes)}`, results.care, results.constantAsCare),
    await memoryOf(setting, server),
  ];
}

const LIST = '{"items":[';

/** Questions from many places; each is from somewhere near a facility. */
function questionsFor({ city }: Setting): Record<"paths" | "repeated" | "byCare" | "fromPostGis", string[]> {
  const random = randomOf(2, "questions");
  const jitter = () => between(random, -0.01, 0.01);
  const nears = Array.from({ length: PLACES }, () => {
    const { lat, lon } = pick(random, city.places);
    return `${(lat + jitter()).toFixed(5)},${(lon + jitter()).toFixed(5)}`;
  });
  const { specialty, bed, radius } = SOUGHT;
  const sought = `&specialty=${specialty}&bed=${bed}`;
  const paths = nears.map(
    (near) => `/api/v1/facilities?near=${near}&radius=${radius}${sought}&sort=distance`,
  );
  return {
    paths,
    repeated: paths.slice(0, REPEATED),
    byCare: nears.map((near) => `/api/v1/facilities?near=${near}&radius=${radius}${sought}`),
    fromPostGis: nears.map((near) => `/bench/postgis?near=${near}${sought}`),
  };
}

const Page = z.object({
  items: z.array(
    z.looseObject({
      id: z.string(),
      position: z.object({ lat: z.number(), lon: z.number() }),
      beds: z.array(
        z.object({ type: z.string(), value: z.object({ free: z.number().optional() }).nullable() }),
      ),
    }),
  ),
  nextCursor: z.string().nullable(),
});

/** Every facility as our own lists show it, for the peer to answer with the same. */
async function peerPlacesOf(setting: Setting, database: string): Promise<PeerPlace[]> {
  await using server = await setting.startServer(database);
  const places: PeerPlace[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const from = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const response = await fetch(`${server.origin}/api/v1/facilities?limit=100${from}`);
    const page = Page.parse(await response.json());
    for (const item of page.items)
      places.push(peerPlaceOf(item, setting.city.specialties.get(item.id) ?? []));
    cursor = page.nextCursor;
  }
  return places;
}

function peerPlaceOf(item: z.infer<typeof Page>["items"][number], specialties: readonly string[]): PeerPlace {
  const { id, position, beds } = item;
  const row = JSON.stringify({
    ...item,
    beds: beds.filter(({ type }) => type === SOUGHT.bed),
    distance: undefined,
  });
  return {
    id,
    ...position,
    specialties,
    freeBeds: beds.filter(({ value }) => (value?.free ?? 0) > 0).map(({ type }) => type),
    row: row.slice(1),
  };
}

function figuresOf(name: string, ours: readonly Round[], peers: readonly Round[], aim?: Aim): Figure[] {
  const peer = "constant bytes of that size";
  return [
    besidePeer(
      { name, unit: "requests/s", peer, ...(aim && { aim }) },
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

function besidePostGis(name: string, ours: readonly Round[], postgis: readonly Round[]): Figure {
  return besidePeer(
    { name, unit: "requests/s", peer: "PostGIS behind the same server", aim: { atLeast: 6 } },
    ours.map(({ perSecond }) => perSecond),
    postgis.map(({ perSecond }) => perSecond),
  );
}

/** What a thousand facilities take, over what the server takes without any. */
async function memoryOf(setting: Setting, full: RunningServer): Promise<Figure> {
  await using empty = await setting.startServer(await setting.createDatabase("nothing"));
  const bytes = (await full.memoryBytes()) - (await empty.memoryBytes());
  return {
    name: "memory of 1,000 facilities, with their live beds and ready rows",
    unit: "MB",
    measured: spreadOf([bytes / 1e6 / (FACILITIES / 1000)]),
  };
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
