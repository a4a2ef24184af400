import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import type { Context } from "../../platform/context.ts";
import { importBlood } from "./import.ts";

type WithContext = (work: (ctx: Context) => Promise<void>) => Promise<void>;

/** `ihims import blood`. */
export function addBloodCommands(program: Command, withContext: WithContext): void {
  const imports =
    program.commands.find((command) => command.name() === "import") ??
    program.command("import").description("Bring a city in from files");
  imports
    .command("blood <file>")
    .description("Units of blood: CSV with facility, group, component, units, and expiringSoon, observedAt")
    .option("--dry-run", "say what would happen and write nothing")
    .option("--json", "print the report as JSON")
    .action((file: string, { dryRun = false, json = false }: { dryRun?: boolean; json?: boolean }) =>
      withContext(async (ctx) => {
        const report = await importBlood(ctx, await readFile(file, "utf8"), { dryRun });
        const { read, changed, confirmed, superseded, rejects } = report;
        if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
        else {
          for (const { place, reason } of rejects) process.stderr.write(`put aside: ${place}: ${reason}\n`);
          process.stdout.write(
            dryRun
              ? `Nothing was written. ${read - rejects.length} lines can be read, ${rejects.length} put aside, of ${read}\n`
              : `${changed} changed, ${confirmed} confirmed, ${superseded} known or older, ${rejects.length} put aside, of ${read} read\n`,
          );
        }
        if (read > 0 && rejects.length === read)
          throw new Error(`nothing of ${basename(file)} could be taken in: ${rejects[0]?.reason ?? ""}`);
      }),
    );
}
