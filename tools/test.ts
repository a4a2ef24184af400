import { globSync } from "node:fs";
import { findBrowser } from "./bootstrap/browser.mjs";
import { runStaticChecks, type Count } from "./static-checks.ts";
import { runVitest } from "./vitest-run.ts";

// Every test of the project: the static checks as one test each, then Vitest. Arguments are passed
// on to Vitest (`npm test -- beds`), and then the static checks are left out.

const filters = process.argv.slice(2);
const counts: Count[] = filters.length > 0 ? [] : [await runStaticChecks()];

const projects = ["pure", "web", "server", "e2e"];
if (process.env["TEST_DATABASE_URL"]) projects.push("server-postgres");
else
  console.log(
    "The server's tests run on the embedded PostgreSQL. TEST_DATABASE_URL lets them run on that server.",
  );
if (process.env["TEST_PEERS"]) projects.push("peers");

const hasBrowserTests = globSync("e2e/**/*.e2e.ts").length > 0;
if (hasBrowserTests && !(await findBrowser())) {
  console.log("FAILED the tests in a browser: no Chromium or Chrome was found (CHROME_PATH may name one)");
  projects.splice(projects.indexOf("e2e"), 1);
  if (filters.length === 0) counts.push({ passed: 0, failed: 1 });
}
counts.push(await runVitest([...projects.flatMap((project) => ["--project", project]), ...filters]));

const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
