import { resolve } from "node:path";
import { InvalidArgumentError, type Command } from "commander";
import { instantOf } from "@ihims/core/time.ts";
import { readConfig } from "../../platform/config.ts";
import type { Context } from "../../platform/context.ts";
import { createLog } from "../../platform/log.ts";
import {
  DEFAULT_SEED,
  DEMONSTRATION_ACCOUNTS,
  findSimulatorAccess,
  makeDemonstration,
} from "./demonstration.ts";
import { runSimulator } from "./simulator.ts";

/** `ihims city` and `ihims simulate`: make a model city, and make it move. */
export function addDemonstrationCommands(
  program: Command,
  withOperator: (work: (ctx: Context) => Promise<void>) => Promise<void>,
): void {
  program
    .command("city")
    .description("Make a model city in an empty database")
    .option("--seed <n>", "another number, another city", wholeNumber, DEFAULT_SEED)
    .option("--json", "print the result as JSON")
    .action(({ seed, json }: { seed: number; json?: boolean }) =>
      withOperator(async (ctx) => {
        const made = await makeDemonstration(ctx, { seed, dataDir: dataDir() });
        const accounts = made.isNew ? DEMONSTRATION_ACCOUNTS : [];
        process.stdout.write(
          json
            ? `${JSON.stringify({ ...made, accounts })}\n`
            : made.isNew
              ? madeLines(made.facilities)
              : "There is a city already; nothing was changed\n",
        );
      }),
    );

  program
    .command("simulate")
    .description("Make the model city of this installation move, until stopped")
    .option("--speed <n>", "how many times as fast as usual", speedNumber, 1)
    .option("--url <url>", "where the server is; this installation when left out")
    .option("--mllp <host:port>", "where it listens for HL7 v2; beside the web when left out")
    .option("--json", "print the result as JSON")
    .action(simulate);
}

async function simulate(options: {
  speed: number;
  url?: string;
  mllp?: string;
  json?: boolean;
}): Promise<void> {
  const access = await findSimulatorAccess(dataDir());
  if (!access) throw new Error("there is no model city in this installation: make one with `ihims city`");
  const url = options.url ?? defaultUrl();
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => controller.abort());
  if (!options.json) process.stdout.write(`The city moves at ${url}. Stop with Ctrl+C.\n`);
  const { accepted, refused } = await runSimulator({
    access,
    apiUrl: url,
    mllp: mllpOf(url, options.mllp),
    speed: options.speed,
    now: () => instantOf(new Date()),
    signal: controller.signal,
    log: createLog(readConfig(process.env).LOG_LEVEL),
  });
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ accepted, refused })}\n`
      : `${accepted} reports accepted, ${refused} refused\n`,
  );
}

function madeLines(facilities: number): string {
  const accounts = DEMONSTRATION_ACCOUNTS.map(
    ({ email, password, who }) => `  ${email}  ${password}  ${who}\n`,
  );
  return `Made a city with ${facilities} places. Accounts:\n${accounts.join("")}`;
}

function dataDir(): string {
  return resolve(readConfig(process.env).DATA_DIR);
}

function defaultUrl(): string {
  const { HOST, PORT } = readConfig(process.env);
  return `http://${HOST}:${PORT}`;
}

function mllpOf(url: string, mllp: string | undefined): { host: string; port: number } {
  if (mllp === undefined) return { host: new URL(url).hostname, port: readConfig(process.env).MLLP_PORT };
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(mllp) ?? [];
  if (host === undefined || Number(port) > 65_535) throw new Error(`write --mllp as host:port, not ${mllp}`);
  return { host, port: Number(port) };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("write a whole number");
  return Number(text);
}

function speedNumber(text: string): number {
  const speed = Number(text);
  if (!(speed > 0 && speed <= 1000)) throw new InvalidArgumentError("write a number above 0, at most 1000");
  return speed;
}
