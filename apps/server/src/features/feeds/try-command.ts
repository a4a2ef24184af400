import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import type { MappedLine, MappingOptions } from "@ihims/connectors/mapping/line.ts";
import { UnreadableSource } from "@ihims/connectors/mapping/record.ts";
import { Mapping } from "@ihims/connectors/mapping/schema.ts";
import type { Suggestion } from "@ihims/connectors/mapping/suggest/suggest.ts";
import { Problem } from "@ihims/core/problem.ts";
import { instantOf } from "@ihims/core/time.ts";
import { mapSource, sourceOfFile, suggestFor, type Source } from "../mapping/mapping.ts";
import { lineInWords } from "./try-words.ts";

/** Lines of each sort that are printed, unless more are asked for. */
const LINES_MAX = 12;
/** Lines of each sort that are kept for the JSON report. */
const REPORTED_MAX = 1000;

interface TryOptions {
  mapping?: string;
  timeZone: string;
  country: string;
  lines: string;
  json?: boolean;
}

/** `ihims feed try|suggest`: need no database, and write nothing. */
export function addTryCommands(program: Command): void {
  const feed =
    program.commands.find((command) => command.name() === "feed") ??
    program.command("feed").description("Feeds: files that others publish, read by a mapping");
  feed
    .command("try <file>")
    .description("Show what a file becomes by a mapping, or by the one that it suggests; nothing is written")
    .option("--mapping <file>", "the mapping (JSON); without it one is suggested and printed")
    .option("--time-zone <zone>", "of times that do not say theirs", "Asia/Kolkata")
    .option("--country <code>", "of telephone numbers that do not say theirs", "IN")
    .option("--lines <count>", "how many lines of each sort are shown", String(LINES_MAX))
    .option("--json", "print the whole report as JSON")
    .action((file: string, options: TryOptions) => inWords(file, () => tryFile(file, options)));
  feed
    .command("suggest <file>")
    .description(
      "Print a mapping for a file, to be looked through and saved; what it rests on goes to stderr",
    )
    .action((file: string) =>
      inWords(file, async () => {
        const suggestion = await requireSuggestion(await sourceOfFile(file), file);
        process.stderr.write(`${findingsInWords(suggestion).join("\n")}\n`);
        process.stdout.write(`${JSON.stringify(suggestion.mapping, undefined, 2)}\n`);
      }),
    );
}

/** A file that cannot be read is told in one line. */
async function inWords(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof UnreadableSource)
      throw new Problem("bad-input", `${basename(file)}: ${error.message}`, { cause: error });
    throw error;
  }
}

async function requireSuggestion(source: Source, file: string): Promise<Suggestion> {
  const suggestion = await suggestFor(source);
  if (!suggestion)
    throw new Problem(
      "bad-input",
      `${basename(file)}: nothing in it was understood; docs/mapping.md shows how a mapping is written`,
    );
  return suggestion;
}

async function readMapping(path: string): Promise<Mapping> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new Problem("bad-input", `${path}: there is no such file`, { cause: error });
  }
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch (error) {
    throw new Problem("bad-input", `${path} is not JSON: ${error instanceof Error ? error.message : ""}`, {
      cause: error,
    });
  }
  const mapping = Mapping.safeParse(written);
  if (mapping.success) return mapping.data;
  const issues = mapping.error.issues
    .slice(0, 5)
    .map(({ path: at, message }) => `${at.join(".") || "the document"}: ${message}`);
  throw new Problem("bad-input", `${path} is no mapping: ${issues.join("; ")}`);
}

/** What a file becomes, counted, with the first lines of each sort. */
export interface TryReport {
  counts: Record<MappedLine["kind"], number>;
  refusals: { code: string; field: string | null; count: number; first: string }[];
  lines: Record<MappedLine["kind"], MappedLine[]>;
}

export async function reportOn(
  source: Source,
  mapping: Mapping,
  options: MappingOptions,
): Promise<TryReport> {
  const report: TryReport = {
    counts: { observation: 0, facility: 0, refused: 0, skipped: 0 },
    refusals: [],
    lines: { observation: [], facility: [], refused: [], skipped: [] },
  };
  for await (const line of mapSource(source, mapping, options)) {
    report.counts[line.kind] += 1;
    if (report.lines[line.kind].length < REPORTED_MAX) report.lines[line.kind].push(line);
    if (line.kind !== "refused") continue;
    const known = report.refusals.find(({ code, field }) => code === line.code && field === line.field);
    if (known) known.count += 1;
    else if (report.refusals.length < REPORTED_MAX)
      report.refusals.push({
        code: line.code,
        field: line.field,
        count: 1,
        first: lineInWords(line, options.timeZone),
      });
  }
  report.refusals.sort((a, b) => b.count - a.count);
  return report;
}

async function tryFile(file: string, options: TryOptions): Promise<void> {
  const source = await sourceOfFile(file);
  const suggestion = options.mapping === undefined ? await requireSuggestion(source, file) : undefined;
  const mapping = suggestion?.mapping ?? (await readMapping(options.mapping ?? ""));
  const report = await reportOn(source, mapping, {
    timeZone: options.timeZone,
    countryCode: options.country,
    fetchedAt: instantOf(new Date()),
  });
  if (options.json) {
    const suggested = suggestion && { findings: suggestion.findings, remarks: suggestion.remarks };
    process.stdout.write(`${JSON.stringify({ mapping, ...suggested, ...report }, undefined, 2)}\n`);
    return;
  }
  const shown = Math.max(0, Number.parseInt(options.lines, 10) || 0);
  const text = [
    ...(suggestion
      ? [
          "Suggested mapping (save it, look through it, and try it with --mapping):",
          JSON.stringify(mapping, undefined, 2),
          "",
          ...findingsInWords(suggestion),
          "",
        ]
      : []),
    ...reportInWords(report, mapping.timeZone ?? options.timeZone, shown),
  ];
  process.stdout.write(`${text.join("\n")}\n`);
}

function findingsInWords({ findings, remarks }: Suggestion): string[] {
  return [
    "Understood:",
    ...findings.map(
      ({ what, field, confidence, reason }) =>
        `  ${confidence.padEnd(6)} ${what}${field === "" ? "" : ` from "${field}"`}: ${reason}`,
    ),
    ...(remarks.length > 0 ? ["Not understood, or left out:"] : []),
    ...remarks.map(({ field, reason }) => `  "${field}": ${reason}`),
  ];
}

function reportInWords({ counts, lines, refusals }: TryReport, timeZone: string, shown: number): string[] {
  const some = (kind: MappedLine["kind"]) =>
    lines[kind].slice(0, shown).map((line) => `  ${lineInWords(line, timeZone)}`);
  const questions = lines.observation
    .filter((line) => line.kind === "observation" && line.questions.length > 0)
    .slice(0, shown);
  return [
    `${counts.observation} observations, ${counts.facility} facilities told of, ${counts.refused} refused, ${counts.skipped} records left out`,
    ...(counts.observation > 0 ? ["Observations, the first:", ...some("observation")] : []),
    ...(questions.length > 0
      ? ["Taken, but to be looked at:", ...questions.map((line) => `  ${lineInWords(line, timeZone)}`)]
      : []),
    ...(counts.facility > 0 ? ["Facilities, the first:", ...some("facility")] : []),
    ...(refusals.length > 0
      ? [
          "Refused, by reason:",
          ...refusals.slice(0, 50).map(({ code, count, first }) => `  ${count} x ${code}, first ${first}`),
        ]
      : []),
    ...(counts.skipped > 0 ? ["Left out, the first:", ...some("skipped")] : []),
  ];
}
