import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { ROOT, withNodeFirst } from "./node.mjs";
import { MEMORY, readIfThere } from "./packages.mjs";
import { collect, lastWords } from "./run.mjs";
import { Missing, say } from "./say.mjs";

const APPS = ["console", "citizen"];
/** What every web app is made from, beside its own folder. */
const SHARED_SOURCES = ["packages/ui", "packages/core", "package-lock.json", "lingui.config.ts"];
const NOT_SOURCES = /^(node_modules|dist|android|ios|coverage)$|\.(test|e2e)\.tsx?$/;

/** Build each web app whose sources are not those of its last build. */
export async function buildWebApps(node) {
  const due = APPS.filter((app) => existsSync(join(ROOT, "apps", app, "vite.config.ts")))
    .map((app) => ({ app, fingerprint: fingerprintOf([join("apps", app), ...SHARED_SOURCES]) }))
    .filter(
      ({ app, fingerprint }) =>
        readIfThere(memoryOf(app)) !== fingerprint || !existsSync(join(ROOT, "apps", app, "dist")),
    );
  if (due.length === 0) return;
  say(`Building the ${due.map(({ app }) => app).join(" and the ")} app ...`);
  await Promise.all(due.map((one) => build(node, one)));
}

async function build(node, { app, fingerprint }) {
  const vite = join(ROOT, "node_modules/vite/bin/vite.js");
  const options = { cwd: join(ROOT, "apps", app), env: { ...withNodeFirst(node), NODE_ENV: "production" } };
  const { ok, output } = await collect(node, [vite, "build", "--logLevel", "warn"], options);
  if (!ok) {
    say(output.trim());
    throw new Missing(`The ${app} app did not build: ${lastWords(output)}`);
  }
  mkdirSync(MEMORY, { recursive: true });
  writeFileSync(memoryOf(app), fingerprint);
}

function memoryOf(app) {
  return join(MEMORY, `built-${app}`);
}

/** One text for all the names and contents under `paths`. */
function fingerprintOf(paths) {
  const hash = createHash("sha256");
  const add = (path) => {
    hash
      .update(`${relative(ROOT, path)}\0`)
      .update(readFileSync(path))
      .update("\0");
  };
  const walk = (folder) => {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (NOT_SOURCES.test(entry.name)) continue;
      if (entry.isDirectory()) walk(join(folder, entry.name));
      else if (entry.isFile()) add(join(folder, entry.name));
    }
  };
  for (const path of paths.map((one) => join(ROOT, one)).filter((one) => existsSync(one))) {
    if (/\.[a-z]+$/.test(path)) add(path);
    else walk(path);
  }
  return hash.digest("hex");
}
