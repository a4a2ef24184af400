import { expect, test } from "vitest";
import { reportBlood } from "@ihims/core/blood/endpoints.ts";
import { requestHold } from "@ihims/core/holds/endpoints.ts";
import { confirmFigures, reportBeds, reportObservations } from "@ihims/core/observations/endpoints.ts";
import { Subject } from "@ihims/core/observations/schema.ts";
import { getToday } from "@ihims/core/today/endpoints.ts";
import { at, testServer } from "../../testing/server.ts";

const NEAR = { lat: 18.53, lon: 73.86 };
const FAR = { lat: 19.53, lon: 73.86 };
const beds = { staffed: 12, occupied: 8 };

test("the day shows every figure of mine with its age, the expired ones with their last number", async () => {
  await using server = await testServer({ now: at("06:00") });
  const { id } = await server.aFacility({ bedTypes: ["icu", "general"] });
  const nurse = await server.person("bed-manager", id);
  await nurse.call(reportBeds, { params: { id, type: "icu" }, body: beds });
  server.clock.set(at("11:00"));
  const { facilities } = await nurse.call(getToday);
  expect(facilities).toMatchObject([
    {
      id,
      beds: [
        { type: "general", freshness: "unknown", value: null },
        { type: "icu", freshness: "expired", observedAt: at("06:00"), value: { staffed: 12, free: 4 } },
      ],
      holds: { requested: 0, accepted: 0 },
      shelf: null,
    },
  ]);
  expect(facilities[0]?.reports).toContain("bed");
  expect(facilities[0]?.reports).not.toContain("blood");
});

test("what was set until a moment that is over is no part of the day", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const head = await server.person("administrator", id);
  const line = (subject: string, value: object) => ({
    facility: id,
    subject: Subject.parse(subject),
    value: { ...value },
    observedAt: at("12:00"),
  });
  await head.call(reportObservations, {
    body: {
      observations: [
        line("diversion:emergency", { state: "diverting", until: at("13:00") }),
        line("waiting:opd", { minutes: 20 }),
      ],
    },
  });
  const subjects = async () =>
    (await head.call(getToday)).facilities[0]?.figures.map(({ subject }) => subject).sort();
  expect(await subjects()).toEqual(["diversion:emergency", "waiting:opd"]);
  server.clock.set(at("13:00"));
  expect(await subjects()).toEqual(["waiting:opd"]);
});

test("neighbours are the nearest who report what I report, and only that", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const near = await server.aFacility({ name: "Hill Road Hospital", position: NEAR });
  const far = await server.aFacility({ name: "Far Hospital", position: FAR });
  const silent = await server.aFacility({ name: "Silent Hospital", position: NEAR });
  const machine = await server.machineOf(id, near.id, far.id, silent.id);
  for (const one of [id, near.id, far.id])
    await machine.call(reportBeds, { params: { id: one, type: "icu" }, body: beds });
  await machine.call(reportBeds, { params: { id: near.id, type: "burns" }, body: beds });
  await machine.call(reportBlood, {
    params: { id: near.id, group: "O-", component: "packed-red-cells" },
    body: { units: 3 },
  });
  const nurse = await server.person("viewer", id);
  const [mine] = (await nurse.call(getToday)).facilities;
  expect(mine?.neighbours).toMatchObject([
    { id: near.id, name: "Hill Road Hospital", beds: [{ type: "icu", value: { free: 4 } }], figures: [] },
  ]);
  expect(mine?.neighbours[0]?.distance).toBeGreaterThan(1000);
  expect(mine?.holds).toBeNull();
});

test("open holds are counted for who answers them, and data entry does not", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const nurse = await server.person("bed-manager", id);
  const clerk = await server.person("data-entry", id);
  await clerk.call(reportBeds, { params: { id, type: "icu" }, body: beds });
  const citizen = await server.citizen();
  await citizen.call(requestHold, { body: { facility: id, subject: Subject.parse("bed:icu") } });
  expect((await nurse.call(getToday)).facilities[0]?.holds).toEqual({ requested: 1, accepted: 0 });
  expect((await clerk.call(getToday)).facilities[0]?.holds).toBeNull();
});

test("one confirmation makes the whole day live again", async () => {
  await using server = await testServer({ now: at("06:00") });
  const { id } = await server.aFacility();
  const nurse = await server.person("bed-manager", id);
  for (const type of ["icu", "general", "hdu"] as const)
    await nurse.call(reportBeds, { params: { id, type }, body: beds });
  server.clock.set(at("11:00"));
  await nurse.call(confirmFigures, { params: { id } });
  const [mine] = (await nurse.call(getToday)).facilities;
  expect(mine?.beds.map(({ freshness, value }) => [freshness, value?.free])).toEqual(
    Array.from({ length: 3 }, () => ["live", 4]),
  );
});

test("a machine has no day, and neither has nobody", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  await expect((await server.machineOf(id)).call(getToday)).rejects.toThrow("403 not-allowed");
  await expect(server.anybody.call(getToday)).rejects.toThrow("401 not-signed-in");
});
