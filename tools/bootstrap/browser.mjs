import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { collect, lastWords } from "./run.mjs";
import { say } from "./say.mjs";

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "chrome",
  "microsoft-edge",
];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * The path of a browser of the Chromium family that runs: the one that CHROME_PATH names, or one
 * that is installed; `undefined` when there is none.
 *
 * @returns {Promise<string | undefined>}
 */
export async function findBrowser() {
  const folders = (process.env.PATH ?? "").split(delimiter).concat("/usr/bin", "/usr/local/bin", "/snap/bin");
  const suffix = process.platform === "win32" ? ".exe" : "";
  const named = NAMES.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  for (const path of new Set([process.env.CHROME_PATH ?? "", ...named, ...PLACES])) {
    if (!path || !existsSync(path)) continue;
    // On Windows a browser opens a window when it is asked; a Linux one may be a stub that only says so.
    if (process.platform === "win32" || (await collect(path, ["--version"], { timeout: 30_000 })).ok)
      return path;
  }
  return undefined;
}

/** For the tests: see that there is a browser. Debian and Ubuntu as root get one; others are told. */
export async function provideBrowser() {
  if (await findBrowser()) return;
  const advice = "install Chromium or Chrome, or set CHROME_PATH to one";
  if (!isDebian() || process.getuid?.() !== 0) {
    say(`No browser was found, and the tests in one will fail: ${advice}.`);
    return;
  }
  say("Installing Chromium for the tests (apt) ...");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await collect("apt-get", ["update", "-q"], { env });
  const packages = ["chromium", "fonts-noto-core"];
  const { output } = await collect(
    "apt-get",
    ["install", "-y", "-q", "--no-install-recommends", ...packages],
    { env },
  );
  if (await findBrowser()) return;
  say(
    `Chromium did not come through apt (${lastWords(output)}), and the tests in a browser will fail: ${advice}.`,
  );
}

function isDebian() {
  const release = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release);
}
