import { spawn, type ChildProcess } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { findBrowser } from "../tools/bootstrap/browser.mjs";

const MAIN = fileURLToPath(new URL("../apps/server/src/cli/main.ts", import.meta.url));

/** The whole system as an operator starts it: a process of its own, on a data directory of its own. */
export interface System extends AsyncDisposable {
  /** Address of the web, without a slash at its end. */
  readonly url: string;
  readonly mllpPort: number;
  /** End it as a power cut does: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  /** Start it again on the same data and the same ports. */
  start(): Promise<void>;
  /** What it has printed. */
  output(): string;
}

/** Start the system with a demonstration city that stands still, unless the environment says otherwise. */
export async function startSystem(environment: Record<string, string> = {}): Promise<System> {
  const dataDir = await mkdtemp(join(tmpdir(), "ihims-e2e-"));
  // An account without rights has to reach its database in there.
  await chmod(dataDir, 0o711);
  let running: { child: ChildProcess; url: string; mllpPort: number } | undefined;
  let ports = { web: 0, mllp: 0 };
  let printed = "";

  async function start(): Promise<void> {
    const child = spawn(process.execPath, [MAIN, "serve"], {
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        CITY: "demo",
        SIMULATION_SPEED: "0",
        LOG_LEVEL: "warn",
        ...environment,
        PORT: String(ports.web),
        MLLP_PORT: String(ports.mllp),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stderr.on("data", (chunk: Buffer) => void (printed += chunk.toString()));
    const found = await readAddresses(child, (line) => void (printed += `${line}\n`));
    child.stdout.on("data", (chunk: Buffer) => void (printed += chunk.toString()));
    ports = { web: Number(new URL(found.url).port), mllp: found.mllpPort };
    running = { child, ...found };
  }

  const current = () => {
    if (!running) throw new Error("the system does not run");
    return running;
  };
  await start();
  return {
    get url() {
      return current().url;
    },
    get mllpPort() {
      return current().mllpPort;
    },
    start,
    output: () => printed,
    kill: () => end(current().child, "SIGKILL"),
    async [Symbol.asyncDispose]() {
      await end(current().child, "SIGTERM");
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The addresses that `ihims serve` prints when it can serve. */
async function readAddresses(
  child: ChildProcess,
  keep: (line: string) => void,
): Promise<{ url: string; mllpPort: number }> {
  if (!child.stdout) throw new Error("no output to read addresses from");
  let url: string | undefined;
  let mllpPort: number | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    keep(line);
    url ??= /Citizens:\s+(http:\/\/\S+?)\/$/.exec(line)?.[1];
    mllpPort ??= Number(/HL7 v2 \(MLLP\):\s+\S+:(\d+)/.exec(line)?.[1] ?? Number.NaN) || undefined;
    if (url !== undefined && mllpPort !== undefined) {
      child.stdout.resume();
      return { url, mllpPort };
    }
  }
  throw new Error(`the system ended before it served, with ${child.exitCode ?? child.signalCode}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await ended;
}

/** The machine's browser, without a window. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error("no browser of the Chromium family: install one, or set CHROME_PATH");
  return chromium.launch({ executablePath });
}

/** Open the console as one of the demonstration's people: `nurse`, `pharmacist`, `bloodbank`, `admin`, `city`. */
export async function openConsole(
  system: System,
  context: BrowserContext,
  who: string,
  lang = "en",
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${system.url}/console?lang=${lang}`);
  await page.locator("input[type=email]").fill(`${who}@demo.example`);
  await page.locator("input[type=password]").fill(`demo-${who}-1`);
  await page.keyboard.press("Enter");
  // On a phone it waits behind its button.
  await page.locator(".frame-side").waitFor({ state: "attached" });
  return page;
}
