import { createServer, type Server } from "node:http";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser, Page } from "playwright-core";
import { openBrowser, startSystem, type System } from "./system.ts";

const ADMINISTRATOR = { email: "admin@demo.example", password: "demo-admin-1" };

const MAPPING = {
  language: 1,
  title: "Burns unit",
  format: { kind: "csv" },
  parts: [{ observations: [{ kind: "bed", type: "burns", staffed: "total", occupied: "occupied" }] }],
};

let system: System;
let browser: Browser;
let hospital: Server;
let address: string;

beforeAll(async () => {
  hospital = createServer((_request, response) => {
    response.setHeader("content-type", "text/csv").end("total,occupied\n37,14\n");
  });
  await new Promise<void>((resolve) => hospital.listen(0, "127.0.0.1", resolve));
  // A server on a port of TCP has an address of this kind.
  address = `http://127.0.0.1:${(hospital.address() as AddressInfo).port}/burns.csv`;
  system = await startSystem({ FEEDS_ALLOW: "127.0.0.1" });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await system?.[Symbol.asyncDispose]();
  hospital?.close();
});

/** Sign in as who administers the platform, and open the connections of a hospital. */
async function openConnections(page: Page): Promise<string> {
  await page.goto(`${system.url}/console?lang=en`);
  await page.getByLabel("E-mail").fill(ADMINISTRATOR.email);
  await page.getByLabel("Password", { exact: true }).fill(ADMINISTRATOR.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  const found: { items: { id: string }[] } = await (
    await page.request.get(`${system.url}/api/v1/facilities?kind=hospital&sort=name&limit=1`)
  ).json();
  const facility = found.items[0]?.id;
  if (facility === undefined) throw new Error("the demonstration has no hospital");
  await page.goto(`${system.url}/console/facilities/${facility}/connections?lang=en`);
  await page.getByRole("heading", { name: "Connections" }).waitFor();
  await page.getByText("No feeds yet").waitFor();
  return facility;
}

/** What axe finds wrong with the page as it stands. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  return page.evaluate<
    string[]
  >(`axe.run(document, { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] } })
    .then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes.map(({ html }) => html).join(" ").slice(0, 400)))`);
}

test("a feed is made by clicking, and its figures are on the citizen's page", async () => {
  const page = await browser.newPage();
  const facility = await openConnections(page);
  expect(await violationsOf(page)).toEqual([]);

  await page.getByRole("link", { name: "Add a feed" }).click();
  await page.getByLabel("What it is called").fill("Burns unit");
  await page.getByLabel("Address").fill(address);
  await page.getByRole("textbox", { name: "Mapping" }).fill(JSON.stringify(MAPPING));
  await page.getByRole("button", { name: "Show what it becomes" }).click();
  await page.getByText("staffed 37, occupied 14").waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole("button", { name: "Switch it on" }).click();

  await page.getByRole("button", { name: "Fetch now" }).click();
  await page.getByText("Taken in").first().waitFor();
  expect(await violationsOf(page)).toEqual([]);

  const citizen = await browser.newPage();
  await citizen.goto(`${system.url}/facilities/${facility}?lang=en`);
  await citizen.getByRole("region", { name: "Beds now" }).getByText("23").first().waitFor();
});
