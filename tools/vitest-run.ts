import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Count } from "./static-checks.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What we read of Vitest's own report. */
const Report = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});
type Report = z.infer<typeof Report>;

/**
 * Run Vitest and count. A file that does not load, an error outside of a test, a run without tests
 * and a Vitest that dies are one failure each: none of them may look like success.
 */
export async function runVitest(args: readonly string[]): Promise<Count> {
  const dir = await mkdtemp(join(tmpdir(), "ihims-report-"));
  const path = join(dir, "report.json");
  try {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${path}`];
    const isGood = await run(["node_modules/vitest/vitest.mjs", "run", ...reporters, ...args]);
    const text = await readFile(path, "utf8").catch(() => undefined);
    return countResults(text === undefined ? undefined : Report.parse(JSON.parse(text)), isGood);
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** @param report `undefined` when Vitest left none */
export function countResults(report: Report | undefined, isGood: boolean): Count {
  if (!report) return { passed: 0, failed: 1 };
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  );
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + broken.length;
  const isSilentFailure = failed === 0 && (!isGood || !report.success || passed === 0);
  return { passed, failed: isSilentFailure ? 1 : failed };
}

function run([script = "", ...args]: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, [script, ...args], { cwd: ROOT, stdio: "inherit" });
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("exit", (code) => done(code === 0));
  });
}
