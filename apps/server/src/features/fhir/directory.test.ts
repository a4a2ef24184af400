import type { CapabilityStatement, Location, Organization } from "@medplum/fhirtypes";
import { changeFacility, listFacilities } from "@ihims/core/facilities/endpoints.ts";
import { reportBeds } from "@ihims/core/observations/endpoints.ts";
import { instantOf } from "@ihims/core/time.ts";
import { expect, test } from "vitest";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { fhir, idsOf, refusal, search } from "./testing/caller.ts";

const HOSPITAL = {
  name: "Riverside Hospital",
  names: { mr: "रिव्हरसाइड रुग्णालय" },
  ownership: "trust",
  externalIds: [{ system: "osm", value: "node/123" }],
  specialties: ["cardiology"],
  services: ["ct-scan"],
  bedTypes: ["icu"],
  schemes: [{ scheme: "pm-jay", specialties: ["cardiology"], from: "2025-01-01" }],
} as const;

/** A hospital with beds, and a pharmacy 1.1 km to the north of it. */
async function city(server: TestServer) {
  const hospital = await server.aFacility(structuredClone(HOSPITAL) as object);
  const pharmacy = await server.aFacility({
    name: "Ápte Pharmacy",
    kind: "pharmacy",
    position: { lat: 18.53, lon: 73.85 },
  });
  return { hospital, pharmacy };
}

test("the CapabilityStatement names the parameters of mCSD, and nothing that it would refuse", async () => {
  await using server = await testServer();
  const { status, resource } = await fhir<CapabilityStatement>(server, "/metadata");
  expect(status).toBe(200);
  expect(resource.fhirVersion).toBe("4.0.1");
  const resources = resource.rest?.[0]?.resource ?? [];
  const parametersOf = (type: string) =>
    resources.find((one) => one.type === type)?.searchParam?.map(({ name }) => name ?? "") ?? [];
  expect(parametersOf("Location")).toEqual(
    "_id _lastUpdated identifier name organization status type partof near".split(" "),
  );
  expect(parametersOf("HealthcareService")).toContain("service-type");
  for (const { type } of resources) {
    for (const name of parametersOf(type ?? "")) {
      const value =
        {
          near: "18.5|73.8",
          "subject:Location.near": "18.5|73.8",
          _lastUpdated: "ge2020",
          date: "2026",
          period: "2026",
        }[name] ?? "x";
      const answer = await fhir(server, `/${type}?${name}=${encodeURIComponent(value)}`);
      expect(answer.status, `${type}?${name}`).toBe(200);
    }
  }
});

test("a facility is a pair of Organization and Location, found by all that mCSD asks", async () => {
  await using server = await testServer();
  const { hospital, pharmacy } = await city(server);
  const check = async (path: string, ...ids: string[]) =>
    expect(await idsOf(server, path), path).toEqual(ids.toSorted());
  await check("/Organization?name=river", hospital.id);
  await check("/Organization?name=side");
  await check("/Organization?name:contains=SIDE", hospital.id);
  await check("/Organization?name:exact=riverside%20hospital");
  await check("/Organization?name:exact=Riverside%20Hospital", hospital.id);
  await check("/Organization?name=apte", pharmacy.id);
  await check(`/Organization?name=${encodeURIComponent("रिव्हर")}`, hospital.id);
  await check("/Organization?identifier=urn:ihims:register:osm%7Cnode/123", hospital.id);
  await check("/Organization?identifier=node/123", hospital.id);
  await check("/Organization?identifier=%7Cnode/123");
  await check("/Organization?type=trust", hospital.id);
  await check(
    "/Organization?type=urn:ihims:facility-kind%7Cpharmacy,urn:ihims:ownership%7Ctrust",
    hospital.id,
    pharmacy.id,
  );
  await check("/Organization?active=true&type=facility&_id=" + pharmacy.id, pharmacy.id);
  await check("/Organization?active=false");
  await check(`/Location?organization=Organization/${hospital.id}`, hospital.id, `${hospital.id}.bed.icu`);
  await check(`/Location?organization=http://localhost:80/fhir/R4/Organization/${pharmacy.id}`, pharmacy.id);
  await check(`/Location?partof=${hospital.id}`, `${hospital.id}.bed.icu`);
  await check(
    "/Location?type=http://terminology.hl7.org/CodeSystem/v3-RoleCode%7CICU",
    `${hospital.id}.bed.icu`,
  );
  await check("/HealthcareService?service-type=cardiology", `${hospital.id}.specialty.cardiology`);
  await check("/HealthcareService?service-type=394579002", `${hospital.id}.specialty.cardiology`);
  await check(
    `/HealthcareService?location=Location/${hospital.id}&name=ct`,
    `${hospital.id}.service.ct-scan`,
  );
  await check(
    "/OrganizationAffiliation?primary-organization=Organization/scheme.pm-jay",
    `${hospital.id}.scheme.pm-jay`,
  );
  await check(
    `/OrganizationAffiliation?participating-organization=${hospital.id}&date=ge2026&role=provider`,
    `${hospital.id}.scheme.pm-jay`,
  );
  await check("/OrganizationAffiliation?date=eb2025");
  await check("/InsurancePlan?owned-by=Organization/scheme.pm-jay", "pm-jay");
  await check("/Endpoint?status=active", "fhir-r4", "fhir-r5");
  await check("/Organization?_lastUpdated=ge2026-03-01&type=facility", hospital.id, pharmacy.id);
  await check("/Organization?_lastUpdated=gt2026-03-01&type=facility");
});

test("near is sorted by distance, which stands beside each, and keeps to its radius", async () => {
  await using server = await testServer();
  const { hospital, pharmacy } = await city(server);
  const near = (text: string) => `/Location?type=facility&near=${encodeURIComponent(text)}`;
  expect(await idsOf(server, near("18.5301|73.85|5|km"))).toEqual([pharmacy.id, hospital.id]);
  expect(await idsOf(server, near("18.5301|73.85|500|m"))).toEqual([pharmacy.id]);
  expect(await idsOf(server, near("18.5301|73.85|1"))).toEqual([pharmacy.id]);
  expect(await idsOf(server, near("0|0"))).toEqual([]);
  expect(await idsOf(server, near("0|0|1|km,18.52|73.85|1|km"))).toEqual([hospital.id]);
  const { entry = [] } = await search(server, near("18.5301|73.85|5|km"));
  const [first] = entry[0]?.search?.extension ?? [];
  expect(first?.valueDistance).toEqual({
    value: 0.011,
    unit: "km",
    system: "http://unitsofmeasure.org",
    code: "km",
  });
});

test("what cannot be read or is not known is refused by name, never ignored", async () => {
  await using server = await testServer();
  const check = async (path: string, words: RegExp) => expect(await refusal(server, path)).toMatch(words);
  await check("/Location?near=18.52,73.85", /^400 value near: is not latitude\|longitude/);
  await check("/Location?near=98%7C73", /^400 value near: latitude is -90 to 90/);
  await check("/Location?near=18%7C73%7C5%7Cleagues", /^400 value near: its unit/);
  await check("/Location?near=18%7C73%7Cfar", /^400 value near: its distance/);
  await check(
    "/Location?nearby=1",
    /^400 not-supported nearby: is not a parameter of Location here; known are identifier/,
  );
  await check("/Organization?foo=1&bar=2", /foo: .*; not-supported bar: /);
  await check("/Organization?name:near=x", /^400 value name:near: the modifier :near is not known/);
  await check("/Organization?organization.name=x", /^400 not-supported organization.name/);
  await check("/Organization?_sort=name", /^400 not-supported _sort/);
  await check("/Organization?_lastUpdated=yesterday", /^400 value _lastUpdated: is not a date/);
  await check("/Organization?_lastUpdated=2026-02-31T00:00", /^400 value _lastUpdated/);
  await check(
    "/Location?organization=Practitioner/1",
    /^400 value organization: is not a reference to Organization/,
  );
  await check(
    "/Organization?_include=Organization:partof",
    /^400 value _include: is none of Organization:endpoint/,
  );
  await check("/Organization?_page=xyz", /^400 value _page/);
  await check("/Organization?_count=many", /^400 value _count/);
  await check("/Organization/none", /^404 not-found There is no Organization none/);
  await check("/Patient", /^404 not-found/);
  await check("/Organization/x?foo=1", /^400 not-supported foo/);
});

test("the format is negotiated, and what is not written is refused", async () => {
  await using server = await testServer();
  const { hospital } = await city(server);
  const path = `/Organization/${hospital.id}`;
  for (const accept of ["application/fhir+json; fhirVersion=4.0", "text/html, */*;q=0.1", "application/json"])
    expect((await fhir(server, path, { headers: { accept } })).status).toBe(200);
  expect(await refusal(server, path, { headers: { accept: "application/pdf" } })).toMatch(
    /^406 not-supported/,
  );
  expect(await refusal(server, `${path}?_format=csv`)).toMatch(/^400 not-supported _format/);
  expect((await fhir(server, `${path}?_format=application/fhir+json`)).status).toBe(200);
  expect(await refusal(server, path, { method: "DELETE" })).toMatch(/^405 not-supported DELETE is not done/);
  expect(await refusal(server, "/Organization/_search", { method: "POST", body: "{" })).toMatch(
    /^400 structure/,
  );
});

test("a search by POST, its count, its pages and what it brings along", async () => {
  await using server = await testServer();
  const { hospital, pharmacy } = await city(server);
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const posted = await fhir(server, "/Organization/_search?type=facility", {
    method: "POST",
    headers,
    body: "name=river",
  });
  expect(posted.resource).toMatchObject({ total: 1 });
  expect(await search(server, "/Organization?type=facility&_summary=count")).toEqual({
    resourceType: "Bundle",
    type: "searchset",
    total: 2,
    link: [
      { relation: "self", url: "http://localhost:80/fhir/R4/Organization?type=facility&_summary=count" },
    ],
  });
  const ids: string[] = [];
  for (let next: string | undefined = "/Location?_count=1&near=18.52%7C73.85"; next;) {
    const { entry = [], link = [], total } = await search(server, next);
    expect(total).toBe(4);
    ids.push(...entry.map(({ resource }) => resource?.id ?? ""));
    next = link.find(({ relation }) => relation === "next")?.url?.replace("http://localhost:80/fhir/R4", "");
  }
  expect(ids).toEqual(["city", hospital.id, `${hospital.id}.bed.icu`, pharmacy.id]);
  expect(
    await idsOf(
      server,
      `/Organization?_id=${hospital.id}&_include=Organization:endpoint&_revinclude=Location:organization&_revinclude=OrganizationAffiliation:participating-organization`,
    ),
  ).toEqual([
    hospital.id,
    "+Endpoint/fhir-r4",
    `+Location/${hospital.id}`,
    `+Location/${hospital.id}.bed.icu`,
    `+OrganizationAffiliation/${hospital.id}.scheme.pm-jay`,
  ]);
  expect(await idsOf(server, `/Location?_id=${pharmacy.id}&_include=Location:organization`)).toEqual([
    pharmacy.id,
    `+Organization/${pharmacy.id}`,
  ]);
});

test("live beds stand on the places, with their age; an expired number is not sent", async () => {
  await using server = await testServer();
  const { hospital } = await city(server);
  const machine = await server.machineOf(hospital.id);
  const params = { id: hospital.id, type: "icu" as const };
  await machine.call(reportBeds, { params, body: { staffed: 12, occupied: 9, blocked: 1 } });
  const path = `/Location/${hospital.id}.bed.icu`;
  const bedsOf = ({ extension = [] }: Location) =>
    extension
      .filter(({ url }) => url === "urn:ihims:fhir:bed-availability")
      .map((one) =>
        Object.fromEntries(
          (one.extension ?? []).map(({ url, valueUnsignedInt, valueCode, valueInstant }) => [
            url,
            valueUnsignedInt ?? valueCode ?? valueInstant,
          ]),
        ),
      );
  const { resource, headers } = await fhir<Location>(server, path);
  const live = {
    type: "icu",
    staffed: 12,
    blocked: 1,
    occupied: 9,
    held: 0,
    free: 2,
    observedAt: at("12:00"),
    source: "api",
    freshness: "live",
  };
  expect(bedsOf(resource)).toEqual([live]);
  expect(resource.operationalStatus?.code).toBe("U");
  expect(bedsOf((await fhir<Location>(server, `/Location/${hospital.id}`)).resource)).toEqual([live]);

  const known = { headers: { "if-none-match": String(headers["etag"]) } };
  expect((await fhir(server, path, known)).status).toBe(304);
  server.clock.set(instantOf(Date.parse("2026-03-02T12:00:00Z")));
  const later = await fhir<Location>(server, path, known);
  expect(later.status).toBe(200);
  expect(bedsOf(later.resource)).toEqual([
    { type: "icu", observedAt: at("12:00"), source: "api", freshness: "expired" },
  ]);
  expect(later.resource.operationalStatus).toBeUndefined();
});

test("a page that changes is another version, and one that is closed is inactive and in no list of ours", async () => {
  await using server = await testServer();
  const { hospital } = await city(server);
  const before = await fhir<Organization>(server, `/Organization/${hospital.id}`);
  expect(before.headers["etag"]).toBe('W/"1"');
  expect(before.headers["last-modified"]).toBe("Sun, 01 Mar 2026 12:00:00 GMT");
  const administrator = await server.person("administrator", hospital.id);
  await administrator.call(changeFacility, { params: { id: hospital.id }, body: { isActive: false } });
  const after = await fhir<Organization>(server, `/Organization/${hospital.id}`);
  expect(after.resource).toMatchObject({ active: false, meta: { versionId: "2" } });
  expect((await fhir<Location>(server, `/Location/${hospital.id}`)).resource.status).toBe("inactive");
  const { items } = await server.anybody.call(listFacilities, { query: {} });
  expect(items.map(({ name }) => name)).toEqual(["Ápte Pharmacy"]);
});
