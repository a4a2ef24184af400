import { expect, test } from "vitest";
import { listHistory, revertObservation } from "@ihims/core/history/endpoints.ts";
import {
  confirmFigures,
  reportBeds,
  reportObservations,
  retractObservations,
} from "@ihims/core/observations/endpoints.ts";
import { Subject } from "@ihims/core/observations/schema.ts";
import { getFacility } from "@ihims/core/facilities/endpoints.ts";
import { at, testServer } from "../../testing/server.ts";

const beds = (occupied: number) => ({ staffed: 12, occupied });

test("the history says who said what through which door, and what it was before", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const nurse = await server.person("bed-manager", id);
  const machine = await server.machineOf(id);
  await machine.call(reportBeds, { params: { id, type: "icu" }, body: beds(5) });
  server.clock.set(at("12:10"));
  await nurse.call(reportBeds, { params: { id, type: "icu" }, body: beds(7) });
  server.clock.set(at("12:20"));
  await nurse.call(confirmFigures, { params: { id } });

  const { items } = await nurse.call(listHistory, { params: { id } });
  expect(items).toMatchObject([
    { outcome: "confirmed", value: beds(7), before: beds(7), receivedAt: at("12:20") },
    {
      outcome: "changed",
      value: beds(7),
      before: beds(5),
      source: "staff",
      who: { kind: "person", name: "bed-manager" },
    },
    { outcome: "changed", value: beds(5), before: null, source: "api", who: { kind: "key", name: "test" } },
  ]);
  const changes = await nurse.call(listHistory, { params: { id }, query: { changesOnly: "true" } });
  expect(changes.items.map(({ outcome }) => outcome)).toEqual(["changed", "changed"]);
});

test("pages follow one another without a gap, and filters leave out what is not asked for", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const other = await server.aFacility();
  const machine = await server.machineOf(id, other.id);
  for (const [minute, type] of (["icu", "hdu", "icu", "general", "icu"] as const).entries()) {
    server.clock.set(at(`12:0${minute}`));
    await machine.call(reportBeds, { params: { id, type }, body: beds(minute) });
    await machine.call(reportBeds, { params: { id: other.id, type }, body: beds(minute) });
  }
  const nurse = await server.person("viewer", id);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await nurse.call(listHistory, { params: { id }, query: { limit: 2, cursor } });
    seen.push(...page.items.map(({ subject }) => subject));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual(["bed:icu", "bed:general", "bed:icu", "bed:hdu", "bed:icu"]);

  const query = { subject: Subject.parse("bed:icu"), from: at("12:01"), to: at("12:04") };
  const { items } = await nurse.call(listHistory, { params: { id }, query });
  expect(items.map(({ receivedAt }) => receivedAt)).toEqual([at("12:02")]);
  expect((await nurse.call(listHistory, { params: { id }, query: { kind: "blood" } })).items).toEqual([]);
});

test("to revert is a new report of who reverts, and what was taken back says by whom", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const nurse = await server.person("bed-manager", id);
  const first = await nurse.call(reportBeds, { params: { id, type: "icu" }, body: beds(5) });
  server.clock.set(at("12:10"));
  const wrong = await nurse.call(reportBeds, { params: { id, type: "icu" }, body: beds(12) });
  server.clock.set(at("12:20"));
  const reverted = await nurse.call(revertObservation, { params: { id, observation: first.observation } });
  expect(reverted).toMatchObject({ outcome: "changed", subject: "bed:icu" });
  const { beds: now } = await server.anybody.call(getFacility, { params: { id } });
  expect(now[0]).toMatchObject({ observedAt: at("12:20"), value: { occupied: 5 } });

  await nurse.call(retractObservations, { body: { observations: [wrong.observation] } });
  const { items } = await nurse.call(listHistory, { params: { id } });
  expect(items.map(({ retraction }) => retraction)).toEqual([
    null,
    { at: at("12:20"), by: "bed-manager" },
    null,
  ]);
});

test("what was set until a moment that is over cannot be said again", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const nurse = await server.person("bed-manager", id);
  await nurse.call(reportObservations, {
    body: {
      observations: [
        {
          facility: id,
          subject: Subject.parse("diversion:emergency"),
          value: { state: "closed", until: at("13:00") },
          observedAt: at("12:00"),
        },
      ],
    },
  });
  server.clock.set(at("13:00"));
  const { items } = await nurse.call(listHistory, { params: { id } });
  const [entry] = items;
  if (!entry) throw new Error("nothing in the history");
  const revert = nurse.call(revertObservation, { params: { id, observation: entry.observation } });
  await expect(revert).rejects.toThrow("409 conflict");
});

test("who reads it: those who work there and the city's officers, not others, not data entry", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const other = await server.aFacility();
  const nurse = await server.person("bed-manager", id);
  const { observation } = await nurse.call(reportBeds, { params: { id, type: "icu" }, body: beds(5) });
  const stranger = await server.person("administrator", other.id);
  const clerk = await server.person("data-entry", id);
  const viewer = await server.person("viewer", id);
  for (const one of [stranger, clerk, await server.machineOf(id), await server.citizen()])
    await expect(one.call(listHistory, { params: { id } })).rejects.toThrow("403 not-allowed");
  const revert = (of: typeof nurse, at = id) =>
    of.call(revertObservation, { params: { id: at, observation } });
  await expect(revert(viewer)).rejects.toThrow("403 not-allowed");
  await expect(revert(stranger)).rejects.toThrow("404 not-found");
  await expect(revert(stranger, other.id)).rejects.toThrow("404 not-found");
});

test("the export is the same rows, and no name in it is a formula", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const nurse = await server.person("bed-manager", id, "evil@example.org", '=HYPERLINK("x"),"y"');
  await nurse.call(reportBeds, { params: { id, type: "icu" }, body: beds(5) });
  const response = await server.app.fastify.inject({
    url: `/api/v1/facilities/${id}/history.csv?kind=bed`,
    headers: nurse.headers,
  });
  expect(response.statusCode).toBe(200);
  const [head, row, end] = response.body.split("\r\n");
  expect(head).toMatch(/^observation,subject,outcome,value,before/);
  expect(row).toContain('bed:icu,changed,"{""staffed"":12,""occupied"":5}",');
  expect(row).toContain('"\'=HYPERLINK(""x""),""y"""');
  expect(end).toBe("");
  const refused = await server.app.fastify.inject({ url: `/api/v1/facilities/${id}/history.csv` });
  expect(refused.statusCode).toBe(401);
});
