import { between, pick, randomOf, wholeBetween, type Random } from "@ihims/city/random.ts";
import { GENERICS } from "@ihims/core/medicines/generics.ts";
import { interpret, type CityNames } from "@ihims/core/search/interpret.ts";
import { NameIndex } from "@ihims/core/search/names.ts";
import { readersOfVocabulary } from "@ihims/core/search/readers.ts";
import { Client } from "pg";
import { besideLimit, besidePeer, percentileOf, spreadOf, type Figure } from "./figures.ts";
import { inTurns } from "./rounds.ts";
import type { Setting } from "./setting.ts";

const ENTRIES = 250_000;
const QUESTIONS = 2000;
/** PostgreSQL is asked fewer: it takes some hundred times as long. */
const PEER_QUESTIONS = 60;
/** What a person takes for at once, beside the network and the drawing. */
const P99_MAX_MS = 10;
const SHOWN = 8;

/** Free-text search among 250,000 names of a catalogue, beside PostgreSQL's trigrams on the same names. */
export async function measureSearch(setting: Setting): Promise<Figure[]> {
  const random = randomOf(1, "search");
  const names = makeCatalogue(random);
  const before = process.memoryUsage().rss;
  const index = new NameIndex<number>();
  for (const [at, name] of names.entries()) index.put(at, [name]);
  const megabytes = (process.memoryUsage().rss - before) / 1e6;
  const questions = makeQuestions(random, names);
  const find = (text: string) => index.find(text, { limit: SHOWN, isTyping: true });
  find("warm");
  await using peer = await openPeer(setting, names);
  const rounds = await inTurns(setting.effort.isQuick ? 1 : 3, {
    ours: async () => timesOf(questions, find),
    peer: async () => await timesOfPeer(peer, questions.slice(0, PEER_QUESTIONS)),
  });
  const name = `search among ${ENTRIES.toLocaleString("en")} names`;
  const at = (share: number) => (times: number[]) => percentileOf(times, share);
  const trigrams = "PostgreSQL pg_trgm, GIN, in one session";
  return [
    besidePeer(
      { name: `${name}: p50`, unit: "ms", peer: trigrams, aim: { atMost: 0.1 } },
      rounds.ours.map(at(0.5)),
      rounds.peer.map(at(0.5)),
    ),
    besideLimit({ name: `${name}: p99`, unit: "ms", limit: "at once" }, rounds.ours.map(at(0.99)), {
      atMost: P99_MAX_MS,
    }),
    ...(await clientsOf(name, questions, find)),
    { name: `${name}: memory`, unit: "MB", measured: spreadOf([megabytes]) },
    ...meaningOf(index),
  ];
}

/** Clients that each ask again as soon as they are answered: what they wait for is each other. */
async function clientsOf(
  name: string,
  questions: readonly string[],
  find: (text: string) => unknown,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const clients of [1, 8, 64]) {
    const times: number[] = [];
    const ask = async (client: number) => {
      for (let at = client; at < questions.length; at += clients) {
        const asked = performance.now();
        await new Promise(setImmediate);
        find(questions[at] ?? "");
        times.push(performance.now() - asked);
      }
    };
    await Promise.all(Array.from({ length: clients }, (_, client) => ask(client)));
    times.sort((a, b) => a - b);
    for (const [share, label] of [
      [0.5, "p50"],
      [0.99, "p99"],
    ] as const) {
      const measured = spreadOf([percentileOf(times, share)]);
      figures.push({
        name: `${name}, ${clients} at once: ${label} with the wait for one another`,
        unit: "ms",
        measured,
      });
    }
  }
  return figures;
}

/** What a whole line of words takes to be understood, with a catalogue of that size behind it. */
function meaningOf(index: NameIndex<number>): Figure[] {
  const medicines = new NameIndex<string>();
  for (const { id, en, hi, mr } of GENERICS) medicines.put(id, [...en, ...hi, ...mr]);
  // The largest catalogue stands where a city's places would: it is looked through in the same way.
  const facilities = index as unknown as CityNames["facilities"];
  const names = { facilities, doctors: new NameIndex(), places: new NameIndex(), medicines } as CityNames;
  const lines = LINES.flatMap((line) => Array.from({ length: 40 }, () => line));
  const times = timesOf(lines, (line) => interpret(line, names, readersOfVocabulary(), new Set()));
  const limit = "at once";
  const name = "understanding a line of words";
  return [
    besideLimit({ name: `${name}: p50`, unit: "ms", limit }, [percentileOf(times, 0.5)], {
      atMost: P99_MAX_MS,
    }),
    besideLimit({ name: `${name}: p99`, unit: "ms", limit }, [percentileOf(times, 0.99)], {
      atMost: P99_MAX_MS,
    }),
  ];
}

const LINES = [
  "chest pain",
  "सीने में दर्द",
  "kidney ston",
  "ICU near Kothrud",
  "dialysis open now",
  "dr kulkarni",
  "my mother has swelling in both legs and gets breathless when she walks up the stairs since three weeks",
  "पोटात दुखतंय आणि उलट्या होत आहेत",
  "ayushman card knee replacement",
  "o negative blood urgently",
];

function timesOf(texts: readonly string[], ask: (text: string) => unknown): number[] {
  return texts
    .map((text) => {
      const start = performance.now();
      ask(text);
      return performance.now() - start;
    })
    .sort((a, b) => a - b);
}

const SYLLABLES =
  "amo xi cla vu pan to pra zol me for min ate no cef tri ax one lo sar tan ator va sta tin gli ben ra bep flu cona keto ro di clo fen az ith mycin levo cet iri zine mon te luk ast".split(
    " ",
  );
const FORMS = ["tablet", "capsule", "syrup", "injection", "cream", "drops", "suspension", "ointment"];
const STRENGTHS = [5, 10, 20, 50, 100, 125, 250, 500, 650];

function coined(random: Random): string {
  return Array.from({ length: wholeBetween(random, 2, 4) }, () => pick(random, SYLLABLES)).join("");
}

/** Names as a country's list of medicines has them: brand, strength, form, maker. */
function makeCatalogue(random: Random): string[] {
  const brands = Array.from({ length: 60_000 }, () => coined(random));
  const makers = Array.from({ length: 400 }, () => coined(random));
  return Array.from(
    { length: ENTRIES },
    () =>
      `${pick(random, brands)} ${pick(random, STRENGTHS)} mg ${pick(random, FORMS)} ${pick(random, makers)}`,
  );
}

/** As people type: the brand, with an error, in another order, begun, or only what is common. */
function makeQuestions(random: Random, names: readonly string[]): string[] {
  return Array.from({ length: QUESTIONS }, (_, at) => {
    const [brand = "", strength = "", , form = "", maker = ""] = pick(random, names).split(" ");
    const gone = Math.floor(between(random, 1, Math.max(2, brand.length - 1)));
    const ways = [
      brand,
      `${brand.slice(0, gone)}${brand.slice(gone + 1)} ${strength}`,
      `${form} ${brand} ${strength}`,
      brand.slice(0, Math.max(2, brand.length - 2)),
      `${form} ${maker} mg`,
    ];
    return ways[at % ways.length] ?? brand;
  });
}

interface Peer extends AsyncDisposable {
  client: Client;
}

async function openPeer(setting: Setting, names: readonly string[]): Promise<Peer> {
  const client = new Client({ connectionString: await setting.createDatabase("nothing") });
  await client.connect();
  await client.query("create extension if not exists pg_trgm");
  await client.query(
    "create table catalogue (id int generated always as identity primary key, name text not null)",
  );
  await client.query("insert into catalogue (name) select unnest($1::text[])", [names]);
  await client.query("create index on catalogue using gin (name gin_trgm_ops)");
  await client.query("analyze catalogue");
  return { client, [Symbol.asyncDispose]: () => client.end() };
}

async function timesOfPeer({ client }: Peer, questions: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const text of questions) {
    const start = performance.now();
    await client.query({
      name: "search",
      text: "select id, name from catalogue where $1 <% name order by $1 <<-> name limit 8",
      values: [text],
    });
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}
