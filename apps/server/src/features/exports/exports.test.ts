import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { replaceRoster } from "@ihims/core/doctors/endpoints.ts";
import { reportBeds, reportObservations } from "@ihims/core/observations/endpoints.ts";
import { changeFacility } from "@ihims/core/facilities/endpoints.ts";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { columnsOf, ExportKind, writeExport } from "./exports.ts";

async function fetchCsv(server: TestServer, path: string, headers: Record<string, string> = {}) {
  return server.app.fastify.inject({ url: `/api/v1/exports/${path}`, headers });
}

/** The rows of an export, each by its columns. */
async function rowsOf(server: TestServer, path: string): Promise<Record<string, string>[]> {
  const response = await fetchCsv(server, path);
  if (response.statusCode !== 200) throw new Error(response.body);
  return parse(response.body, { columns: true });
}

describe("an export", () => {
  test("has every bed figure with its age, and no number of one that has expired", async () => {
    await using server = await testServer();
    const { id } = await server.aFacility({ name: 'The "Riverside", Hospital' });
    const machine = await server.machineOf(id);
    await machine.call(reportBeds, {
      params: { id, type: "icu" },
      body: { staffed: 12, occupied: 8, observedAt: at("11:50") },
    });
    expect(await rowsOf(server, "beds.csv")).toEqual([
      {
        facility: id,
        facilityName: 'The "Riverside", Hospital',
        lat: "18.52",
        lon: "73.85",
        bedType: "icu",
        licensed: "",
        physical: "",
        staffed: "12",
        blocked: "",
        occupied: "8",
        held: "0",
        surge: "",
        free: "4",
        observedAt: at("11:50"),
        receivedAt: at("12:00"),
        source: "api",
        freshness: "live",
        freshUntil: at("12:20"),
        notes: "",
      },
    ]);
    server.clock.set(at("20:00"));
    const [late] = await rowsOf(server, "beds.csv");
    expect(late).toMatchObject({ free: "", staffed: "", freshness: "expired", observedAt: at("11:50") });
  });

  test("of every kind has its columns, also when there is nothing", async () => {
    await using server = await testServer();
    for (const kind of ExportKind.options) {
      const response = await fetchCsv(server, `${kind}.csv`);
      expect(response.body).toBe(`${columnsOf(kind).join(",")}\r\n`);
      expect(response.headers["content-type"]).toBe("text/csv; charset=utf-8; header=present");
    }
  });

  test("tells blood, services, waiting, diversions and doctors as they were reported", async () => {
    await using server = await testServer();
    const { id } = await server.aFacility({});
    const machine = await server.machineOf(id);
    const observedAt = at("11:55");
    const figure = (subject: string, value: object) => ({ facility: id, subject, value, observedAt });
    await machine.call(reportObservations, {
      body: {
        observations: [
          figure("blood:O-:plasma", { units: 7, expiringSoon: 2 }),
          figure("service:dialysis", { available: false }),
          figure("waiting:opd", { minutes: 40 }),
          figure("diversion:emergency", { state: "diverting", until: at("13:00"), reason: "full" }),
        ],
      },
    });
    const roster = await server.person("roster-manager", id);
    await roster.call(replaceRoster, {
      params: { id },
      body: { items: [{ doctor: { name: "Dr. A. Rao", specialties: ["cardiology"] } }] },
    });
    expect(await rowsOf(server, "blood.csv")).toMatchObject([
      { group: "O-", component: "plasma", units: "7", expiringSoon: "2", observedAt },
    ]);
    expect(await rowsOf(server, "services.csv")).toMatchObject([{ service: "dialysis", available: "false" }]);
    expect(await rowsOf(server, "waiting.csv")).toMatchObject([{ queue: "opd", minutes: "40", people: "" }]);
    expect(await rowsOf(server, "diversions.csv")).toMatchObject([
      { service: "emergency", state: "diverting", reason: "full" },
    ]);
    expect(await rowsOf(server, "doctors.csv")).toMatchObject([
      { name: "Dr. A. Rao", facility: id, duty: "unknown" },
    ]);
  });
});

describe("what is asked of an export", () => {
  test("keeps to a facility, and to what is new", async () => {
    await using server = await testServer();
    const one = await server.aFacility({ name: "One" });
    const two = await server.aFacility({ name: "Two" });
    const machine = await server.machineOf(one.id, two.id);
    const count = (id: typeof one.id) =>
      machine.call(reportBeds, { params: { id, type: "icu" }, body: { staffed: 2, occupied: 1 } });
    await count(one.id);
    expect(await rowsOf(server, `beds.csv?facility=${two.id}`)).toEqual([]);
    const next = String((await fetchCsv(server, "beds.csv")).headers["ihims-next-since"]);
    expect(next).toBe(at("11:59"));
    server.clock.set(at("12:05"));
    await count(two.id);
    const names = async (since: string) =>
      (await rowsOf(server, `beds.csv?since=${since}`)).map(({ facilityName }) => facilityName);
    expect(await names(next)).toEqual(["One", "Two"]);
    expect(await names(at("12:01"))).toEqual(["Two"]);
    expect((await rowsOf(server, `facilities.csv?since=${at("12:01")}`)).length).toBe(0);
  });

  test("that is unchanged is not sent again", async () => {
    await using server = await testServer();
    const { id } = await server.aFacility({});
    const etag = String((await fetchCsv(server, "facilities.csv")).headers["etag"]);
    expect((await fetchCsv(server, "facilities.csv", { "if-none-match": etag })).statusCode).toBe(304);
    const administrator = await server.person("administrator", id);
    await administrator.call(changeFacility, { params: { id }, body: { locality: "Hill" } });
    expect((await fetchCsv(server, "facilities.csv", { "if-none-match": etag })).statusCode).toBe(200);
  });

  test("carries no formula of somebody else's into a spreadsheet, and telephone numbers as they are", async () => {
    await using server = await testServer();
    await server.aFacility({
      name: '=HYPERLINK("http://evil.example")',
      address: "+cmd|' /C calc'!A0",
      phones: [{ number: "+91 20 2550 1000" }],
    });
    const [row] = await rowsOf(server, "facilities.csv");
    expect(row).toMatchObject({
      name: `'=HYPERLINK("http://evil.example")`,
      address: "'+cmd|' /C calc'!A0",
      phones: "+91 20 2550 1000",
    });
  });

  test("that does not exist, or is asked wrongly, is refused by name", async () => {
    await using server = await testServer();
    expect((await fetchCsv(server, "patients.csv")).statusCode).toBe(404);
    expect((await fetchCsv(server, "beds.csv?facility=none")).statusCode).toBe(404);
    expect((await fetchCsv(server, "beds.csv?near=1,2")).json()).toMatchObject({
      errors: [{ parameter: "near" }],
    });
  });

  test("is made piece by piece", async () => {
    await using server = await testServer();
    await server.aFacility({ address: "a".repeat(499) });
    const memory = await server.app.exports();
    const pieces = writeExport(memory, "facilities", { facility: undefined, since: undefined }, at("12:00"));
    expect(pieces.next().done).toBe(false);
  });
});
