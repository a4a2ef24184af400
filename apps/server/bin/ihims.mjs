#!/usr/bin/env node
// The operator's command line. Plain JavaScript: whatever Node runs this, the command itself runs on 24.

import { join } from "node:path";
import { findNode, ROOT, withNodeFirst } from "../../../tools/bootstrap/node.mjs";
import { installPackages, MEMORY } from "../../../tools/bootstrap/packages.mjs";
import { handOver } from "../../../tools/bootstrap/run.mjs";
import { orSayWhatIsMissing } from "../../../tools/bootstrap/say.mjs";

const node = await orSayWhatIsMissing(async () => {
  const found = await findNode();
  await installPackages(found);
  return found;
});
await handOver(node, [join(ROOT, "apps/server/src/cli/main.ts"), ...process.argv.slice(2)], {
  env: {
    ...withNodeFirst(node),
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(MEMORY, "compiled"),
  },
});
