import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { openBrowser, openConsole, startSystem, type System } from "./system.ts";

/** What becomes of a hold is looked for every few seconds. */
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

/** The nurse, with a hospital where six of twelve ICU beds are free as of now. */
async function aNurse(): Promise<{ page: Page; facility: string }> {
  const page = await openConsole(system, await browser.newContext({ locale: "en" }), "nurse");
  await page.getByLabel("Menu").getByRole("link", { name: "Beds" }).click();
  await page.getByRole("grid", { name: "Beds" }).waitFor();
  const facility = /facilities\/([^/]+)\/beds/.exec(page.url())?.[1] ?? "";
  const reported = await page.request.put(`${system.url}/api/v1/facilities/${facility}/beds/icu`, {
    headers: { origin: system.url },
    data: { staffed: 12, occupied: 6 },
  });
  expect(reported.status()).toBe(200);
  return { page, facility };
}

async function openPlace(context: BrowserContext, facility: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${system.url}/facilities/${facility}?lang=en`);
  await page.getByRole("region", { name: "Beds now" }).waitFor();
  return page;
}

/** Wait until a page that is open says so, without having been loaded again. */
const saysFree = (page: Page, free: number) =>
  page
    .getByRole("region", { name: "Beds now" })
    .getByRole("listitem")
    .filter({ hasText: `ICU: ${free} of 12 beds free` })
    .waitFor({ state: "attached", ...WAIT });

test("a citizen has a bed kept, a nurse accepts it, and the number falls and rises on another page", async () => {
  const nurse = await aNurse();
  const onlooker = await openPlace(await browser.newContext({ locale: "en" }), nurse.facility);
  await saysFree(onlooker, 6);

  const citizen = await openPlace(
    await browser.newContext({ locale: "en", viewport: { width: 390, height: 844 } }),
    nurse.facility,
  );
  await citizen.getByLabel("Kind of bed").selectOption("icu");
  await citizen.getByRole("button", { name: /Hold a bed: ICU, 30/ }).click();
  const sheet = citizen.getByRole("dialog");
  await sheet.getByLabel("Your mobile number").fill("98220 12345");
  await sheet.getByRole("button", { name: "Send me a code" }).click();
  const code = sheet.getByLabel(/The code sent to/);
  expect(await code.getAttribute("autocomplete")).toBe("one-time-code");
  await expect.poll(() => codeIn(system.output()), WAIT).toBeDefined();
  await code.fill(codeIn(system.output())?.replace(/^(\d{3})/, "$1 ") ?? "");
  await sheet.getByRole("button", { name: "Sign in" }).click();
  const kept = citizen.getByRole("region", { name: "Kept for you here" });
  await kept.getByText("Kept, not answered yet").waitFor(WAIT);
  const said = (await kept.getByText(/^Say/).textContent()) ?? "";
  await saysFree(onlooker, 5);

  await nurse.page.getByRole("link", { name: "Incoming" }).click();
  const card = nurse.page.getByRole("article").filter({ hasText: said.split(" ")[1] ?? "no code" });
  await card.getByText("+919822012345").waitFor(WAIT);
  await card.getByRole("button", { name: "Accept" }).click();
  await kept.getByText("Accepted", { exact: true }).waitFor(WAIT);
  await expect.poll(() => system.output(), WAIT).toMatch(/SMS to \+919822012345: .* expects you until/);

  await citizen.getByRole("link", { name: "Mine" }).click();
  await citizen.getByRole("region", { name: "Kept for me" }).getByText("Bed: ICU").waitFor(WAIT);
  await citizen.getByRole("button", { name: "I do not need it any more" }).click();
  await citizen.getByText("Nothing is kept for you now").waitFor(WAIT);
  await saysFree(onlooker, 6);
});

/** The newest code that the demonstration printed. */
function codeIn(output: string): string | undefined {
  return [...output.matchAll(/SMS to \+919822012345: (\d{6})/g)].at(-1)?.[1];
}
