import { findBlood, reportBlood } from "@ihims/core/blood/endpoints.ts";
import type { BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { HOUR_MS, later } from "@ihims/core/time.ts";
import { expect, test } from "vitest";
import type { z } from "zod";
import { at, testServer, type Caller, type TestServer } from "../../testing/server.ts";

const NEAR = "18.52,73.85";

/** Banks by their distance from where one asks: about 1 km for each hundredth of a degree. */
async function aBank(server: TestServer, name: string, hundredths: number): Promise<FacilityId> {
  const position = { lat: 18.52 + hundredths / 100, lon: 73.85 };
  return (await server.aFacility({ name, kind: "blood-bank", position })).id;
}

async function report(
  who: Caller,
  id: FacilityId,
  group: BloodGroup,
  units: number,
  component: BloodComponent = "packed-red-cells",
) {
  return who.call(reportBlood, { params: { id, group, component }, body: { units } });
}

async function find(server: TestServer, query: z.input<typeof findBlood.query>) {
  const { items, toCall } = await server.anybody.call(findBlood, { query: { near: NEAR, ...query } });
  return {
    items: items.map(({ facility, group, units }) => `${facility.name} ${group} ${units}`),
    toCall: toCall.map(({ name }) => name),
  };
}

test("blood of one's own group is found at the nearest bank that has enough of it", async () => {
  await using server = await testServer();
  const [near, far, empty] = [
    await aBank(server, "Near", 1),
    await aBank(server, "Far", 5),
    await aBank(server, "Empty", 0),
  ];
  const machine = await server.machineOf(near, far, empty);
  await report(machine, far, "B+", 9);
  await report(machine, near, "B+", 2);
  await report(machine, empty, "B+", 0);
  expect((await find(server, { group: "B+" })).items).toEqual(["Near B+ 2", "Far B+ 9"]);
  expect((await find(server, { group: "B+", units: 3 })).items).toEqual(["Far B+ 9"]);
  expect((await find(server, { group: "B+", radius: 2000 })).items).toEqual(["Near B+ 2"]);
  expect((await find(server, { group: "B-" })).items).toEqual([]);
});

test("what can be given instead comes in the order of preference, whatever is nearer", async () => {
  await using server = await testServer();
  const [near, far] = [await aBank(server, "Near", 1), await aBank(server, "Far", 5)];
  const machine = await server.machineOf(near, far);
  await report(machine, near, "O-", 3);
  await report(machine, near, "AB+", 3);
  await report(machine, far, "A+", 4);
  await report(machine, far, "A-", 1);
  expect((await find(server, { group: "A+", compatible: "true" })).items).toEqual([
    "Far A+ 4",
    "Far A- 1",
    "Near O- 3",
  ]);
});

test("platelets of another group say what has to be asked first", async () => {
  await using server = await testServer();
  const bank = await aBank(server, "Bank", 1);
  await report(await server.machineOf(bank), bank, "O+", 3, "apheresis-platelets");
  const { items, compatible } = await server.anybody.call(findBlood, {
    query: { group: "A-", component: "apheresis-platelets", compatible: "true" },
  });
  expect(items[0]?.cautions).toEqual(["high-titre", "rhd"]);
  expect(compatible[0]).toEqual({ group: "A-", cautions: [] });
});

test("a figure that has expired is no number; the bank is one to call", async () => {
  await using server = await testServer({ now: at("00:01") });
  const bank = await aBank(server, "Bank", 1);
  await aBank(server, "Silent", 2);
  await report(await server.machineOf(bank), bank, "O-", 3);
  expect(await find(server, { group: "O-" })).toEqual({ items: ["Bank O- 3"], toCall: ["Silent"] });
  server.clock.set(at("23:59"));
  expect((await find(server, { group: "O-" })).items).toEqual(["Bank O- 3"]);
  server.clock.set(later(at("00:01"), 73 * HOUR_MS));
  expect(await find(server, { group: "O-" })).toEqual({ items: [], toCall: ["Bank", "Silent"] });
});

test("only who reports blood of a bank may say so, and nothing that cannot be", async () => {
  await using server = await testServer();
  const [mine, other] = [await aBank(server, "Mine", 1), await aBank(server, "Other", 2)];
  const machine = await server.machineOf(mine);
  await expect(report(machine, other, "O-", 3)).rejects.toThrow("403");
  await expect(report(server.anybody, mine, "O-", 3)).rejects.toThrow("401");
  await expect(
    machine.call(reportBlood, {
      params: { id: mine, group: "O-", component: "plasma" },
      body: { units: 2, expiringSoon: 3 },
    }),
  ).rejects.toThrow("400");
  await expect(server.anybody.call(findBlood, { query: { group: "Q+" as never } })).rejects.toThrow("400");
  const bedManager = await server.person("bed-manager", mine);
  await expect(report(bedManager, mine, "O-", 3)).rejects.toThrow("403");
});

test("units whose time is over are not there any more, without anybody saying so", async () => {
  await using server = await testServer({ now: at("00:01") });
  const bank = await aBank(server, "Bank", 1);
  await (
    await server.machineOf(bank)
  ).call(reportBlood, {
    params: { id: bank, group: "O-", component: "platelet-concentrate" },
    body: { units: 3, expiries: [{ at: at("06:00"), units: 2 }] },
  });
  const query = { group: "O-", component: "platelet-concentrate" } as const;
  expect((await find(server, query)).items).toEqual(["Bank O- 3"]);
  server.clock.set(at("05:59"));
  expect((await find(server, query)).items).toEqual(["Bank O- 3"]);
  server.clock.set(at("06:00"));
  expect((await find(server, query)).items).toEqual(["Bank O- 1"]);
});

test("what a bank asks of who comes stands beside its units", async () => {
  await using server = await testServer();
  const bank = await server.aFacility({
    name: "Bank",
    kind: "blood-bank",
    bloodBank: {
      replacementDonor: "asked",
      processingFees: [{ component: "packed-red-cells", minor: 155_000 }],
      crossMatchMinutes: 90,
      lowBelow: [{ group: "O-", component: "packed-red-cells", units: 4 }],
    },
  });
  await report(await server.machineOf(bank.id), bank.id, "O-", 3);
  const { items, currency } = await server.anybody.call(findBlood, { query: { group: "O-" } });
  expect(items[0]?.facility.bloodBank).toEqual({
    replacementDonor: "asked",
    processingFees: [{ component: "packed-red-cells", minor: 155_000 }],
    crossMatchMinutes: 90,
  });
  expect([items[0]?.facility.holdMinutes, currency]).toEqual([120, "INR"]);
});
