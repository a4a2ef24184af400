import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser } from "playwright-core";
import { openBrowser, startSystem, type System } from "./system.ts";

const ADMIN = { email: "admin@demo.example", password: "demo-admin-1" };

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

async function aHospital(): Promise<{ id: string; name: string }> {
  const { items }: { items: { id: string; name: string }[] } = await (
    await fetch(`${system.url}/api/v1/facilities?kind=hospital&limit=1`)
  ).json();
  const [one] = items;
  if (!one) throw new Error("the demonstration has no hospital");
  return one;
}

test("a citizen answers what is known, and is told what fits, what does not and who decides", async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto(`${system.url}/?lang=en`);
  await page.getByRole("link", { name: "Schemes" }).click();
  const screener = page.getByRole("region", { name: "What may be for you" });
  await screener.getByLabel("How old is the patient, in years?").fill("72");
  await screener.getByText(/Only the scheme's own desk decides/).waitFor();
  const pmjay = screener.getByRole("group").filter({ hasText: "Ayushman Bharat (PM-JAY)" });
  await pmjay.getByText("Nothing you said speaks against it: ask there").click();
  await pmjay.getByText(/70 years old or older · Fits/).waitFor();
  await pmjay.getByText(/Not answered/).waitFor();
  await pmjay.getByRole("link", { name: "What to bring, and where" }).click();

  await page.getByRole("heading", { level: 1, name: "Ayushman Bharat (PM-JAY)" }).waitFor();
  await page.getByText("Ayushman card, where there is one").waitFor();
  await page
    .getByText(/Source: National Health Authority/)
    .first()
    .waitFor();
  await page.getByLabel("Specialty").selectOption("cardiology");
  const honoured = page.getByRole("region", { name: "Hospitals near you that honour it" });
  await honoured.getByRole("article").first().waitFor();
  await honoured
    .getByText(/^(For everything it treats|Only for .*Cardiology)/)
    .first()
    .waitFor();
  expect(await page.locator("body").innerText()).not.toMatch(/you are (eligible|entitled)/i);
  await context.close();
});

test("what a hospital says at its desk is what citizens are told", async () => {
  const { id, name } = await aHospital();
  const context = await browser.newContext({ locale: "en" });
  const page = await context.newPage();
  await page.goto(`${system.url}/console/facilities/${id}/schemes?lang=en`);
  await page.getByLabel("E-mail").fill(ADMIN.email);
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Schemes and insurance" }).waitFor();
  await page.getByRole("button", { name: "Add a scheme" }).waitFor();
  // All that stood there is taken away, and one is named anew.
  const remove = page.getByRole("button", { name: "Remove" });
  for (let left = await remove.count(); left > 0; left -= 1) await remove.first().click();
  await page.getByRole("button", { name: "Add a scheme" }).click();
  await page.getByLabel("Scheme").selectOption("echs");
  await page.getByLabel("First day").fill("2026-01-01");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved").waitFor();
  await page.goto(`${system.url}/facilities/${id}?lang=en`);
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await page.getByRole("region", { name: "What is offered here" }).getByText("ECHS").waitFor();
  await expect
    .poll(async () => {
      const response = await fetch(`${system.url}/api/v1/schemes/echs/facilities?limit=100`);
      const { items }: { items: { id: string; empanelments: object[] }[] } = await response.json();
      return items.find((one) => one.id === id)?.empanelments;
    })
    .toEqual([{ scheme: "echs", specialties: [], from: "2026-01-01", to: null }]);
  await context.close();
});
