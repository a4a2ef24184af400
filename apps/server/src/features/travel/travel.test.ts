import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeCity } from "@ihims/city/city.ts";
import type { Ground } from "@ihims/core/city/schema.ts";
import { distanceM, type Position } from "@ihims/core/geo.ts";
import { createLog } from "../../platform/log.ts";
import { createTravels, detour } from "./travel.ts";

const HERE: Position = { lat: 18.5, lon: 73.85 };
const METRES_PER_DEGREE = 111_195;
const log = createLog("silent");

/** So many metres east and north of here. */
function at(east: number, north: number): Position {
  const { lat, lon } = HERE;
  return {
    lat: lat + north / METRES_PER_DEGREE,
    lon: lon + east / (METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)),
  };
}

/** Ground with these roads, each as points in metres. */
function groundOf(...roads: { rank?: number; line: readonly (readonly [number, number])[] }[]): Ground {
  return {
    type: "FeatureCollection",
    features: roads.map(({ rank = 3, line }) => ({
      type: "Feature",
      properties: { kind: "road", rank },
      geometry: {
        type: "LineString",
        coordinates: line.map(([east, north]) => {
          const { lat, lon } = at(east, north);
          return [lon, lat];
        }),
      },
    })),
  };
}

const NO_GROUND = groundOf();
const roadsOnly = (ground: Ground) => createTravels({ ground, osrmUrl: undefined, log });

describe("over the city's own roads", () => {
  test("two roads that cross without a common point are one net", async () => {
    const travels = roadsOnly(
      groundOf(
        {
          line: [
            [-2000, 0],
            [2000, 0],
          ],
        },
        {
          line: [
            [0, -2000],
            [0, 2000],
          ],
        },
      ),
    );
    const [way] = await travels.from(at(-1000, 0), [at(0, 1500)]);
    expect(way?.by).toBe("road-graph");
    expect(way?.metres).toBeGreaterThan(2490);
    expect(way?.metres).toBeLessThan(2510);
  });

  test("a road that ends a little short of another meets it, and one that ends far from it does not", async () => {
    const street = {
      line: [
        [-2000, 0],
        [2000, 0],
      ] as const,
    };
    const near = roadsOnly(
      groundOf(street, {
        line: [
          [0, 12],
          [0, 2000],
        ],
      }),
    );
    expect((await near.from(at(-1000, 0), [at(0, 1500)]))[0]?.metres).toBeLessThan(2520);
    const far = roadsOnly(
      groundOf(street, {
        line: [
          [0, 900],
          [0, 2000],
        ],
      }),
    );
    const [way] = await far.from(at(-1000, 0), [at(0, 2000)]);
    // Two kilometres off the road that is left: it is reckoned.
    expect(way?.by).toBe("detour");
  });
});

describe("of several ways over the city's roads the fastest is taken", () => {
  test("the way to the other bank goes by the bridge", async () => {
    const travels = roadsOnly(
      groundOf(
        {
          line: [
            [-3000, 100],
            [3000, 100],
          ],
        },
        {
          line: [
            [-3000, -100],
            [3000, -100],
          ],
        },
        {
          line: [
            [3000, -200],
            [3000, 200],
          ],
        },
      ),
    );
    const [across, along] = await travels.from(at(0, 100), [at(0, -100), at(1000, 100)]);
    expect(across?.metres).toBeGreaterThan(6100);
    expect(along?.metres).toBeLessThan(1010);
  });

  test("the faster road is taken although it is longer", async () => {
    const travels = roadsOnly(
      groundOf(
        {
          rank: 5,
          line: [
            [0, 0],
            [4000, 0],
          ],
        },
        {
          rank: 1,
          line: [
            [0, 0],
            [0, 800],
            [4000, 800],
            [4000, 0],
          ],
        },
      ),
    );
    expect((await travels.from(at(0, 0), [at(4000, 0)]))[0]?.metres).toBeGreaterThan(5500);
  });
});

describe("over the roads of the model city", () => {
  test("ways are as long and as fast as a city's are", async () => {
    const { ground, facilities } = makeCity(1);
    const travels = roadsOnly(ground);
    const places = facilities.slice(0, 120).map(({ profile }) => profile.position);
    const ratios: number[] = [];
    const speeds: number[] = [];
    for (const start of places.slice(0, 20)) {
      const ways = await travels.from(start, places);
      for (const [to, { metres, seconds, by }] of ways.entries()) {
        const straight = distanceM(start, places[to] ?? start);
        if (straight < 1000) continue;
        expect(by).toBe("road-graph");
        ratios.push(metres / straight);
        speeds.push((metres / seconds) * 3.6);
      }
    }
    const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(0.99);
    expect(median(ratios)).toBeGreaterThan(1.15);
    expect(median(ratios)).toBeLessThan(1.5);
    expect(median(speeds)).toBeGreaterThan(15);
    expect(median(speeds)).toBeLessThan(32);
  });

  test("no way is faster than the fastest road, and there and back take the same", async () => {
    const { ground } = makeCity(1);
    const travels = roadsOnly(ground);
    const metres = fc.integer({ min: -5000, max: 5000 });
    const place = fc.tuple(metres, metres).map(([east, north]) => at(east, north));
    await fc.assert(
      fc.asyncProperty(place, place, async (a, b) => {
        const [there] = await travels.from(a, [b]);
        const [back] = await travels.from(b, [a]);
        expect((there?.seconds ?? 0) * (34 / 3.6)).toBeGreaterThanOrEqual(distanceM(a, b) * 0.98 - 20);
        if (there?.by === "road-graph")
          expect(Math.abs(there.seconds - (back?.seconds ?? 0))).toBeLessThan(10);
      }),
      { numRuns: 60 },
    );
  });
});

test("without roads a way is a longer great circle, and the further the longer", async () => {
  const [way] = await roadsOnly(NO_GROUND).from(HERE, [at(3000, 0)]);
  expect(way).toEqual(detour(HERE, at(3000, 0)));
  expect(way?.by).toBe("detour");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 0, max: 90_000 }), (a, b) => {
      const [near, far] = [detour(HERE, at(0, Math.min(a, b))), detour(HERE, at(0, Math.max(a, b)))];
      expect(near.seconds).toBeLessThanOrEqual(far.seconds);
    }),
  );
});

describe("with an OSRM server", () => {
  /** A server that answers tables in some way; how often it was asked. */
  async function osrm(answer: (places: number) => { status: number; body: string } | "never") {
    let asked = 0;
    const server = createServer((request, response) => {
      asked += 1;
      const places = /driving\/([^?]+)/.exec(request.url ?? "")?.[1]?.split(";").length ?? 0;
      const given = answer(places);
      if (given === "never") return;
      response.writeHead(given.status, { "content-type": "application/json" }).end(given.body);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    // It listens on a port.
    const { port } = server.address() as AddressInfo;
    return {
      travels: createTravels({ ground: NO_GROUND, osrmUrl: `http://127.0.0.1:${port}/`, log }),
      asked: () => asked,
      async [Symbol.asyncDispose]() {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      },
    };
  }
  const table = (values: (number | null)[]) =>
    JSON.stringify({ code: "Ok", durations: [values], distances: [values.map((one) => one && one * 10)] });

  test("ways are as it tells them, and those that it does not know are reckoned", async () => {
    await using server = await osrm(() => ({ status: 200, body: table([0, 120.4, null]) }));
    const ways = await server.travels.from(HERE, [at(1000, 0), at(2000, 0)]);
    expect(ways[0]).toEqual({ seconds: 120, metres: 1204, by: "osrm" });
    expect(ways[1]?.by).toBe("detour");
  });

  test("many places are asked for in parts", async () => {
    await using server = await osrm((places) => ({
      status: 200,
      body: table(Array.from({ length: places }, () => 60)),
    }));
    const to = Array.from({ length: 150 }, (_, i) => at(i * 10, 0));
    expect((await server.travels.from(HERE, to)).every(({ by }) => by === "osrm")).toBe(true);
    expect(server.asked()).toBe(2);
  });

  test.each([
    ["an error", { status: 500, body: "{}" }],
    ["something else", { status: 200, body: "<html>" }],
    ["too few ways", { status: 200, body: table([0]) }],
    ["nothing", "never" as const],
  ])("one that answers %s is done without, and left alone", async (_, answer) => {
    await using server = await osrm(() => answer);
    expect((await server.travels.from(HERE, [at(1000, 0)]))[0]?.by).toBe("detour");
    const asked = server.asked();
    if (answer === "never" || answer.status === 500 || answer.body === "<html>") {
      await server.travels.from(HERE, [at(2000, 0)]);
      expect(server.asked()).toBe(asked);
    }
  });
});
