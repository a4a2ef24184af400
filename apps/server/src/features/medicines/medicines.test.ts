import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeMedicines } from "@ihims/city/medicines/catalogue.ts";
import { getMedicine, listEquivalents, listMedicines } from "@ihims/core/medicines/endpoints.ts";
import { search } from "@ihims/core/search/endpoints.ts";
import { testServer, type TestServer } from "../../testing/server.ts";
import { importMedicines } from "./import.ts";
import { addMedicines } from "./medicines.ts";

let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await testServer();
  folder = await mkdtemp(join(tmpdir(), "medicines-"));
  await addMedicines(server.ctx, "demonstration", makeMedicines(1));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const find = (q: string) => server.anybody.call(listMedicines, { query: { q, limit: 5 } });

async function importText(text: string, options: { source?: string; dryRun?: boolean; map?: string } = {}) {
  const file = join(folder, "list.csv");
  await writeFile(file, text);
  return importMedicines(server.ctx, file, {
    source: "a-list",
    currency: "INR",
    isPublicPharmacy: false,
    dryRun: false,
    ...options,
  });
}

const LIST = `id,name,price(₹),Is_discontinued,manufacturer_name,type,pack_size_label,short_composition1,short_composition2
1,Zulmovax 625 Duo Tablet,223.42,FALSE,Nowhere Labs,allopathy,strip of 10 tablets,Amoxycillin  (500mg) , Clavulanic Acid (125mg)
2,Zulmovax 375 Tablet,150,FALSE,Nowhere Labs,allopathy,strip of 10 tablets,Amoxycillin  (250mg) , Clavulanic Acid (125mg)
`;

test("a chemist's line finds what it means, with nothing in doubt", async () => {
  const found = await find("TAB AMOX CLAV 625");
  expect(found).toMatchObject({ certain: true, reading: { form: "tablet", strengths: ["625"] } });
  expect(found.items[0]?.composition.map(({ generic }) => generic)).toEqual([
    "amoxicillin",
    "clavulanic-acid",
  ]);
  expect(found.items[0]?.matches).toEqual({ strength: true, form: true });
});

test("a misspelt name is found, and it is said that it is not what was typed", async () => {
  const found = await find("azithromicin 500");
  expect(found.items[0]?.composition[0]?.generic).toBe("azithromycin");
  expect(found).toMatchObject({
    certain: false,
    reading: { corrected: [{ typed: "azithromicin", read: "azithromycin" }] },
  });
});

test("a generic is found in Devanagari, and its page is in the reader's language", async () => {
  const found = await server.anybody.call(listMedicines, { query: { q: "पैरासिटामोल 650", lang: "hi" } });
  expect(found.items[0]?.generics).toBe("Paracetamol 650 mg");
  const id = found.items[0]?.id ?? "";
  const page = await server.anybody.call(getMedicine, { params: { id }, query: { lang: "hi" } });
  expect(page.ingredients[0]?.name).toBe("पैरासिटामोल (Paracetamol)");
  expect(page.warnings.at(-1)?.kind).toBe("ask-your-pharmacist");
});

test("a medicine that is easily taken for another says so, in tall-man letters", async () => {
  const found = await find("hydroxyzine 25");
  expect(found.items[0]?.generics).toBe("hydrOXYzine 25 mg");
  expect(found.lookAlikes).toContainEqual(
    expect.objectContaining({
      name: "hydrALAZINE",
      with: "hydrOXYzine",
      source: expect.stringContaining("FDA"),
    }),
  );
});

test("a narrow therapeutic index and the prescription are told, with their sources", async () => {
  const found = await find("warfarin 5 mg");
  const page = await server.anybody.call(getMedicine, { params: { id: found.items[0]?.id ?? "" } });
  expect(page.warnings.map(({ kind }) => kind)).toEqual([
    "narrow-therapeutic-index",
    "prescription",
    "ask-your-pharmacist",
  ]);
  expect(page.warnings[1]?.source).toContain("Drugs Rules");
});

test("equivalents are the same in everything that counts, the cheapest first, with the public pharmacy's price", async () => {
  const [metformin] = (await find("metformin 1 g tablet sr")).items;
  const page = await server.anybody.call(listEquivalents, { params: { id: metformin?.id ?? "" } });
  expect(page.items.length).toBeGreaterThan(0);
  for (const one of page.items)
    expect([one.generics, one.form, one.route, one.release]).toEqual([
      "metFORMIN 1 g",
      "tablet",
      "oral",
      "prolonged",
    ]);
  const prices = page.items.map(({ unitPrice }) => unitPrice?.minor ?? Infinity);
  expect(prices).toEqual(prices.toSorted((a, b) => a - b));
  expect(page.publicPharmacyPrice?.minor).toBeLessThanOrEqual(prices[0] ?? 0);
  expect(page.warnings.at(-1)?.kind).toBe("ask-your-pharmacist");
});

test("without words the catalogue is listed page by page, each product once", async () => {
  const first = await server.anybody.call(listMedicines, { query: { limit: 3, form: "suppository" } });
  const second = await server.anybody.call(listMedicines, {
    query: { limit: 3, form: "suppository", ...(first.nextCursor && { cursor: first.nextCursor }) },
  });
  expect(first.items.every(({ form }) => form === "suppository")).toBe(true);
  expect(second.items.map(({ id }) => id)).not.toContain(first.items[0]?.id);
  const asked = await server.anybody.call(listMedicines, { query: { generic: "paracetamol", limit: 2 } });
  expect(
    asked.items.every(({ composition }) => composition.some(({ generic }) => generic === "paracetamol")),
  ).toBe(true);
  expect(asked.nextCursor).not.toBeNull();
});

test("an imported list is found at once; imported again it updates and never duplicates", async () => {
  expect(await importText(LIST)).toMatchObject({ read: 2, created: 2, updated: 0, rejected: 0 });
  const found = await find("zulmovax 625");
  expect(found.items[0]).toMatchObject({
    name: "Zulmovax 625 Duo Tablet",
    brand: "Zulmovax",
    atc: "J01CR02",
    price: { minor: 22342, currency: "INR" },
    unitPrice: { minor: 2234.2, per: "unit" },
  });
  expect(await importText(LIST)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  expect(await importText(LIST.replace("223.42", "199"))).toMatchObject({ updated: 1, unchanged: 1 });
  const again = await find("zulmovax 625");
  expect(again.items.filter(({ name }) => name === "Zulmovax 625 Duo Tablet")).toHaveLength(1);
  expect(again.items[0]?.price?.minor).toBe(19900);
});

test("a dry run says what would happen and writes nothing", async () => {
  const report = await importText(LIST.replaceAll("Zulmovax", "Qerlanto"), {
    source: "another",
    dryRun: true,
  });
  expect(report).toMatchObject({ dryRun: true, created: 2 });
  expect((await find("qerlanto")).items.some(({ name }) => name.startsWith("Qerlanto"))).toBe(false);
});

test("what cannot be read is put aside by its line, and costs nothing else", async () => {
  const broken = `brand,composition,manufacturer,pack,mrp
Fine One 10 Tablet,Cetirizine (10mg),Nowhere Labs,strip of 10 tablets,20
Slipped Tablet,strip of 10 tablets,45.00,,
Odd Strength,Cetirizine (10qq),Nowhere Labs,strip of 10,10
"Open Quote,Cetirizine (5mg),Nowhere Labs,strip,10
Fine Two 5 Tablet,Cetirizine (5mg),Nowhere Labs,strip of 10 tablets,11
Fine One 10 Tablet,Cetirizine (10mg),Nowhere Labs,strip of 10 tablets,20
`;
  const report = await importText(broken, { source: "broken" });
  expect(report).toMatchObject({ read: 6, created: 2, rejected: 4 });
  const reasons = Object.fromEntries(report.rejects.map(({ place, reason }) => [place, reason]));
  expect(reasons["line 3"]).toContain("slipped");
  expect(reasons["line 4"]).toContain('the strength "10qq"');
  expect(reasons["line 5"]).toContain("quote");
  expect(reasons["line 7"]).toContain("already");
});

test("a name in a letter's distance is shown as another medicine, never put in the other's place", async () => {
  await importText(
    `name,composition\nVelmirax 10 Tablet,Amlodipine (10mg)\nVelmirox 10 Tablet,Glimepiride (10mg)\n`,
    { source: "alike" },
  );
  const exact = await find("velmirax");
  expect(exact).toMatchObject({
    certain: true,
    items: [{ name: "Velmirax 10 Tablet" }, { name: "Velmirox 10 Tablet" }],
  });
  expect(exact.lookAlikes).toContainEqual(
    expect.objectContaining({ name: "Velmirox", generics: "gliMEPIRide 10 mg" }),
  );
  const between = await find("velmirex");
  expect(between.certain).toBe(false);
  expect(new Set(between.items.slice(0, 2).map(({ brand }) => brand))).toEqual(
    new Set(["Velmirax", "Velmirox"]),
  );
});

test("another process hears of the catalogue's changes, and a restarted one reads it whole", async () => {
  await using other = await server.another();
  await importText(`name,composition\nBrintolexa 5 Tablet,Amlodipine (5mg)\n`, { source: "later" });
  await expect
    .poll(async () => {
      const reply = await other.app.fastify.inject({ url: "/api/v1/medicines?q=brintolexa" });
      return reply.json<{ items: { name: string }[] }>().items[0]?.name;
    })
    .toBe("Brintolexa 5 Tablet");
  await server.restart();
  expect((await find("brintolexa")).items[0]?.name).toBe("Brintolexa 5 Tablet");
});

test("the search box finds products as well", async () => {
  const found = await server.anybody.call(search, { query: { q: "zulmovax 625", places: 0 } });
  expect(found.items[0]).toMatchObject({
    kind: "medicine",
    name: "Zulmovax 625 Duo Tablet",
    detail: "Amoxicillin 500 mg + Clavulanic acid 125 mg",
  });
  expect(found.interpretation.intent).toBe("medicine");
});

test("bad parameters are named", async () => {
  await expect(server.anybody.call(getMedicine, { params: { id: "m-none" } })).rejects.toThrow("404");
  const reply = await server.app.fastify.inject({ url: "/api/v1/medicines?strength=5" });
  expect(reply.statusCode).toBe(400);
});
