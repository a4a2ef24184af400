import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

interface Check {
  name: string;
  /** A script of Node's and its arguments, from the root. */
  command: readonly string[];
}

const CHECKS: readonly Check[] = [
  { name: "types of the pure packages", command: typesOf("pure") },
  { name: "types of what runs on Node", command: typesOf("node") },
  { name: "types of what runs in browsers", command: typesOf("web") },
  { name: "lint", command: ["node_modules/oxlint/bin/oxlint", "--type-aware", "--format=unix"] },
  { name: "format", command: ["node_modules/oxfmt/bin/oxfmt", "--list-different"] },
  { name: "imports", command: ["tools/check-imports.ts"] },
  { name: "lockfile", command: ["tools/check-lockfile.ts"] },
];

/** What was found of files that did not change is remembered: the second time takes a sixth of the first. */
function typesOf(name: string): string[] {
  const memory = `node_modules/.ihims/types-${name}.tsbuildinfo`;
  const remembering = ["--incremental", "--tsBuildInfoFile", memory];
  return [
    "node_modules/typescript/bin/tsc",
    "-p",
    `tsconfig.${name}.json`,
    "--pretty",
    "false",
    ...remembering,
  ];
}

/** How many went well and how many did not. */
export interface Count {
  passed: number;
  failed: number;
}

/** Run every check, saying of each how it went, with what it found when it failed. */
export async function runStaticChecks(): Promise<Count> {
  const count = { passed: 0, failed: 0 };
  for (const check of CHECKS) {
    const start = performance.now();
    const { isGood, output } = await run(check.command);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${isGood ? "ok    " : "FAILED"} ${check.name} (${seconds} s)`);
    if (!isGood) console.log(output.trim().replaceAll(/^/gm, "       "));
    count[isGood ? "passed" : "failed"] += 1;
  }
  return count;
}

function run([script = "", ...args]: readonly string[]): Promise<{ isGood: boolean; output: string }> {
  const child = spawn(process.execPath, [script, ...args], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) => done({ isGood: code === 0, output }));
  });
}
