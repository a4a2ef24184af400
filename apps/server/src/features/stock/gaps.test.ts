import type { Ground } from "@ihims/core/city/schema.ts";
import { getAvailability } from "@ihims/core/stock/endpoints.ts";
import { listStockGaps } from "@ihims/core/stock/gaps.ts";
import { later, MINUTE_MS } from "@ihims/core/time.ts";
import { expect, test } from "vitest";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { saveCity } from "../city/city.ts";
import { recordStock } from "../observations/observations.ts";
import { createPerson } from "../people/people.ts";
import { aCatalogue } from "./testing/catalogue.ts";
import { Wards } from "./wards.ts";

/** Two wards of a hundredth of a degree, side by side: West and East. */
const GROUND: Ground = {
  type: "FeatureCollection",
  features: ["West", "East"].map((name, at) => ({
    type: "Feature",
    properties: { kind: "ward", name },
    geometry: {
      type: "Polygon",
      coordinates: [
        [
          [73 + at, 18],
          [74 + at, 18],
          [74 + at, 19],
          [73 + at, 19],
          [73 + at, 18],
        ],
      ],
    },
  })),
};
const WEST = { lat: 18.5, lon: 73.5 };
const EAST = { lat: 18.5, lon: 74.5 };

async function aCity(): Promise<TestServer> {
  const server = await testServer();
  const city = server.ctx.city;
  await saveCity(server.ctx, { ...city, name: "Twin", timeZone: "Asia/Kolkata" }, GROUND);
  await server.app.reloadCity();
  return server;
}

async function anOfficer(server: TestServer) {
  const login = { email: "officer@example.org", password: "a long password" };
  await createPerson(server.ctx, {
    ...login,
    name: "Officer",
    memberships: [],
    cityRoles: ["health-officer"],
  });
  const response = await server.app.fastify.inject({
    method: "POST",
    url: "/api/v1/session",
    payload: login,
  });
  expect(response.statusCode).toBeLessThan(300);
  const cookie = [response.headers["set-cookie"]]
    .flat()
    .map((one) => one?.split(";")[0])
    .join("; ");
  return server.as({ cookie, origin: "http://localhost:80" });
}

test("a place is in the ward whose border is around it, or in none", () => {
  const wards = new Wards(GROUND);
  expect(
    [WEST, EAST, { lat: 20, lon: 73.5 }, { lat: 18.5, lon: 75.5 }].map((place) => wards.wardOf(place)),
  ).toEqual(["West", "East", undefined, undefined]);
});

test("the city sees by ward what is missing and what was looked for in vain; few searches are not told", async () => {
  await using server = await aCity();
  const { amovic, paracip } = await aCatalogue(server.ctx);
  for (const [position, quantity] of [
    [WEST, 0],
    [WEST, 0],
    [WEST, 5],
    [EAST, 7],
  ] as const) {
    const { id } = await server.aFacility({ kind: "pharmacy", position });
    const lines = [{ medicine: amovic, value: { quantity }, observedAt: at("12:00") }];
    await recordStock(server.ctx, { facility: id, source: "api", sender: "key:1", lines });
  }
  const search = (id: string, { lat, lon }: typeof EAST, times: number) =>
    Promise.all(
      Array.from({ length: times }, (_, n) =>
        server.anybody.call(getAvailability, {
          params: { id },
          query: { near: `${lat + n / 100},${lon}`, radius: 2000 },
        }),
      ),
    );
  // The shops of the west are found from around them: that is no search in vain.
  await search(amovic, WEST, 1);
  await search(paracip, EAST, 5);
  // The same page reads itself again: no other search.
  await search(paracip, EAST, 5);
  await search(paracip, WEST, 4);
  const officer = await anOfficer(server);
  const restarted = async () => {
    // What was counted in memory is written down at the latest when a process ends.
    await server.restart();
    await server.app.reloadCity();
    return officer.call(listStockGaps, { query: { days: 7 } });
  };
  const { wards, to } = await restarted();
  expect(to).toBe("2026-03-01");
  expect(
    wards.map(({ ward, searches, gaps }) => [
      ward,
      searches,
      gaps.map(({ medicine, searches: few, reporting, without }) => [medicine.id, few, reporting, without]),
    ]),
  ).toEqual([
    ["East", 5, [[paracip, 5, 0, 0]]],
    ["West", null, [[amovic, null, 3, 2]]],
  ]);
});

test("what was counted is counted anew after some minutes, and only the city's officers see it", async () => {
  await using server = await aCity();
  const { amovic } = await aCatalogue(server.ctx);
  const aShop = () => server.aFacility({ kind: "pharmacy", position: WEST });
  const shops = [await aShop(), await aShop()] as const;
  const tell = async (quantity: number, minutes: number) => {
    const observedAt = later(at("12:00"), minutes * MINUTE_MS);
    server.clock.set(observedAt);
    for (const { id } of shops)
      await recordStock(server.ctx, {
        facility: id,
        source: "api",
        sender: "key:1",
        lines: [{ medicine: amovic, value: { quantity }, observedAt }],
      });
  };
  const officer = await anOfficer(server);
  const gaps = async () => (await officer.call(listStockGaps, {})).wards.flatMap((ward) => ward.gaps);
  await tell(0, 0);
  expect(await gaps()).toMatchObject([{ reporting: 2, without: 2 }]);
  await tell(9, 6);
  expect(await gaps()).toEqual([]);
  const nurse = await server.person("bed-manager", shops[0].id);
  await expect(nurse.call(listStockGaps, {})).rejects.toThrow("403");
  await expect(server.anybody.call(listStockGaps, {})).rejects.toThrow("401");
});
