import type { Bundle, Resource } from "@medplum/fhirtypes";
import { replaceRoster } from "@ihims/core/doctors/endpoints.ts";
import { changeFacility } from "@ihims/core/facilities/endpoints.ts";
import { expect, test } from "vitest";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { fhir, refusal } from "./testing/caller.ts";

/** A history as one line an entry: `PUT Location/f1 200`. */
async function history(server: TestServer, path: string): Promise<string[]> {
  const { status, resource } = await fhir<Bundle>(server, path);
  expect(status, JSON.stringify(resource)).toBe(200);
  expect(resource.type).toBe("history");
  return (resource.entry ?? []).map(({ request, response, fullUrl, resource: one }) => {
    const name = fullUrl?.replace("http://localhost:80/fhir/R4/", "");
    if (one) expect(`${one.resourceType}/${one.id}`).toBe(name);
    return `${request?.method} ${name} ${response?.status}`;
  });
}

test("what was created, changed and taken away is told since a moment, newest first", async () => {
  await using server = await testServer();
  const hospital = await server.aFacility({ bedTypes: ["icu", "general"], specialties: ["cardiology"] });
  const { id } = hospital;
  server.clock.set(at("12:10"));
  const administrator = await server.person("administrator", id);
  await administrator.call(changeFacility, { params: { id }, body: { bedTypes: ["icu"], name: "Lakeside" } });

  expect(await history(server, `/Location/_history?_since=2026-03-01T12:05:00Z`)).toEqual([
    `PUT Location/${id} 200`,
    `PUT Location/${id}.bed.icu 200`,
    `DELETE Location/${id}.bed.general 204`,
  ]);
  expect(await history(server, `/Location/_history?_since=2026-03-01T12:10:00.001Z`)).toEqual([]);
  expect(await history(server, `/Location/${id}.bed.general/_history`)).toEqual([
    `DELETE Location/${id}.bed.general 204`,
    `POST Location/${id}.bed.general 201`,
  ]);
  expect(await history(server, `/HealthcareService/_history`)).toEqual([
    `PUT HealthcareService/${id}.specialty.cardiology 200`,
    `POST HealthcareService/${id}.specialty.cardiology 201`,
  ]);
  const nameOf = async (version: string) =>
    (await fhir(server, `/Organization/${id}/_history/${version}`)).resource;
  expect(await nameOf("1")).toMatchObject({ name: "Riverside Hospital", meta: { versionId: "1" } });
  expect(await nameOf("2")).toMatchObject({
    name: "Lakeside",
    meta: { versionId: "2", lastUpdated: at("12:10") },
  });
  expect(await refusal(server, `/Organization/${id}/_history/3`)).toMatch(/^404/);
  expect(await refusal(server, `/Location/${id}.bed.general/_history/2`)).toMatch(/^410 deleted/);
  expect(await refusal(server, `/Location/_history?_since=yesterday`)).toMatch(/^400 value _since/);
  expect(await refusal(server, `/Location/_history?_at=2026`)).toMatch(/^400 not-supported _at/);
  expect(await refusal(server, `/Location/unknown/_history`)).toMatch(/^404/);
  expect(await refusal(server, `/InsurancePlan/_history`)).toMatch(/^404/);
});

test("a doctor who works somewhere else is told as the end of one role and the beginning of another", async () => {
  await using server = await testServer();
  const [one, other] = [await server.aFacility(), await server.aFacility({ name: "Lakeside" })];
  const spans = [{ day: 1, from: "09:00", to: "13:00" }];
  const doctor = { name: "Dr Asha Kulkarni", specialties: ["cardiology" as const] };
  const { items } = await (
    await server.machineOf(one.id)
  ).call(replaceRoster, { params: { id: one.id }, body: { items: [{ doctor, spans }] } });
  const id = items[0]?.doctor ?? "";
  server.clock.set(at("13:00"));
  await (
    await server.machineOf(other.id)
  ).call(replaceRoster, {
    params: { id: other.id },
    body: { items: [{ doctor: items[0]?.doctor ?? doctor, spans }] },
  });
  server.clock.set(at("14:00"));
  await (await server.machineOf(one.id)).call(replaceRoster, { params: { id: one.id }, body: { items: [] } });

  expect(await history(server, "/PractitionerRole/_history?_since=2026-03-01T14:00:00Z")).toEqual([
    `PUT PractitionerRole/${id}.${other.id} 200`,
    `DELETE PractitionerRole/${id}.${one.id} 204`,
  ]);
  expect(await history(server, `/PractitionerRole/${id}.${one.id}/_history`)).toEqual([
    `DELETE PractitionerRole/${id}.${one.id} 204`,
    `PUT PractitionerRole/${id}.${one.id} 200`,
    `POST PractitionerRole/${id}.${one.id} 201`,
  ]);
  expect(await history(server, `/Practitioner/_history`)).toHaveLength(3);
});

test("the pages of a history hold each version once", async () => {
  await using server = await testServer();
  for (let hour = 10; hour < 15; hour++) {
    server.clock.set(at(`${hour}:00`));
    await server.aFacility({ name: `Clinic of ${hour}` });
  }
  const names: string[] = [];
  for (let next: string | undefined = "/Organization/_history?_count=2"; next;) {
    const { resource }: { resource: Bundle } = await fhir<Bundle>(server, next);
    names.push(...(resource.entry ?? []).flatMap(({ resource: one }) => nameIn(one)));
    next = resource.link
      ?.find(({ relation }) => relation === "next")
      ?.url?.replace("http://localhost:80/fhir/R4", "");
  }
  expect(names).toEqual([14, 13, 12, 11, 10].map((hour) => `Clinic of ${hour}`));
});

function nameIn(resource: Resource | undefined): string[] {
  return resource?.resourceType === "Organization" ? [resource.name ?? ""] : [];
}
