import { readFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { findCycles, listSources, readImports, type Import } from "./imports.ts";

/** For each workspace, the others it may import. What is not named here is not allowed. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  "packages/core": [],
  "packages/connectors": ["core"],
  "packages/analytics": ["core"],
  "packages/city": ["core"],
  "packages/client": ["core"],
  "packages/ui": ["core"],
  "apps/server": ["core", "connectors", "analytics", "city", "client"],
  "apps/console": ["core", "ui"],
  "apps/citizen": ["core", "ui"],
};

/** Workspaces that must run without Node: in a browser, in a worker, anywhere. */
const WITHOUT_NODE = new Set(Object.keys(MAY_IMPORT).filter((workspace) => workspace !== "apps/server"));

/** The text of each file by its path from the root, with `/` on every system. */
export type Sources = ReadonlyMap<string, string>;

/** Check the whole tree; answers one line for each violation, `path:line: what, and what to do`. */
export function checkImports(sources: Sources): string[] {
  const violations: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [path, text] of sources) {
    if (!/\.(ts|tsx)$/.test(path)) continue;
    if (/(^|\/)index\.tsx?$/.test(path))
      violations.push(`${path}:1: a barrel hides where things are: name the file after what it has`);
    const imports = readImports(text);
    const from = placeOf(path);
    for (const one of imports) {
      const problem = checkWorkspace(sources, from, one) ?? checkFolders(from, one);
      if (problem) violations.push(`${path}:${one.line}: ${problem}`);
    }
    const edges = imports.filter(({ isLoaded }) => isLoaded).map(({ target }) => resolveTarget(path, target));
    graph.set(
      path,
      edges.filter((edge): edge is string => edge !== undefined && sources.has(edge)),
    );
  }
  for (const cycle of findCycles(graph)) violations.push(`${cycle[0]}:1: a cycle: ${cycle.join(" -> ")}`);
  return violations.toSorted();
}

/** Where a file stands: `apps/server`, its folder kind, its feature. */
interface Place {
  path: string;
  workspace: string;
  isTest: boolean;
  isPlatform: boolean;
  feature: string | undefined;
}

function placeOf(path: string): Place {
  return {
    path,
    workspace: path.split("/").slice(0, 2).join("/"),
    isTest: /\.(test|real|peers|e2e)\.tsx?$|\/testing\//.test(path),
    isPlatform: path.includes("/src/platform/"),
    feature: /\/src\/features\/([^/]+)\//.exec(path)?.[1],
  };
}

function checkWorkspace(sources: Sources, from: Place, { target }: Import): string | undefined {
  const allowed = MAY_IMPORT[from.workspace];
  // A build's settings, such as vite.config.ts, are no part of what is built.
  if (!allowed || !from.path.startsWith(`${from.workspace}/src/`)) return undefined;
  const short = from.workspace.split("/")[1];
  const ours = /^@ihims\/([^/]+)(\/.*)?$/.exec(target);
  if (ours) {
    const [, other = "", file] = ours;
    if (!file) return `${target} names no file: import the file that has the thing`;
    if (other !== short && !allowed.includes(other)) return `${short} may not import ${other}`;
    return undefined;
  }
  if (target.startsWith(".")) return checkRelative(from, target);
  if (from.isTest) return undefined;
  if (target.startsWith("node:")) {
    return WITHOUT_NODE.has(from.workspace)
      ? `${short} runs without Node: it may not import ${target}`
      : undefined;
  }
  if (target.startsWith("virtual:")) return undefined;
  const name = target
    .split("/")
    .slice(0, target.startsWith("@") ? 2 : 1)
    .join("/");
  if (from.workspace === "packages/core" && name !== "zod") return `core imports only zod, not ${name}`;
  // Core's own dependency, zod, is part of what core shows to all others.
  // What is only types has them under another name: `fhir` those of `@types/fhir`.
  const isDeclared = [from.workspace, "packages/core"].some((one) =>
    [name, `@types/${name}`].some((known) => readDependencies(sources, one).has(known)),
  );
  return isDeclared ? undefined : `${name} is not among the dependencies of ${from.workspace}/package.json`;
}

function checkRelative(from: Place, target: string): string | undefined {
  const resolved = posix.join(dirname(from.path), target);
  if (!resolved.startsWith(`${from.workspace}/`))
    return `${target} leaves ${from.workspace}: import it as @ihims/...`;
  if (!/\.[a-z]+(\?[a-z]+)?$/.test(target)) return `${target} needs its extension`;
  return undefined;
}

function checkFolders(from: Place, { target }: Import): string | undefined {
  const resolved = resolveTarget(from.path, target);
  if (!resolved || from.isTest) return undefined;
  const to = placeOf(resolved);
  if (to.isTest) return `${target} is for tests only`;
  if (from.isPlatform && to.feature) return `platform may not import a feature (${to.feature})`;
  if (from.feature && to.feature && from.feature !== to.feature && !isFaceOf(to.feature, resolved)) {
    return `${from.feature} sees ${to.feature} only through ${to.feature}/${to.feature}.ts`;
  }
  return undefined;
}

/** A feature's public face is the file of its own name: `beds/beds.ts`, `live-map/LiveMap.tsx`. */
function isFaceOf(feature: string, path: string): boolean {
  const file = posix.basename(path).replace(/\.tsx?$/, "");
  return file.toLowerCase() === feature.replaceAll("-", "") || file === feature;
}

function resolveTarget(path: string, target: string): string | undefined {
  if (target.startsWith(".")) return posix.join(dirname(path), target);
  const ours = /^@ihims\/([^/]+)\/(.+)$/.exec(target);
  if (!ours) return undefined;
  const [, short, file] = ours;
  const workspace = Object.keys(MAY_IMPORT).find((key) => key.endsWith(`/${short}`));
  return workspace && `${workspace}/src/${file}`;
}

function readDependencies(sources: Sources, workspace: string): Set<string> {
  // npm has checked the file already; only its three lists of names matter here.
  const manifest = JSON.parse(sources.get(`${workspace}/package.json`) ?? "{}") as Record<
    string,
    object | undefined
  >;
  return new Set(
    ["dependencies", "devDependencies", "peerDependencies"].flatMap((list) =>
      Object.keys(manifest[list] ?? {}),
    ),
  );
}

if (import.meta.main) {
  const paths = listSources(process.cwd(), [...Object.keys(MAY_IMPORT), "tools", "bench", "e2e"]);
  const violations = checkImports(new Map(paths.map((path) => [path, readFileSync(path, "utf8")])));
  for (const violation of violations) console.log(violation);
  console.log(`${violations.length} forbidden imports in ${paths.length} files`);
  process.exitCode = violations.length > 0 ? 1 : 0;
}
