import type { Bundle, InventoryItem, InventoryReport } from "fhir/r5.js";
import { makeMedicines } from "@ihims/city/medicines/catalogue.ts";
import { instantOf } from "@ihims/core/time.ts";
import { InventoryReportShape } from "@ihims/connectors/fhir/inventory.ts";
import { expect, test } from "vitest";
import { addMedicines, medicineIdOf } from "../medicines/medicines.ts";
import { at, testServer, type TestServer } from "../../testing/server.ts";

async function r5<T>(
  server: TestServer,
  path: string,
  post?: { body: object; headers: Record<string, string> },
) {
  const response = await server.app.fastify.inject({
    method: post ? "POST" : "GET",
    url: `/fhir/R5${path}`,
    headers: { ...(post ? { "content-type": "application/fhir+json" } : {}), ...post?.headers },
    ...(post ? { body: JSON.stringify(post.body) } : {}),
  });
  return { status: response.statusCode, headers: response.headers, resource: response.json() as T };
}

function aReport(facility: string, items: [medicine: string, packs: unknown][], more: object = {}): object {
  return {
    resourceType: "InventoryReport",
    status: "active",
    countType: "snapshot",
    reportedDateTime: at("11:50"),
    reporter: { reference: `Organization/${facility}` },
    inventoryListing: [
      {
        location: { reference: `Location/${facility}` },
        item: items.map(([medicine, value]) => ({
          quantity: { value },
          item: { concept: { coding: [{ system: "urn:ihims:medicine", code: medicine }] } },
        })),
      },
    ],
    ...more,
  };
}

test("what a pharmacy counts goes in and comes out again as the same inventory, and expires", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility({ kind: "pharmacy", name: "Apte Pharmacy" });
  const { headers } = await server.machineOf(id);
  const body = aReport(id, [
    ["m-para500", 40],
    ["m-amox250", 0],
  ]);
  const posted = await r5<InventoryReport>(server, "/InventoryReport", { body, headers });
  expect(posted.status, JSON.stringify(posted.resource)).toBe(201);
  expect(posted.headers["location"]).toBe(`http://localhost:80/fhir/R5/InventoryReport/${id}`);

  const { resource } = await r5<InventoryReport>(server, `/InventoryReport/${id}`);
  expect(InventoryReportShape.safeParse(resource).error).toBeUndefined();
  expect(resource).toMatchObject({ status: "active", countType: "snapshot", reportedDateTime: at("11:50") });
  const [listing] = resource.inventoryListing ?? [];
  expect(
    listing?.item?.map(({ item, quantity }) => [item.concept?.coding?.[0]?.code, quantity.value]),
  ).toEqual(
    expect.arrayContaining([
      ["m-para500", 40],
      ["m-amox250", 0],
    ]),
  );
  const found = await r5<Bundle>(server, `/InventoryReport?location=Location/${id}`);
  expect(found.resource.entry?.[0]?.resource).toEqual(resource);
  expect((await r5<Bundle>(server, "/InventoryItem?code=m-para500")).resource.total).toBe(1);
  expect((await r5(server, "/InventoryItem/m-para500")).resource).toMatchObject({
    resourceType: "InventoryItem",
    status: "active",
  });

  server.clock.set(instantOf(Date.parse("2026-03-05T12:00:00Z")));
  expect((await r5(server, `/InventoryReport/${id}`)).status).toBe(404);
});

test("what is no count, nobody's to send or not understood is refused by its place", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility({ kind: "pharmacy" });
  const other = await server.aFacility({ name: "Lakeside" });
  const { headers } = await server.machineOf(id);
  const check = async (body: object, words: RegExp) => {
    const { status, resource } = await r5<{ issue: { details: { text: string } }[] }>(
      server,
      "/InventoryReport",
      { body, headers },
    );
    expect(`${status} ${resource.issue.map(({ details }) => details.text).join("; ")}`).toMatch(words);
  };
  const one: [string, number][] = [["m-a", 1]];
  await check(aReport(other.id, one), /^403 You do not report medicines/);
  await check(aReport("nowhere", one), /^422 InventoryReport.reporter/);
  await check(aReport(id, one, { countType: "difference" }), /^422 InventoryReport.countType/);
  await check(aReport(id, one, { status: "draft" }), /^422 InventoryReport.status/);
  await check(aReport(id, one, { status: "final" }), /^400 InventoryReport.status/);
  await check(
    aReport(id, [
      ["m-a", 1],
      ["m-b", -3],
      ["m-c", 1.5],
    ]),
    /item\[1\].quantity.*item\[2\].quantity/,
  );
  await check(aReport(id, [["no medicine", 1]]), /item\[0\].item: names no medicine/);
  await check(aReport(id, one, { reportedDateTime: at("13:00") }), /^422 .*ahead of our clock/);
  await check({ resourceType: "Location" }, /^400 InventoryReport.resourceType/);
  expect((await r5(server, `/InventoryReport/${id}`)).status).toBe(404);
  expect((await r5<object>(server, "/InventoryReport")).status).toBe(400);
  expect((await r5<object>(server, "/InventoryReport?colour=red")).status).toBe(400);
  expect((await r5(server, "/metadata")).resource).toMatchObject({ fhirVersion: "5.0.0" });
});

test("a medicine is told as the catalogue has it, on a shelf or not", async () => {
  await using server = await testServer();
  const [product] = makeMedicines(1);
  if (!product) throw new Error("the catalogue of the model city is empty");
  await addMedicines(server.ctx, "a-list", [
    { ref: "1", profile: { ...product.profile, atc: "N02BE01" } },
    { ref: "2", profile: { ...product.profile, atc: null, isDiscontinued: true } },
  ]);
  const [id, old] = ["1", "2"].map((ref) => medicineIdOf("a-list", ref));
  const { resource } = await r5<InventoryItem>(server, `/InventoryItem/${id}`);
  expect(resource).toMatchObject({
    id,
    status: "active",
    name: [{ name: product.profile.name }],
    code: [{ coding: [{ code: id }, { system: "http://www.whocc.no/atc", code: "N02BE01" }] }],
  });
  const found = await r5<Bundle>(server, `/InventoryItem?code=urn:ihims:medicine%7C${id},${old},m-none`);
  expect(found.resource.total).toBe(2);
  expect((await r5<InventoryItem>(server, `/InventoryItem/${old}`)).resource.status).toBe("inactive");
  expect((await r5(server, "/InventoryItem/m-none")).status).toBe(404);
});
