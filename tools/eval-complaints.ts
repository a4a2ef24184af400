import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { SPECIALTIES_MAX } from "@ihims/core/search/endpoints.ts";
import { readersOfVocabulary } from "@ihims/core/search/readers.ts";
import { SpecialtyFinder } from "@ihims/core/search/specialties.ts";
import type { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import { VOCABULARY } from "@ihims/core/vocabulary/vocabulary.ts";
import { evaluate, readCases, type Case, type Result } from "./complaint-cases.ts";

/** Worst labels and confusions that are printed. */
const SHOWN_MAX = 15;

const usage = `usage: npm run eval:complaints -- FILE [--misses]

FILE is CSV with the columns text,specialties (or package_name,procedure_name,specialties);
several specialties are separated by ; or |, any of them is right.`;

const [file, ...options] = process.argv.slice(2);
if (file === undefined || file.startsWith("--")) {
  process.stderr.write(`${usage}\n`);
  process.exitCode = file === "--help" ? 0 : 2;
} else {
  const rows = parse<Record<string, string>>(readFileSync(file, "utf8"), { columns: true, bom: true });
  const { cases, unknown } = readCases(rows);
  if (unknown.length > 0) process.stdout.write(`not known as specialties: ${unknown.join(", ")}\n`);
  const started = performance.now();
  const finder = new SpecialtyFinder(readersOfVocabulary());
  const loadMs = performance.now() - started;
  report(
    evaluate(cases, (text) => answerOf(finder, text)),
    loadMs,
  );
  if (options.includes("--misses")) reportMisses(cases, finder);
}

/** As the public is answered: an emergency, where there is one, takes the first place. */
function answerOf(finder: SpecialtyFinder, text: string): SpecialtyId[] {
  return finder.find(text, "en", SPECIALTIES_MAX).items.map(({ specialty }) => specialty);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function report(result: Result, loadMs: number): void {
  const { constant } = result;
  const lines = [
    `${result.cases} texts, vocabulary of ${VOCABULARY.length} entries loaded in ${loadMs.toFixed(0)} ms, ${result.meanMs.toFixed(2)} ms a text`,
    "",
    "                  ours  constant answer",
    `recall@1       ${percent(result.recallAt1).padStart(7)}  ${percent(constant.recallAt1)}`,
    `recall@3       ${percent(result.recallAt3).padStart(7)}  ${percent(constant.recallAt3)}`,
    `macro-recall@3 ${percent(result.macroRecallAt3).padStart(7)}  ${percent(constant.macroRecallAt3)}`,
    `(constant: ${constant.labels.join(", ")})`,
    "",
    "worst specialties: found of expected, and what was answered first instead",
    ...result.labels
      .toSorted((a, b) => b.of - b.found - (a.of - a.found))
      .slice(0, SHOWN_MAX)
      .map(
        ({ label, found, of, instead }) =>
          `  ${label.padEnd(32)} ${String(found).padStart(4)} of ${String(of).padStart(4)}   ${instead.map(([name, times]) => `${name} ${times}`).join(", ")}`,
      ),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

function reportMisses(cases: readonly Case[], finder: SpecialtyFinder): void {
  for (const one of cases) {
    const { items, interpretation } = finder.find(one.text, "en", SPECIALTIES_MAX);
    const { recallAt3 } = evaluate([one], () => items.map(({ specialty }) => specialty));
    if (recallAt3 === 1) continue;
    const got = items.slice(0, 3).map(({ specialty }) => specialty);
    const by = interpretation.understood.slice(0, 3).map(({ code }) => code);
    process.stdout.write(
      `${one.expected.join("|")} <- ${got.join(",")} (${by.join(",")}): ${one.text.slice(0, 120)}\n`,
    );
  }
}
