import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import { MllpClient } from "../apps/server/src/platform/mllp-client.ts";
import { openBrowser, openConsole, startSystem, type System } from "./system.ts";

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

async function signIn(context: BrowserContext): Promise<Page> {
  const page = await openConsole(system, context, "nurse");
  await page.getByLabel("Menu").getByRole("link", { name: "Beds" }).click();
  await page.getByRole("grid", { name: "Beds" }).waitFor();
  return page;
}

interface Feed {
  facility: string;
  senders: { application: string; facilityCode: string }[];
  wards: { code: string; bedType: string | null }[];
}

/** The nurse's hospital that sends HL7, with how its system calls itself and its wards. */
async function findFeed(page: Page): Promise<Feed> {
  const session: { memberships: { facility: string }[] } = await (
    await page.request.get(`${system.url}/api/v1/session`)
  ).json();
  for (const { facility } of session.memberships) {
    const feed: Feed = await (
      await page.request.get(`${system.url}/api/v1/facilities/${facility}/hl7`)
    ).json();
    if (feed.senders.length > 0) return { ...feed, facility };
  }
  throw new Error("the nurse has no hospital that sends HL7");
}

async function figureOf(facility: string, type: string): Promise<BedFigure> {
  return (await fetch(`${system.url}/api/v1/facilities/${facility}/beds/${type}?includeStale=true`)).json();
}

/** A citizen's page of a hospital, marked so that a reload would be seen. */
async function openCitizen(context: BrowserContext, facility: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${system.url}/facilities/${facility}?lang=en`);
  await page.getByRole("region", { name: "Beds now" }).waitFor();
  await page.evaluate(() => void Object.assign(globalThis, { isTheSamePage: true }));
  return page;
}

/** Wait until the citizen's page says so of a bed type, without having been loaded again. */
async function shows(
  page: Page,
  name: string,
  { free, staffed }: { free: number; staffed: number },
): Promise<void> {
  const words =
    free === 0
      ? `0 of ${staffed} beds free`
      : free <= 2
        ? `1-2 of ${staffed} beds left`
        : `${free} of ${staffed} beds free`;
  await page
    .getByRole("listitem")
    .filter({ hasText: `${name}: ${words}` })
    .waitFor({ state: "attached" });
  expect(await page.evaluate(() => "isTheSamePage" in globalThis)).toBe(true);
}

function admission(feed: Feed, ward: string, visit: string): string {
  const [sender] = feed.senders;
  const now = new Date().toISOString().replace(/[-:T]/g, "").slice(0, 14);
  return [
    `MSH|^~\\&|${sender?.application}|${sender?.facilityCode}|IHIMS|CITY|${now}+0000||ADT^A01^ADT_A01|${visit}|P|2.5`,
    `EVN|A01|${now}+0000`,
    "PID|1||77777^^^MR||Doe^Jane",
    ["PV1", "1", "I", `${ward}^^`, ...Array.from({ length: 15 }, () => ""), visit].join("|"),
  ].join("\r");
}

async function send(message: string): Promise<string> {
  const client = await MllpClient.connect({ host: "127.0.0.1", port: system.mllpPort });
  try {
    return await client.send(message);
  } finally {
    await client.close();
  }
}

test("what a nurse changes, what a hospital's system sends, and a power cut in between", async () => {
  const context = await browser.newContext({ locale: "en-GB" });
  const nurse = await signIn(context);
  const feed = await findFeed(nurse);
  const ward = feed.wards.find(({ bedType }) => bedType === "general");
  if (!ward) throw new Error("the hospital has no general ward");
  const before = await figureOf(feed.facility, "general");
  const staffed = before.value?.staffed ?? 0;
  const occupied = before.value?.occupied ?? 0;
  const citizen = await openCitizen(context, feed.facility);
  await shows(citizen, "General", { free: staffed - occupied - (before.value?.blocked ?? 0), staffed });

  // The nurse counts by hand.
  const chosen = await nurse.request.get(`${system.url}/api/v1/facilities/${feed.facility}`);
  const { name }: { name: string } = await chosen.json();
  if (!(await nurse.getByRole("heading", { level: 1, name }).isVisible())) {
    await nurse.getByLabel("Institution").selectOption({ label: name });
    await nurse.getByRole("heading", { level: 1, name }).waitFor();
  }
  const count = nurse.getByRole("spinbutton", { name: "General, Occupied" });
  await count.fill(String(staffed - 9));
  await count.press("Enter");
  await shows(citizen, "General", { free: 9 - (before.value?.blocked ?? 0), staffed });
  const counted = await figureOf(feed.facility, "general");
  expect(counted).toMatchObject({ source: "staff", value: { occupied: staffed - 9 } });

  // The hospital's system admits a patient.
  expect(await send(admission(feed, ward.code, "E2E0001"))).toContain("MSA|AA|E2E0001");
  await shows(citizen, "General", { free: 8 - (before.value?.blocked ?? 0), staffed });
  expect(await figureOf(feed.facility, "general")).toMatchObject({
    source: "hl7",
    value: { occupied: staffed - 8 },
  });
  await expect.poll(() => count.inputValue()).toBe(String(staffed - 8));

  // The power fails as soon as the next is acknowledged.
  const last = admission(feed, ward.code, "E2E0002");
  expect(await send(last)).toContain("MSA|AA|E2E0002");
  await system.kill();
  await system.start();
  const after = await figureOf(feed.facility, "general");
  expect(after).toMatchObject({ source: "hl7", value: { occupied: staffed - 7 } });
  // The same message again, as a system that missed our answer sends it, changes nothing.
  expect(await send(last)).toContain("MSA|AA|E2E0002");
  expect((await figureOf(feed.facility, "general")).observation).toBe(after.observation);

  // The open pages find their way back by themselves.
  await shows(citizen, "General", { free: 7 - (before.value?.blocked ?? 0), staffed });
  await expect.poll(() => count.inputValue()).toBe(String(staffed - 7));
  await context.close();
});

test("nothing has changed in one tap, and undone in another", async () => {
  const context = await browser.newContext({ locale: "en-GB" });
  const nurse = await signIn(context);
  const { memberships }: { memberships: { facility: string; facilityName: string }[] } = await (
    await nurse.request.get(`${system.url}/api/v1/session`)
  ).json();
  const name = await nurse.getByRole("heading", { level: 1 }).innerText();
  const facility = memberships.find(({ facilityName }) => facilityName === name)?.facility ?? "";
  const before = await figureOf(facility, "general");
  await nurse.getByRole("button", { name: "Nothing has changed" }).click();
  await expect.poll(async () => (await figureOf(facility, "general")).observedAt).not.toBe(before.observedAt);
  await nurse.getByRole("button", { name: /^Undo/ }).click();
  await expect.poll(async () => (await figureOf(facility, "general")).observedAt).toBe(before.observedAt);
  expect(await figureOf(facility, "general")).toMatchObject({
    value: before.value,
    observation: before.observation,
  });
  await context.close();
});
