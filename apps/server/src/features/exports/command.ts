import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { InvalidArgumentError, type Command } from "commander";
import { FacilityId } from "@ihims/core/ids.ts";
import { Instant } from "@ihims/core/time.ts";
import { ExportKind, writeExport, type ExportMemory } from "./exports.ts";

type WithMemory = (work: (memory: ExportMemory, now: Instant) => Promise<void>) => Promise<void>;

interface ExportOptions {
  out?: string;
  facility?: FacilityId;
  since?: Instant;
  json?: boolean;
}

/** `ihims export <kind>`. */
export function addExportCommand(program: Command, withMemory: WithMemory): void {
  program
    .command("export <kind>")
    .description(`Everything public of a kind as CSV: ${ExportKind.options.join(", ")}`)
    .option("--out <file>", "write it there; to standard output otherwise")
    .option("--facility <id>", "only this one", (text) => readAs(FacilityId, text, "an id"))
    .option("--since <moment>", "only what was heard of or changed since (RFC 3339)", (text) =>
      readAs(Instant, text, "a moment as 2026-03-01T12:00:00+05:30"),
    )
    .option("--json", "with --out: print what was written as JSON")
    .action((given: string, { out, facility, since, json }: ExportOptions) => {
      const kind = ExportKind.safeParse(given);
      if (!kind.success) throw new Error(`there is no export "${given}": ${ExportKind.options.join(", ")}`);
      return withMemory(async (memory, now) => {
        const text = Readable.from(writeExport(memory, kind.data, { facility, since }, now), {
          objectMode: false,
        });
        if (out === undefined) {
          await pipeline(text, process.stdout, { end: false });
          return;
        }
        const file = createWriteStream(out);
        await pipeline(text, file);
        const words = json
          ? JSON.stringify({ kind: kind.data, file: out, bytes: file.bytesWritten })
          : `${out}: ${file.bytesWritten} bytes`;
        process.stdout.write(`${words}\n`);
      });
    });
}

function readAs<T>(
  schema: { safeParse(text: string): { success: boolean; data?: T } },
  text: string,
  what: string,
): T {
  const read = schema.safeParse(text);
  if (!read.success || read.data === undefined) throw new InvalidArgumentError(`Write ${what}.`);
  return read.data;
}
