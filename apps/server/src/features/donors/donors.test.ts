import {
  answerDonorCall,
  callDonors,
  endDonorCall,
  getMyDonor,
  leaveDonors,
  listDonorCalls,
  saveMyDonor,
} from "@ihims/core/donors/endpoints.ts";
import type { DonorProfile } from "@ihims/core/donors/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { Day, later, MINUTE_MS } from "@ihims/core/time.ts";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { at, testServer, type Caller, type TestServer } from "../../testing/server.ts";
import { lookAfterCalls } from "./donors.ts";

/** Half past eleven in the morning in the city. */
const NOW = at("06:00");
const BANK = { lat: 18.52, lon: 73.85 };
const DONOR: DonorProfile = {
  group: "B+",
  sex: "male",
  lastDonatedOn: null,
  isAvailable: true,
  quietFrom: "22:00",
  quietTo: "07:00",
  withinKm: 20,
  place: { lat: 18.5234567, lon: 73.8512345 },
};

async function aBank(server: TestServer): Promise<{ id: FacilityId; officer: Caller }> {
  const { id } = await server.aFacility({ name: "Bank", kind: "blood-bank", position: BANK });
  return { id, officer: await server.person("blood-bank-officer", id) };
}

/** Somebody with a telephone of their own who volunteers. */
async function aDonor(server: TestServer, n: number, given: Partial<DonorProfile> = {}): Promise<Caller> {
  const donor = await server.citizen(`+91 98220 ${String(10_000 + n)}`);
  await donor.call(saveMyDonor, { body: { ...DONOR, ...given } });
  return donor;
}

const wanted = (count: number) => ({ group: "B+", component: "packed-red-cells", wanted: count }) as const;
const call = (bank: { id: FacilityId; officer: Caller }, count: number) =>
  bank.officer.call(callDonors, { params: { id: bank.id }, body: wanted(count) });
const asksOf = async (donor: Caller) => (await donor.call(getMyDonor)).asks;
const told = async (server: TestServer) =>
  (await server.messages()).filter(({ text }) => text.includes("needs blood donors"));

test("a call asks who is near and may be asked, by a message, and nobody else", async () => {
  await using server = await testServer({ now: NOW });
  const bank = await aBank(server);
  const near = await aDonor(server, 1);
  const others = [
    await aDonor(server, 2, { group: "O+" }),
    await aDonor(server, 3, { isAvailable: false }),
    await aDonor(server, 4, { quietFrom: "11:00", quietTo: "12:00" }),
    await aDonor(server, 5, { lastDonatedOn: Day.parse("2026-01-15") }),
    await aDonor(server, 6, { withinKm: 1, place: { lat: 18.54, lon: 73.85 } }),
    await aDonor(server, 7, { place: { lat: 18.6, lon: 73.85 } }),
  ];
  expect(await call(bank, 1)).toMatchObject({ asked: 1, coming: 0, reachKm: 3, state: "open" });
  expect(await asksOf(near)).toMatchObject([{ group: "B+", answer: null, place: { name: "Bank" } }]);
  for (const other of others) expect(await asksOf(other)).toEqual([]);
  expect((await told(server)).map(({ phone }) => phone)).toEqual(["+919822010001"]);
});

test("circles grow while too few come, and stop when enough do; who comes too late is told", async () => {
  await using server = await testServer({ now: NOW });
  const bank = await aBank(server);
  const near = await aDonor(server, 1);
  const far = await aDonor(server, 2, { place: { lat: 18.6, lon: 73.85 } });
  const { id } = await call(bank, 1);
  await near.call(answerDonorCall, { params: { id }, body: { answer: "no" } });
  server.clock.set(later(NOW, 29 * MINUTE_MS));
  await lookAfterCalls(server.ctx);
  expect(await asksOf(far)).toEqual([]);
  server.clock.set(later(NOW, 30 * MINUTE_MS));
  await lookAfterCalls(server.ctx);
  expect(await asksOf(far)).toHaveLength(1);
  await far.call(answerDonorCall, { params: { id }, body: { answer: "coming" } });
  const { items } = await bank.officer.call(listDonorCalls, { params: { id: bank.id } });
  expect(items).toMatchObject([{ state: "filled", asked: 2, coming: 1, declined: 1, reachKm: 12 }]);
  await expect(near.call(answerDonorCall, { params: { id }, body: { answer: "coming" } })).rejects.toThrow(
    "409",
  );
});

test("no more are asked than could be needed, and nobody twice within a week, whoever calls", async () => {
  await using server = await testServer({ now: NOW });
  const bank = await aBank(server);
  for (let n = 1; n <= 6; n += 1) await aDonor(server, n);
  expect((await call(bank, 1)).asked).toBe(4);
  await lookAfterCalls(server.ctx);
  expect((await call(bank, 5)).asked).toBe(2);
  expect(await told(server)).toHaveLength(6);
});

test("a call ends by the bank or by its time, and then asks nobody", async () => {
  await using server = await testServer({ now: NOW });
  const bank = await aBank(server);
  const { id } = await call(bank, 2);
  const ended = await bank.officer.call(endDonorCall, { params: { id: bank.id, call: id } });
  expect(ended.state).toBe("ended");
  const second = await call(bank, 2);
  await aDonor(server, 1);
  server.clock.set(later(NOW, 6 * 60 * MINUTE_MS));
  await lookAfterCalls(server.ctx);
  const { items } = await bank.officer.call(listDonorCalls, { params: { id: bank.id } });
  expect(items.find((one) => one.id === second.id)).toMatchObject({ state: "ended", asked: 0 });
  expect(await told(server)).toEqual([]);
});

test("a place is kept no finer than about a kilometre, and who leaves leaves nothing", async () => {
  await using server = await testServer({ now: NOW });
  const bank = await aBank(server);
  const donor = await aDonor(server, 1);
  expect((await donor.call(getMyDonor)).donor?.place).toEqual({ lat: 18.52, lon: 73.85 });
  await call(bank, 1);
  await donor.call(leaveDonors);
  expect(await donor.call(getMyDonor)).toEqual({ donor: null, eligibleFrom: null, asks: [] });
  const { rows } = await sql<{ left: number }>`
    select ((select count(*) from donor) + (select count(*) from donor_ask where person_id is not null))::int as left
  `.execute(server.ctx.db);
  expect(rows[0]?.left).toBe(0);
});

test("only a proven telephone volunteers, only a bank's officer calls, and not without end", async () => {
  await using server = await testServer({ now: NOW });
  const bank = await aBank(server);
  await expect(server.anybody.call(saveMyDonor, { body: DONOR })).rejects.toThrow("401");
  await expect(bank.officer.call(saveMyDonor, { body: DONOR })).rejects.toThrow("403");
  const machine = await server.machineOf(bank.id);
  await expect(machine.call(callDonors, { params: { id: bank.id }, body: wanted(1) })).rejects.toThrow("403");
  const typist = await server.person("data-entry", bank.id);
  await expect(typist.call(callDonors, { params: { id: bank.id }, body: wanted(1) })).rejects.toThrow("403");
  const donor = await aDonor(server, 1);
  await expect(donor.call(callDonors, { params: { id: bank.id }, body: wanted(1) })).rejects.toThrow("403");
  await expect(
    donor.call(saveMyDonor, { body: { ...DONOR, lastDonatedOn: Day.parse("2026-03-02") } }),
  ).rejects.toThrow("400");
  for (let n = 0; n < 3; n += 1) await call(bank, 1);
  await expect(call(bank, 1)).rejects.toThrow("409");
});
