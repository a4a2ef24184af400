import type {
  Bundle,
  BundleEntry,
  HealthcareService,
  Location,
  Organization,
  Resource,
} from "@medplum/fhirtypes";
import { getFacility } from "@ihims/core/facilities/endpoints.ts";
import { expect, test } from "vitest";
import { issueApiKey } from "../keys/keys.ts";
import { createPerson } from "../people/people.ts";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { fhir, refusal } from "./testing/caller.ts";

const FACILITY_TYPE = {
  coding: [
    {
      system: "https://profiles.ihe.net/ITI/mCSD/CodeSystem/IHE.mCSD.Organization.Location.Types",
      code: "facility",
    },
  ],
};
const kind = (code: string) => ({ coding: [{ system: "urn:ihims:facility-kind", code }] });
const bed = (code: string) => ({ coding: [{ system: "urn:ihims:bed-type", code }] });
const specialty = (code: string) => ({ coding: [{ system: "urn:ihims:specialty", code }] });

function transaction(...entry: BundleEntry[]): Bundle {
  return { resourceType: "Bundle", type: "transaction", entry };
}

const post = (resource: Resource, fullUrl?: string): BundleEntry => ({
  ...(fullUrl ? { fullUrl } : {}),
  request: { method: "POST", url: resource.resourceType },
  resource,
});
const put = (resource: Resource, ifMatch?: string): BundleEntry => ({
  request: { method: "PUT", url: `${resource.resourceType}/${resource.id}`, ...(ifMatch ? { ifMatch } : {}) },
  resource,
});

async function read<T extends Resource>(server: TestServer, path: string): Promise<T> {
  const { status, resource } = await fhir<T>(server, path);
  expect(status, path).toBe(200);
  return resource;
}

const pageOf = (server: TestServer, id: string) =>
  server.anybody.call(getFacility, { params: { id }, query: {} });

test("a key changes the pages of its facilities and of no others", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility({ phones: [{ number: "+912012345678" }], hasEmergency: true });
  const other = await server.aFacility({ name: "Lakeside" });
  const { headers } = await server.machineOf(id);
  const organization = await read<Organization>(server, `/Organization/${id}`);
  const body = { ...organization, name: "Riverside Institute" };
  const changed = await fhir<Organization>(server, `/Organization/${id}`, {
    method: "PUT",
    body,
    headers: { ...headers, "if-match": 'W/"1"' },
  });
  expect(changed.status).toBe(200);
  expect(changed.resource).toMatchObject({ name: "Riverside Institute", meta: { versionId: "2" } });
  expect(await pageOf(server, id)).toMatchObject({
    name: "Riverside Institute",
    hasEmergency: true,
    phones: [{ number: "+912012345678" }],
  });

  const check = async (call: Parameters<typeof refusal>[2], path: string, words: RegExp) =>
    expect(await refusal(server, path, { method: "PUT", headers, ...call })).toMatch(words);
  await check(
    { body, headers: { ...headers, "if-match": 'W/"1"' } },
    `/Organization/${id}`,
    /^412 conflict .* version 2 now/,
  );
  await check({ body, headers: {} }, `/Organization/${id}`, /^401 login/);
  const foreign = await read<Organization>(server, `/Organization/${other.id}`);
  await check({ body: { ...foreign, name: "Mine" } }, `/Organization/${other.id}`, /^403 forbidden/);
  await check({ body: { ...body, id: other.id } }, `/Organization/${id}`, /^400 invalid id: is not/);
  await check({ body: { ...body, id: "unknown" } }, "/Organization/unknown", /^404 not-found/);
  await check(
    { body: { ...body, telecom: "none" } as never },
    `/Organization/${id}`,
    /^400 structure Organization.telecom/,
  );
  const identifier = [{ system: "urn:ihims:register:hfr", value: "IN1" }];
  await check(
    { body: { ...body, identifier } },
    `/Organization/${id}`,
    /^422 business-rule identifier: hfr IN1/,
  );
  const { secret } = await issueApiKey(server.ctx, {
    name: "beds only",
    facilities: [id as never],
    subjects: ["bed"],
  });
  await check(
    { body, headers: { authorization: `Bearer ${secret}` } },
    `/Organization/${id}`,
    /^403 forbidden/,
  );
  expect((await pageOf(server, other.id)).name).toBe("Lakeside");
});

test("a transaction changes everything it names in one version of the page, and its beds through the ledger", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility({ bedTypes: ["general"], specialties: ["urology"] });
  const { headers } = await server.machineOf(id);
  const owner = { reference: `Organization/${id}` };
  const location = await read<Location>(server, `/Location/${id}`);
  const icu: Location = {
    resourceType: "Location",
    status: "active",
    name: "ICU",
    type: [bed("icu")],
    partOf: { reference: `Location/${id}` },
    extension: [
      {
        url: "urn:ihims:fhir:bed-availability",
        extension: [
          { url: "type", valueCode: "icu" },
          { url: "staffed", valueUnsignedInt: 8 },
          { url: "occupied", valueUnsignedInt: 5 },
          { url: "observedAt", valueInstant: at("11:58") },
        ],
      },
    ],
  };
  const urology = await read<HealthcareService>(server, `/HealthcareService/${id}.specialty.urology`);
  const doctor = {
    resourceType: "Practitioner",
    name: [{ text: "Dr Asha Kulkarni" }],
    qualification: [{ code: specialty("cardiology") }],
  } as const;
  const body = transaction(
    put({
      ...location,
      hoursOfOperation: [{ daysOfWeek: ["mon"], openingTime: "09:00:00", closingTime: "17:00:00" }],
    }),
    post(icu),
    post({
      resourceType: "HealthcareService",
      type: [specialty("cardiology")],
      name: "Cardiology",
      providedBy: owner,
    }),
    put({ ...urology, active: false }),
    post({
      resourceType: "OrganizationAffiliation",
      active: true,
      organization: { reference: "Organization/scheme.pm-jay" },
      participatingOrganization: owner,
      period: { start: "2026-01-01" },
    }),
    post({
      resourceType: "PractitionerRole",
      practitioner: { reference: "urn:uuid:0b4c7a2e-8f0e-4f9a-9d55-111111111111" },
      organization: owner,
      code: [{ text: "doctor" }],
      availableTime: [{ daysOfWeek: ["tue"], availableStartTime: "10:00:00", availableEndTime: "12:00:00" }],
    }),
    post(
      { ...doctor, name: [...doctor.name], qualification: [...doctor.qualification] },
      "urn:uuid:0b4c7a2e-8f0e-4f9a-9d55-111111111111",
    ),
  );
  const { status, resource } = await fhir<Bundle>(server, "", { method: "POST", body, headers });
  expect(status, JSON.stringify(resource)).toBe(200);
  expect(resource.type).toBe("transaction-response");
  const locations = (resource.entry ?? []).map(({ response }) => `${response?.status} ${response?.location}`);
  expect(locations.slice(0, 5)).toEqual([
    `200 Location/${id}/_history/2`,
    `201 Location/${id}.bed.icu/_history/2`,
    `201 HealthcareService/${id}.specialty.cardiology/_history/2`,
    `200 HealthcareService/${id}.specialty.urology`,
    `201 OrganizationAffiliation/${id}.scheme.pm-jay/_history/2`,
  ]);
  for (const one of locations.slice(5))
    expect(await fhir(server, `/${one.split(" ")[1]}`)).toMatchObject({ status: 200 });
  expect(await pageOf(server, id)).toMatchObject({
    version: 2,
    bedTypes: ["general", "icu"],
    specialties: ["cardiology"],
    schemes: [{ scheme: "pm-jay", from: "2026-01-01" }],
    hours: { kind: "weekly", spans: [{ day: 1, from: "09:00", to: "17:00" }] },
    beds: [
      { type: "general" },
      { type: "icu", source: "fhir", observedAt: at("11:58"), value: { staffed: 8, free: 3 } },
    ],
  });
});

test("of a transaction with one entry that is refused, nothing is done", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const other = await server.aFacility({ name: "Lakeside" });
  const { headers } = await server.machineOf(id);
  const mine = await read<Organization>(server, `/Organization/${id}`);
  const foreign = await read<Organization>(server, `/Organization/${other.id}`);
  const check = async (words: RegExp, ...entry: BundleEntry[]) => {
    const body = transaction(put({ ...mine, name: "Changed" }), ...entry);
    expect(await refusal(server, "", { method: "POST", body, headers })).toMatch(words);
    expect((await pageOf(server, id)).version).toBe(1);
  };
  await check(/^403 forbidden/, put({ ...foreign, name: "Mine" }));
  await check(
    /^404 not-found Bundle.entry\[1\]: There is no Organization nobody/,
    put({ ...mine, id: "nobody" }),
  );
  await check(/^412 conflict Bundle.entry\[1\]/, put(foreign, 'W/"7"'));
  await check(/^422 invalid Bundle.entry\[1\]: nothing is deleted/, {
    request: { method: "DELETE", url: `Organization/${id}` },
  });
  await check(/^400 invalid Bundle.entry\[1\]: Patient is not written/, post({ resourceType: "Patient" }));
  await check(
    /^422 code-invalid Bundle.entry\[1\]: type: names neither/,
    post({
      resourceType: "HealthcareService",
      name: "x",
      type: [{ text: "x" }],
      providedBy: { reference: `Organization/${id}` },
    }),
  );
  await check(
    /^422 required Bundle.entry\[1\]: partOf/,
    post({ resourceType: "Location", type: [bed("icu")], partOf: { reference: "Location/nowhere" } }),
  );
  expect(
    await refusal(server, "", { method: "POST", body: { resourceType: "Bundle", type: "batch" }, headers }),
  ).toMatch(/^400 invalid Bundle/);
});

test("the city's administrator adds a facility as a pair, and a key cannot", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const pair = transaction(
    post(
      {
        resourceType: "Organization",
        active: true,
        name: "New Clinic",
        type: [FACILITY_TYPE, kind("clinic")],
      },
      "urn:uuid:1",
    ),
    post(
      {
        resourceType: "Location",
        status: "active",
        name: "New Clinic",
        type: [FACILITY_TYPE, kind("clinic")],
        position: { latitude: 18.5, longitude: 73.8 },
        managingOrganization: { reference: "urn:uuid:1" },
      },
      "urn:uuid:2",
    ),
    post({
      resourceType: "HealthcareService",
      name: "x",
      type: [specialty("dentistry")],
      providedBy: { reference: "urn:uuid:1" },
    }),
  );
  const { headers } = await server.machineOf(id);
  expect(await refusal(server, "", { method: "POST", body: pair, headers })).toMatch(
    /^403 forbidden Bundle.entry\[0\]: Only the city's administrator/,
  );

  await createPerson(server.ctx, {
    email: "city@example.org",
    name: "City",
    password: "correct horse",
    cityRoles: ["platform-administrator"],
  });
  const session = await server.app.fastify.inject({
    method: "POST",
    url: "/api/v1/session",
    payload: { email: "city@example.org", password: "correct horse" },
  });
  const cookie = session.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
  const signedIn = { cookie, origin: "http://localhost:80" };
  const { status, resource } = await fhir<Bundle>(server, "", {
    method: "POST",
    body: pair,
    headers: signedIn,
  });
  expect(status, JSON.stringify(resource)).toBe(200);
  const [made] = resource.entry ?? [];
  const added = /Organization\/([^/]+)/.exec(made?.response?.location ?? "")?.[1] ?? "";
  expect(await pageOf(server, added)).toMatchObject({
    name: "New Clinic",
    kind: "clinic",
    specialties: ["dentistry"],
  });
  expect(
    await refusal(server, "", {
      method: "POST",
      body: pair,
      headers: { cookie, origin: "https://elsewhere.example" },
    }),
  ).toMatch(/^403/);
});

test("a change with an Idempotency-Key is made once, and answered again by what was done", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const { headers } = await server.machineOf(id);
  const keyed = { ...headers, "idempotency-key": "change-1" };
  const body = { ...(await read<Organization>(server, `/Organization/${id}`)), name: "Riverside Institute" };
  const call = { method: "PUT", body, headers: keyed } as const;
  const first = await fhir<Organization>(server, `/Organization/${id}`, call);
  const again = await fhir<Organization>(server, `/Organization/${id}`, call);
  expect([first.status, again.status, again.resource.meta?.versionId]).toEqual([200, 200, "2"]);
  expect([first, again].map((one) => one.headers["idempotency-replayed"])).toEqual([undefined, "true"]);
  const bundle = transaction(put({ ...body, name: "Riverside Clinic" }));
  const sent = {
    method: "POST",
    body: bundle,
    headers: { ...headers, "idempotency-key": "change-2" },
  } as const;
  const answers = [await fhir<Bundle>(server, "", sent), await fhir<Bundle>(server, "", sent)];
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(answers[1]?.resource).toEqual(answers[0]?.resource);
  expect(await read<Organization>(server, `/Organization/${id}`)).toMatchObject({ meta: { versionId: "3" } });
  const another = { ...call, body: { ...body, name: "Another" } };
  expect(await refusal(server, `/Organization/${id}`, another)).toMatch(/^422 .*used with another request/);
});
