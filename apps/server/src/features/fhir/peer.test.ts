import type { Bundle, Location } from "@medplum/fhirtypes";
import { Client } from "fhir-kit-client";
import { expect, test } from "vitest";
import { changeFacility } from "@ihims/core/facilities/endpoints.ts";
import { at, testServer, type TestServer } from "../../testing/server.ts";

/** What the client gives is as it came; that it is valid is for other tests. */
function bundleOf(resource: unknown): Bundle {
  return resource as Bundle;
}

/** A client that knows nothing of us. */
async function clientOf(server: TestServer): Promise<Client> {
  return new Client({ baseUrl: `${await server.url()}/fhir/R4` });
}

test("a FHIR client reads the capabilities, searches, turns pages and follows references", async () => {
  await using server = await testServer();
  for (const name of ["Ashoka", "Bund", "Camp"]) await server.aFacility({ name, bedTypes: ["icu"] });
  const client = await clientOf(server);
  const capabilities = await client.capabilityStatement();
  expect(capabilities).toMatchObject({ resourceType: "CapabilityStatement", fhirVersion: "4.0.1" });

  let page = bundleOf(
    await client.search({
      resourceType: "Organization",
      searchParams: { type: "facility", _count: "2" },
    }),
  );
  const names: unknown[] = [];
  for (let turned = 0; turned < 5; turned++) {
    names.push(...(page.entry ?? []).map(({ resource }) => resource && "name" in resource && resource.name));
    const next = page.link?.some(({ relation }) => relation === "next");
    if (!next) break;
    // Its type wants the links, which the bundle has.
    page = bundleOf(await client.nextPage({ bundle: page as never }));
  }
  expect(new Set(names)).toEqual(new Set(["Ashoka", "Bund", "Camp"]));

  const found = await client.search({
    resourceType: "Location",
    searchParams: { name: "Bund", _include: "Location:organization" },
  });
  const resource = bundleOf(found).entry?.[0]?.resource as Location;
  const organization = await client.resolve({
    reference: resource.managingOrganization?.reference ?? "",
    context: found,
  });
  expect(organization).toMatchObject({ resourceType: "Organization", name: "Bund" });
  expect(await client.read({ resourceType: "Location", id: resource.id ?? "" })).toMatchObject({
    name: "Bund",
  });
  const posted = await client.resourceSearch({
    resourceType: "Location",
    searchParams: { near: "18.52|73.85|1|km", type: "facility" },
    options: { postSearch: true },
  });
  expect(posted["total"]).toBe(3);
});

test("a FHIR client reads what changed since it last asked, and a version as it was", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility({ name: "Before" });
  server.clock.set(at("13:00"));
  const administrator = await server.person("administrator", id);
  await administrator.call(changeFacility, { params: { id }, body: { name: "After" } });
  const client = await clientOf(server);
  const history = await client.request("Organization/_history?_since=2026-03-01T12:30:00Z");
  expect(history["entry"]).toMatchObject([{ request: { method: "PUT" }, resource: { name: "After" } }]);
  expect(await client.history({ resourceType: "Organization", id })).toMatchObject({ type: "history" });
  expect(await client.vread({ resourceType: "Organization", id, version: "1" })).toMatchObject({
    name: "Before",
  });
});

test("a FHIR client is told by OperationOutcome what was wrong", async () => {
  await using server = await testServer();
  const client = await clientOf(server);
  const check = async (asked: Promise<unknown>, status: number, text: string) =>
    expect(asked).rejects.toMatchObject({
      response: {
        status,
        data: {
          resourceType: "OperationOutcome",
          issue: [{ details: { text: expect.stringContaining(text) } }],
        },
      },
    });
  await check(client.read({ resourceType: "Location", id: "nowhere" }), 404, "There is no Location nowhere");
  await check(
    client.search({ resourceType: "Location", searchParams: { near: "here" } }),
    400,
    "near: is not latitude|longitude",
  );
  await check(
    client.search({ resourceType: "Location", searchParams: { colour: "red" } }),
    400,
    "colour: is not a parameter",
  );
});
