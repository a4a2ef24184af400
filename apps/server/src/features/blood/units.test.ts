import { findBlood, reportBlood } from "@ihims/core/blood/endpoints.ts";
import type { BloodBank } from "@ihims/core/blood/schema.ts";
import { addBloodUnit, listBloodUnits, moveBloodUnit, setBloodBank } from "@ihims/core/blood/units.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { confirmFigures } from "@ihims/core/observations/endpoints.ts";
import { expect, test } from "vitest";
import { at, testServer, type Caller, type TestServer } from "../../testing/server.ts";

const BAG = {
  product: "E0382V00",
  group: "O-",
  component: "packed-red-cells",
  expiresAt: at("18:00"),
} as const;

/** A bank, and its officer. */
async function aBank(server: TestServer, email?: string): Promise<{ id: FacilityId; officer: Caller }> {
  const { id } = await server.aFacility({ name: "Bank", kind: "blood-bank" });
  return { id, officer: await server.person("blood-bank-officer", id, email) };
}

async function shown(server: TestServer): Promise<number | undefined> {
  const { items } = await server.anybody.call(findBlood, { query: { group: "O-" } });
  return items[0]?.units;
}

test("bags on the shelf are what the public sees: added, issued, taken back, and gone when they expire", async () => {
  await using server = await testServer({ now: at("09:00") });
  const { id, officer } = await aBank(server);
  const params = { id };
  await officer.call(addBloodUnit, { params, body: { ...BAG, donation: "G123498654321" } });
  const { unit } = await officer.call(addBloodUnit, {
    params,
    body: { ...BAG, donation: "G123498654322", expiresAt: at("12:00") },
  });
  expect(await shown(server)).toBe(2);
  await officer.call(moveBloodUnit, { params: { id, unit: unit.id }, body: { state: "issued" } });
  expect(await shown(server)).toBe(1);
  await officer.call(moveBloodUnit, { params: { id, unit: unit.id }, body: { state: "available" } });
  expect(await shown(server)).toBe(2);

  server.clock.set(at("12:00"));
  expect(await shown(server)).toBe(1);
  const { items } = await officer.call(listBloodUnits, { params, query: {} });
  expect(items.map(({ donation, isExpired }) => `${donation} ${isExpired}`)).toEqual([
    "G123498654322 true",
    "G123498654321 false",
  ]);
  await officer.call(confirmFigures, { params });
  expect(await shown(server)).toBe(1);
});

test("the same bag scanned again is one bag; one that left, or is known as another, is told", async () => {
  await using server = await testServer({ now: at("09:00") });
  const { id, officer } = await aBank(server);
  const params = { id };
  const body = { ...BAG, donation: "G123498654321" };
  const { unit } = await officer.call(addBloodUnit, { params, body });
  expect((await officer.call(addBloodUnit, { params, body })).outcome).toBe("known");
  expect(await shown(server)).toBe(1);
  await expect(officer.call(addBloodUnit, { params, body: { ...body, group: "O+" } })).rejects.toThrow("409");
  await officer.call(moveBloodUnit, { params: { id, unit: unit.id }, body: { state: "issued" } });
  await expect(officer.call(addBloodUnit, { params, body })).rejects.toThrow("409");
  // Another product of the same donation is another bag.
  await officer.call(addBloodUnit, { params, body: { ...body, product: "E0382VA0" } });
  expect(await shown(server)).toBe(1);
});

test("a count that is kept by bags is not typed over; without bags it is typed again", async () => {
  await using server = await testServer({ now: at("09:00") });
  const { id, officer } = await aBank(server);
  const typed = { params: { id, group: "O-", component: "packed-red-cells" }, body: { units: 9 } } as const;
  await officer.call(reportBlood, typed);
  const { unit } = await officer.call(addBloodUnit, {
    params: { id },
    body: { ...BAG, donation: "G123498654321" },
  });
  await expect(officer.call(reportBlood, typed)).rejects.toThrow("409");
  expect(await shown(server)).toBe(1);
  await officer.call(moveBloodUnit, { params: { id, unit: unit.id }, body: { state: "discarded" } });
  server.clock.set(at("09:05"));
  await officer.call(reportBlood, typed);
  expect(await shown(server)).toBe(9);
});

test("twenty scanners at once lose no bag", async () => {
  await using server = await testServer({ now: at("09:00") });
  const { id, officer } = await aBank(server);
  const numbers = Array.from({ length: 20 }, (_, n) => `G12349865${String(4000 + n)}`);
  await Promise.all(
    numbers.map((donation) => officer.call(addBloodUnit, { params: { id }, body: { ...BAG, donation } })),
  );
  expect(await shown(server)).toBe(20);
});

test("only who keeps the bank's blood sees and moves its bags, and nothing that cannot be", async () => {
  await using server = await testServer({ now: at("09:00") });
  const { id, officer } = await aBank(server);
  const other = await aBank(server, "other@example.org");
  const params = { id };
  const body = { ...BAG, donation: "G123498654321" };
  await expect(other.officer.call(addBloodUnit, { params, body })).rejects.toThrow("403");
  await expect(other.officer.call(listBloodUnits, { params, query: {} })).rejects.toThrow("403");
  await expect(server.anybody.call(listBloodUnits, { params, query: {} })).rejects.toThrow("401");
  const { unit } = await officer.call(addBloodUnit, { params, body });
  await expect(
    other.officer.call(moveBloodUnit, {
      params: { id: other.id, unit: unit.id },
      body: { state: "issued" },
    }),
  ).rejects.toThrow("404");
  await expect(
    officer.call(addBloodUnit, { params, body: { ...body, donation: "G1", expiresAt: at("08:00") } }),
  ).rejects.toThrow("400");
  await expect(
    officer.call(addBloodUnit, { params, body: { ...body, donation: "G1 or 1=1" } }),
  ).rejects.toThrow("400");
});

test("an officer says what the bank asks of who comes, and the public reads it without what is low", async () => {
  await using server = await testServer({ now: at("09:00") });
  const { id, officer } = await aBank(server);
  await officer.call(addBloodUnit, { params: { id }, body: { ...BAG, donation: "G123498654321" } });
  const bank: BloodBank = {
    replacementDonor: "required",
    processingFees: [],
    crossMatchMinutes: 60,
    lowBelow: [{ group: "O-", component: "packed-red-cells", units: 3 }],
  };
  await officer.call(setBloodBank, { params: { id }, body: bank });
  const { items } = await server.anybody.call(findBlood, { query: { group: "O-" } });
  expect(items[0]?.facility.bloodBank).toEqual({
    replacementDonor: "required",
    processingFees: [],
    crossMatchMinutes: 60,
  });
  for (const role of ["bed-manager", "data-entry"] as const) {
    const other = await server.person(role, id);
    await expect(other.call(setBloodBank, { params: { id }, body: bank })).rejects.toThrow("403");
  }
});
