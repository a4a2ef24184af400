import { randomOf, wholeBetween } from "@ihims/city/random.ts";
import { createFacility } from "@ihims/server/features/facilities/facilities.ts";
import type { MedicineId } from "@ihims/core/medicines/schema.ts";
import { areaOf } from "@ihims/core/stock/rules.ts";
import { Client } from "pg";
import { besideLimit, besidePeer, percentileOf, spreadOf, type Figure } from "./figures.ts";
import { inTurns } from "./rounds.ts";
import type { Setting } from "./setting.ts";
import { openApp } from "./stock-rows.ts";
import { CENTRE, fillCatalogue, fillPharmacies, type BenchPharmacy } from "./stock-shelves.ts";

const MEDICINES = 10_000;
/** Medicines that every pharmacy has; of the others each has its own. */
const EVERYWHERE = 200;
const LINES_OF_ONE = 1000;
/** Half a million lines, and ten times as many. */
const PHARMACIES = [500, 5000] as const;
const QUICK_PHARMACIES = [50, 500] as const;
const QUESTIONS = 200;
/** As long as one may wait for "who near me has it" at the 99th percentile. */
const P99_MAX_MS = 20;
const SHOWN = 20;
const RADIUS_M = 10_000;

interface Measured {
  figures: Figure[];
  lines: number;
  p50s: number[];
}

/**
 * "Who near me has X" over HTTP, beside PostgreSQL with an index by medicine asked the same; how that
 * and memory grow with ten times as many lines.
 */
export async function measureStock(setting: Setting): Promise<Figure[]> {
  const { isQuick } = setting.effort;
  const measured: Measured[] = [];
  for (const count of isQuick ? QUICK_PHARMACIES : PHARMACIES) measured.push(await measureAt(setting, count));
  const [small, large] = measured;
  if (!small || !large) throw new Error("nothing was measured");
  return [
    ...small.figures,
    ...large.figures,
    besidePeer(
      {
        name: `who near has a medicine: p50 at ${millions(large.lines)}`,
        unit: "ms",
        peer: `at ${millions(small.lines)}`,
      },
      large.p50s,
      small.p50s,
    ),
  ];
}

async function measureAt(setting: Setting, count: number): Promise<Measured> {
  const url = await setting.createDatabase("nothing");
  const { medicines, pharmacies } = await fillShelves(setting, url, count);
  const lines = count * LINES_OF_ONE;
  await using peer = await openPeer(url, pharmacies);
  await using empty = await setting.startServer(await setting.createDatabase("nothing"));
  const start = performance.now();
  await using server = await setting.startServer(url);
  const questions = questionsFor(medicines);
  const ask = async ({ id, near }: Question) => {
    const response = await fetch(
      `${server.origin}/api/v1/medicines/${id}/availability?near=${near.lat.toFixed(5)},${near.lon.toFixed(5)}&radius=${RADIUS_M}&limit=${SHOWN}`,
    );
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    await response.arrayBuffer();
  };
  for (const question of questions.slice(0, 1)) await ask(question);
  const readS = (performance.now() - start) / 1000;
  const bytes = (await server.memoryBytes()) - (await empty.memoryBytes());
  const rounds = await inTurns(setting.effort.rounds, {
    ours: () => timesOf(questions, ask),
    peer: () => timesOf(questions, (question) => peer.ask(question)),
  });
  const at = (times: readonly (readonly number[])[], share: number) =>
    times.map((round) => percentileOf(round, share));
  const name = `who near has a medicine, ${millions(lines)} lines`;
  const sql = "the same of PostgreSQL, indexed by medicine";
  const p50s = at(rounds.ours, 0.5);
  return {
    lines,
    p50s,
    figures: [
      besidePeer(
        { name: `${name}: p50`, unit: "ms", peer: sql, aim: { atMost: 1 } },
        p50s,
        at(rounds.peer, 0.5),
      ),
      besidePeer(
        { name: `${name}: p99`, unit: "ms", peer: sql },
        at(rounds.ours, 0.99),
        at(rounds.peer, 0.99),
      ),
      besideLimit({ name: `${name}: p99`, unit: "ms", limit: "the aim" }, at(rounds.ours, 0.99), {
        atMost: P99_MAX_MS,
      }),
      {
        name: `${name}: memory over an empty server`,
        unit: "bytes/line",
        measured: spreadOf([bytes / lines]),
      },
      { name: `${name}: start until it is answered`, unit: "s", measured: spreadOf([readS]) },
    ],
  };
}

/** Catalogue, pharmacies and their shelves, written straight into the tables: how lists come in is measured elsewhere. */
async function fillShelves(
  { effort }: Setting,
  url: string,
  count: number,
): Promise<{ medicines: MedicineId[]; pharmacies: BenchPharmacy[] }> {
  await using app = await openApp(url);
  const ctx = app.operator();
  const medicines = await fillCatalogue(ctx, effort.isQuick ? 2000 : MEDICINES);
  const pharmacies = await ctx.transaction((tx) =>
    fillPharmacies((profile) => createFacility(tx, profile), count),
  );
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("insert into stock_medicine (medicine_id) select unnest($1::text[])", [medicines]);
  await client.query(
    "insert into stock_facility (facility_id, area) select * from unnest($1::text[], $2::smallint[])",
    [pharmacies.map(({ id }) => id), pharmacies.map(({ position }) => areaOf(CENTRE, position))],
  );
  // Steps by 13 meet each of the others once before they come round.
  await client.query(
    `insert into stock_line (area, facility_no, medicine_no, source, quantity, price_minor, observed_at, received_at, version)
     select f.area, f.no, case when n < $1 then n + 1 else $1 + 1 + (f.no * 7919 + n * 13) % ($2 - $1) end,
       'api', (f.no * 31 + n * 17) % 40, 500 + (n * 37) % 9000, moment, moment, 1
     from stock_facility f, generate_series(0, $3 - 1) n, lateral (select date_trunc('second', now()) as moment) m
     order by f.area, f.no`,
    [EVERYWHERE, medicines.length, LINES_OF_ONE],
  );
  await client.query("analyze stock_line");
  await client.end();
  return { medicines, pharmacies };
}

interface Question {
  id: MedicineId;
  near: { lat: number; lon: number };
}

/** Half of them for what every pharmacy has, half for what few have. */
function questionsFor(medicines: readonly MedicineId[]): Question[] {
  const random = randomOf(2, "bench stock");
  return Array.from({ length: QUESTIONS }, (_, at) => {
    const no =
      at % 2 === 0
        ? wholeBetween(random, 0, EVERYWHERE - 1)
        : wholeBetween(random, EVERYWHERE, medicines.length - 1);
    const id = medicines[no];
    if (id === undefined) throw new Error("a medicine that is none of the catalogue");
    const near = { lat: CENTRE.lat + (random.next() - 0.5) / 8, lon: CENTRE.lon + (random.next() - 0.5) / 8 };
    return { id, near };
  });
}

/** Times in rising order, in milliseconds, asked one after the other. */
async function timesOf(
  questions: readonly Question[],
  ask: (question: Question) => Promise<void>,
): Promise<number[]> {
  const times: number[] = [];
  for (const question of questions) {
    const start = performance.now();
    await ask(question);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}

async function openPeer(
  url: string,
  pharmacies: readonly BenchPharmacy[],
): Promise<AsyncDisposable & { ask(question: Question): Promise<void> }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("create index bench_medicine on stock_line (medicine_no)");
  await client.query(
    `create table bench_place as select s.no, given.lat, given.lon from unnest($1::text[], $2::float[], $3::float[]) as given (id, lat, lon)
     join stock_facility s on s.facility_id = given.id`,
    [
      pharmacies.map(({ id }) => id),
      pharmacies.map(({ position }) => position.lat),
      pharmacies.map(({ position }) => position.lon),
    ],
  );
  await client.query("create index on bench_place (no)");
  await client.query("analyze bench_place");
  return {
    async ask({ id, near }) {
      await client.query({
        name: "who-has",
        text: `select * from (
            select f.id, f.profile, l.quantity, l.price_minor, l.observed_at,
              12742000 * asin(sqrt(sin(radians(p.lat - $2) / 2) ^ 2 + cos(radians($2)) * cos(radians(p.lat)) * sin(radians(p.lon - $3) / 2) ^ 2)) as metres
            from stock_medicine m join stock_line l on l.medicine_no = m.no join bench_place p on p.no = l.facility_no
              join stock_facility s on s.no = l.facility_no join facility f on f.id = s.facility_id
            where m.medicine_id = $1 and l.quantity > 0
          ) found where metres <= $4 order by metres limit $5`,
        values: [id, near.lat, near.lon, RADIUS_M, SHOWN],
      });
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
}

function millions(lines: number): string {
  return `${lines / 1e6} million`;
}
