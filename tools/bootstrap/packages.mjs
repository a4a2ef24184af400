import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findNpm, npmEnvironment, ROOT } from "./node.mjs";
import { collect, lastWords } from "./run.mjs";
import { Missing, say } from "./say.mjs";

/** What we remember of the installed tree. It lies in it, so that it goes when the tree goes. */
export const MEMORY = join(ROOT, "node_modules", ".ihims");
const INSTALLED = join(MEMORY, "installed");

/** Bring what package-lock.json names, when it is not what is there. Asks nobody when it is. */
export async function installPackages(node) {
  const lockText = readFileSync(join(ROOT, "package-lock.json"), "utf8");
  const fingerprint = createHash("sha256")
    .update(`${lockText}${process.platform}${process.arch}`)
    .digest("hex");
  if (readIfThere(INSTALLED) === fingerprint) return;

  const lock = JSON.parse(lockText);
  if (!isInstalled(lock)) {
    say("Installing the packages (a minute or two) ...");
    const npm = await findNpm(node);
    const args = [npm, "ci", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
    const { ok, output } = await collect(node, args, { cwd: ROOT, env: npmEnvironment(node) });
    if (!ok)
      throw new Missing(
        `The packages did not install (${lastWords(output)}): npm has to reach its registry.`,
      );
  }
  await repairNativeParts(node, lock);
  mkdirSync(MEMORY, { recursive: true });
  writeFileSync(INSTALLED, fingerprint);
}

/** Has npm made exactly this tree before, by whatever command? It keeps a list in the tree. */
function isInstalled(lock) {
  const text = readIfThere(join(ROOT, "node_modules", ".package-lock.json"));
  if (!text) return false;
  const there = JSON.parse(text).packages ?? {};
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (!path.includes("node_modules/") || wanted.optional || wanted.link) return true;
    return there[path]?.version === wanted.version && existsSync(join(ROOT, path, "package.json"));
  });
}

/**
 * npm leaves out a native part that did not come, and says nothing; what needs it then fails in its
 * own words. So see that each one for this machine is there, and bring what is not.
 */
async function repairNativeParts(node, lock) {
  const missing = findMissingParts(lock, existsSync);
  if (missing.length === 0) return;
  say(`Bringing native parts that npm left out: ${missing.map(({ name }) => name).join(", ")} ...`);
  const npm = await findNpm(node);
  mkdirSync(join(ROOT, ".tools"), { recursive: true });
  const part = mkdtempSync(join(ROOT, ".tools", "native-"));
  try {
    writeFileSync(join(part, "package.json"), '{ "private": true }\n');
    for (const { path, name, version } of missing) {
      const args = [
        npm,
        "install",
        "--no-save",
        "--no-package-lock",
        "--ignore-scripts",
        "--force",
        "--no-audit",
        "--no-fund",
      ];
      await collect(node, [...args, `${name}@${version}`], { cwd: part, env: npmEnvironment(node) });
      const brought = join(part, "node_modules", name);
      if (existsSync(brought)) cpSync(brought, join(ROOT, path), { recursive: true });
    }
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  const still = findMissingParts(lock, existsSync).map(({ name, version }) => `${name}@${version}`);
  if (still.length > 0)
    throw new Missing(
      `The registry did not give these native parts, and nothing works without them: ${still.join(", ")}.`,
    );
}

/** The packages of the lockfile that are made for this very machine and are not there. */
export function findMissingParts(lock, isThere, machine = describeMachine()) {
  return Object.entries(lock.packages)
    .filter(([, part]) => part.optional && (part.os || part.cpu) && !part.link)
    .map(([path, part]) => ({ path, name: path.slice(path.lastIndexOf("node_modules/") + 13), ...part }))
    .filter(
      (part) => fits(part.os, machine.os) && fits(part.cpu, machine.cpu) && fits(libcOf(part), machine.libc),
    )
    .filter(({ path }) => !isThere(join(ROOT, path, "package.json")))
    .map(({ path, name, version }) => ({ path, name, version }));
}

/** npm's rule for `os`, `cpu` and `libc`: a list of what it is for, or with `!` of what it is not for. */
function fits(list, value) {
  if (!list || !value) return true;
  if (list.includes(`!${value}`)) return false;
  const named = list.filter((one) => !one.startsWith("!"));
  return named.length === 0 || named.includes(value);
}

/** Some packages say it only in their name. */
function libcOf({ name, libc }) {
  if (libc) return libc;
  if (name.includes("musl")) return ["musl"];
  return /-gnu/.test(name) ? ["glibc"] : undefined;
}

function describeMachine() {
  const isLinux = process.platform === "linux";
  const libc = process.report?.getReport().header.glibcVersionRuntime ? "glibc" : "musl";
  return { os: process.platform, cpu: process.arch, libc: isLinux ? libc : undefined };
}

/** The text of a file, or `undefined` when there is none. */
export function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
