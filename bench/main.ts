import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { tableOf, type Figure } from "./figures.ts";
import { measureIngest } from "./ingest.ts";
import { describeMachine } from "./machine.ts";
import { measureMedicines } from "./medicines.ts";
import { measureMllp } from "./mllp.ts";
import { measureNearby } from "./nearby.ts";
import { measureScreens } from "./screens.ts";
import { measureSearch } from "./search.ts";
import { openSetting, type Setting } from "./setting.ts";
import { measureSpread } from "./spread.ts";
import { measureStart } from "./start.ts";
import { measureStock } from "./stock.ts";
import { measureStockRows } from "./stock-rows.ts";
import { measureWrites } from "./writes.ts";

/** Every benchmark by the name that it is run alone with. */
const BENCHMARKS: Readonly<Record<string, (setting: Setting) => Promise<Figure[]>>> = {
  nearby: measureNearby,
  writes: measureWrites,
  mllp: measureMllp,
  ingest: measureIngest,
  screens: measureScreens,
  start: measureStart,
  search: measureSearch,
  medicines: measureMedicines,
  spread: measureSpread,
  stock: measureStock,
  "stock-rows": measureStockRows,
};

const RESULTS = new URL("results.md", import.meta.url);
const HEAD = `# What was measured

Written by \`npm run bench\`; docs/decisions/009-benchmarks.md says how to read it. Each figure is the
median of rounds that take turns with its peer's, with the least and the most; the ratio is the median
of the rounds' own ratios.

`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    /** Write a CPU profile of each server process to this folder. */
    profile: { type: "string" },
  },
});
const unknown = positionals.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}: ${Object.keys(BENCHMARKS).join(", ")}`);
  process.exit(2);
}
const names = positionals.length > 0 ? positionals : Object.keys(BENCHMARKS);

const effort = values.quick
  ? { rounds: 1, seconds: 0.3, isQuick: true }
  : { rounds: 5, seconds: 1.5, isQuick: false };
const nodeOptions = values.profile ? ["--cpu-prof", `--cpu-prof-dir=${values.profile}`] : [];

const { figures, machine } = await measure();
const table = `${tableOf(figures)}\n\nOn ${machine}.\n`;
console.log(`\n${table}`);
// A part of it, or a hurried one, is not what is compared with later.
if (positionals.length === 0 && !values.quick) {
  await writeFile(RESULTS, `${HEAD}${table}`);
  console.log("Written to bench/results.md");
}

async function measure(): Promise<{ figures: Figure[]; machine: string }> {
  await using setting = await openSetting(effort, nodeOptions);
  const figures: Figure[] = [];
  const machine = await describeMachine(await setting.createDatabase("nothing"));
  for (const name of names) {
    const start = performance.now();
    figures.push(...((await BENCHMARKS[name]?.(setting)) ?? []));
    console.error(`measured ${name} in ${((performance.now() - start) / 1000).toFixed(0)} s`);
  }
  return { figures, machine };
}
