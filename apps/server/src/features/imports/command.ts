import { basename } from "node:path";
import { SingleBar } from "cli-progress";
import { type Command, InvalidArgumentError } from "commander";
import { LIST_FIELDS } from "@ihims/connectors/csv/columns.ts";
import type { ImportRow } from "@ihims/connectors/facilities/row.ts";
import { dateIn } from "@ihims/core/calendar.ts";
import { FacilityKind } from "@ihims/core/facilities/schema.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { millisOf } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { readListFile, readOsmFile } from "./files.ts";
import { decideMatch, importFacilities, listOpenMatches, type ImportReport } from "./imports.ts";

type WithContext = (work: (ctx: Context) => Promise<void>) => Promise<void>;

/** A bar appears only for work that takes longer. */
const PROGRESS_AFTER_MS = 2000;
/** Lines of each sort that are printed one by one; the whole list is in the JSON report. */
const LINES_MAX = 200;

interface CommonOptions {
  dryRun?: boolean;
  json?: boolean;
}

interface ListCommandOptions extends CommonOptions {
  map?: string[];
  kind?: FacilityKind;
  register?: string;
  attribution?: string;
}

interface MatchOptions {
  same?: string[];
  different?: string[];
  json?: boolean;
}

/** `ihims import osm|facilities|matches`. */
export function addImportCommands(program: Command, withContext: WithContext): void {
  const imports =
    program.commands.find((command) => command.name() === "import") ??
    program.command("import").description("Bring a city in from files");
  imports
    .command("osm <file>")
    .description("Healthcare of an OpenStreetMap extract: .osm.pbf, .osm or .osm.gz; again to update")
    .option("--dry-run", "say what would happen and write nothing")
    .option("--json", "print the whole report as JSON")
    .action((file: string, options: CommonOptions) =>
      withContext((ctx) =>
        runImport(ctx, file, options, (progress) => readOsmFile(file, readingOptionsOf(ctx), progress.read)),
      ),
    );
  imports
    .command("facilities <file>")
    .description("A list of facilities: CSV or GeoJSON; again to update")
    .option(
      "--map <field=column,...>",
      `which column holds what, where the guess is wrong: ${LIST_FIELDS.join(", ")}`,
      collect,
      [],
    )
    .option("--kind <kind>", "what places are whose kind the list does not state", readKind)
    .option("--register <name>", "whose ids the list has, as hfr; the file's name otherwise", readRegister)
    .option("--attribution <words>", "what the list's licence asks to be shown")
    .option("--dry-run", "say what would happen and write nothing")
    .option("--json", "print the whole report as JSON")
    .action((file: string, options: ListCommandOptions) =>
      withContext((ctx) => runImport(ctx, file, options, () => listRows(ctx, file, options))),
    );
  imports
    .command("matches")
    .description("Facilities that look alike: list those that nobody has decided, or decide")
    .option("--same <A=B...>", "they are one: what is imported of B goes to A from now on", collect)
    .option("--different <A=B...>", "they are two, and it is never asked again", collect)
    .option("--json", "print the result as JSON")
    .action((options: MatchOptions) => withContext((ctx) => runMatches(ctx, options)));
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

function readKind(text: string): FacilityKind {
  const kind = FacilityKind.safeParse(text);
  if (!kind.success) throw new InvalidArgumentError(`Kinds are ${FacilityKind.options.join(", ")}.`);
  return kind.data;
}

function readRegister(text: string): string {
  if (!/^[a-z][a-z0-9:._-]{0,40}$/u.test(text))
    throw new InvalidArgumentError("Small letters, digits, : . _ and -, beginning with a letter.");
  return text;
}

function readingOptionsOf(ctx: Context) {
  return {
    countryCode: ctx.city.countryCode,
    year: Number(dateIn(ctx.city.timeZone, millisOf(ctx.now())).slice(0, 4)),
  };
}

async function* listRows(ctx: Context, file: string, options: ListCommandOptions): AsyncGenerator<ImportRow> {
  const { map = [], kind, register, attribution } = options;
  const list = await readListFile(file, {
    ...readingOptionsOf(ctx),
    map: map.join(","),
    near: ctx.city.centre,
    ...(kind && { kind }),
    ...(register && { register }),
    ...(attribution && { attribution }),
  });
  if (!options.json) {
    const columns = Object.entries(list.columns).map(([field, column]) => `${field}=${column}`);
    if (columns.length > 0) process.stderr.write(`Columns: ${columns.join(",")}\n`);
  }
  yield* list.rows;
}

async function runImport(
  ctx: Context,
  file: string,
  options: CommonOptions,
  rowsOf: (progress: Progress) => AsyncIterable<ImportRow>,
): Promise<void> {
  const progress = new Progress();
  try {
    const report = await importFacilities(ctx, rowsOf(progress), {
      dryRun: options.dryRun ?? false,
      source: basename(file),
      onProgress: progress.write,
    });
    progress.stop();
    if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
    else printReport(report);
    if (report.read === 0) throw new Error(`${basename(file)} has no healthcare facility in it`);
    if (report.skipped.length === report.read)
      throw new Error(`nothing of ${basename(file)} could be taken in: ${report.skipped[0]?.reason ?? ""}`);
  } finally {
    progress.stop();
  }
}

/** A bar on a terminal, for work that takes longer than a moment. */
class Progress {
  readonly #startedAt = performance.now();
  #bar: SingleBar | undefined;
  #phase = "";

  readonly read = (bytes: number, total: number): void => this.#show("Reading", bytes, total);
  readonly write = (done: number, total: number): void => this.#show("Writing", done, total);

  #show(phase: string, done: number, total: number): void {
    if (!process.stderr.isTTY || performance.now() - this.#startedAt < PROGRESS_AFTER_MS) return;
    if (!this.#bar || phase !== this.#phase) {
      this.stop();
      this.#phase = phase;
      this.#bar = new SingleBar({
        format: `${phase} [{bar}] {percentage} %`,
        stream: process.stderr,
        clearOnComplete: true,
        hideCursor: true,
      });
      this.#bar.start(total, done);
    }
    this.#bar.update(done);
  }

  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}

function printReport(report: ImportReport): void {
  printLines(
    "skipped",
    report.skipped.map(
      ({ place, name, reason }) => `${place}${name === null ? "" : ` "${name}"`}: ${reason}`,
    ),
  );
  printLines(
    "note",
    report.notes.map(({ place, name, reason }) => `${place} "${name ?? ""}": ${reason}`),
  );
  printLines(
    "taken for",
    report.matched.map(
      ({ place, name, facility, distanceM }) =>
        `${place} "${name}": ${facility.id} "${facility.name}", ${distanceM} m away`,
    ),
  );
  printLines(
    "alike",
    report.doubtful.map(
      ({ one, other, distanceM }) =>
        `${sideOf(one)} and ${sideOf(other)}, ${distanceM} m apart: one or two? (ihims import matches)`,
    ),
  );
  const kinds = Object.entries(report.byKind).toSorted(([, a], [, b]) => b - a);
  const width = Math.max(10, ...kinds.map(([kind]) => kind.length));
  for (const [kind, count] of kinds)
    process.stdout.write(`${kind.padEnd(width)} ${String(count).padStart(7)}\n`);
  const { read, created, updated, unchanged, skipped } = report;
  const what = report.dryRun ? "Nothing was written. There would be" : `${report.source}:`;
  process.stdout.write(
    `${what} ${created} created, ${updated} updated, ${unchanged} unchanged, ${skipped.length} skipped, of ${read} read\n`,
  );
}

function sideOf({ id, name }: { id: FacilityId | null; name: string }): string {
  return id === null ? `"${name}"` : `${id} "${name}"`;
}

function printLines(what: string, lines: readonly string[]): void {
  // Each skipped row is named, however many; the other lines are remarks.
  const most = what === "skipped" ? Infinity : LINES_MAX;
  for (const line of lines.slice(0, most)) process.stderr.write(`${what}: ${line}\n`);
  if (lines.length > most)
    process.stderr.write(`${what}: ${lines.length - most} more; --json has them all\n`);
}

async function runMatches(ctx: Context, options: MatchOptions): Promise<void> {
  for (const verdict of ["same", "different"] as const) {
    for (const pair of options[verdict] ?? []) {
      const [one = "", other = ""] = pair.split("=");
      const ids = [FacilityId.safeParse(one), FacilityId.safeParse(other)] as const;
      if (!ids[0].success || !ids[1].success) throw new Error(`"${pair}" is not two ids as A=B`);
      await decideMatch(ctx, ids[0].data, ids[1].data, verdict);
    }
  }
  const open = await listOpenMatches(ctx);
  if (options.json) return void process.stdout.write(`${JSON.stringify({ open })}\n`);
  for (const { one, other, nameSimilarity, distanceM } of open) {
    process.stdout.write(
      `${one}=${other}  names ${Math.round((nameSimilarity ?? 0) * 100)} % alike, ${distanceM ?? "?"} m apart\n`,
    );
  }
  if (open.length === 0) process.stdout.write("Nothing to decide\n");
}
