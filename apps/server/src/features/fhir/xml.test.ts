import type { Bundle, CapabilityStatement, MeasureReport, Organization } from "@medplum/fhirtypes";
import { readFhirXml, writeFhirXml } from "@ihims/connectors/fhir/xml.ts";
import { replaceRoster } from "@ihims/core/doctors/endpoints.ts";
import { reportBeds } from "@ihims/core/observations/endpoints.ts";
import { expect, test } from "vitest";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { fhir } from "./testing/caller.ts";

const XML = "application/fhir+xml; charset=utf-8";

async function withCity(server: TestServer) {
  const facility = await server.aFacility({
    specialties: ["cardiology"],
    services: ["ct-scan"],
    bedTypes: ["icu"],
    names: { mr: "नदीकाठ <रुग्णालय>" },
  });
  const machine = await server.machineOf(facility.id);
  const params = { id: facility.id, type: "icu" as const };
  await machine.call(reportBeds, { params, body: { staffed: 12, occupied: 9 } });
  const doctor = { name: "Dr Asha Kulkarni", specialties: ["cardiology" as const] };
  await machine.call(replaceRoster, { params: { id: facility.id }, body: { items: [{ doctor }] } });
  return { facility, machine };
}

/** The answer as XML, read back into what its JSON would be. */
async function asXml(
  server: TestServer,
  path: string,
  call: { method?: "POST" | "PUT"; headers?: Record<string, string>; body?: string } = {},
) {
  const { method = "GET", headers = {}, body } = call;
  const response = await server.app.fastify.inject({
    method,
    url: `/fhir/R4${path}`,
    headers: {
      accept: "application/fhir+xml",
      ...(body !== undefined && { "content-type": "application/fhir+xml" }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
  expect(response.headers["content-type"], response.body).toBe(XML);
  const read = readFhirXml(response.body);
  if (!read.ok) throw new Error(read.problem);
  return { status: response.statusCode, headers: response.headers, resource: read.resource };
}

test("every kind is found, read and told of its past as XML, which says what its JSON says", async () => {
  await using server = await testServer();
  await withCity(server);
  const { resource: statement } = await fhir<CapabilityStatement>(server, "/metadata");
  expect((await asXml(server, "/metadata")).resource).toEqual(statement);
  expect(statement.format).toEqual(expect.arrayContaining(["application/fhir+xml", "xml"]));
  for (const { type, interaction = [] } of statement.rest?.[0]?.resource ?? []) {
    const { resource: found } = await fhir<Bundle>(server, `/${type}`);
    expect((await asXml(server, `/${type}`)).resource, type).toEqual(found);
    const [first] = found.entry ?? [];
    if (first?.resource)
      expect((await asXml(server, `/${type}/${first.resource.id}`)).resource).toEqual(first.resource);
    if (!interaction.some(({ code }) => code === "history-type")) continue;
    const { resource: past } = await fhir<Bundle>(server, `/${type}/_history`);
    expect((await asXml(server, `/${type}/_history`)).resource, type).toEqual(past);
  }
});

test("a refusal is written as XML where XML is asked for, by name too", async () => {
  await using server = await testServer();
  const { status, resource, headers } = await asXml(server, "/Organization/none");
  expect([status, resource.resourceType, headers["vary"]]).toEqual([
    404,
    "OperationOutcome",
    expect.stringContaining("accept"),
  ]);
  for (const name of ["xml", "application/fhir+xml", "text/xml"])
    expect((await asXml(server, `/Location?_format=${name}`, { headers: { accept: "*/*" } })).status).toBe(
      200,
    );
});

test("what is sent as XML is taken as its JSON would be, and what cannot be read is named by its line", async () => {
  await using server = await testServer();
  const { facility, machine } = await withCity(server);
  const { headers } = machine;
  const { resource: organization } = await fhir<Organization>(server, `/Organization/${facility.id}`);
  const body = writeFhirXml({ ...organization, name: "Riverside & Sons" } as Organization);
  const changed = await asXml(server, `/Organization/${facility.id}`, { method: "PUT", headers, body });
  expect([changed.status, changed.resource]).toMatchObject([200, { name: "Riverside & Sons" }]);
  const report: MeasureReport = {
    resourceType: "MeasureReport",
    status: "complete",
    type: "summary",
    measure: "urn:ihims:measure:beds",
    subject: { reference: `Location/${facility.id}` },
    date: at("11:55"),
    period: { start: at("11:55"), end: at("11:55") },
    group: [
      {
        population: [
          {
            code: {
              coding: [
                { system: "http://hl7.org/fhir/uv/saner/CodeSystem/MeasuredValues", code: "numICUBeds" },
              ],
            },
            count: 14,
          },
        ],
      },
    ],
  };
  expect(
    (await asXml(server, "/MeasureReport", { method: "POST", headers, body: writeFhirXml(report) })).status,
  ).toBe(201);
  const wrong = `<Organization xmlns="http://hl7.org/fhir">\n<colour value="red"/></Organization>`;
  const refused = await asXml(server, `/Organization/${facility.id}`, {
    method: "PUT",
    headers,
    body: wrong,
  });
  expect([refused.status, refused.resource]).toMatchObject([
    400,
    { issue: [{ details: { text: "line 2: <colour> is no element of Organization" } }] },
  ]);
});
