import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser } from "playwright-core";
import { openBrowser, startSystem, type System } from "./system.ts";

let system: System;
let browser: Browser;

beforeAll(async () => {
  system = await startSystem();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await system?.[Symbol.asyncDispose]();
});

test("somebody looks for a medicine, sees what it is taken for, and what may stand in for it", async () => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.goto(`${system.url}/?lang=en`);
  await page.getByRole("link", { name: "Medicine" }).click();
  const box = page.getByRole("combobox", { name: /Name of a medicine/ });
  await box.fill("hydroxizine 25");
  await box.press("Enter");
  await page.getByText("is not a name here. Nearest: “hydroxyzine”").waitFor();
  await page
    .getByRole("complementary", { name: "Easily mixed up" })
    .getByText(/hydrALAZINE/)
    .waitFor();
  const first = page.getByRole("list", { name: "Medicines found, best first" }).getByRole("article").first();
  expect(await first.innerText()).toContain("hydrOXYzine 25 mg");
  await first.getByRole("link").click();
  await page.waitForURL(/\/medicines\/m-/);
  await page.getByText(/Schedule H/).waitFor();
  await page.getByRole("heading", { name: "Same medicine, other makers" }).waitFor();
  await page.getByText("Ask your pharmacist or doctor").waitFor();
  await context.close();
});
