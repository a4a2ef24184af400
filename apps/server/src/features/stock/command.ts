import { createReadStream, createWriteStream } from "node:fs";
import { once } from "node:events";
import { extname } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { FacilityId } from "@ihims/core/ids.ts";
import type { RejectedLine, StockListReport } from "@ihims/core/stock/endpoints.ts";
import { StockField } from "@ihims/core/stock/list.ts";
import { Instant } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { MedicineBoard, readMedicinesOf } from "../medicines/medicines.ts";
import { Catalogue } from "./catalogue.ts";
import { takeList } from "./lists.ts";
import { SHEET_TYPE } from "./reading-tables.ts";
import { readList } from "./reading.ts";

type WithContext = (work: (ctx: Context) => Promise<void>) => Promise<void>;

/** Lines put aside that are printed one by one; `--rejected` has them all. */
const LINES_MAX = 100;
/** What a file is, by how its name ends; anything else is read as CSV. */
const TYPES: Readonly<Record<string, string>> = {
  ".ndjson": "application/x-ndjson",
  ".jsonl": "application/x-ndjson",
  ".json": "application/json",
  ".xlsx": SHEET_TYPE,
};

interface Options {
  facility: FacilityId;
  full?: boolean;
  observedAt?: Instant;
  map?: string;
  rejected?: string;
  dryRun?: boolean;
  json?: boolean;
}

/** `ihims import stock`. */
export function addStockCommand(program: Command, withContext: WithContext): void {
  const imports =
    program.commands.find((command) => command.name() === "import") ??
    program.command("import").description("Bring a city in from files");
  imports
    .command("stock <file>")
    .description("What is on a pharmacy's shelf: CSV, NDJSON, JSON or an Excel workbook; again to update")
    .requiredOption("--facility <id>", "whose shelf it is", readFacility)
    .option("--full", "it is all that there is: what is not in it is gone; all of it is taken in, or nothing")
    .option(
      "--observed-at <moment>",
      "when it was counted, as 2026-03-01T18:30:00+05:30; now otherwise",
      readMoment,
    )
    .option(
      "--map <field=column,...>",
      `which column holds what, where its heading does not tell: ${StockField.options.join(", ")}`,
    )
    .option("--rejected <file>", "write every line that is put aside to this file, as CSV")
    .option("--dry-run", "say what would happen and write nothing")
    .option("--json", "print the report as JSON")
    .action((file: string, options: Options) => withContext((ctx) => run(ctx, file, options)));
}

function readFacility(text: string): FacilityId {
  const id = FacilityId.safeParse(text);
  if (!id.success) throw new InvalidArgumentError("An id of a facility, as its page has it in its address.");
  return id.data;
}

function readMoment(text: string): Instant {
  const moment = Instant.safeParse(text);
  if (!moment.success)
    throw new InvalidArgumentError("A moment with its zone, as 2026-03-01T18:30:00+05:30.");
  return moment.data;
}

async function run(ctx: Context, file: string, options: Options): Promise<void> {
  const medicines = new MedicineBoard(readMedicinesOf(ctx.db));
  await medicines.load();
  const rejects = options.rejected === undefined ? undefined : createWriteStream(options.rejected);
  rejects?.write("line,field,problem,text\n");
  const type = TYPES[extname(file).toLowerCase()] ?? "text/csv";
  try {
    const report = await takeList(
      ctx,
      options.facility,
      readList(type, createReadStream(file), options.map),
      {
        isFull: options.full ?? false,
        observedAt: options.observedAt,
        isPreview: options.dryRun ?? false,
        key: undefined,
        catalogue: new Catalogue(medicines),
        book: new Map(),
        onRejected: (line) => void rejects?.write(rowOf(line)),
      },
    );
    if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
    else print(report, options.dryRun ?? false);
    if (report.lines > 0 && report.rejected === report.lines)
      throw new Error(`nothing of ${file} could be taken in: ${report.rejectedLines[0]?.detail ?? ""}`);
  } finally {
    rejects?.end();
    if (rejects) await once(rejects, "close");
  }
}

function rowOf({ line, field = "", detail, text = "" }: RejectedLine): string {
  return `${[String(line), field, detail, text].map(quoted).join(",")}\n`;
}

function quoted(text: string): string {
  // A spreadsheet takes what begins so for a formula.
  const plain = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}

function print(report: StockListReport, isTried: boolean): void {
  const { lines, changed, confirmed, repeated, superseded, gone, rejected, rejectedLines, brokenAt } = report;
  for (const { line, detail } of rejectedLines.slice(0, LINES_MAX))
    process.stderr.write(`put aside: line ${line}: ${detail}\n`);
  if (rejected > LINES_MAX)
    process.stderr.write(`put aside: ${rejected - LINES_MAX} more; --rejected FILE writes them all\n`);
  if (brokenAt !== null)
    process.stderr.write(`It breaks off at line ${brokenAt}; what stands before it was taken in\n`);
  process.stdout.write(
    `${isTried ? "Nothing was written. There would be" : "Taken in:"} ${changed} changed, ${confirmed + repeated} the same, ` +
      `${superseded} older than known, ${gone} gone, ${rejected} put aside, of ${lines} lines\n`,
  );
}
