import { createReadStream } from "node:fs";
import { makeLargeCatalogue } from "@ihims/city/medicines/large-catalogue.ts";
import { makeQueries } from "@ihims/city/medicines/queries.ts";
import { readCsvStream } from "../apps/server/src/platform/csv-stream.ts";
import {
  evaluate,
  lookAlikeCases,
  readCatalogue,
  type ClassResult,
  type EvalCase,
  type EvalCatalogue,
} from "./medicine-eval.ts";

/** Rows and searches of each class when no files are given. */
const MADE_ROWS = 250_000;
const MADE_EACH = 250;
/** How often every search is made, to take its time. */
const ROUNDS = 5;
/** Searches that failed and are printed, of each class. */
const MISSED_SHOWN = 5;

const usage = `usage: npm run eval:medicines -- [CATALOGUE QUERIES] [--misses]

CATALOGUE is a list of medicines as CSV, read as by ihims import medicines. QUERIES is CSV with the
columns query, expected (a product's name, a brand or a generic) and class. Without files a made-up
catalogue of ${MADE_ROWS} names is searched.`;

const HEADERS: Record<keyof EvalCase, RegExp> = {
  query: /^(?:query|q|text|search|typed|input|misspel\w+|typo)$/i,
  expected:
    /^(?:expected|expected[ _]?\w+|target|answer|correct\w*|truth|gold|label|name|brand|medicine|product)$/i,
  class: /^(?:class|type|kind|category|error|error[ _]?\w+|query[ _]?(?:class|type))$/i,
};

const files = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const isShowingMisses = process.argv.includes("--misses");
if (process.argv.includes("--help") || files.length === 1) {
  process.stderr.write(`${usage}\n`);
  process.exitCode = files.length === 1 ? 2 : 0;
} else {
  const [catalogueFile, queriesFile] = files;
  const given = catalogueFile !== undefined && queriesFile !== undefined;
  const { catalogue, cases } = given ? await readFiles(catalogueFile, queriesFile) : make();
  const { products, rejected, indexMiB } = catalogue;
  print(
    `${products.length} products, ${rejected.length} put aside; the index takes ${indexMiB.toFixed(1)} MiB`,
  );
  const rounds = Array.from({ length: ROUNDS }, () => evaluate(catalogue, cases));
  report(rounds[0]?.results ?? new Map());
  // The least of a search's times is what it takes; the rest is what else the machine does.
  const times = cases
    .map((_, at) => Math.min(...rounds.map((round) => round.times[at] ?? Infinity)))
    .sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(2);
  print(
    `a search takes ${at(0.5)} ms (p50), ${at(0.99)} ms (p99), ${at(1)} ms at most, the best of ${ROUNDS} rounds`,
  );
  const alike = lookAlikeCases();
  const found = evaluate(alike.catalogue, alike.cases).results;
  print(
    `\nlook-alikes: ${alike.catalogue.products.length} names of the written list, searched as they are and misspelt`,
  );
  report(found);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function make(): { catalogue: EvalCatalogue; cases: EvalCase[] } {
  const rows = makeLargeCatalogue(1, MADE_ROWS);
  const catalogue = readCatalogue(
    ["name", "manufacturer", "pack", "composition1", "composition2"],
    rows.map(({ name, manufacturer, pack, composition1, composition2 }, at) => ({
      place: `line ${at + 2}`,
      fields: [name, manufacturer, pack, composition1, composition2],
    })),
  );
  return { catalogue, cases: makeQueries(1, rows, MADE_EACH) };
}

async function readFiles(catalogueFile: string, queriesFile: string) {
  const list = await readCsvStream(createReadStream(catalogueFile));
  const records: { place: string; fields: string[] }[] = [];
  for await (const batch of list.batches)
    for (const { line, fields, fault } of batch)
      records.push({ place: `line ${line}`, fields, ...(fault !== undefined && { fault }) });
  const catalogue = readCatalogue(list.headers, records);
  const table = await readCsvStream(createReadStream(queriesFile));
  const column = (field: keyof EvalCase) => table.headers.findIndex((header) => HEADERS[field].test(header));
  const columns = { query: column("query"), expected: column("expected"), class: column("class") };
  if (columns.query === -1 || columns.expected === -1)
    throw new Error(
      `${queriesFile} needs the columns query and expected; it has ${table.headers.join(", ")}`,
    );
  const cases: EvalCase[] = [];
  for await (const batch of table.batches)
    for (const { fields } of batch)
      cases.push({
        query: fields[columns.query] ?? "",
        expected: fields[columns.expected] ?? "",
        class: fields[columns.class] ?? "all",
      });
  return { catalogue, cases };
}

function report(results: ReadonlyMap<string, ClassResult>): void {
  const width = Math.max(...[...results.keys()].map((name) => name.length), 5);
  print(`${"class".padEnd(width)}  searches  recall@1  recall@5  unsure  dangerous`);
  for (const [name, { searches, first, amongFive, unsure, dangerous, missed }] of results) {
    const share = (count: number) => (count / searches).toFixed(3);
    print(
      `${name.padEnd(width)}  ${String(searches).padStart(8)}  ${share(first).padStart(8)}  ${share(amongFive).padStart(8)}  ${share(unsure).padStart(6)}  ${String(dangerous.length).padStart(9)}`,
    );
    for (const { query, expected } of dangerous.slice(0, MISSED_SHOWN))
      print(`  dangerous: "${query}" for "${expected}"`);
    if (isShowingMisses)
      for (const { query, expected } of missed.slice(0, MISSED_SHOWN))
        print(`  missed: "${query}" for "${expected}"`);
  }
}
