import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Browser, Page } from "playwright-core";
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

/** A page of the citizen's app on a phone. */
async function openAt(path: string, lang = "en"): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const url = new URL(path, system.url);
  url.searchParams.set("lang", lang);
  await page.goto(url.href);
  return page;
}

function paramsOf(page: Page): URLSearchParams {
  return new URL(page.url()).searchParams;
}

/** The first place under a heading, as its row's text. */
async function firstPlace(page: Page, heading: RegExp | string): Promise<string> {
  const row = page.getByRole("region", { name: heading }).getByRole("article").first();
  await row.waitFor();
  return row.innerText();
}

const WHERE = "Where to go, soonest care first";

describe("the search box", () => {
  test("offers what the words begin, is walked through by keys, and leads to places with their reasons", async () => {
    const page = await openAt("/");
    const box = page.getByRole("combobox", { name: /What do you need/ });
    await box.pressSequentially("kidn");
    const stone = page.getByRole("option", { name: /^kidney stone Illness/ });
    await stone.waitFor();
    for (let step = 0; step < 10 && (await stone.getAttribute("aria-selected")) !== "true"; step += 1)
      await box.press("ArrowDown");
    expect(await box.getAttribute("aria-activedescendant")).toBe(await stone.getAttribute("id"));
    await box.press("Enter");
    await page.waitForURL(/\/search\?/);
    expect(paramsOf(page).get("q")).toBe("kidney stone");
    const first = await firstPlace(page, WHERE);
    expect(first).toMatch(/Care in about .*(min|h)/);
    expect(first).toContain("has Urology");
    expect(first).toMatch(/\d+ min away/);
    await page.context().close();
  });

  test("forgives a typing error, says so, and takes the word as typed when it is told to", async () => {
    const page = await openAt("/search?q=kidny stone");
    await page.getByText("Read “kidny” as “kidney”.").waitFor();
    await page.getByRole("button", { name: "No, as typed" }).click();
    await expect.poll(() => paramsOf(page).getAll("without")).toEqual(["word:kidny"]);
    await page.getByRole("button", { name: "Read all the words again" }).click();
    await page.getByText("Read “kidny” as “kidney”.").waitFor();
    await page.context().close();
  });

  test("reads Marathi: a bed near a ward, each of which can be taken back", async () => {
    const page = await openAt("/search?q=नंदनवन जवळ आयसीयू", "mr");
    const chips = page.getByRole("group", { name: "असे समजले" });
    await chips.getByRole("button", { name: /नंदनवन/ }).waitFor();
    expect(await firstPlace(page, /कुठे जावे/)).toMatch(/मिनिटांवर/);
    await chips.getByRole("button", { name: /आयसीयू/ }).click();
    await expect.poll(() => paramsOf(page).getAll("without")).toEqual(["bed:icu"]);
    await expect.poll(() => chips.getByRole("button", { name: /आयसीयू/ }).count()).toBe(0);
    await page.context().close();
  });

  test("what is not understood still shows where the nearest emergency departments are", async () => {
    const page = await openAt("/search?q=qwzx vbnm");
    await page.getByText("We did not understand these words").waitFor();
    await expect
      .poll(() =>
        page.getByRole("region", { name: "Nearest emergency departments" }).getByRole("article").count(),
      )
      .toBe(2);
    await page.context().close();
  });
});

test("the filters are in the address, and a link shows another reader the same", async () => {
  const page = await openAt("/search?q=heart doctor");
  await firstPlace(page, WHERE);
  await page.getByRole("combobox", { name: "Scheme or insurance" }).selectOption("pm-jay");
  await page.getByRole("button", { name: "Open now" }).click();
  await expect
    .poll(() => [paramsOf(page).get("scheme"), paramsOf(page).get("open")])
    .toEqual(["pm-jay", "now"]);
  // Which place is first depends on the hour; each says how it stands with the scheme, and some accept it.
  const shown = page.getByRole("region", { name: WHERE }).getByRole("article");
  await expect
    .poll(async () => {
      const words = await shown.allInnerTexts();
      return words.length > 0 && words.every((one) => one.includes("PM-JAY"));
    })
    .toBe(true);
  expect((await shown.allInnerTexts()).join()).toContain("accepts PM-JAY");
  const other = await openAt(new URL(page.url()).pathname + new URL(page.url()).search);
  const names = (one: Page) =>
    one.getByRole("region", { name: WHERE }).getByRole("heading", { level: 3 }).allInnerTexts();
  await firstPlace(other, WHERE);
  expect(await names(other)).toEqual(await names(page));
  await other.getByRole("link", { name: "All places, and the map" }).click();
  await other.getByRole("heading", { level: 1, name: "Cardiology · PM-JAY" }).waitFor();
  await page.context().close();
  await other.context().close();
});

test.each([
  ["en", "snake bite on the leg", "This may be an emergency. Call now."],
  ["hi", "सांप ने काटा", "यह आपात स्थिति हो सकती है। अभी फ़ोन करें।"],
  ["mr", "साप चावला", "ही तातडीची परिस्थिती असू शकते. आत्ता फोन करा."],
])(
  "a sign of danger in %s comes first: whom to call, and what to do until help comes",
  async (lang, text, title) => {
    const page = await openAt(`/search?q=${text}`, lang);
    const card = page.getByRole("region", { name: title });
    await card.waitFor();
    expect(
      await card.getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href"))),
    ).toEqual(["tel:112", "tel:108"]);
    expect((await card.getByRole("paragraph").first().innerText()).length).toBeGreaterThan(40);
    await page.context().close();
  },
);

test("a doctor is found by specialty and duty, and the page says where and until when", async () => {
  const page = await openAt("/");
  await page.getByRole("link", { name: "Doctor", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Doctors" }).waitFor();
  await page.getByRole("combobox", { name: "Specialty" }).selectOption("emergency-medicine");
  await page.getByRole("button", { name: "On duty now" }).click();
  await expect
    .poll(() => [paramsOf(page).get("specialty"), paramsOf(page).get("duty")])
    .toEqual(["emergency-medicine", "now"]);
  const rows = page.getByRole("list", { name: "Doctors, nearest first" }).getByRole("article");
  await expect
    .poll(async () => (await rows.allInnerTexts()).every((text) => /On (duty|call)/.test(text)))
    .toBe(true);
  const name = await rows.first().getByRole("heading").innerText();
  await rows.first().getByRole("link").click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await page
    .getByText(/^On duty/)
    .first()
    .waitFor();
  await page.getByRole("main").getByRole("heading", { level: 2 }).getByRole("link").first().click();
  await page.getByRole("region", { name: "Doctors on duty now" }).waitFor();
  await page.context().close();
});
