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

/** The officer at the bank's page; what a scanner reads is typed, with Enter behind it. */
async function anOfficer(): Promise<{
  page: Page;
  scan: (...codes: string[]) => Promise<void>;
  bank: string;
}> {
  const page = await openConsole(system, await browser.newContext({ locale: "en" }), "bloodbank");
  const field = page.getByLabel("Scan, or type the donation number");
  await field.waitFor(WAIT);
  return {
    page,
    async scan(...codes) {
      for (const code of codes) {
        await field.pressSequentially(code);
        await field.press("Enter");
      }
    },
    bank: /facilities\/([^/]+)\/blood/.exec(page.url())?.[1] ?? "",
  };
}

/** The bank's row in what a citizen sees, whatever else is near. */
function rowOf(page: Page, bank: string) {
  return page
    .getByRole("list", { name: /^Banks, the preferred/ })
    .getByRole("listitem")
    .filter({ has: page.locator(`a[href*="${bank}"]`) });
}

test("a bag that is scanned is found by a citizen on an open page, who has it kept; the bank sees it held", async () => {
  const officer = await anOfficer();
  const citizen = await (
    await browser.newContext({ locale: "en", viewport: { width: 390, height: 844 } })
  ).newPage();
  // Nobody in the city has whole blood of the Bombay group.
  await citizen.goto(`${system.url}/blood?group=Oh-&component=whole-blood&lang=en`);
  await citizen.getByText("No bank near you has told that it has this").waitFor(WAIT);

  await officer.page.getByLabel("Component", { exact: true }).first().selectOption("whole-blood");
  await officer.page.getByLabel("Group", { exact: true }).selectOption("Oh-");
  await officer.scan("=G12349865432177", "&>0993652359");
  await officer.page.getByText("On the shelf: G123498654321").waitFor(WAIT);
  const row = rowOf(citizen, officer.bank);
  await row.getByText("1 unit", { exact: true }).waitFor(WAIT);

  await row.getByRole("button", { name: /^Hold 1 unit for/ }).click();
  const sheet = citizen.getByRole("dialog");
  await sheet.getByLabel("Your mobile number").fill("98220 54321");
  await sheet.getByRole("button", { name: "Send me a code" }).click();
  await expect.poll(() => codeIn(system.output()), WAIT).toBeDefined();
  await sheet.getByLabel(/The code sent to/).fill(codeIn(system.output()) ?? "");
  await sheet.getByRole("button", { name: "Sign in" }).click();
  await citizen.getByText("Kept, not answered yet").waitFor(WAIT);
  await officer.page.getByText("1 held").waitFor(WAIT);

  await officer.scan("=G12349865432178");
  await officer.page.getByText(/The check character does not fit/).waitFor(WAIT);
  await officer.page.getByRole("button", { name: "Discard: G123498654321" }).click();
  await citizen.getByText("No bank near you has told that it has this").waitFor(WAIT);
});

/** The newest code that the demonstration printed. */
function codeIn(output: string): string | undefined {
  return [...output.matchAll(/SMS to \+919822054321: (\d{6})/g)].at(-1)?.[1];
}
