// Brings what is missing and runs one of the project's scripts on Node 24. Plain JavaScript without
// dependencies: it has to run on any Node >= 18, on a clone in which nothing is installed.
//
//   node tools/bootstrap.mjs start [arguments of the script]

import { join } from "node:path";
import { provideBrowser } from "./bootstrap/browser.mjs";
import { findNode, ROOT, withNodeFirst } from "./bootstrap/node.mjs";
import { installPackages, MEMORY } from "./bootstrap/packages.mjs";
import { handOver } from "./bootstrap/run.mjs";
import { orSayWhatIsMissing, say } from "./bootstrap/say.mjs";
import { buildWebApps } from "./bootstrap/web.mjs";

/** What each script runs, and what it needs beside Node and the packages. */
const SCRIPTS = {
  start: { run: ["apps/server/src/cli/main.ts", "serve"], needs: [buildWebApps] },
  test: { run: ["tools/test.ts"], needs: [buildWebApps, provideBrowser] },
  "test:real": { run: ["tools/test-real.ts"], needs: [] },
  check: { run: ["tools/check.ts"], needs: [] },
  "eval:complaints": { run: ["tools/eval-complaints.ts"], needs: [] },
  "eval:medicines": { run: ["tools/eval-medicines.ts"], needs: [] },
  bench: { run: ["bench/main.ts"], needs: [buildWebApps] },
  "bench:ingest": { run: ["bench/main.ts", "ingest"], needs: [buildWebApps] },
  screenshots: { run: ["tools/screenshots.ts"], needs: [buildWebApps, provideBrowser] },
};

const [name, ...rest] = process.argv.slice(2);
const script = SCRIPTS[name];
if (!script) {
  say(`Say what to run: node tools/bootstrap.mjs ${Object.keys(SCRIPTS).join(" | ")}`);
  process.exit(2);
}

const node = await orSayWhatIsMissing(async () => {
  const found = await findNode();
  await installPackages(found);
  for (const provide of script.needs) await provide(found);
  return found;
});
const [file, ...first] = script.run;
await handOver(node, [join(ROOT, file), ...first, ...rest], {
  cwd: ROOT,
  env: {
    ...withNodeFirst(node),
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(MEMORY, "compiled"),
  },
});
