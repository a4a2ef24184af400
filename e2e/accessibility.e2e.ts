import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Browser, Page } from "playwright-core";
import { openBrowser, openConsole, startSystem, type System } from "./system.ts";

/** WCAG 2.2 A and AA, and what axe calls best practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Least size of what a thumb has to hit on a phone, in CSS pixels. */
const TOUCH_MIN_PX = 44;
const LOOKS = [
  { lang: "en", colorScheme: "light" },
  { lang: "hi", colorScheme: "dark" },
  { lang: "mr", colorScheme: "light" },
] as const;

/** Pages of the nurse's institution, and what is there when one is ready. */
const NURSE_PAGES = [
  ["beds", "[role=grid]"],
  ["incoming", ".incoming .ui-state"],
  ["history", ".history-rows"],
] as const;

let system: System;
let browser: Browser;
let axe: string;

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  system = await startSystem();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await system?.[Symbol.asyncDispose]();
});

interface AxeResults {
  violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
}

/** What axe finds wrong with the page as it stands. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  // axe is there: it was just put there.
  const { violations } = await page.evaluate<AxeResults, string[]>(
    (tags) =>
      (globalThis as unknown as { axe: { run(of: Document, options: object): Promise<AxeResults> } }).axe.run(
        document,
        { runOnly: { type: "tag", values: tags } },
      ),
    TAGS,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}

/** Buttons, links and fields that are smaller than a thumb, apart from links within a sentence. */
async function smallTargetsOf(page: Page): Promise<string[]> {
  return page.locator("button:visible, select:visible, input:visible, a:visible").evaluateAll(
    (elements, least) =>
      elements
        .filter(
          (element) =>
            !element.closest("p, dd, [class*=skip]") && getComputedStyle(element).display !== "inline",
        )
        // A box to tick is hit by its words as well.
        .map((element) => ({
          element,
          box: (element.closest("label:has([type=checkbox])") ?? element).getBoundingClientRect(),
        }))
        .filter(({ box }) => box.width > 0 && (box.width < least || box.height < least))
        .map(
          ({ element, box }) =>
            `${element.outerHTML.slice(0, 120)} is ${Math.round(box.width)} x ${Math.round(box.height)}`,
        ),
    TOUCH_MIN_PX - 0.5,
  );
}

async function aHospital(): Promise<string> {
  const { items }: { items: { id: string }[] } = await (
    await fetch(`${system.url}/api/v1/facilities?kind=hospital&bed=icu`)
  ).json();
  return items[0]?.id ?? "";
}

async function aBank(): Promise<string> {
  const { items }: { items: { facility: { id: string } }[] } = await (
    await fetch(`${system.url}/api/v1/blood?group=B%2B`)
  ).json();
  return items[0]?.facility.id ?? "";
}

async function aMedicine(): Promise<string> {
  const { items }: { items: { id: string }[] } = await (
    await fetch(`${system.url}/api/v1/medicines?q=paracetamol 500`)
  ).json();
  return items[0]?.id ?? "";
}

async function aShopPage(): Promise<string> {
  const medicine = await aMedicine();
  const { items }: { items: { id: string }[] } = await (
    await fetch(`${system.url}/api/v1/medicines/${medicine}/availability`)
  ).json();
  return `/facilities/${items[0]?.id ?? ""}?medicine=${medicine}`;
}

async function aDoctor(): Promise<string> {
  const { items }: { items: { id: string }[] } = await (
    await fetch(`${system.url}/api/v1/doctors?specialty=cardiology`)
  ).json();
  return items[0]?.id ?? "";
}

async function anAlert(): Promise<string> {
  const { items }: { items: { id: string }[] } = await (await fetch(`${system.url}/api/v1/alerts`)).json();
  return items[0]?.id ?? "";
}

type Address = () => Promise<string>;

/** The citizens' pages, each with its address. */
const PAGES: readonly (readonly [name: string, path: Address])[] = [
  ["the citizens' first page", async () => "/"],
  ["a list of places", async () => "/facilities?kind=hospital&bed=icu"],
  ["a place's page", async () => `/facilities/${await aHospital()}`],
  ["a search that was understood", async () => "/search?q=kidny stone near Nandanvan"],
  ["a search with a sign of danger", async () => "/search?q=snake bite"],
  ["the list of doctors", async () => "/doctors?specialty=cardiology"],
  ["a search for a medicine", async () => "/medicines?q=hydroxizine"],
  ["blood and what can be given instead", async () => "/blood?group=AB-&component=apheresis-platelets"],
  ["the donors' page", async () => "/donors"],
  ["a blood bank's page", async () => `/facilities/${await aBank()}`],
  ["a medicine's page", async () => `/medicines/${await aMedicine()}`],
  ["a shop's page with what was looked for", aShopPage],
  ["a prescription", async () => "/prescription"],
  ["a doctor's page", async () => `/doctors/${await aDoctor()}`],
  ["a warning of an authority", async () => `/alerts/${await anAlert()}`],
  ["what is mine, before signing in", async () => "/me"],
  ["the emergency page", async () => "/emergency"],
  ["the schemes", async () => "/schemes"],
  ["a scheme", async () => "/schemes/mjpjay"],
  ["a page that is not there", async () => "/nowhere"],
];

describe.each(LOOKS)("in $lang, $colorScheme", ({ lang, colorScheme }) => {
  test.each(PAGES)("%s can be used by everybody", async (_name, path) => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      colorScheme,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    const url = new URL(await path(), system.url);
    url.searchParams.set("lang", lang);
    await page.goto(url.href);
    await page
      .getByRole("main")
      .getByRole("heading", { level: 1 })
      .or(page.getByRole("main").getByRole("heading").first())
      .first()
      .waitFor();
    await page.waitForLoadState("load");
    await expect.poll(() => page.locator("[aria-busy=true]").count()).toBe(0);
    expect(await page.locator("html").getAttribute("lang")).toBe(lang);
    expect(await violationsOf(page)).toEqual([]);
    expect(await smallTargetsOf(page)).toEqual([]);
    // 320 CSS pixels wide, as at 400 % zoom: nothing has to be scrolled sideways.
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await context.close();
  });

  test("the console's sign-in and the pages of a nurse's day can be used by everybody", async () => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    await page.goto(`${system.url}/console?lang=${lang}`);
    await page.locator("input[type=email]").waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.locator("input[type=email]").fill("nurse@demo.example");
    await page.locator("input[type=password]").fill("demo-nurse-1");
    await page.keyboard.press("Enter");
    await page.locator(".day-rows").first().waitFor();
    expect(await violationsOf(page)).toEqual([]);
    const beds = await page.locator('.frame-side a[href*="/beds"]').getAttribute("href");
    for (const [name, shown] of NURSE_PAGES) {
      await page.goto(new URL((beds ?? "").replace(/beds$/, name), system.url).href);
      await page.locator(shown).first().waitFor();
      await expect.poll(() => page.locator("[aria-busy=true]").count()).toBe(0);
      expect([name, ...(await violationsOf(page))]).toEqual([name]);
      await page.setViewportSize({ width: 320, height: 640 });
      // A grid becomes cards when it is told of the new width.
      const width = async () => [name, await page.evaluate(() => document.documentElement.scrollWidth)];
      await expect.poll(width).toEqual([name, 320]);
      await page.setViewportSize({ width: 1280, height: 800 });
    }
    await context.close();
  });
});

describe.each(LOOKS)("in $lang, $colorScheme", ({ lang, colorScheme }) => {
  test("the console's connections can be used by everybody", async () => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme,
      reducedMotion: "reduce",
    });
    const page = await openConsole(system, context, "admin", lang);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expect.poll(() => page.locator("[aria-busy=true]").count()).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
    for (const path of ["", "/new", "/hl7"]) {
      await page.goto(`${system.url}/console/facilities/${await aHospital()}/connections${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await expect.poll(() => page.locator("[aria-busy=true]").count()).toBe(0);
      expect(await violationsOf(page), path).toEqual([]);
    }
    await context.close();
  });
});

describe.each(LOOKS)("in $lang, $colorScheme", ({ lang, colorScheme }) => {
  test("the console's stock and what the city is short of can be used by everybody", async () => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      colorScheme,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    const signIn = async (name: string) =>
      page.request.post(`${system.url}/api/v1/session`, {
        headers: { origin: system.url },
        data: { email: `${name}@demo.example`, password: `demo-${name}-1` },
      });
    await signIn("pharmacist");
    await page.goto(`${system.url}/console?lang=${lang}`);
    await page.getByRole("table").waitFor();
    await page.locator(".shelf-upload summary").click();
    await page.locator(".shelf-upload textarea").first().fill("Item,Qty\nSunshine Oil,4");
    await page.locator(".shelf-columns").waitFor();
    expect(await violationsOf(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await signIn("city");
    await page.goto(`${system.url}/console/city/stock?lang=${lang}`);
    await page.locator(".gap-ward, .ui-state").first().waitFor();
    await expect.poll(() => page.locator("[aria-busy=true]").count()).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
    await context.close();
  });
});

describe.each(LOOKS)("in $lang, $colorScheme", ({ lang, colorScheme }) => {
  test.each([1280, 390])("the console's blood page can be used by everybody, %i wide", async (width) => {
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      colorScheme,
      reducedMotion: "reduce",
    });
    const page = await openConsole(system, context, "bloodbank", lang);
    await page.getByRole("table").waitFor();
    await page.locator(".blood-policy summary").click();
    await expect.poll(() => page.locator("[aria-busy=true]").count()).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await context.close();
  });
});
