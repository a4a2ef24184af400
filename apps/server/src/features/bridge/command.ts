import type { Command } from "commander";
import { instantOf } from "@ihims/core/time.ts";
import { runBridge } from "./bridge.ts";
import { Buffer } from "./buffer.ts";
import { readBridgeConfig } from "./config.ts";

const REJECTED_SHOWN = 100;

/** `ihims bridge CONFIG`: needs no database and no city, only the file and a key. */
export function addBridgeCommand(program: Command): void {
  program
    .command("bridge <config>")
    .description(
      "Carry figures from a hospital's own database, files or HL7 engine to a server; runs beside them and pushes only",
    )
    .option("--once", "read every source once, send what waits, and end; an error when something still waits")
    .option("--rejected", "print what the server refused, the newest first, and end")
    .option("--json", "print how it stands at the end as JSON")
    .action(async (file: string, options: { once?: boolean; rejected?: boolean; json?: boolean }) => {
      const config = await readBridgeConfig(file, process.env);
      if (options.rejected) {
        const buffer = new Buffer(config.dataDir, { maxBytes: Infinity, now: () => instantOf(Date.now()) });
        for (const one of buffer.rejected(REJECTED_SHOWN)) process.stdout.write(`${JSON.stringify(one)}\n`);
        buffer.close();
        return;
      }
      const controller = new AbortController();
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => controller.abort());
      const health = await runBridge(config, {
        say: (line) => void process.stderr.write(`${line}\n`),
        signal: controller.signal,
        once: options.once ?? false,
      });
      const { sent, rejected, waiting } = health;
      process.stdout.write(
        options.json
          ? `${JSON.stringify(health)}\n`
          : `${sent} sent, ${rejected} refused, ${waiting} waiting\n`,
      );
      if (options.once && waiting > 0)
        throw new Error(`${waiting} could not be sent: ${health.problem ?? ""}`);
    });
}
