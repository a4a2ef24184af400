import { expect, test } from "vitest";
import {
  getScheme,
  listSchemeFacilities,
  listSchemes,
  screenSchemes,
} from "@ihims/core/schemes/endpoints.ts";
import { testServer, type TestServer } from "../../testing/server.ts";

async function aCity(server: TestServer) {
  const near = await server.aFacility({
    name: "Near Hospital",
    specialties: ["cardiology", "orthopaedics"],
    schemes: [{ scheme: "pm-jay", specialties: ["cardiology"], from: "2025-01-01", to: "2026-03-31" }],
  });
  const far = await server.aFacility({
    name: "Far Hospital",
    position: { lat: 18.6, lon: 73.85 },
    specialties: ["cardiology", "orthopaedics"],
    schemes: [{ scheme: "pm-jay" }],
  });
  await server.aFacility({
    name: "Former Hospital",
    specialties: ["cardiology"],
    schemes: [{ scheme: "pm-jay", to: "2026-02-28" }],
  });
  return { near, far };
}

test("schemes are listed in the reader's language, with how many facilities honour each today", async () => {
  await using server = await testServer();
  await aCity(server);
  const { items } = await server.anybody.call(listSchemes, { query: { lang: "mr" } });
  expect(items.map(({ id }) => id)).toContain("mjpjay");
  expect(items.find(({ id }) => id === "pm-jay")).toMatchObject({
    name: "आयुष्मान भारत (पीएम-जय)",
    facilities: 2,
  });
});

test("a scheme says who it is for, what to bring and how to use it, each with its source and date", async () => {
  await using server = await testServer();
  const scheme = await server.anybody.call(getScheme, { params: { id: "pm-jay" }, query: { lang: "en" } });
  for (const facts of [scheme.covers, scheme.documents, scheme.steps])
    expect(facts.length).toBeGreaterThan(1);
  expect(scheme.asOf).toBe("2024-09-11");
  await expect(server.anybody.call(getScheme, { params: { id: "no-such" } })).rejects.toThrow(/^404/);
});

test("hospitals that honour a scheme for what is needed, today, nearest first, with their dates", async () => {
  await using server = await testServer();
  const { near, far } = await aCity(server);
  const list = (query: object) =>
    server.anybody.call(listSchemeFacilities, {
      params: { id: "pm-jay" },
      query: { near: "18.52,73.85", ...query },
    });
  const all = await list({});
  expect(all.items.map(({ id }) => id)).toEqual([near.id, far.id]);
  expect(all.items[0]?.empanelments).toEqual([
    { scheme: "pm-jay", specialties: ["cardiology"], from: "2025-01-01", to: "2026-03-31" },
  ]);
  expect((await list({ specialty: "orthopaedics" })).items.map(({ id }) => id)).toEqual([far.id]);
  expect((await list({ radius: 1000 })).items.map(({ id }) => id)).toEqual([near.id]);
  const first = await list({ limit: 1 });
  const second = await list({ limit: 1, cursor: first.nextCursor });
  expect([first, second].flatMap(({ items }) => items.map(({ id }) => id))).toEqual([near.id, far.id]);
  expect(second.nextCursor).toBeNull();
});

test("the screener answers criterion by criterion, and leaves the decision to the scheme", async () => {
  await using server = await testServer();
  const answer = await server.anybody.call(screenSchemes, {
    query: { lang: "en" },
    body: { answers: { age: 71, livesInMaharashtra: true }, schemes: ["pm-jay", "mjpjay", "cghs"] },
  });
  expect(answer.items.map(({ scheme, standing }) => [scheme, standing])).toEqual([
    ["pm-jay", "nothing-against"],
    ["mjpjay", "not-known"],
    ["cghs", "not-known"],
  ]);
  expect(answer.items[1]?.ways[0]?.criteria).toMatchObject([
    { id: "lives-in-the-state", outcome: "pass", source: { date: "2023-07-28" } },
    { id: "ration-card", outcome: "unknown" },
  ]);
  expect(answer.decidedBy).toMatch(/Only the scheme's own desk decides/);
  expect(answer.questions).toContainEqual({ kind: "age", question: "age" });
});

test.each([
  ["an answer that nobody asks", { answers: { income: 5 } }],
  ["an age that nobody has", { answers: { age: 300 } }],
  ["no answers", {}],
])("%s is refused by name", async (_, body) => {
  await using server = await testServer();
  await expect(
    // Each is what its schema does not take.
    server.anybody.call(screenSchemes, { body: body as never }),
  ).rejects.toThrow(/^400/);
});
