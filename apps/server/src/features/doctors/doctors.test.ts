import { describe, expect, test } from "vitest";
import {
  getDoctor,
  getRoster,
  listDoctors,
  replaceRoster,
  reportDuty,
} from "@ihims/core/doctors/endpoints.ts";
import { at, testServer, type TestServer } from "../../testing/server.ts";

// The tests' noon is a Sunday's in India: 2026-03-01 17:30.
const EVENINGS = [{ day: 7, from: "17:00", to: "21:00" }];
const MORNINGS = [{ day: 7, from: "09:00", to: "13:00" }];
const NIGHTS = [{ day: 7, from: "20:00", to: "08:00", mode: "on-call" as const }];

/** A hospital whose roster manager gives this roster. */
async function withRoster(server: TestServer, items: object[], more = {}) {
  const facility = await server.aFacility(more);
  const manager = await server.person("roster-manager", facility.id, `${facility.id}@example.org`);
  const given = await manager.call(replaceRoster, {
    params: { id: facility.id },
    // Each test gives what its schema takes.
    body: { items: items as never },
  });
  return { facility, manager, roster: given.items };
}

const asha = {
  name: "Dr Asha Kulkarni",
  names: { mr: "डॉ. आशा कुलकर्णी" },
  specialties: ["cardiology"],
  languages: ["mr", "en"],
};
const imran = { name: "Dr Imran Shaikh", specialties: ["orthopaedics"], languages: ["hi"] };

async function namesOf(server: TestServer, query: object): Promise<string[]> {
  const { items } = await server.anybody.call(listDoctors, { query });
  return items.map(({ name }) => name);
}

test("a roster says who works where and when, and from it who is on duty now", async () => {
  await using server = await testServer();
  await withRoster(server, [
    { doctor: asha, spans: EVENINGS },
    { doctor: imran, spans: MORNINGS },
  ]);
  expect(await namesOf(server, { onDuty: "now" })).toEqual(["Dr Asha Kulkarni"]);
  const { items } = await server.anybody.call(listDoctors, { query: { q: "asha", lang: "mr" } });
  expect(items[0]?.specialties).toEqual([{ id: "cardiology", name: "हृदयरोग" }]);
  expect(items[0]?.posts[0]?.duty).toMatchObject({
    state: "on-duty",
    mode: "on-site",
    until: "2026-03-01T15:30:00.000Z",
  });
  server.clock.set(at("15:30"));
  expect(await namesOf(server, { onDuty: "now" })).toEqual([]);
});

describe("doctors are found", () => {
  test.each([
    ["by specialty", { specialty: "orthopaedics" }, ["Dr Imran Shaikh"]],
    ["by name in the other script", { q: "कुलकर्णी" }, ["Dr Asha Kulkarni"]],
    ["by a misspelt name", { q: "kulkarny" }, ["Dr Asha Kulkarni"]],
    ["by language", { language: "hi" }, ["Dr Imran Shaikh"]],
    ["near a place", { near: "18.52,73.85", radius: 1000 }, ["Dr Asha Kulkarni"]],
    ["nearest first", { near: "18.70,73.85" }, ["Dr Imran Shaikh", "Dr Asha Kulkarni"]],
    ["at a moment", { onDuty: "2026-03-08T11:00:00+05:30" }, ["Dr Imran Shaikh"]],
    ["on call", { onDuty: "2026-03-08T23:00:00+05:30", mode: "on-call" }, ["Dr Imran Shaikh"]],
    ["by name, all of them", {}, ["Dr Asha Kulkarni", "Dr Imran Shaikh"]],
  ])("%s", async (_, query, names) => {
    await using server = await testServer();
    await withRoster(server, [{ doctor: asha, spans: EVENINGS }]);
    await withRoster(server, [{ doctor: imran, spans: [...MORNINGS, ...NIGHTS] }], {
      position: { lat: 18.7, lon: 73.85 },
    });
    expect(await namesOf(server, query)).toEqual(names);
  });
});

test("page by page each doctor comes once", async () => {
  await using server = await testServer();
  await withRoster(
    server,
    ["A", "B", "C", "D", "E"].map((name) => ({
      doctor: { ...asha, name: `Dr ${name}`, names: {} },
      spans: EVENINGS,
    })),
  );
  for (const query of [{}, { near: "18.5,73.8" }, { q: "dr" }]) {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await server.anybody.call(listDoctors, { query: { ...query, limit: 2, cursor } });
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(names.toSorted()).toEqual(["Dr A", "Dr B", "Dr C", "Dr D", "Dr E"]);
  }
});

test("an exception takes the place of the day's plan, and leave of everything", async () => {
  await using server = await testServer();
  const exceptions = [{ date: "2026-03-01", spans: [{ from: "17:00", to: "17:45", mode: "on-site" }] }];
  const leave = [{ from: "2026-02-26", to: "2026-03-01" }];
  const { facility } = await withRoster(server, [
    { doctor: asha, spans: MORNINGS, exceptions },
    { doctor: imran, spans: EVENINGS, leave },
  ]);
  const { items } = await server.anybody.call(listDoctors, { query: { facility: facility.id } });
  expect(items.map(({ posts }) => posts[0]?.duty)).toMatchObject([
    { state: "on-duty", until: "2026-03-01T12:15:00.000Z" },
    { state: "off-duty", next: "2026-03-08T11:30:00.000Z" },
  ]);
});

test("what is said live outranks the roster until it ends or is a day old", async () => {
  await using server = await testServer();
  const { facility, manager, roster } = await withRoster(server, [{ doctor: asha, spans: EVENINGS }]);
  const doctor = roster[0]?.doctor ?? "";
  const say = (body: object) =>
    manager.call(reportDuty, { params: { id: facility.id }, body: { doctor, onDuty: false, ...body } });
  const told = await say({ until: at("13:00") });
  expect(told).toMatchObject({ outcome: "changed", duty: { state: "off-duty", from: "live" } });
  expect(await namesOf(server, { onDuty: "now" })).toEqual([]);
  server.clock.set(at("13:00"));
  expect(await namesOf(server, { onDuty: "now" })).toEqual(["Dr Asha Kulkarni"]);
});

test("a doctor at two facilities has a post at each, and leaving one keeps the other", async () => {
  await using server = await testServer();
  const first = await withRoster(server, [{ doctor: asha, spans: EVENINGS }]);
  const doctor = first.roster[0]?.doctor ?? "";
  await withRoster(server, [{ doctor, spans: MORNINGS }], { name: "Second" });
  const page = () => server.anybody.call(getDoctor, { params: { id: doctor }, query: {} });
  expect((await page()).posts.map(({ facility }) => facility.name).toSorted()).toEqual([
    "Riverside Hospital",
    "Second",
  ]);
  await first.manager.call(replaceRoster, { params: { id: first.facility.id }, body: { items: [] } });
  expect((await page()).posts.map(({ facility }) => facility.name)).toEqual(["Second"]);
});

test("a roster is kept by its facility's own people, and nothing of a refused one is kept", async () => {
  await using server = await testServer();
  const { facility, manager, roster } = await withRoster(server, [{ doctor: asha, spans: EVENINGS }]);
  const other = await server.aFacility({ name: "Other" });
  const stranger = await server.person("roster-manager", other.id);
  const params = { id: facility.id };
  await expect(stranger.call(getRoster, { params })).rejects.toMatchObject({ problem: { status: 403 } });
  await expect(stranger.call(replaceRoster, { params, body: { items: [] } })).rejects.toMatchObject({
    problem: { status: 403 },
  });
  const doctor = roster[0]?.doctor ?? "";
  await expect(
    manager.call(replaceRoster, { params, body: { items: [{ doctor }, { doctor }, { doctor: "nobody" }] } }),
  ).rejects.toMatchObject({
    problem: { status: 400, errors: [{ pointer: "/items/1/doctor" }, { pointer: "/items/2/doctor" }] },
  });
  await expect(
    manager.call(reportDuty, { params, body: { doctor: "nobody", onDuty: true } }),
  ).rejects.toMatchObject({ problem: { status: 404 } });
  expect((await manager.call(getRoster, { params })).items).toEqual(roster);
});

test("another process sees a roster, and so does the next start", async () => {
  await using server = await testServer();
  await using second = await server.another();
  await withRoster(server, [{ doctor: asha, spans: EVENINGS }]);
  const seen = async () => {
    const response = await second.app.fastify.inject({ url: "/api/v1/doctors" });
    return response.json<{ items: { name: string }[] }>().items.map(({ name }) => name);
  };
  await expect.poll(seen, { timeout: 20_000 }).toEqual(["Dr Asha Kulkarni"]);
  await server.restart();
  expect(await namesOf(server, {})).toEqual(["Dr Asha Kulkarni"]);
});
