import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** One `import` or `export ... from` of a file. */
export interface Import {
  /** As written between the quotes. */
  target: string;
  /** From 1. */
  line: number;
  /** Whether it loads the other file when this one loads: types are erased, `import()` comes later. */
  isLoaded: boolean;
}

const STATEMENT = /^[ \t]*(?:import|export)\s+(type\s+)?([^"';]*?)\s*from\s*["']([^"']+)["']/gm;
const BARE = /^[ \t]*import\s*["']([^"']+)["']/gm;
const DYNAMIC = /\bimport\(\s*["']([^"']+)["']/g;

/** Read what a TypeScript file imports. Code in comments and strings does not start a line with it. */
export function readImports(text: string): Import[] {
  const lineOf = (index: number) => text.slice(0, index).split("\n").length;
  const imports: Import[] = [];
  for (const { 1: type, 2: names = "", 3: target = "", index } of text.matchAll(STATEMENT)) {
    imports.push({ target, line: lineOf(index), isLoaded: !type && !isOnlyTypes(names) });
  }
  for (const { 1: target = "", index } of text.matchAll(BARE))
    imports.push({ target, line: lineOf(index), isLoaded: true });
  for (const { 1: target = "", index } of text.matchAll(DYNAMIC))
    imports.push({ target, line: lineOf(index), isLoaded: false });
  return imports.toSorted((a, b) => a.line - b.line);
}

function isOnlyTypes(names: string): boolean {
  const list = /^\{(.*)\}$/s.exec(names.trim())?.[1];
  return list !== undefined && list.split(",").every((name) => /^\s*(type\s.*)?$/s.test(name));
}

/** Every cycle once, each from its first file in order of the alphabet back to it. */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles = new Map<string, string[]>();
  const done = new Set<string>();
  const visit = (path: string, trail: string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      const cycle = trail.slice(start);
      const first = cycle.indexOf(cycle.toSorted()[0] ?? path);
      const turned = [...cycle.slice(first), ...cycle.slice(0, first)];
      cycles.set(turned.join(), [...turned, ...turned.slice(0, 1)]);
      return;
    }
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return [...cycles.values()];
}

/** The sources and manifests under `folders`, as paths from `root` with `/`. */
export function listSources(root: string, folders: readonly string[]): string[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
        .filter(
          (path) =>
            /\.(ts|tsx)$|\/package\.json$/.test(path) && !/\/(node_modules|dist|android|ios)\//.test(path),
        ),
    );
}
