import { expect, test } from "vitest";
import { sql } from "kysely";
import { changeFacility, getFacility } from "@ihims/core/facilities/endpoints.ts";
import {
  acceptHold,
  cancelHold,
  fulfilHold,
  getHold,
  listHolds,
  refuseHold,
  requestHold,
} from "@ihims/core/holds/endpoints.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import {
  confirmFigures,
  getBeds,
  reportBeds,
  reportObservations,
  retractObservations,
} from "@ihims/core/observations/endpoints.ts";
import { deleteAccount } from "@ihims/core/people/endpoints.ts";
import { newestPosition, readChangesAfter } from "../../platform/changes.ts";
import { at, testServer, type Caller, type TestServer } from "../../testing/server.ts";
import { endDueHolds } from "./release.ts";

const ICU = "bed:icu";

/** A hospital with a number of free ICU beds, told at 12:00; its machine and its nurse. */
async function aHospital(server: TestServer, free: number) {
  const { id } = await server.aFacility({ phones: [{ number: "+912026120000" }] });
  const machine = await server.machineOf(id);
  const tell = (occupied: number, observedAt = at("12:00")) =>
    machine.call(reportBeds, { params: { id, type: "icu" }, body: { staffed: 12, occupied, observedAt } });
  await tell(12 - free);
  return { id, machine, tell, nurse: await server.person("bed-manager", id) };
}

const ask = (who: Caller, facility: FacilityId, subject = ICU) =>
  who.call(requestHold, { body: { facility, subject } });

async function icu(server: TestServer, id: FacilityId) {
  const { value } = await server.anybody.call(getBeds, { params: { id, type: "icu" } });
  return value && { free: value.free, held: value.held };
}

test("a held bed is free to nobody else, until its time is over", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id } = await aHospital(server, 4);
  const citizen = await server.citizen();
  const hold = await ask(citizen, id);
  expect(hold).toMatchObject({ state: "requested", kind: "bed", units: 1, until: at("12:30"), phone: null });
  expect(hold.code).toMatch(/^[A-Z0-9]{4}$/);
  expect(await icu(server, id)).toEqual({ free: 3, held: 1 });
  server.clock.set(at("12:29:59"));
  expect(await icu(server, id)).toEqual({ free: 3, held: 1 });
  server.clock.set(at("12:30"));
  expect(await icu(server, id)).toEqual({ free: 4, held: 0 });
  expect(await citizen.call(getHold, { params: { id: hold.id } })).toMatchObject({ state: "expired" });
});

test("what is over is written down, told to the holder and shown on open pages", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id } = await aHospital(server, 4);
  const citizen = await server.citizen();
  await ask(citizen, id);
  const before = await newestPosition(server.app.base.db);
  server.clock.set(at("12:30"));
  await expect.poll(() => endDueHolds(server.ctx), { timeout: 30_000 }).toBe(0);
  // What open pages are told of.
  await expect
    .poll(async () => (await readChangesAfter(server.app.base.db, before))?.map(({ body }) => body))
    .toMatchObject([{ kind: "held", facility: id, subject: ICU, held: [] }]);
  const { items } = await citizen.call(listHolds, { query: { state: "ended" } });
  expect(items).toMatchObject([{ state: "expired", endedAt: at("12:30") }]);
  await expect
    .poll(async () => (await server.messages()).at(-1)?.text)
    .toMatch(/The time of [A-Z0-9]{4} at Riverside Hospital is over/);
});

test("an officer of the facility accepts by name, and the holder is told without what it is for", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id, nurse, machine } = await aHospital(server, 4);
  const citizen = await server.citizen();
  const hold = await ask(citizen, id);
  const { items } = await nurse.call(listHolds, { query: { facility: id, state: "open" } });
  expect(items).toMatchObject([{ id: hold.id, phone: "+919822012345", state: "requested" }]);
  await expect(machine.call(acceptHold, { params: { id: hold.id } })).rejects.toThrow("403 not-allowed");
  const accepted = await nurse.call(acceptHold, { params: { id: hold.id } });
  expect(accepted).toMatchObject({
    state: "accepted",
    officer: { name: "bed-manager", role: "bed-manager" },
  });
  await expect.poll(async () => (await server.messages()).at(-1)?.text).toMatch(/expects you until 18:00/);
  expect((await server.messages()).at(-1)?.text).not.toMatch(/icu|bed/i);
  expect(await icu(server, id)).toEqual({ free: 3, held: 1 });
  // Twice the same is no error, and tells nobody again.
  await nurse.call(acceptHold, { params: { id: hold.id } });
});

test("a refusal has a reason and frees the bed", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id, nurse } = await aHospital(server, 1);
  const citizen = await server.citizen();
  const hold = await ask(citizen, id);
  expect(await icu(server, id)).toEqual({ free: 0, held: 1 });
  await nurse.call(refuseHold, { params: { id: hold.id }, body: { reason: "Kept for a transfer" } });
  expect(await citizen.call(getHold, { params: { id: hold.id } })).toMatchObject({
    state: "refused",
    reason: "Kept for a transfer",
  });
  expect(await icu(server, id)).toEqual({ free: 1, held: 0 });
});

test("a fulfilled hold keeps its bed until the ward is counted anew", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id, nurse, tell } = await aHospital(server, 2);
  const hold = await ask(await server.citizen(), id);
  server.clock.set(at("12:10"));
  expect(await nurse.call(fulfilHold, { params: { id: hold.id } })).toMatchObject({ state: "fulfilled" });
  expect(await icu(server, id)).toEqual({ free: 1, held: 1 });
  await tell(10, at("12:09"));
  expect(await icu(server, id)).toEqual({ free: 1, held: 1 });
  await tell(11, at("12:11"));
  expect(await icu(server, id)).toEqual({ free: 1, held: 0 });
});

test("what cannot be relied on cannot be held, and the refusal says whom to call", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id } = await aHospital(server, 4);
  const citizen = await server.citizen();
  server.clock.set(at("14:01"));
  await expect(ask(citizen, id)).rejects.toMatchObject({
    problem: { status: 409, reason: "not-confirmed", detail: expect.stringContaining("+912026120000") },
  });
  await expect(ask(citizen, id, "bed:nicu")).rejects.toMatchObject({ problem: { reason: "not-confirmed" } });
  await expect(ask(citizen, id, "bed:emergency")).rejects.toMatchObject({
    problem: { reason: "not-offered" },
  });
  await expect(ask(citizen, id, "waiting:opd")).rejects.toThrow("400 bad-input");
});

test("one hold of a kind for a person, and so many in a day", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id, tell } = await aHospital(server, 9);
  const citizen = await server.citizen();
  for (let minute = 0; minute < 5; minute++) {
    const hold = await ask(citizen, id);
    await expect(ask(citizen, id)).rejects.toMatchObject({ problem: { reason: "one-of-a-kind" } });
    await citizen.call(cancelHold, { params: { id: hold.id } });
  }
  await expect(ask(citizen, id)).rejects.toMatchObject({ problem: { reason: "too-many-today" } });
  server.clock.set(at("23:59"));
  await tell(3, at("23:59"));
  await expect(ask(citizen, id)).rejects.toMatchObject({ problem: { reason: "too-many-today" } });
});

test("who has not proven a telephone holds for nobody but a hospital's patient", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id, nurse, machine } = await aHospital(server, 4);
  const other = await server.aFacility({ name: "Small Clinic", kind: "clinic" });
  const clinic = await server.machineOf(other.id);
  await expect(ask(server.anybody, id)).rejects.toThrow("401");
  await expect(ask(nurse, id)).rejects.toMatchObject({ problem: { status: 403, reason: "phone-needed" } });
  await expect(ask(clinic, id)).rejects.toThrow("403");
  const held = await clinic.call(requestHold, { body: { facility: id, subject: ICU, onBehalfOf: other.id } });
  expect(held).toMatchObject({ onBehalfOf: other.id, state: "requested" });
  await expect(
    clinic.call(requestHold, { body: { facility: other.id, subject: ICU, onBehalfOf: id } }),
  ).rejects.toThrow("403");
  await expect(
    machine.call(requestHold, { body: { facility: id, subject: ICU, onBehalfOf: id } }),
  ).rejects.toMatchObject({ problem: { reason: "own-facility" } });
});

test("others neither see a hold nor touch it", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id } = await aHospital(server, 4);
  const hold = await ask(await server.citizen(), id);
  const stranger = await server.citizen("+919822054321");
  const elsewhere = await server.aFacility({ name: "Elsewhere" });
  const nurse = await server.person("bed-manager", elsewhere.id, "elsewhere@example.org");
  for (const who of [stranger, nurse]) {
    await expect(who.call(getHold, { params: { id: hold.id } })).rejects.toThrow("404");
    await expect(who.call(cancelHold, { params: { id: hold.id } })).rejects.toThrow("404");
    await expect(who.call(acceptHold, { params: { id: hold.id } })).rejects.toThrow("404");
  }
  await expect(nurse.call(listHolds, { query: { facility: id } })).rejects.toThrow("403");
  expect((await stranger.call(listHolds)).items).toEqual([]);
});

test("when less is there than was promised, those not accepted go first, then the newest", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id, nurse, tell, machine } = await aHospital(server, 3);
  const holds = [];
  for (const [minute, phone] of [
    ["12:01", "+919822000001"],
    ["12:02", "+919822000002"],
    ["12:03", "+919822000003"],
  ] as const) {
    server.clock.set(at(minute));
    holds.push(await ask(await server.citizen(phone), id));
  }
  const [first, second, third] = holds;
  await nurse.call(acceptHold, { params: { id: third?.id ?? "" } });
  const states = async () => {
    const { items } = await nurse.call(listHolds, { query: { facility: id } });
    return [first, second, third].map((one) => items.find((item) => item.id === one?.id)?.state);
  };
  const { figure } = await tell(10, at("12:04"));
  expect(figure.value).toMatchObject({ free: 0, held: 2 });
  expect(await states()).toEqual(["requested", "released", "accepted"]);
  const { observation } = await tell(11, at("12:05"));
  expect(await states()).toEqual(["released", "released", "accepted"]);
  await expect
    .poll(async () => (await server.messages()).map(({ text }) => text))
    .toContainEqual(expect.stringContaining("fewer than it promised"));
  // A report that is taken back gives nobody back what was let go, and takes nothing more.
  await machine.call(retractObservations, { body: { observations: [observation] } });
  expect(await states()).toEqual(["released", "released", "accepted"]);
  expect(await icu(server, id)).toEqual({ free: 1, held: 1 });
});

test("a report that is repeated or late, and a confirmation, let nobody go", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id, tell, nurse } = await aHospital(server, 1);
  const hold = await ask(await server.citizen(), id);
  await tell(11);
  await tell(12, at("11:00"));
  await nurse.call(confirmFigures, { params: { id } });
  expect(await nurse.call(getHold, { params: { id: hold.id } })).toMatchObject({ state: "requested" });
  expect(await icu(server, id)).toEqual({ free: 0, held: 1 });
});

test("the facility says what it keeps and for how long", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id } = await aHospital(server, 4);
  const administrator = await server.person("administrator", id);
  const holds = { beds: [{ type: "icu" as const, minutes: 120 }], bloodMinutes: null, medicines: false };
  await administrator.call(changeFacility, { params: { id }, body: { holds } });
  expect((await server.anybody.call(getFacility, { params: { id } })).holds).toEqual(holds);
  const citizen = await server.citizen();
  expect((await ask(citizen, id)).until).toBe(at("14:00"));
  await expect(ask(citizen, id, "blood:O-:packed-red-cells")).rejects.toMatchObject({
    problem: { reason: "not-offered" },
  });
  await expect(
    administrator.call(changeFacility, {
      params: { id },
      body: { holds: { ...holds, beds: [{ type: "icu", minutes: 600 }] } },
    }),
  ).rejects.toThrow("400");
});

test("units of blood are kept from the shelf", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id } = await server.aFacility({ kind: "blood-bank", name: "City Blood Bank" });
  const machine = await server.machineOf(id);
  const subject = "blood:O-:packed-red-cells";
  const shelf = (units: number, observedAt = at("12:00")) =>
    machine.call(reportObservations, {
      body: { observations: [{ facility: id, subject, value: { units }, observedAt }] },
    });
  await shelf(5);
  const citizen = await server.citizen();
  const hold = await citizen.call(requestHold, { body: { facility: id, subject, units: 3 } });
  expect(hold.until).toBe(at("14:00"));
  const figure = async () => (await server.anybody.call(getFacility, { params: { id } })).figures[0];
  expect(await figure()).toMatchObject({ value: { units: 5 }, held: 3 });
  const other = await server.citizen("+919822054321");
  await expect(other.call(requestHold, { body: { facility: id, subject, units: 3 } })).rejects.toMatchObject({
    problem: { reason: "none-free" },
  });
  await expect(other.call(requestHold, { body: { facility: id, subject, units: 7 } })).rejects.toMatchObject({
    problem: { reason: "too-many-units" },
  });
  server.clock.set(at("12:01"));
  await other.call(requestHold, { body: { facility: id, subject, units: 2 } });
  await shelf(4, at("12:01"));
  expect(await figure()).toMatchObject({ value: { units: 4 }, held: 3 });
});

test("the same request sent again holds one bed", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id } = await aHospital(server, 4);
  const citizen = await server.citizen();
  const headers = { "idempotency-key": "once" };
  const body = { facility: id, subject: ICU };
  const [first, second] = await Promise.all([
    citizen.call(requestHold, { body, headers }),
    citizen.call(requestHold, { body, headers }),
  ]);
  expect(second).toEqual(first);
  expect(await icu(server, id)).toEqual({ free: 3, held: 1 });
});

test("a server that is started anew shows what is held", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id } = await aHospital(server, 4);
  await ask(await server.citizen(), id);
  await server.restart();
  expect(await icu(server, id)).toEqual({ free: 3, held: 1 });
  await using other = await server.another();
  const response = await other.app.fastify.inject(`/api/v1/facilities/${id}/beds/icu`);
  expect(getBeds.reply.parse(response.json()).value).toMatchObject({ free: 3, held: 1 });
});

test("who deletes the account gives back what is held, and nothing leads back to them", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id, nurse } = await aHospital(server, 4);
  const citizen = await server.citizen();
  const hold = await ask(citizen, id);
  await citizen.call(deleteAccount);
  expect(await icu(server, id)).toEqual({ free: 4, held: 0 });
  expect(await nurse.call(getHold, { params: { id: hold.id } })).toMatchObject({
    state: "cancelled",
    phone: null,
  });
  const { rows } = await sql<{ holder: string; phone: unknown }>`select holder, phone from hold`.execute(
    server.app.base.db,
  );
  expect(rows).toEqual([{ holder: "gone", phone: null }]);
});
