import { parseArgs } from "node:util";
import { tableOf, type Figure } from "./figures.ts";
import { machineLine } from "./machine.ts";
import { measureNearby } from "./nearby.ts";
import { openSetting, type Setting } from "./setting.ts";

/** Every benchmark by the name that it is run alone with. */
const BENCHMARKS: Readonly<Record<string, (setting: Setting) => Promise<Figure[]>>> = {
  nearby: measureNearby,
};

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
  ? { rounds: 2, seconds: 0.5, isQuick: true }
  : { rounds: 5, seconds: 1.5, isQuick: false };
const nodeOptions = values.profile ? ["--cpu-prof", `--cpu-prof-dir=${values.profile}`] : [];

const figures: Figure[] = [];
let machine = "";
{
  const setting = await openSetting(effort, nodeOptions);
  try {
    machine = await machineLine(await setting.createDatabase("nothing"));
    for (const name of names) {
      console.error(`measuring ${name} ...`);
      figures.push(...((await BENCHMARKS[name]?.(setting)) ?? []));
    }
  } finally {
    await setting[Symbol.asyncDispose]();
  }
}
console.log(`\n${tableOf(figures)}\n\n${machine}`);
