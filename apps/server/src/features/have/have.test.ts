import { describe, expect, test } from "vitest";
import { reportBeds } from "@ihims/core/observations/endpoints.ts";
import { getFacility } from "@ihims/core/facilities/endpoints.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { validatorOf } from "@ihims/connectors/xml/testing/validate.ts";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { HaveOutcome } from "./have.ts";

const wrongIn = validatorOf(
  new URL("../../../../../packages/connectors/src/have/testing/have-1.0.xsd", import.meta.url),
);

interface HospitalGiven {
  name?: string;
  id?: string;
  position?: string;
  available?: number;
  baseline?: number;
  updated?: string;
  inside?: string;
}

function aHospital({
  name = "Riverside Hospital",
  id,
  position,
  available = 3,
  baseline = 9,
  updated = at("11:50"),
  inside,
}: HospitalGiven): string {
  return `<Hospital><Organization>
    <OrganizationInformation><x:OrganisationName xmlns:x="urn:oasis:names:tc:ciq:xnl:3"${id ? ` x:ID="${id}"` : ""}><x:NameElement>${name}</x:NameElement></x:OrganisationName></OrganizationInformation>
    ${position ? `<OrganizationGeoLocation><g:Point xmlns:g="http://www.opengis.net/gml"><g:pos>${position}</g:pos></g:Point></OrganizationGeoLocation>` : ""}
  </Organization>${inside ?? `<HospitalBedCapacityStatus><BedCapacity><BedType>AdultICU</BedType><Capacity><AvailableCount>${available}</AvailableCount><BaselineCount>${baseline}</BaselineCount></Capacity></BedCapacity></HospitalBedCapacityStatus>`}
  <LastUpdateTime>${updated}</LastUpdateTime></Hospital>`;
}

function aReport(...hospitals: HospitalGiven[]): string {
  return `<HospitalStatus xmlns="urn:oasis:names:tc:emergency:EDXL:HAVE:1.0">${hospitals.map(aHospital).join("")}</HospitalStatus>`;
}

async function send(server: TestServer, headers: Record<string, string>, body: string) {
  const response = await server.app.fastify.inject({
    method: "POST",
    url: "/have",
    headers: { "content-type": "application/emergency+xml", ...headers },
    body,
  });
  return { status: response.statusCode, json: response.json() as unknown };
}

async function received(server: TestServer, headers: Record<string, string>, ...hospitals: HospitalGiven[]) {
  const { status, json } = await send(server, headers, aReport(...hospitals));
  expect(status).toBe(200);
  return HaveOutcome.parse(json).hospitals;
}

async function fetchHave(server: TestServer, query = "", headers: Record<string, string> = {}) {
  return server.app.fastify.inject({ url: `/have${query}`, headers });
}

async function icuOf(server: TestServer, id: FacilityId) {
  const { beds } = await server.anybody.call(getFacility, { params: { id } });
  return beds.find(({ type }) => type === "icu")?.value;
}

describe("GET /have", () => {
  test("gives the city's hospitals as a valid 1.0 report that nobody else's figures are in", async () => {
    await using server = await testServer();
    const one = await server.aFacility({ name: "Riverside Hospital", specialties: ["cardiology"] });
    await server.aFacility({ name: "Hill Road Pharmacy", kind: "pharmacy" });
    const machine = await server.machineOf(one.id);
    await machine.call(reportBeds, {
      params: { id: one.id, type: "icu" },
      body: { staffed: 12, occupied: 8 },
    });
    const response = await fetchHave(server);
    expect(response.headers["content-type"]).toBe("application/emergency+xml; charset=utf-8");
    expect(wrongIn(response.body)).toBeUndefined();
    expect(response.body).toContain("<have:AvailableCount>4</have:AvailableCount>");
    expect(response.body).not.toContain("Pharmacy");
    const etag = String(response.headers["etag"]);
    expect((await fetchHave(server, "", { "if-none-match": etag })).statusCode).toBe(304);
  });

  test("keeps to a facility, a box and what was seen since", async () => {
    await using server = await testServer();
    const west = await server.aFacility({ name: "West Hospital", position: { lat: 18.5, lon: 73.8 } });
    const east = await server.aFacility({ name: "East Hospital", position: { lat: 18.5, lon: 74.2 } });
    const machine = await server.machineOf(west.id, east.id);
    for (const [id, observedAt] of [
      [west.id, at("11:00")],
      [east.id, at("11:30")],
    ] as const)
      await machine.call(reportBeds, {
        params: { id, type: "icu" },
        body: { staffed: 2, occupied: 1, observedAt },
      });
    const names = async (query: string) =>
      [...(await fetchHave(server, query)).body.matchAll(/<xnl:NameElement>([^<]+)/gu)].map(
        ([, name]) => name,
      );
    expect(await names("")).toEqual(["East Hospital", "West Hospital"]);
    expect(await names(`?facility=${west.id}`)).toEqual(["West Hospital"]);
    expect(await names("?bbox=74,18,75,19")).toEqual(["East Hospital"]);
    expect(await names(`?since=${at("11:15")}`)).toEqual(["East Hospital"]);
    expect((await fetchHave(server, `?since=${at("11:45")}`)).statusCode).toBe(204);
    expect((await fetchHave(server, "?facility=none")).statusCode).toBe(404);
    expect((await fetchHave(server, "?bbox=1,2,3")).json()).toMatchObject({
      status: 400,
      errors: [{ parameter: "bbox" }],
    });
    expect((await fetchHave(server, "?city=1")).json()).toMatchObject({
      status: 400,
      errors: [{ parameter: "city" }],
    });
  });

  test("says that 2.0 is partial", async () => {
    await using server = await testServer();
    await server.aFacility({});
    const response = await fetchHave(server, "?format=2.0");
    expect(response.body).toMatch(/^<\?xml.*\n<!-- EDXL-HAVE 2.0, partial/u);
    expect(response.headers["ihims-note"]).toMatch(/partial/u);
  });
});

describe("POST /have", () => {
  test("matches by id, by name and place, and answers each hospital by itself", async () => {
    await using server = await testServer();
    const one = await server.aFacility({ name: "Riverside Hospital" });
    const two = await server.aFacility({
      name: "Hill Road Hospital",
      position: { lat: 18.6, lon: 73.9 },
      externalIds: [{ system: "hfr", value: "IN2710000001" }],
    });
    const { headers } = await server.machineOf(one.id, two.id);
    const hospitals = await received(
      server,
      headers,
      { id: one.id, name: "whatever it is called there" },
      { id: "IN2710000001", name: "Hill Rd" },
      { name: "Riverside Hosp.", position: "18.5201 73.8501", available: 2, updated: at("11:55") },
      { name: "Somewhere Else" },
      { name: "Hill Road Hospital", position: "12 77" },
    );
    expect(hospitals.map(({ outcome, facility, matchedBy }) => [outcome, facility, matchedBy])).toEqual([
      ["accepted", one.id, "id"],
      ["accepted", two.id, "id"],
      ["accepted", one.id, "name"],
      ["rejected", undefined, undefined],
      ["rejected", undefined, undefined],
    ]);
    expect(hospitals[0]?.figures).toMatchObject([{ subject: "bed:icu", outcome: "changed" }]);
    expect(hospitals[3]?.reason).toBe("no facility of yours has this id or name");
    expect(hospitals[4]?.reason).toMatch(/is elsewhere/u);
    expect(await icuOf(server, one.id)).toMatchObject({ staffed: 9, occupied: 7, free: 2 });
  });

  test("an older LastUpdateTime never overwrites, and the same report again is a duplicate", async () => {
    await using server = await testServer();
    const { id } = await server.aFacility({});
    const { headers } = await server.machineOf(id);
    const outcomes = async (given: HospitalGiven) =>
      (await received(server, headers, { id, ...given }))[0]?.figures.map(({ outcome }) => outcome);
    expect(await outcomes({ available: 3, updated: at("11:50") })).toEqual(["changed"]);
    expect(await outcomes({ available: 8, updated: at("11:40") })).toEqual(["superseded"]);
    expect(await outcomes({ available: 3, updated: at("11:50") })).toEqual(["duplicate"]);
    expect(await outcomes({ available: 3, updated: at("11:59") })).toEqual(["confirmed"]);
    expect(await outcomes({ available: 1, updated: at("13:00") })).toEqual(["rejected"]);
    expect(await icuOf(server, id)).toMatchObject({ free: 3 });
  });

  test("takes nothing of a facility that is not the sender's", async () => {
    await using server = await testServer();
    const mine = await server.aFacility({ name: "Mine" });
    const theirs = await server.aFacility({ name: "Theirs" });
    const { headers } = await server.machineOf(mine.id);
    const [hospital] = await received(server, headers, { id: theirs.id, name: "Theirs" });
    expect(hospital).toMatchObject({ outcome: "rejected", figures: [] });
    expect(await icuOf(server, theirs.id)).toBeUndefined();
    expect((await send(server, {}, aReport({}))).status).toBe(401);
    const viewer = await server.person("viewer", mine.id);
    expect((await send(server, viewer.headers, aReport({}))).status).toBe(403);
  });

  test("what one facility exports is taken in by another system as the same figures", async () => {
    await using server = await testServer();
    const { id } = await server.aFacility({ services: ["dialysis"] });
    const machine = await server.machineOf(id);
    await machine.call(reportBeds, {
      params: { id, type: "ventilator" },
      body: { staffed: 12, occupied: 8, blocked: 1, licensed: 14, observedAt: at("11:30") },
    });
    const { body } = await fetchHave(server, `?facility=${id}`);
    await using other = await testServer();
    const there = await other.aFacility({ externalIds: [{ system: "ihims", value: id }] });
    const { headers } = await other.machineOf(there.id);
    const { json } = await send(other, headers, body);
    expect(HaveOutcome.parse(json).hospitals[0]?.notes).toEqual([]);
    const record = await other.anybody.call(getFacility, { params: { id: there.id } });
    expect(record.beds[0]).toMatchObject({
      type: "ventilator",
      observedAt: at("11:30"),
      value: { staffed: 12, occupied: 8, blocked: 1, licensed: 14, free: 3 },
    });
    expect(record.figures[0]).toMatchObject({ subject: "service:dialysis", value: { available: true } });
  });

  test("hostile or foreign documents are refused with the reason, and other media types too", async () => {
    await using server = await testServer();
    const { id } = await server.aFacility({});
    const { headers } = await server.machineOf(id);
    const bomb = `<!DOCTYPE a [<!ENTITY x "y">]><HospitalStatus>&x;</HospitalStatus>`;
    expect(await send(server, headers, bomb)).toMatchObject({ status: 400, json: { detail: /DOCTYPE/u } });
    expect(await send(server, headers, "<alert/>")).toMatchObject({ status: 400 });
    expect(await send(server, { ...headers, "content-type": "application/json" }, "{}")).toMatchObject({
      status: 415,
    });
  });
});
