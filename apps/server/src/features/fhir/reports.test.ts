import type { Bundle, MeasureReport } from "@medplum/fhirtypes";
import { getFacility } from "@ihims/core/facilities/endpoints.ts";
import { reportBeds } from "@ihims/core/observations/endpoints.ts";
import { instantOf } from "@ihims/core/time.ts";
import { expect, test } from "vitest";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { fhir, idsOf, refusal } from "./testing/caller.ts";

const SANER = "http://hl7.org/fhir/uv/saner/CodeSystem/MeasuredValues";

/** A report with SANER's codes, as another's server would send it. */
function aReport(
  facility: string,
  counts: Record<string, number>,
  more: Partial<MeasureReport> = {},
): MeasureReport {
  const population = Object.entries(counts).map(([code, count]) => ({
    code: { coding: [{ system: SANER, code }] },
    count,
  }));
  return {
    resourceType: "MeasureReport",
    status: "complete",
    type: "summary",
    measure: "urn:ihims:measure:beds",
    subject: { reference: `Location/${facility}` },
    date: at("11:55"),
    period: { start: at("11:55"), end: at("11:55") },
    group: [{ population }],
    ...more,
  };
}

async function withBeds(server: TestServer) {
  const hospital = await server.aFacility({ externalIds: [{ system: "hfr", value: "IN2710000001" }] });
  const other = await server.aFacility({ name: "Lakeside", position: { lat: 18.6, lon: 73.9 } });
  const machine = await server.machineOf(hospital.id, other.id);
  for (const { id } of [hospital, other])
    await machine.call(reportBeds, { params: { id, type: "icu" }, body: { staffed: 12, occupied: 9 } });
  return { hospital, other, machine };
}

test("reports of beds are pulled by all that SANER asks", async () => {
  await using server = await testServer();
  const { hospital, other } = await withBeds(server);
  const check = async (query: string, ...ids: string[]) =>
    expect(await idsOf(server, `/MeasureReport?${query}`), query).toEqual(ids.toSorted());
  await check("", hospital.id, other.id);
  await check("measure=urn:ihims:measure:beds%7C1&date=2026-03-01", hospital.id, other.id);
  await check("measure=Measure/other");
  await check(`subject=Location/${hospital.id}`, hospital.id);
  await check(`subject:identifier=urn:ihims:id%7C${other.id}`, other.id);
  await check(`reporter=Organization/${other.id}`, other.id);
  await check(`reporter:identifier=${hospital.id}`, hospital.id);
  await check("subject:Location.near=18.52%7C73.85%7C1%7Ckm", hospital.id);
  await check(
    "period=ge2026-03-01&period=le2026-03-01&_lastUpdated=ge2026-03-01T12:00:00Z",
    hospital.id,
    other.id,
  );
  await check("date=lt2026-03-01T12:00:00Z");
  expect(await refusal(server, "/MeasureReport?subject:Location.near=x")).toMatch(
    /^400 value subject:Location.near/,
  );
  expect(await refusal(server, "/MeasureReport?patient=1")).toMatch(/^400 not-supported patient/);
  const { resource } = await fhir<Bundle>(server, `/MeasureReport?subject=${hospital.id}&_include=*`);
  expect(resource.entry?.map((one) => one.resource?.resourceType)).toEqual([
    "MeasureReport",
    "Location",
    "Organization",
  ]);
  expect((await fhir(server, "/Measure/beds")).status).toBe(200);
  expect(await idsOf(server, "/Measure?url=urn:ihims:measure:beds&status=active")).toEqual(["beds"]);
});

test("an expired figure stands in its report without a count", async () => {
  await using server = await testServer();
  const { hospital } = await withBeds(server);
  const read = async () =>
    (await fhir<MeasureReport>(server, `/MeasureReport/${hospital.id}`)).resource.group;
  expect((await read())?.[0]?.population?.map(({ count }) => count)).toEqual([12, 9, 0, 3, 3]);
  server.clock.set(instantOf(Date.parse("2026-03-02T12:00:00Z")));
  expect(await read()).toEqual([expect.not.objectContaining({ population: expect.anything() })]);
});

test("a report that is pushed becomes what is shown, with the source fhir and the moment that it tells", async () => {
  await using server = await testServer();
  const { hospital, machine } = await withBeds(server);
  server.clock.set(at("12:10"));
  const more = {
    subject: { identifier: { system: "urn:ihims:register:hfr", value: "IN2710000001" } },
    date: at("12:05"),
  };
  const body = aReport("", { numICUBeds: 10, numICUBedsOcc: 10, numVent: 4, numVentUse: 1 }, more);
  const posted = await fhir<MeasureReport>(server, "/MeasureReport", {
    method: "POST",
    body,
    headers: machine.headers,
  });
  expect(posted.status).toBe(201);
  expect(posted.headers["location"]).toBe(`http://localhost:80/fhir/R4/MeasureReport/${hospital.id}`);
  const { beds } = await server.anybody.call(getFacility, { params: { id: hospital.id }, query: {} });
  expect(beds.map(({ type, value, source, observedAt }) => [type, value?.free, source, observedAt])).toEqual([
    ["icu", 0, "fhir", at("12:05")],
    ["ventilator", 3, "fhir", at("12:05")],
  ]);
  const put = {
    ...aReport(hospital.id, { numICUBeds: 10, numICUBedsOcc: 8 }, { date: at("12:09") }),
    id: hospital.id,
  };
  const again = await fhir<MeasureReport>(server, `/MeasureReport/${hospital.id}`, {
    method: "PUT",
    body: put,
    headers: machine.headers,
  });
  expect(again.status).toBe(200);
  expect(again.resource.group?.[0]?.population?.map(({ count }) => count)).toEqual([10, 8, 0, 2, 2]);
});

test("a report that is not allowed, not understood or from the future is refused whole", async () => {
  await using server = await testServer();
  const { hospital, other } = await withBeds(server);
  const machine = await server.machineOf(other.id);
  const check = async (
    body: MeasureReport,
    words: RegExp,
    headers: Record<string, string> = machine.headers,
  ) => expect(await refusal(server, "/MeasureReport", { method: "POST", body, headers })).toMatch(words);
  await check(aReport(other.id, { numICUBeds: 1 }), /^401 login/, {});
  await check(aReport(other.id, { numICUBeds: 1 }), /^401 login/, { authorization: "Bearer nothing" });
  await check(aReport(hospital.id, { numICUBeds: 1 }), /^403 forbidden You do not report beds/);
  await check(aReport("nowhere", { numICUBeds: 1 }), /^422 not-found MeasureReport.subject/);
  await check(
    aReport(other.id, { numICUBeds: 5, numC19Died: 2 }),
    /^422 business-rule MeasureReport.group\[0\].population\[1\]: none/,
  );
  await check(aReport(other.id, {}), /^422 business-rule MeasureReport.group: no count/);
  await check(
    aReport(other.id, { numICUBeds: 5 }, { date: at("13:00") }),
    /^422 business-rule icu: seen more than five minutes/,
  );
  await check(aReport(other.id, { numICUBeds: 99_999 }), /^422 business-rule icu: one of its counts/);
  await check({ ...aReport(other.id, {}), group: "none" as never }, /^400 structure MeasureReport.group/);
  const { beds } = await server.anybody.call(getFacility, { params: { id: other.id }, query: {} });
  expect(beds.map(({ value }) => value?.staffed)).toEqual([12]);
  const lenient = { ...machine.headers, prefer: "handling=lenient" };
  const body = aReport(other.id, { numICUBeds: 5, numC19Died: 2 }, { date: at("12:00") });
  expect((await fhir(server, "/MeasureReport", { method: "POST", body, headers: lenient })).status).toBe(201);
});

test("the beds are given as CSV as well", async () => {
  await using server = await testServer();
  const { hospital } = await withBeds(server);
  const { body, headers } = await server.app.fastify.inject(
    `/fhir/R4/Measure/beds/$report-csv?subject=${hospital.id}`,
  );
  expect(headers["content-type"]).toBe("text/csv; charset=utf-8");
  expect(body.split("\r\n")).toEqual([
    "facility,name,bed_type,licensed,physical,staffed,blocked,occupied,surge,held,free,unoccupied,observed_at,received_at,source,freshness",
    `${hospital.id},Riverside Hospital,icu,,,12,,9,,0,3,3,2026-03-01T12:00:00.000Z,2026-03-01T12:00:00.000Z,api,live`,
    "",
  ]);
});

test("a measure is evaluated for one facility, as far as what stands was counted within the period", async () => {
  await using server = await testServer();
  const { hospital } = await withBeds(server);
  const path = "/Measure/beds/$evaluate-measure?";
  const { resource: report } = await fhir(server, `/MeasureReport/${hospital.id}`);
  for (const subject of [`Location/${hospital.id}`, `Organization/${hospital.id}`]) {
    const query = `periodStart=2026-03-01&periodEnd=2026-03-01&subject=${subject}`;
    expect((await fhir(server, path + query)).resource).toEqual(report);
  }
  const check = async (query: string, words: RegExp) =>
    expect(await refusal(server, path + query)).toMatch(words);
  await check("periodStart=2026-03-01&periodEnd=2026-03-01", /^400 required subject/);
  await check(`periodStart=2026-03-01&subject=Location/${hospital.id}`, /^400 required periodEnd/);
  await check(`periodStart=2026-01&periodEnd=2026-02&subject=Location/${hospital.id}`, /^404 not-found/);
  await check(`periodStart=soon&periodEnd=2026-02&subject=Location/${hospital.id}`, /^400 value/);
  await check("periodStart=2026&periodEnd=2026&subject=Location/none", /^404 not-found/);
  await check("periodStart=2026&periodEnd=2026&practitioner=x", /^400 not-supported practitioner/);
});
