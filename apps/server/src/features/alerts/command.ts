import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import { XML_MAX_CHARS } from "@ihims/connectors/xml/read.ts";
import { SECOND_MS } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { receiveCap, type ReceivedAlert } from "./alerts.ts";
import { takeInAlerts, type Intake } from "./intake.ts";

type WithContext = (work: (ctx: Context) => Promise<void>) => Promise<void>;

/** An authority that does not answer within this is asked another time. */
const ANSWER_MAX_MS = 30 * SECOND_MS;

/** `ihims import alerts`. */
export function addAlertCommands(program: Command, withContext: WithContext): void {
  const imports =
    program.commands.find((command) => command.name() === "import") ??
    program.command("import").description("Bring a city in from files");
  imports
    .command("alerts <file|url>")
    .description(
      "Warnings of an authority: a CAP 1.2 alert, or the Atom or RSS index of its feed; again to update",
    )
    .option("--host <host...>", "other hosts that the index's alerts may be fetched from")
    .option("--json", "print the result as JSON")
    .action((from: string, options: { host?: string[]; json?: boolean }) =>
      withContext(async (ctx) => {
        const intake = await takeIn(ctx, from, options.host ?? []);
        if (options.json) process.stdout.write(`${JSON.stringify(intake)}\n`);
        else print(intake);
        const rejected = intake.alerts.filter(({ outcome }) => outcome === "rejected");
        if (rejected.length + intake.failed.length > 0 && rejected.length === intake.alerts.length)
          throw new Error(rejected[0]?.reason ?? intake.failed[0]?.reason ?? "nothing was taken in");
      }),
    );
}

async function takeIn(ctx: Context, from: string, hosts: readonly string[]): Promise<Intake> {
  if (/^https?:\/\//u.test(from)) return takeInAlerts(ctx, new URL(from), fetchText, hosts);
  const received = await receiveCap(ctx, await readFile(from, "utf8"), basename(from));
  if (received.kind === "index")
    throw new Error(
      "the file is an index: give the address that it is from, so that its links can be followed",
    );
  return { alerts: received.alerts.map((one) => ({ ...one, from: basename(from) })), failed: [] };
}

async function fetchText(url: URL): Promise<string> {
  const response = await fetch(url, {
    headers: {
      accept: "application/cap+xml, application/atom+xml, application/rss+xml, application/xml, text/xml",
    },
    signal: AbortSignal.timeout(ANSWER_MAX_MS),
  });
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
  const pieces: string[] = [];
  const decoder = new TextDecoder();
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += piece.length;
    if (length > XML_MAX_CHARS) throw new Error(`${url.href} is longer than ${XML_MAX_CHARS} bytes`);
    pieces.push(decoder.decode(piece, { stream: true }));
  }
  return pieces.join("") + decoder.decode();
}

function print({ alerts, failed }: Intake): void {
  for (const { link, reason } of failed) process.stderr.write(`not read: ${link}: ${reason}\n`);
  for (const one of alerts) process.stdout.write(`${lineOf(one)}\n`);
  const count = (outcome: ReceivedAlert["outcome"]) => alerts.filter((one) => one.outcome === outcome).length;
  process.stdout.write(
    `${count("accepted")} accepted, ${count("unchanged")} unchanged, ${count("rejected")} rejected, ${failed.length} not read\n`,
  );
}

function lineOf({ outcome, identifier, reason, signature, notes }: ReceivedAlert): string {
  const signed = signature === "present-not-verified" ? ["signed, not verified here"] : [];
  const remarks = [...(reason ? [reason] : []), ...signed, ...notes];
  return `${outcome.padEnd(9)} ${identifier ?? "(no identifier)"}${remarks.length > 0 ? `: ${remarks.join("; ")}` : ""}`;
}
