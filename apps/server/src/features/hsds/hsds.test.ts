import { expect, test } from "vitest";
import { wrongInEntity } from "@ihims/connectors/hsds/testing/required.ts";
import { reportBeds } from "@ihims/core/observations/endpoints.ts";
import { at, testServer, type TestServer } from "../../testing/server.ts";

interface Entity {
  id: string;
  name: string;
  [field: string]: unknown;
}
interface Answer {
  total_items: number;
  total_pages: number;
  page_number: number;
  size: number;
  first_page: boolean;
  last_page: boolean;
  empty: boolean;
  contents: Entity[];
}

async function get<T = Answer>(server: TestServer, path: string): Promise<T> {
  const response = await server.app.fastify.inject(`/hsds${path}`);
  if (response.statusCode !== 200) throw new Error(`${response.statusCode} ${response.body}`);
  return response.json();
}

async function aCity(server: TestServer) {
  const one = await server.aFacility({
    name: "Riverside Hospital",
    address: "1 Hill Road, City 411 001",
    specialties: ["cardiology"],
    services: ["dialysis"],
  });
  const machine = await server.machineOf(one.id);
  await machine.call(reportBeds, { params: { id: one.id, type: "icu" }, body: { staffed: 9, occupied: 5 } });
  const two = await server.aFacility({
    name: "Lake Clinic",
    kind: "clinic",
    address: "2 Lake Road, City 411002",
    position: { lat: 18.53, lon: 73.85 },
  });
  return { one, two };
}

test("the root says which version, and where it is described", async () => {
  await using server = await testServer();
  const root = await get<Record<string, string>>(server, "/");
  expect(root).toMatchObject({ version: "3.0", openapi_url: "http://localhost:80/api/v1/openapi.json" });
  expect(await get(server, "")).toEqual(root);
});

test("services stand in pages, each with what is required and its live capacity", async () => {
  await using server = await testServer();
  await aCity(server);
  const all = await get(server, "/services?full=true");
  expect(all).toMatchObject({
    total_items: 5,
    total_pages: 1,
    page_number: 1,
    size: 5,
    first_page: true,
    last_page: true,
    empty: false,
  });
  expect(all.contents.flatMap((one) => wrongInEntity("service", one))).toEqual([]);
  const icu = all.contents.find(({ name }) => name === "Beds: icu, Riverside Hospital");
  expect(JSON.stringify(icu)).toMatch(/"code":"capacity:free"[^{}]*\},"value":"4"/u);
  const second = await get(server, "/services?per_page=2&page=3");
  expect(second).toMatchObject({
    total_items: 5,
    total_pages: 3,
    page_number: 3,
    size: 1,
    first_page: false,
    last_page: true,
  });
  expect(await get(server, "/services?page=9")).toMatchObject({ empty: true, contents: [] });
  const minimal = await get(server, "/services?minimal=true");
  expect(Object.keys(minimal.contents[0] ?? {})).toEqual([
    "id",
    "organization_id",
    "name",
    "status",
    "last_modified",
  ]);
});

test("every id leads to its thing, and to nothing else", async () => {
  await using server = await testServer();
  await aCity(server);
  for (const kind of ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"]) {
    const { contents } = await get(server, `/${kind}?per_page=3`);
    const [first] = contents;
    expect(await get<Entity>(server, `/${kind}/${first?.id}`)).toMatchObject({ id: first?.id });
  }
  const { contents } = await get(server, "/organizations");
  const other = await server.app.fastify.inject(`/hsds/services/${contents[0]?.id}`);
  expect(other.statusCode).toBe(404);
  expect((await server.app.fastify.inject("/hsds/services/1")).statusCode).toBe(404);
});

test("lists keep to what was asked", async () => {
  await using server = await testServer();
  const { one } = await aCity(server);
  const names = async (query: string) => (await get(server, query)).contents.map(({ name }) => name);
  expect(await names("/organizations")).toEqual(["Lake Clinic", "Riverside Hospital"]);
  expect(await names("/organizations?search=lake")).toEqual(["Lake Clinic"]);
  expect(await names("/services?search=dialysis")).toEqual(["Dialysis, Riverside Hospital"]);
  const { contents: terms } = await get(server, "/taxonomy_terms?search=cardiology");
  expect(await names(`/services?taxonomy_term_id=${terms[0]?.id}`)).toEqual([
    "Cardiology, Riverside Hospital",
  ]);
  const { contents: taxonomies } = await get(server, "/taxonomies?search=apparatus");
  expect(await names(`/services?taxonomy_id=${taxonomies[0]?.id}`)).toEqual(["Dialysis, Riverside Hospital"]);
  const at411002 = await get(server, "/service_at_locations?postcode=411002");
  expect(at411002.contents.map(({ service }) => service)).toMatchObject([{ name: "Clinic, Lake Clinic" }]);
  expect((await get(server, "/service_at_locations?postcode=411002&proximity=3000")).total_items).toBe(5);
  expect(await names(`/organizations?modified_after=${at("12:00")}`)).toEqual([]);
  expect(await names(`/organizations?modified_after=${at("11:59")}`)).toHaveLength(2);
  const [organization] = (await get(server, "/organizations?search=riverside&full_service=true")).contents;
  expect((await get(server, `/services?organization_id=${organization?.id}`)).total_items).toBe(4);
  expect(JSON.stringify(organization)).toContain(one.id);
});

test("what is not understood is refused by name", async () => {
  await using server = await testServer();
  for (const [query, parameter] of [
    ["/services?near=1,2", "near"],
    ["/services?per_page=0", "per_page"],
    ["/services?proximity=5", "proximity"],
    ["/services?minimal=true&full=true", "full"],
    ["/services?format=xml", "format"],
  ] as const) {
    const response = await server.app.fastify.inject(`/hsds${query}`);
    expect(response.json()).toMatchObject({ status: 400, errors: [{ parameter }] });
  }
});
