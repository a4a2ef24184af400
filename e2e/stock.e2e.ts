import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser, Page } from "playwright-core";
import { openBrowser, openConsole, startSystem, type System } from "./system.ts";

const WAIT = { timeout: 60_000 };

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

/** The pharmacist, at the shelf of their shop. */
async function aPharmacist(): Promise<{ page: Page; facility: string }> {
  const context = await browser.newContext({ locale: "en", acceptDownloads: true });
  const page = await openConsole(system, context, "pharmacist");
  await page.getByRole("table").waitFor(WAIT);
  return { page, facility: /facilities\/([^/]+)\/stock/.exec(page.url())?.[1] ?? "" };
}

/** What the shop has most of: its id and name. */
async function aMedicine({ page, facility }: Awaited<ReturnType<typeof aPharmacist>>) {
  const shelf = await page.request.get(`${system.url}/api/v1/facilities/${facility}/stock?lang=en`);
  const { lines }: { lines: { medicine: string; name: string; quantity: number }[] } = await shelf.json();
  const [most] = lines.sort((a, b) => b.quantity - a.quantity);
  if (!most) throw new Error("the shelf is empty");
  return most;
}

test("a citizen finds a medicine and has it put aside; the pharmacist counts anew, takes it back, and sends a list", async () => {
  const chemist = await aPharmacist();
  const { medicine, name } = await aMedicine(chemist);
  const { page } = chemist;

  await page.getByLabel("Find in the shelf").fill(name);
  const cell = page.getByLabel(`Packs of ${name}`, { exact: true });
  const before = await cell.inputValue();
  await cell.fill("20");
  await cell.press("Enter");
  await page.getByText(`${name}: ${before} → 20`).waitFor(WAIT);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => cell.inputValue(), WAIT).toBe(before);
  await cell.fill("20");
  await cell.press("Enter");
  await page.getByText(`${name}: ${before} → 20`).waitFor(WAIT);

  const phone = { width: 390, height: 844 };
  const citizen = await (await browser.newContext({ locale: "en", viewport: phone })).newPage();
  await citizen.goto(`${system.url}/facilities/${chemist.facility}?medicine=${medicine}&lang=en`);
  await citizen.getByRole("region", { name: "What you looked for" }).getByText("In stock").waitFor(WAIT);
  await citizen.getByLabel("Packs").selectOption("2");
  await citizen.getByRole("button", { name: "Put it aside for 2 h" }).click();
  const sheet = citizen.getByRole("dialog");
  await sheet.getByLabel("Your mobile number").fill("98220 54321");
  await sheet.getByRole("button", { name: "Send me a code" }).click();
  await expect.poll(() => codeIn(system.output()), WAIT).toBeDefined();
  await sheet.getByLabel(/The code sent to/).fill(codeIn(system.output()) ?? "");
  await sheet.getByRole("button", { name: "Sign in" }).click();
  const kept = citizen.getByRole("region", { name: "Kept for you here" });
  await kept.getByText(`2 × ${name}`).waitFor(WAIT);

  await page.getByRole("link", { name: "Incoming" }).click();
  await page.getByRole("article").filter({ hasText: name }).getByRole("button", { name: "Accept" }).click();
  await kept.getByText("Accepted", { exact: true }).waitFor(WAIT);

  await page.getByRole("link", { name: "Stock" }).click();
  await page.getByText("Send a list").click();
  await page.setInputFiles("input[type=file]", {
    name: "stock.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`Item,Bal\n${name},31\nSunshine Oil,4\n${name},many\n`),
  });
  await page.getByLabel("Bal").selectOption({ label: "Packs" });
  await page.getByRole("button", { name: "Check it" }).click();
  await page.getByText("Of 3 lines it would be:").waitFor(WAIT);
  await page.getByRole("button", { name: "Send it" }).click();
  await page.getByText("Taken in, of 3 lines:").waitFor(WAIT);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download the refused lines" }).click(),
  ]);
  const refused = await readFile(await download.path(), "utf8");
  expect(refused).toContain("Sunshine Oil,4");
  expect(refused).toContain(`${name},many`);
  await page.getByLabel("Find in the shelf").fill(name);
  await expect.poll(() => cell.inputValue(), WAIT).toBe("31");
});

/** The newest code that the demonstration printed. */
function codeIn(output: string): string | undefined {
  return [...output.matchAll(/SMS to \+919822054321: (\d{6})/g)].at(-1)?.[1];
}
