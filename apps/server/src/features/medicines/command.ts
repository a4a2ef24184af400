import { createWriteStream, type WriteStream } from "node:fs";
import { basename } from "node:path";
import { once } from "node:events";
import { SingleBar } from "cli-progress";
import { type Command, InvalidArgumentError } from "commander";
import { MEDICINE_FIELDS } from "@ihims/connectors/medicines/columns.ts";
import type { Context } from "../../platform/context.ts";
import { importMedicines, sourceOf, type MedicineImportReport } from "./import.ts";

type WithContext = (work: (ctx: Context) => Promise<void>) => Promise<void>;

/** A bar appears only for work that takes longer. */
const PROGRESS_AFTER_MS = 2000;
/** Records put aside that are printed one by one; `--rejected` has them all. */
const LINES_MAX = 100;

interface Options {
  map?: string[];
  source?: string;
  currency: string;
  public?: boolean;
  rejected?: string;
  dryRun?: boolean;
  json?: boolean;
}

/** `ihims import medicines`. */
export function addMedicineCommands(program: Command, withContext: WithContext): void {
  const imports =
    program.commands.find((command) => command.name() === "import") ??
    program.command("import").description("Bring a city in from files");
  imports
    .command("medicines <file>")
    .description("A country's list of medicines: CSV, also gzipped; again to update")
    .option(
      "--map <field=column,...>",
      `which column holds what, where the guess is wrong, A+B for several: ${MEDICINE_FIELDS.join(", ")}`,
      (value: string, before: string[]) => [...before, value],
      [],
    )
    .option(
      "--source <name>",
      "the list's name, by which it is known when it is imported again; the file's otherwise",
      readSource,
    )
    .option("--currency <code>", "ISO 4217 code of its prices", readCurrency, "INR")
    .option("--public", "it is the public pharmacies' own list, with their prices")
    .option("--rejected <file>", "write every record that is put aside to this file, as CSV")
    .option("--dry-run", "say what would happen and write nothing")
    .option("--json", "print the report as JSON")
    .action((file: string, options: Options) => withContext((ctx) => run(ctx, file, options)));
}

function readSource(text: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,79}$/.test(text))
    throw new InvalidArgumentError("Small letters, digits and hyphens.");
  return text;
}

function readCurrency(text: string): string {
  if (!/^[A-Z]{3}$/.test(text)) throw new InvalidArgumentError("Three capital letters, as INR.");
  return text;
}

async function run(ctx: Context, file: string, options: Options): Promise<void> {
  const { map = [], currency, dryRun = false } = options;
  const progress = new Progress();
  const rejects = options.rejected === undefined ? undefined : await openRejects(options.rejected);
  try {
    const report = await importMedicines(ctx, file, {
      source: options.source ?? sourceOf(file),
      map: map.join(","),
      currency,
      isPublicPharmacy: options.public ?? false,
      dryRun,
      onProgress: progress.show,
      onRejected: ({ place, name, field, reason }) =>
        void rejects?.write(`${[place, name ?? "", field ?? "", reason].map(quoted).join(",")}\n`),
    });
    progress.stop();
    if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
    else print(report);
    if (report.read === 0) throw new Error(`${basename(file)} has no medicine in it`);
    if (report.rejected === report.read)
      throw new Error(`nothing of ${basename(file)} could be taken in: ${report.rejects[0]?.reason ?? ""}`);
  } finally {
    progress.stop();
    rejects?.end();
    if (rejects) await once(rejects, "close");
  }
}

async function openRejects(path: string): Promise<WriteStream> {
  const stream = createWriteStream(path);
  await once(stream, "open");
  stream.write("place,name,field,reason\n");
  return stream;
}

function quoted(text: string): string {
  // A spreadsheet takes what begins so for a formula.
  const plain = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}

function print(report: MedicineImportReport): void {
  const { rejects, rejected, source, dryRun, read, created, updated, unchanged, columns } = report;
  process.stderr.write(
    `Columns: ${Object.entries(columns)
      .map(([field, column]) => `${field}=${column}`)
      .join(",")}\n`,
  );
  for (const { place, name, reason } of rejects.slice(0, LINES_MAX))
    process.stderr.write(`put aside: ${place}${name === null ? "" : ` "${name}"`}: ${reason}\n`);
  if (rejected > LINES_MAX)
    process.stderr.write(`put aside: ${rejected - LINES_MAX} more; --rejected FILE writes them all\n`);
  const what = dryRun ? "Nothing was written. There would be" : `${source}:`;
  process.stdout.write(
    `${what} ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} put aside, of ${read} read\n`,
  );
}

/** A bar on a terminal, for work that takes longer than a moment. */
class Progress {
  readonly #startedAt = performance.now();
  #bar: SingleBar | undefined;

  readonly show = (bytes: number, total: number): void => {
    if (!process.stderr.isTTY || performance.now() - this.#startedAt < PROGRESS_AFTER_MS) return;
    if (!this.#bar) {
      this.#bar = new SingleBar({
        format: "Reading [{bar}] {percentage} %",
        stream: process.stderr,
        clearOnComplete: true,
        hideCursor: true,
      });
      this.#bar.start(total, bytes);
    }
    this.#bar.update(bytes);
  };

  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}
