import { expect, test } from "vitest";
import { changeFacility, getFacility } from "@ihims/core/facilities/endpoints.ts";
import {
  getBeds,
  reportBeds,
  reportObservations,
  confirmFigures,
  retractObservations,
} from "@ihims/core/observations/endpoints.ts";
import { at, testServer } from "../../testing/server.ts";

const icu = { subject: "bed:icu", value: { staffed: 12, occupied: 8 }, observedAt: at("11:50") };

test("a figure that was reported is read at once, with its age and its source", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id } = await server.aFacility();
  const machine = await server.machineOf(id);

  const answer = await machine.call(reportObservations, {
    body: { observations: [{ facility: id, ...icu }] },
  });
  expect(answer).toMatchObject({
    accepted: 1,
    results: [{ line: 0, outcome: "accepted", change: "changed" }],
  });

  const { beds } = await server.anybody.call(getFacility, { params: { id } });
  expect(beds).toMatchObject([
    {
      type: "icu",
      value: { staffed: 12, occupied: 8, held: 0, free: 4 },
      source: "api",
      observedAt: at("11:50"),
      receivedAt: at("12:00"),
      freshness: "live",
    },
  ]);
});

test("each line of a batch is answered by itself, with the place that is wrong", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id } = await server.aFacility();
  const other = await server.aFacility();
  const machine = await server.machineOf(id);

  const { results, ...counts } = await machine.call(reportObservations, {
    body: {
      observations: [
        { facility: id, ...icu },
        { facility: id, ...icu },
        { facility: id, subject: "bed:icu", value: { staffed: 12, occupied: 9 }, observedAt: at("11:40") },
        { facility: id, ...icu, value: { staffed: 12, occupied: 1.5 } },
        { facility: id, ...icu, subject: "bed:hammock" },
        { facility: id, ...icu, observedAt: at("12:06") },
        { facility: other.id, ...icu },
        "not a line",
        { facility: id, ...icu, value: { staffed: 12, beds: 3 } },
      ],
    },
  });
  expect(counts).toEqual({ accepted: 1, duplicate: 1, superseded: 1, rejected: 6 });
  expect(results.map(({ outcome, reason, pointer }) => [outcome, reason, pointer])).toEqual([
    ["accepted", undefined, undefined],
    ["duplicate", undefined, undefined],
    ["superseded", undefined, undefined],
    ["rejected", "unreadable", "/value/occupied"],
    ["rejected", "unreadable", "/subject"],
    ["rejected", "from-the-future", undefined],
    ["rejected", "not-allowed", undefined],
    ["rejected", "unreadable", ""],
    ["rejected", "unreadable", "/value/beds"],
  ]);
  expect(results[1]?.observation).toBe(results[0]?.observation);
});

test("a report of a facility that is not there is refused and nothing else with it", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const machine = await server.machineOf(id, "nowhere" as typeof id);
  const { results } = await machine.call(reportObservations, {
    body: {
      observations: [
        { facility: "nowhere", ...icu },
        { facility: id, ...icu },
      ],
    },
  });
  expect(results.map(({ reason, outcome }) => reason ?? outcome)).toEqual(["no-such-facility", "accepted"]);
});

test("the same reference from the same sender is the same report, whatever it says", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id } = await server.aFacility();
  const machine = await server.machineOf(id);
  const other = await server.machineOf(id);
  const body = (occupied: number) => ({
    observations: [
      {
        facility: id,
        subject: "bed:icu",
        value: { staffed: 12, occupied },
        observedAt: at("11:50"),
        sourceRef: "row 17",
      },
    ],
  });
  expect(await machine.call(reportObservations, { body: body(8) })).toMatchObject({ accepted: 1 });
  expect(await machine.call(reportObservations, { body: body(9) })).toMatchObject({ duplicate: 1 });
  expect(await other.call(reportObservations, { body: body(9) })).toMatchObject({ accepted: 1 });
});

test("nothing has changed: every figure is as it was, seen now", async () => {
  await using server = await testServer({ now: at("06:00") });
  const { id } = await server.aFacility();
  const nurse = await server.person("bed-manager", id);
  await nurse.call(reportBeds, { params: { id, type: "icu" }, body: { staffed: 12, occupied: 8 } });
  await nurse.call(reportBeds, {
    params: { id, type: "general" },
    body: { staffed: 40, occupied: 31, blocked: 2 },
  });

  server.clock.set(at("12:00"));
  expect(await server.anybody.call(getBeds, { params: { id, type: "icu" } })).toMatchObject({
    value: null,
    freshness: "expired",
    observedAt: at("06:00"),
  });
  const { confirmed } = await nurse.call(confirmFigures, { params: { id } });
  expect(confirmed.map(({ subject }) => subject).sort()).toEqual(["bed:general", "bed:icu"]);
  expect(await server.anybody.call(getBeds, { params: { id, type: "icu" } })).toMatchObject({
    value: { free: 4 },
    freshness: "live",
    observedAt: at("12:00"),
  });
  expect(await server.anybody.call(getBeds, { params: { id, type: "general" } })).toMatchObject({
    value: { free: 7 },
    freshness: "live",
  });
});

test("an undone report leaves the figure as it was, with its old age", async () => {
  await using server = await testServer({ now: at("11:00") });
  const { id } = await server.aFacility();
  const nurse = await server.person("bed-manager", id);
  const params = { id, type: "icu" as const };
  await nurse.call(reportBeds, { params, body: { staffed: 12, occupied: 8 } });
  server.clock.set(at("11:20"));
  const mistake = await nurse.call(reportBeds, { params, body: { staffed: 12, occupied: 0 } });

  await nurse.call(retractObservations, { body: { observations: [mistake.observation] } });
  expect(await server.anybody.call(getBeds, { params })).toMatchObject({
    value: { occupied: 8 },
    observedAt: at("11:00"),
  });
  await server.restart();
  expect(await server.anybody.call(getBeds, { params })).toMatchObject({
    value: { occupied: 8 },
    observedAt: at("11:00"),
  });
});

test("an undone first report leaves nothing", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const nurse = await server.person("bed-manager", id);
  const { observation } = await nurse.call(reportBeds, {
    params: { id, type: "icu" },
    body: { staffed: 12, occupied: 0 },
  });
  await nurse.call(retractObservations, { body: { observations: [observation] } });
  await expect(server.anybody.call(getBeds, { params: { id, type: "icu" } })).rejects.toThrow("404");
});

test("only who made a report takes it back, and only for an hour", async () => {
  await using server = await testServer({ now: at("11:00") });
  const { id } = await server.aFacility();
  const nurse = await server.person("bed-manager", id);
  const colleague = await server.person("administrator", id);
  const { observation } = await nurse.call(reportBeds, {
    params: { id, type: "icu" },
    body: { staffed: 12, occupied: 0 },
  });
  await expect(
    colleague.call(retractObservations, { body: { observations: [observation] } }),
  ).rejects.toThrow("403");
  server.clock.set(at("12:01"));
  await expect(nurse.call(retractObservations, { body: { observations: [observation] } })).rejects.toThrow(
    "409",
  );
});

test("what was acknowledged is there after a restart, once", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id } = await server.aFacility();
  const machine = await server.machineOf(id);
  await machine.call(reportObservations, { body: { observations: [{ facility: id, ...icu }] } });
  await server.restart();
  expect(await server.anybody.call(getBeds, { params: { id, type: "icu" } })).toMatchObject({
    value: { occupied: 8 },
  });
  expect(
    await machine.call(reportObservations, { body: { observations: [{ facility: id, ...icu }] } }),
  ).toMatchObject({ duplicate: 1 });
});

test("two batches over the same facilities at once are both taken in", async () => {
  await using server = await testServer({ now: at("12:00") });
  const facilities = await Promise.all(Array.from({ length: 8 }, () => server.aFacility()));
  const machine = await server.machineOf(...facilities.map(({ id }) => id));
  const batch = (minute: number) =>
    facilities.map(({ id }) => ({
      facility: id,
      subject: "bed:icu",
      value: { staffed: 12, occupied: minute },
      observedAt: at(`11:${minute}`),
    }));
  const answers = await Promise.all(
    [10, 11, 12, 13, 14, 15].map((minute) =>
      machine.call(reportObservations, {
        body: { observations: minute % 2 ? batch(minute) : batch(minute).reverse() },
      }),
    ),
  );
  expect(answers.map(({ rejected, duplicate }) => rejected + duplicate)).toEqual([0, 0, 0, 0, 0, 0]);
  for (const { id } of facilities)
    expect(await server.anybody.call(getBeds, { params: { id, type: "icu" } })).toMatchObject({
      value: { occupied: 15 },
    });
});

test("a facility says which source leads, and a person's correction outranks it for a time", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id } = await server.aFacility();
  const administrator = await server.person("administrator", id);
  const machine = await server.machineOf(id);
  const params = { id, type: "icu" as const };
  const shown = async () => (await server.anybody.call(getBeds, { params })).value?.occupied;
  await administrator.call(changeFacility, {
    params: { id },
    body: { leads: [{ subject: "bed", source: "api", correctionS: 600 }] },
  });
  await machine.call(reportBeds, { params, body: { staffed: 12, occupied: 8 } });
  server.clock.set(at("12:05"));
  expect(await administrator.call(reportBeds, { params, body: { staffed: 12, occupied: 3 } })).toMatchObject({
    outcome: "changed",
    figure: { notes: ["sources-disagree"], others: [{ source: "api", value: { occupied: 8 } }] },
  });
  server.clock.set(at("12:10"));
  expect(await machine.call(reportBeds, { params, body: { staffed: 12, occupied: 9 } })).toMatchObject({
    outcome: "superseded",
  });
  expect(await shown()).toBe(3);
  server.clock.set(at("12:16"));
  expect(await shown()).toBe(9);
});

test("that nothing has changed corrects nothing: the leading feed is believed when it speaks next", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id } = await server.aFacility();
  const administrator = await server.person("administrator", id);
  const machine = await server.machineOf(id);
  const params = { id, type: "icu" as const };
  await administrator.call(changeFacility, {
    params: { id },
    body: { leads: [{ subject: "bed", source: "api", correctionS: 3600 }] },
  });
  await machine.call(reportBeds, { params, body: { staffed: 12, occupied: 8 } });
  server.clock.set(at("12:05"));
  await administrator.call(confirmFigures, { params: { id } });
  const confirmed = await server.anybody.call(getBeds, { params });
  expect(confirmed).toMatchObject({ observedAt: at("12:05"), value: { occupied: 8 } });
  server.clock.set(at("12:10"));
  const spoken = await machine.call(reportBeds, { params, body: { staffed: 12, occupied: 9 } });
  expect(spoken).toMatchObject({ outcome: "changed", figure: { value: { occupied: 9 } } });
  server.clock.set(at("12:15"));
  await administrator.call(reportBeds, { params, body: { staffed: 12, occupied: 3 } });
  server.clock.set(at("12:20"));
  await administrator.call(confirmFigures, { params: { id } });
  server.clock.set(at("12:25"));
  await machine.call(reportBeds, { params, body: { staffed: 12, occupied: 10 } });
  expect((await server.anybody.call(getBeds, { params })).value).toMatchObject({ occupied: 3 });
});
