import { expect, test } from "vitest";
import {
  DIRECTORY_MAX_ITEMS,
  emergencyDepartmentsOf,
  getDirectory,
  recordOfEntry,
  searchDirectory,
  type DirectoryFilters,
} from "@ihims/core/facilities/directory.ts";
import { getFacility, listFacilities } from "@ihims/core/facilities/endpoints.ts";
import { reportBeds } from "@ihims/core/observations/endpoints.ts";
import { at, testServer, type TestServer } from "../../testing/server.ts";

const NEAR = { lat: 18.52, lon: 73.85 };
const ANY: DirectoryFilters = {
  kind: null,
  specialty: null,
  service: null,
  scheme: null,
  bed: null,
  isOpenNow: false,
  radius: null,
  q: null,
};

async function aCity(server: TestServer) {
  const hospital = await server.aFacility({
    name: "Riverside Hospital",
    names: { mr: "रिव्हरसाइड रुग्णालय" },
    position: { lat: 18.53, lon: 73.85 },
    hasEmergency: true,
    hours: { kind: "always" },
    specialties: ["cardiology"],
    services: ["dialysis"],
    schemes: [{ scheme: "pm-jay", specialties: ["cardiology"] }],
    bedTypes: ["icu", "emergency"],
    phones: [{ number: "+912025510000" }],
  });
  const children = await server.aFacility({
    name: "Little Hearts",
    hasEmergency: true,
    specialties: ["paediatrics"],
  });
  const pharmacy = await server.aFacility({ name: "Asha Medical", kind: "pharmacy" });
  const gone = await server.aFacility({ name: "Old Clinic", kind: "clinic", isActive: false });
  const machine = await server.machineOf(hospital.id);
  await machine.call(reportBeds, {
    params: { id: hospital.id, type: "icu" },
    body: { staffed: 12, occupied: 8, observedAt: at("11:55") },
  });
  return { hospital, children, pharmacy, gone };
}

test("the directory has every place that is not closed for good, those for emergencies first, each figure with its clocks", async () => {
  await using server = await testServer();
  const { hospital, children, pharmacy } = await aCity(server);
  const directory = await server.anybody.call(getDirectory);
  expect(directory).toMatchObject({ asOf: at("12:00"), timeZone: "Asia/Kolkata", of: 3 });
  expect(directory.items.map(({ id }) => id)).toEqual([children.id, hospital.id, pharmacy.id]);
  expect(directory.items[1]?.beds).toEqual([
    expect.objectContaining({
      type: "icu",
      value: { staffed: 12, free: 4 },
      observedAt: at("11:55"),
      freshness: "live",
    }),
  ]);
  // What a place does not say takes no room.
  const { body } = await server.app.fastify.inject("/api/v1/directory");
  expect(body).toContain(`{"id":"${pharmacy.id}","name":"Asha Medical","kind":"pharmacy","position"`);
  expect(body).not.toMatch(/"wheelchair"|null,"locality|\[\]/);
});

test("a place read from the directory says of itself what its own page says", async () => {
  await using server = await testServer();
  const { hospital } = await aCity(server);
  const { items, timeZone } = await server.anybody.call(getDirectory);
  const entry = items.find(({ id }) => id === hospital.id);
  if (!entry) throw new Error("the hospital is not in the directory");
  const kept = recordOfEntry(entry, at("12:00"), timeZone);
  const { beds, ...page } = await server.anybody.call(getFacility, { params: { id: hospital.id } });
  const { name, names, phones, open, specialties, services, schemes, position } = page;
  expect(kept).toMatchObject({ name, names, phones, open, specialties, services, schemes, position });
  const icu = beds.find(({ type }) => type === "icu");
  expect(kept.beds).toEqual([
    expect.objectContaining({ type: "icu", observedAt: icu?.observedAt, freshUntil: icu?.freshUntil }),
  ]);
});

test.each<[string, Partial<DirectoryFilters>, object]>([
  ["kind", { kind: "pharmacy" }, { kind: "pharmacy" }],
  ["specialty", { specialty: "cardiology" }, { specialty: "cardiology", sort: "distance" }],
  ["service", { service: "dialysis" }, { service: "dialysis", sort: "distance" }],
  ["scheme", { scheme: "pm-jay" }, { scheme: "pm-jay", sort: "distance" }],
  ["a free bed", { bed: "icu" }, { bed: "icu", sort: "distance" }],
  ["open now", { isOpenNow: true }, { open: "now" }],
  ["distance", { radius: 500 }, { radius: 500 }],
  ["its name in another script", { q: "रिव्हरसाइड" }, { q: "रिव्हरसाइड" }],
])("without a network a list by %s has the places that the server would give", async (_, filters, query) => {
  await using server = await testServer();
  await aCity(server);
  const directory = await server.anybody.call(getDirectory);
  const found = searchDirectory(directory, { ...ANY, ...filters }, NEAR, {
    now: at("12:00"),
    day: "2026-03-01" as never, // a day as it is written
    isShown: ({ freshness }) => freshness !== "expired" && freshness !== "unknown",
  });
  const { items } = await server.anybody.call(listFacilities, {
    query: { near: `${NEAR.lat},${NEAR.lon}`, ...query },
  });
  expect(found.length).toBeGreaterThan(0);
  expect(found.map(({ id, distance }) => [id, distance])).toEqual(
    items.map(({ id, distance }) => [id, distance]),
  );
});

test("the nearest emergency departments of the directory see everybody", async () => {
  await using server = await testServer();
  const { hospital } = await aCity(server);
  const directory = await server.anybody.call(getDirectory);
  const found = emergencyDepartmentsOf(directory, NEAR, at("12:00"), 2);
  expect(found.map(({ id }) => id)).toEqual([hospital.id]);
});

test("of a city that is too large the nearest places are kept, emergencies whatever their distance", async () => {
  await using server = await testServer();
  const { hospital, children } = await aCity(server);
  // A board of that many is made once, not through the door of each.
  for (let count = 0; count < DIRECTORY_MAX_ITEMS; count += 1)
    server.app.board.apply({
      kind: "facility",
      facility: {
        ...(await facilityOf(server, children.id)),
        id: `many-${count}` as never, // an id as it is written
        kind: "pharmacy",
        hasEmergency: null,
        specialties: [],
        name: `Pharmacy ${count}`,
        position: { lat: 18.52 + count / 10_000, lon: 73.85 },
      },
    });
  const directory = await server.anybody.call(getDirectory, { query: { near: "18.52,73.85" } });
  expect(directory.items).toHaveLength(DIRECTORY_MAX_ITEMS);
  expect(directory.of).toBe(DIRECTORY_MAX_ITEMS + 3);
  expect(
    directory.items
      .slice(0, 2)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual([hospital.id, children.id].toSorted());
  expect(directory.items.some(({ name }) => name === "Pharmacy 1999")).toBe(false);
});

async function facilityOf(server: TestServer, id: string) {
  const entry = [...server.app.board.facilities()].find(({ facility }) => facility.id === id);
  if (!entry) throw new Error("no such facility");
  return entry.facility;
}
