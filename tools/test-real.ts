import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { runVitest } from "./vitest-run.ts";

// The tests on real cities' files (`*.real.ts`), which are too large or not ours to keep here.

const data = resolve(process.env["IHIMS_REAL_DATA"] ?? "../shared/data");
if (existsSync(data)) {
  process.env["IHIMS_REAL_DATA"] = data;
  const { passed, failed } = await runVitest(["--project", "real", ...process.argv.slice(2)]);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
} else {
  console.log(`There is no real data in ${data}: IHIMS_REAL_DATA may name another folder.`);
  console.log("0 passed, 0 failed");
}
