/** The pictures of README and docs, taken from the demonstration city: `npm run screenshots`. */
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { DEMONSTRATION_ACCOUNTS } from "../apps/server/src/features/demonstration/demonstration.ts";
import { openBrowser, startSystem } from "../e2e/system.ts";

const IMAGES = fileURLToPath(new URL("../docs/images/", import.meta.url));
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
};
const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };

interface Picture {
  file: string;
  options: BrowserContextOptions;
  /** Bring the page to what the picture shows. */
  open(page: Page, url: string): Promise<void>;
}

const PICTURES: readonly Picture[] = [
  {
    file: "citizen-home.png",
    options: PHONE,
    async open(page, url) {
      await page.goto(`${url}/?lang=en`);
      await page.getByRole("main").getByRole("listitem").first().waitFor();
    },
  },
  {
    file: "citizen-place-marathi-dark.png",
    options: { ...PHONE, colorScheme: "dark" },
    async open(page, url) {
      await page.goto(`${url}/facilities/${await aHospital(url)}?lang=mr`);
      await page.getByRole("main").getByRole("listitem").first().waitFor();
    },
  },
  {
    file: "citizen-map.png",
    options: PHONE,
    async open(page, url) {
      await page.goto(`${url}/facilities?kind=hospital&bed=icu&view=map&lang=en`);
      await page.locator("canvas").waitFor();
      await page.waitForLoadState("networkidle");
      // The map fades its labels in; nothing on the page says when it is done.
      await page.waitForTimeout(3000);
    },
  },
  {
    file: "console-beds.png",
    options: DESKTOP,
    async open(page, url) {
      const [nurse] = DEMONSTRATION_ACCOUNTS;
      await page.goto(`${url}/console?lang=en`);
      await page.getByLabel("E-mail").fill(nurse.email);
      await page.getByLabel("Password", { exact: true }).fill(nurse.password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByLabel("Menu").getByRole("link", { name: "Beds" }).click();
      await page.getByRole("grid", { name: "Beds" }).waitFor();
    },
  },
  {
    file: "api-reference.png",
    options: DESKTOP,
    async open(page, url) {
      await page.goto(`${url}/docs/`);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      await page.waitForLoadState("networkidle");
    },
  },
];

/** A hospital near the centre with many kinds of bed. */
async function aHospital(url: string): Promise<string> {
  const { items }: { items: { id: string; beds: unknown[] }[] } = await (
    await fetch(`${url}/api/v1/facilities?kind=hospital&limit=100`)
  ).json();
  const [most] = items.sort((a, b) => b.beds.length - a.beds.length);
  if (!most) throw new Error("the demonstration has no hospital");
  return most.id;
}

async function take(browser: Browser, url: string, { file, options, open }: Picture): Promise<void> {
  const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce", ...options });
  try {
    const page = await context.newPage();
    await open(page, url);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: IMAGES + file });
    process.stdout.write(`docs/images/${file}\n`);
  } finally {
    await context.close();
  }
}

await mkdir(IMAGES, { recursive: true });
await using system = await startSystem({ SIMULATION_SPEED: "1" });
const browser = await openBrowser();
try {
  for (const picture of PICTURES) await take(browser, system.url, picture);
} finally {
  await browser.close();
}
