import { makeLargeCatalogue, type LargeCatalogueRow } from "@ihims/city/medicines/large-catalogue.ts";
import { makeQueries, type CatalogueQuery } from "@ihims/city/medicines/queries.ts";
import MiniSearch from "minisearch";
import { Client } from "pg";
import { evaluate, readCatalogue, usedBytes, type EvalCatalogue } from "../tools/medicine-eval.ts";
import { besideLimit, besidePeer, percentileOf, spreadOf, type Figure } from "./figures.ts";
import { inTurns } from "./rounds.ts";
import type { Setting } from "./setting.ts";

const NAMES = 250_000;
const EACH = 120;
/** PostgreSQL is asked fewer: it takes some hundred times as long. */
const PEER_SEARCHES = 80;
const P99_MAX_MS = 2;
const MEMORY_MAX_MIB = 60;
const SHOWN = 5;
/** What share of a class has to be among the first five. */
const RECALL_MIN: Readonly<Record<string, number>> = {
  "one-edit-insert": 0.99,
  "one-edit-delete": 0.99,
  "one-edit-substitute": 0.99,
  "one-edit-transpose": 0.99,
  "two-edits": 0.88,
};

/** Medicines among 250,000 names: what is found of each way to mistype, how soon, and in how much memory. */
export async function measureMedicines(setting: Setting): Promise<Figure[]> {
  const rows = makeLargeCatalogue(1, NAMES);
  const queries = makeQueries(1, rows, setting.effort.isQuick ? 20 : EACH);
  const catalogue = readCatalogue(
    ["name", "manufacturer", "pack", "composition1", "composition2"],
    rows.map((row, at) => ({
      place: `line ${at + 2}`,
      fields: [row.name, row.manufacturer, row.pack, row.composition1, row.composition2],
    })),
  );
  const { mini, miniMiB } = makeMiniSearch(rows);
  await using peer = await openPeer(setting, rows);
  const some = queries.filter((_, at) => at % Math.ceil(queries.length / PEER_SEARCHES) === 0);
  const rounds = await inTurns(setting.effort.isQuick ? 1 : 3, {
    ours: async () => evaluate(catalogue, queries).times.sort((a, b) => a - b),
    mini: async () => timesOf(queries, ({ query }) => void mini.search(query, OPTIONS)),
    trigrams: async () => timesOfPeer(peer, some),
  });
  const name = `a medicine among ${NAMES.toLocaleString("en")} names`;
  const at = (share: number) => (times: number[]) => percentileOf(times, share);
  return [
    besideLimit({ name: `${name}: p99`, unit: "ms", limit: "the aim" }, rounds.ours.map(at(0.99)), {
      atMost: P99_MAX_MS,
    }),
    besidePeer(
      { name: `${name}: p50`, unit: "ms", peer: "MiniSearch, fuzzy 0.25", aim: { atMost: 1 } },
      rounds.ours.map(at(0.5)),
      rounds.mini.map(at(0.5)),
    ),
    besidePeer(
      {
        name: `${name}: p50`,
        unit: "ms",
        peer: "PostgreSQL pg_trgm, GIN, in one session",
        aim: { atMost: 0.1 },
      },
      rounds.ours.map(at(0.5)),
      rounds.trigrams.map(at(0.5)),
    ),
    besideLimit({ name: `${name}: memory`, unit: "MiB", limit: "the aim" }, [catalogue.indexMiB], {
      atMost: MEMORY_MAX_MIB,
    }),
    besidePeer(
      { name: `${name}: memory`, unit: "MiB", peer: "MiniSearch", aim: { atMost: 1 } },
      [catalogue.indexMiB],
      [miniMiB],
    ),
    ...(await recallFigures(catalogue, queries, mini, peer)),
  ];
}

/** Recall among the first five by class, beside the peers on the same searches, and what was confused without a word. */
async function recallFigures(
  catalogue: EvalCatalogue,
  queries: readonly CatalogueQuery[],
  mini: MiniSearch<Row>,
  peer: Peer,
): Promise<Figure[]> {
  const { results } = evaluate(catalogue, queries);
  const figures: Figure[] = [];
  for (const [name, { searches, amongFive, dangerous }] of results) {
    const ours = amongFive / searches;
    const ofClass = queries.filter((query) => query.class === name);
    const ofMini = shareOf(ofClass, ({ query }) =>
      mini
        .search(query, OPTIONS)
        .slice(0, SHOWN)
        .map((row) => String(row["name"])),
    );
    const label = `${name}: found among five`;
    const least = RECALL_MIN[name];
    figures.push(
      least === undefined
        ? { name: label, unit: "share", measured: spreadOf([ours]) }
        : besideLimit({ name: label, unit: "share", limit: "the aim" }, [ours], { atLeast: least }),
      shareBeside(label, "MiniSearch, fuzzy 0.25", ours, ofMini),
    );
    const few = ofClass.slice(0, 20);
    const names = await Promise.all(few.map((query) => peer.find(query.query)));
    const ofPeer =
      few.filter((query, at) => isFound(query, names[at] ?? [])).length / Math.max(1, few.length);
    figures.push(shareBeside(label, "PostgreSQL pg_trgm", ours, ofPeer));
    figures.push({
      name: `${name}: confused without a word`,
      unit: "searches",
      measured: spreadOf([dangerous.length]),
    });
  }
  return figures;
}

/** A share beside a peer's; of nothing there is no ratio. */
function shareBeside(name: string, peer: string, ours: number, theirs: number): Figure {
  if (theirs > 0) return besidePeer({ name, unit: "share", peer, aim: { atLeast: 1 } }, [ours], [theirs]);
  return { name, unit: "share", measured: spreadOf([ours]), against: { name: peer, value: theirs } };
}

/** A peer has found it when a name of the same brand is among the first. */
function isFound({ expected }: CatalogueQuery, names: readonly string[]): boolean {
  const [brand] = expected.split(" ");
  return names.some((name) => name.split(" ")[0] === brand);
}

function shareOf(
  queries: readonly CatalogueQuery[],
  find: (query: CatalogueQuery) => readonly string[],
): number {
  return queries.filter((query) => isFound(query, find(query))).length / Math.max(1, queries.length);
}

interface Row {
  id: number;
  name: string;
}

const OPTIONS = { fuzzy: 0.25, prefix: true } as const;

function makeMiniSearch(rows: readonly LargeCatalogueRow[]): { mini: MiniSearch<Row>; miniMiB: number } {
  const before = usedBytes();
  const mini = new MiniSearch<Row>({ fields: ["name"], storeFields: ["name"] });
  mini.addAll(rows.map(({ name }, id) => ({ id, name })));
  return { mini, miniMiB: (usedBytes() - before) / 2 ** 20 };
}

function timesOf<T>(all: readonly T[], work: (one: T) => void): number[] {
  return all
    .map((one) => {
      const started = performance.now();
      work(one);
      return performance.now() - started;
    })
    .sort((a, b) => a - b);
}

interface Peer extends AsyncDisposable {
  find(text: string): Promise<string[]>;
}

async function openPeer(setting: Setting, rows: readonly LargeCatalogueRow[]): Promise<Peer> {
  const client = new Client({ connectionString: await setting.createDatabase("nothing") });
  await client.connect();
  await client.query("create extension if not exists pg_trgm");
  await client.query(
    "create table product (id int generated always as identity primary key, name text not null)",
  );
  await client.query("insert into product (name) select unnest($1::text[])", [rows.map(({ name }) => name)]);
  await client.query("create index on product using gin (name gin_trgm_ops)");
  await client.query("analyze product");
  return {
    async find(text) {
      const { rows: found } = await client.query<{ name: string }>({
        name: "medicine",
        text: "select name from product where $1 <% name order by $1 <<-> name limit 5",
        values: [text],
      });
      return found.map(({ name }) => name);
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
}

async function timesOfPeer(peer: Peer, queries: readonly CatalogueQuery[]): Promise<number[]> {
  const times: number[] = [];
  for (const { query } of queries) {
    const started = performance.now();
    await peer.find(query);
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b);
}
