import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Browser, BrowserContext, Page } from "playwright-core";
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

const ON_A_PHONE = { viewport: { width: 390, height: 844 }, reducedMotion: "reduce" } as const;

/** Calls that the page has made: a browser on a desk has no telephone, so the links are caught. */
async function catchCalls(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const calls: string[] = [];
    Object.assign(globalThis, { calls });
    addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[href^='tel:']") : null;
      if (!link) return;
      event.preventDefault();
      calls.push(link.getAttribute("href") ?? "");
    });
  });
  return () => page.evaluate(() => (globalThis as unknown as { calls: string[] }).calls); // put there above
}

describe("the emergency page", () => {
  test("is one tap away; the ambulance is called by holding, and a call begun by mistake is cancelled", async () => {
    const context = await browser.newContext(ON_A_PHONE);
    const page = await context.newPage();
    const calls = await catchCalls(page);
    await page.goto(`${system.url}/?lang=en`);
    await page.getByRole("link", { name: /SOS/ }).click();
    const hold = page.getByRole("button", { name: /Hold to call 108/ });
    await hold.hover();
    await page.mouse.down();
    await page.mouse.up();
    await hold.waitFor();
    expect(await calls()).toEqual([]);

    // By a key, once; then taken back.
    await hold.press("Enter");
    await page.getByText(/Calling 108 in \d second/).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await hold.waitFor();
    expect(await calls()).toEqual([]);

    await hold.hover();
    await page.mouse.down();
    await page.getByText(/Calling 108 in \d second/).waitFor();
    await page.mouse.up();
    await expect.poll(calls, { timeout: 30_000 }).toEqual(["tel:108"]);
    await context.close();
  });

  test("says where one is in words, coordinates and a plus code, to be sent", async () => {
    const { near, name } = await aPlace();
    const context = await browser.newContext({
      ...ON_A_PHONE,
      permissions: ["geolocation"],
      geolocation: { latitude: near.lat, longitude: near.lon },
    });
    const page = await context.newPage();
    await page.goto(`${system.url}/emergency?lang=en`);
    await page.getByRole("button", { name: "Find my place" }).click();
    const place = page.getByRole("region", { name: "Where I am" });
    await place.getByText(`from ${name}`).waitFor();
    await place.getByText(`${near.lat.toFixed(4)}, ${near.lon.toFixed(4)}`).waitFor();
    await place.getByText(/^[23456789CFGHJMPQRVWX]{8}\+[23456789CFGHJMPQRVWX]{2}$/).waitFor();
    const sms = await place.getByRole("link", { name: "Send by SMS" }).getAttribute("href");
    expect(decodeURIComponent(sms ?? "")).toContain(near.lat.toFixed(4));
    await context.close();
  });

  test("names the two nearest emergency departments, and what to do for each sign with its source", async () => {
    const context = await browser.newContext(ON_A_PHONE);
    const page = await context.newPage();
    await page.goto(`${system.url}/emergency?lang=mr`);
    const departments = page.getByRole("region", { name: "सर्वांत जवळचे आपत्कालीन विभाग" });
    await departments.getByRole("article").nth(1).waitFor();
    expect(await departments.getByRole("article").count()).toBe(2);
    await page.getByText("साप चावला").click();
    await page.getByText(/Standard treatment guidelines: management of snake bite/).waitFor();
    await context.close();
  });
});

describe("ambulances near", () => {
  test("can be called, say what they cost, and where they are when they have told it", async () => {
    const context = await browser.newContext(ON_A_PHONE);
    const page = await context.newPage();
    await page.goto(`${system.url}/emergency?lang=en`);
    const near = page.getByRole("region", { name: "Ambulances near you" });
    await near.getByRole("article").nth(2).waitFor();
    // The demonstration stands still, so none has told where it is.
    await near.getByText("Call and ask").first().waitFor();
    await near.getByLabel("Kind of ambulance").selectOption("als");
    await near.getByText("With a doctor's equipment").first().waitFor();
    const call = await near
      .getByRole("link", { name: /^Call / })
      .first()
      .getAttribute("href");
    expect(call).toMatch(/^tel:\+\d+$/);
    await near
      .getByText(/for the first|Free of charge/)
      .first()
      .waitFor();
    await context.close();
  });
});

describe("without a network", () => {
  /** One visit of the first page, until everything that is kept is there. */
  async function visit(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${system.url}/?lang=hi`);
    await page.getByRole("main").getByRole("article").first().waitFor();
    await page.evaluate(async () => {
      const { active } = await navigator.serviceWorker.ready;
      if (active && active.state !== "activated")
        await new Promise((done) => active.addEventListener("statechange", done, { once: true }));
    });
    await expect
      .poll(() => keptNames(page), { timeout: 60_000 })
      .toEqual(expect.arrayContaining(["city", "facilities", "directory", "ambulances"]));
    return page;
  }

  test("the app opens after one visit, with the age of what it shows; numbers and first aid are there", async () => {
    const context = await browser.newContext(ON_A_PHONE);
    const page = await visit(context);
    await context.setOffline(true);
    await page.goto(`${system.url}/?lang=hi`);
    await page.getByText(/^ऑफ़लाइन · .*/).waitFor();
    await page.getByRole("main").getByRole("article").first().waitFor();
    await page.getByRole("link", { name: /SOS/ }).click();
    await page.getByRole("link", { name: /112/ }).waitFor();
    await page.getByText("साँप ने काटा").click();
    await page.getByText(/Standard treatment guidelines/).waitFor();
    await context.close();
  });

  test("a server that is gone leaves the whole city: lists and places that nobody has opened, each figure with its age", async () => {
    const context = await browser.newContext(ON_A_PHONE);
    await visit(context);
    const { id, name } = await aPlace("&kind=pharmacy&near=18.60,73.95");
    await system.kill();
    try {
      const page = await context.newPage();
      const asked: string[] = [];
      page.on("response", (response) => {
        if (!response.fromServiceWorker()) asked.push(response.url());
      });
      await page.goto(`${system.url}/facilities?kind=hospital&bed=icu&lang=en`);
      await page.getByText(/^(Offline · copy|Reconnecting · numbers) of/).waitFor();
      const row = page.getByRole("main").getByRole("article").first();
      await row
        .getByText(/(free|left, call first)/)
        .first()
        .waitFor();
      await row
        .getByText(/min|just now|h\b/)
        .first()
        .waitFor();
      await page.goto(`${system.url}/facilities/${id}?lang=en`);
      await page.getByRole("heading", { level: 1, name }).waitFor();
      await page.getByRole("link", { name: /Call/ }).first().waitFor();
      await page.goto(`${system.url}/search?q=${encodeURIComponent(name)}&lang=en`);
      await page.getByRole("region", { name: "Places of this name" }).getByText(name).first().waitFor();
      await page.goto(`${system.url}/emergency?lang=en`);
      const departments = page.getByRole("region", { name: "Nearest emergency departments" });
      await departments.getByRole("article").nth(1).waitFor();
      const ambulances = page.getByRole("region", { name: "Ambulances near you" });
      await ambulances
        .getByRole("link", { name: /^Call / })
        .nth(2)
        .waitFor();
      await page.getByText("Snake bite", { exact: true }).click();
      await page.getByText(/Standard treatment guidelines/).waitFor();
      expect(asked).toEqual([]);
    } finally {
      await system.start();
    }
    await context.close();
  });

  test("a phone may put the app beside its others", async () => {
    const context = await browser.newContext(ON_A_PHONE);
    const page = await visit(context);
    const session = await context.newCDPSession(page);
    const { errors } = await session.send("Page.getAppManifest");
    expect(errors).toEqual([]);
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    // A context of a test is a private window, in which nothing is ever installed.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
    await context.close();
  });
});

/** What the phone has kept: the answers by what they answer, and everything else by its name. */
async function keptNames(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((done, failed) => {
        const opening = indexedDB.open("ihims");
        opening.addEventListener("error", () => failed(opening.error));
        opening.addEventListener("success", () => {
          const db = opening.result;
          if (!db.objectStoreNames.contains("answers")) {
            db.close();
            return done([]);
          }
          const store = db.transaction("answers").objectStore("answers");
          const names = store.getAllKeys();
          const answers = store.get("all");
          answers.addEventListener("success", () => {
            db.close();
            const kept = answers.result as { state: { queries: { queryKey: [string] }[] } } | undefined; // as it is kept
            const asked = (kept?.state.queries ?? []).map(({ queryKey }) => queryKey[0]);
            done([...asked, ...names.result.map(String)]);
          });
        });
      }),
  );
}

interface Place {
  id: string;
  name: string;
  position: { lat: number; lon: number };
}

async function aPlace(
  query = "&kind=hospital",
): Promise<{ id: string; near: { lat: number; lon: number }; name: string }> {
  const { items }: { items: Place[] } = await (
    await fetch(`${system.url}/api/v1/facilities?limit=1${query}`)
  ).json();
  const [one] = items;
  if (!one) throw new Error("the demonstration has no such place");
  const near = { lat: Number(one.position.lat.toFixed(4)), lon: Number(one.position.lon.toFixed(4)) };
  return { id: one.id, near, name: one.name };
}
