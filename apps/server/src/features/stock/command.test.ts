import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { StockListReport } from "@ihims/core/stock/endpoints.ts";
import { ihims } from "../../testing/ihims.ts";
import { testServer } from "../../testing/server.ts";
import { findStock } from "./stock.ts";
import { aCatalogue } from "./testing/catalogue.ts";

/** Commands are processes of their own, which take their time to start. */
const COMMANDS = { timeout: 300_000 };

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "ihims-stock-"))));
afterAll(() => rm(folder, { recursive: true }));

test(
  "an operator takes in a pharmacy's file; what cannot be read is named, and can be tried before",
  COMMANDS,
  async () => {
    await using server = await testServer();
    const { amovic, paracip } = await aCatalogue(server.ctx);
    const { id } = await server.aFacility({ kind: "pharmacy" });
    const file = join(folder, "stock.csv");
    const rejected = join(folder, "rejected.csv");
    await writeFile(file, "Item,Qty\nAmovic 625 Tablet,12\nParacip 500 Tablet,many\n=Hair Oil,3\n");
    const run = (...more: string[]) =>
      ihims(["import", "stock", file, "--facility", id, ...more], { databaseUrl: server.databaseUrl });
    const packs = async () => (await findStock(server.ctx, id, amovic))?.value.quantity;

    const tried = await run("--dry-run");
    expect(tried.stdout).toContain("Nothing was written. There would be 1 changed");
    expect(await packs()).toBeUndefined();

    const taken = await run("--rejected", rejected, "--json");
    expect([taken.code, taken.stderr]).toEqual([0, ""]);
    expect(StockListReport.parse(JSON.parse(taken.stdout))).toMatchObject({
      lines: 3,
      changed: 1,
      rejected: 2,
    });
    expect(await packs()).toBe(12);
    expect(await findStock(server.ctx, id, paracip)).toBeUndefined();
    const rows = (await readFile(rejected, "utf8")).trim().split("\n");
    expect(rows).toHaveLength(3);
    expect(rows[1]).toMatch(/^"3","quantity",.*"Paracip 500 Tablet,many"$/);
    // No spreadsheet that opens it computes what stands in it.
    expect(rows[2]).toContain(`"'=Hair Oil,3"`);

    const nobody = await ihims(["import", "stock", file, "--facility", "f-nobody"], {
      databaseUrl: server.databaseUrl,
    });
    expect([nobody.code, nobody.stdout]).toEqual([1, ""]);
  },
);
