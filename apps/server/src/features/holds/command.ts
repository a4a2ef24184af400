import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Command } from "commander";
import { z } from "zod";
import { PAGE_MAX_ITEMS, urlOf, type Endpoint } from "@ihims/core/endpoint.ts";
import { listHoldLog, listHoldLogHeads } from "@ihims/core/audit/endpoints.ts";
import { ChainReader, LogHead, type LogRow, type Verdict } from "@ihims/core/audit/log.ts";
import type { Context } from "../../platform/context.ts";
import { listLog, listLogHeads } from "./list.ts";
import { isSigned, sha256, signLogHead } from "./log.ts";

type WithOperator = (work: (ctx: Context) => Promise<void>) => Promise<void>;
/** Rows from the first on, as they were found: nothing of them is believed yet. */
type Rows = AsyncIterable<unknown>;

const ANSWER_MAX_MS = 30_000;
/** Pages of an endless server are not read for ever. */
const PAGES_MAX = 1_000_000;

/** `ihims audit verify|export|head`: the public log of holds. */
export function addAuditCommands(program: Command, withOperator: WithOperator): void {
  const audit = program.command("audit").description("The public log of holds");
  audit
    .command("verify [source]")
    .description(
      "Verify the chain of the log: of this installation, of a server's address, or of an exported file",
    )
    .option("--head <file>", "a signed head that was kept: the log has to lead to it")
    .option("--json", "print the result as JSON")
    .action(async (source: string | undefined, options: { head?: string; json?: boolean }) => {
      const kept = options.head === undefined ? undefined : await readHead(options.head);
      const say = (verdict: Verdict) => sayVerdict(verdict, options.json ?? false);
      if (source === undefined)
        return withOperator(async (ctx) => say(await verify(rowsOf(ctx), await headsOf(ctx), kept)));
      if (/^https?:\/\//.test(source))
        return say(
          await verify(served(source, listHoldLog), await collect(served(source, listHoldLogHeads)), kept),
        );
      return say(await verify(linesOf(source), [], kept));
    });
  audit
    .command("export")
    .description("Print the log, one row of JSON on a line")
    .action(() =>
      withOperator(async (ctx) => {
        for await (const row of rowsOf(ctx)) process.stdout.write(`${JSON.stringify(row)}\n`);
      }),
    );
  audit
    .command("head")
    .description(
      "Print where the log stands now, signed: keep it where nobody of this installation can reach it",
    )
    .action(() =>
      withOperator(async (ctx) => {
        process.stdout.write(`${JSON.stringify(await signLogHead(ctx))}\n`);
      }),
    );
}

/** Follow a log from its first row, and hold it against heads. @param kept by somebody outside */
export async function verify(
  rows: Rows,
  heads: readonly unknown[],
  kept: LogHead | undefined,
): Promise<Verdict> {
  const signed: LogHead[] = [];
  for (const given of kept ? [kept, ...heads] : heads) {
    const head = LogHead.safeParse(given);
    if (!head.success) return { kind: "broken", seq: 0, why: "is a head that cannot be read" };
    const { seq, publicKey } = head.data;
    if (!isSigned(head.data)) return { kind: "broken", seq, why: "has a head that is not signed rightly" };
    if (kept && publicKey !== kept.publicKey)
      return { kind: "broken", seq, why: "has a head that another key signed than the head that was kept" };
    signed.push(head.data);
  }
  // Of two heads of one row the kept one counts.
  const reader = new ChainReader(sha256, signed.reverse());
  for await (const row of rows) reader.read(row);
  return reader.verdict();
}

function sayVerdict(verdict: Verdict, isJson: boolean): void {
  if (verdict.kind === "broken") process.exitCode = 1;
  const words =
    verdict.kind === "whole"
      ? `The log is whole: ${verdict.rows} rows, the last with hash ${verdict.hash}`
      : `The log is broken: row ${verdict.seq} ${verdict.why}`;
  process.stdout.write(isJson ? `${JSON.stringify(verdict)}\n` : `${words}\n`);
}

async function readHead(file: string): Promise<LogHead> {
  const head = LogHead.safeParse(JSON.parse(await readFile(file, "utf8")));
  if (!head.success) throw new Error(`${file} holds no signed head`);
  return head.data;
}

async function* rowsOf(ctx: Context): AsyncGenerator<LogRow> {
  for (let cursor: string | undefined; ;) {
    const page = await listLog(ctx, { limit: PAGE_MAX_ITEMS, cursor });
    yield* page.items;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

async function headsOf(ctx: Context): Promise<LogHead[]> {
  const heads: LogHead[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listLogHeads(ctx, { limit: PAGE_MAX_ITEMS, cursor });
    heads.push(...page.items);
    if (page.nextCursor === null) return heads;
    cursor = page.nextCursor;
  }
}

const Page = z.object({ items: z.array(z.unknown()), nextCursor: z.string().nullable() });

/** All items of a list that a server gives. */
async function* served(address: string, list: Endpoint): AsyncGenerator<unknown> {
  let cursor: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const url = new URL(urlOf(list, { query: { limit: PAGE_MAX_ITEMS, cursor } }), address);
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MAX_MS) });
    if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
    const page = Page.parse(await response.json());
    yield* page.items;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

async function collect(rows: Rows): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

/** Rows of a file: one on a line as `export` writes them. What is no JSON stays what it is, and is found. */
async function* linesOf(file: string): AsyncGenerator<unknown> {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (line.trim() === "") continue;
    try {
      yield JSON.parse(line);
    } catch {
      yield line;
    }
  }
}
