import { expect, test } from "vitest";
import { changeFacility, getFacility, listFacilities } from "@ihims/core/facilities/endpoints.ts";
import { getBeds, reportBeds } from "@ihims/core/observations/endpoints.ts";
import { issueKey, listKeys, revokeKey, signIn } from "@ihims/core/people/endpoints.ts";
import { at, testServer } from "../testing/server.ts";

test("a parameter that is not known is refused by its name, never ignored", async () => {
  await using server = await testServer();
  const answer = await server.app.fastify.inject("/api/v1/facilities?colour=red&limit=1000");
  expect(answer.statusCode).toBe(400);
  expect(answer.headers["content-type"]).toContain("application/problem+json");
  expect(
    answer
      .json()
      .errors.map(({ parameter }: { parameter: string }) => parameter)
      .sort(),
  ).toEqual(["colour", "limit"]);
});

test("a body that is wrong is answered with a pointer to each place", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const machine = await server.machineOf(id);
  const answer = await server.app.fastify.inject({
    method: "PUT",
    url: `/api/v1/facilities/${id}/beds/icu`,
    headers: machine.headers,
    payload: { staffed: -1, occupied: "8", colour: "red" },
  });
  expect(answer.statusCode).toBe(400);
  expect(
    answer
      .json()
      .errors.map(({ pointer }: { pointer: string }) => pointer)
      .sort(),
  ).toEqual(["/colour", "/occupied", "/staffed"]);
});

test("without credentials 401, with another's 403, for what is not there 404", async () => {
  await using server = await testServer();
  const mine = await server.aFacility();
  const other = await server.aFacility();
  const body = { staffed: 12, occupied: 8 };
  await expect(
    server.anybody.call(reportBeds, { params: { id: mine.id, type: "icu" }, body }),
  ).rejects.toThrow("401");
  const machine = await server.machineOf(mine.id);
  await expect(machine.call(reportBeds, { params: { id: other.id, type: "icu" }, body })).rejects.toThrow(
    "403",
  );
  await expect(machine.call(reportBeds, { params: { id: "nowhere", type: "icu" }, body })).rejects.toThrow(
    "404",
  );
  const viewer = await server.person("viewer", mine.id);
  await expect(viewer.call(reportBeds, { params: { id: mine.id, type: "icu" }, body })).rejects.toThrow(
    "403",
  );
});

test("a request that is repeated with its key acts once and gives the same answer", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id } = await server.aFacility();
  const machine = await server.machineOf(id);
  const params = { id, type: "icu" as const };
  const headers = { "idempotency-key": "a1" };
  const first = await machine.call(reportBeds, { params, body: { staffed: 12, occupied: 8 }, headers });
  server.clock.set(at("12:10"));
  const again = await machine.call(reportBeds, { params, body: { staffed: 12, occupied: 8 }, headers });
  expect(again).toEqual(first);
  expect(await server.anybody.call(getBeds, { params })).toMatchObject({ observedAt: at("12:00") });
});

test("the same key with another request is refused with 422", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const machine = await server.machineOf(id);
  const params = { id, type: "icu" as const };
  const headers = { "idempotency-key": "a1" };
  await machine.call(reportBeds, { params, body: { staffed: 12, occupied: 8 }, headers });
  await expect(
    machine.call(reportBeds, { params, body: { staffed: 12, occupied: 9 }, headers }),
  ).rejects.toThrow("422");
  await expect(
    machine.call(reportBeds, { params: { id, type: "hdu" }, body: { staffed: 12, occupied: 8 }, headers }),
  ).rejects.toThrow("422");
});

test("repeated requests that come at once act once", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const administrator = await server.person("administrator", id);
  const body = { name: "bridge", facilities: [id], subjects: ["bed" as const] };
  const answers = await Promise.all(
    [1, 2, 3, 4, 5].map(() => administrator.call(issueKey, { body, headers: { "idempotency-key": "once" } })),
  );
  expect(new Set(answers.map(({ secret }) => secret)).size).toBe(1);
  expect((await administrator.call(listKeys)).items).toHaveLength(1);
});

test("a refused request leaves its key free", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const machine = await server.machineOf(id);
  const params = { id, type: "icu" as const };
  const call = {
    params,
    body: { staffed: 12, occupied: 8, observedAt: at("13:00") },
    headers: { "idempotency-key": "a1" },
  };
  await expect(machine.call(reportBeds, call)).rejects.toThrow("409");
  server.clock.set(at("13:00"));
  expect(await machine.call(reportBeds, call)).toMatchObject({ outcome: "changed" });
});

test("a figure that was changed meanwhile is not overwritten", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const machine = await server.machineOf(id);
  const params = { id, type: "icu" as const };
  const { figure } = await machine.call(reportBeds, { params, body: { staffed: 12, occupied: 8 } });
  const ifMatch = { headers: { "if-match": `"${figure.version}"` } };
  await machine.call(reportBeds, { params, body: { staffed: 12, occupied: 9 }, ...ifMatch });
  await expect(
    machine.call(reportBeds, { params, body: { staffed: 12, occupied: 7 }, ...ifMatch }),
  ).rejects.toThrow("412");
});

test("a page's ETag holds against a change of the page, not of the beds", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const administrator = await server.person("administrator", id);
  const first = await server.app.fastify.inject(`/api/v1/facilities/${id}`);
  const headers = { "if-match": String(first.headers.etag) };
  await administrator.call(reportBeds, { params: { id, type: "icu" }, body: { staffed: 12, occupied: 8 } });
  expect(
    await administrator.call(changeFacility, { params: { id }, body: { locality: "Kothrud" }, headers }),
  ).toMatchObject({ locality: "Kothrud", version: 2, name: "Riverside Hospital" });
  await expect(
    administrator.call(changeFacility, { params: { id }, body: { locality: "Aundh" }, headers }),
  ).rejects.toThrow("412");

  const second = await server.app.fastify.inject({ url: `/api/v1/facilities/${id}` });
  const unchanged = await server.app.fastify.inject({
    url: `/api/v1/facilities/${id}`,
    headers: { "if-none-match": String(second.headers.etag) },
  });
  expect(unchanged.statusCode).toBe(304);
});

test("a change by a session needs this site's origin", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const nurse = await server.person("bed-manager", id);
  const call = { params: { id, type: "icu" as const }, body: { staffed: 12, occupied: 8 } };
  await expect(
    nurse.call(reportBeds, { ...call, headers: { origin: "https://elsewhere.example" } }),
  ).rejects.toThrow("403");
  await expect(nurse.call(reportBeds, { ...call, headers: { origin: "null" } })).rejects.toThrow("403");
  expect(await nurse.call(reportBeds, call)).toMatchObject({ outcome: "changed" });
});

test("a wrong password says no more than that, and ten of them close the door for a while", async () => {
  await using server = await testServer({ now: at("12:00") });
  const { id } = await server.aFacility();
  await server.person("viewer", id, "nurse@example.org");
  const attempt = (email: string, password: string) =>
    server.anybody.call(signIn, { body: { email, password } });
  const unknown = await attempt("nobody@example.org", "wrong").catch((error: Error) => error.message);
  const wrong = await attempt("nurse@example.org", "wrong").catch((error: Error) => error.message);
  expect(wrong).toBe(unknown);
  for (let tries = 1; tries < 10; tries++) await attempt("nurse@example.org", "wrong").catch(() => undefined);
  await expect(attempt("nurse@example.org", "correct horse")).rejects.toThrow("429");
  server.clock.set(at("12:16"));
  expect(await attempt("Nurse@Example.org", "correct horse")).toMatchObject({
    memberships: [{ facility: id, role: "viewer" }],
  });
});

test("a revoked key opens nothing any more", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const administrator = await server.person("administrator", id);
  const key = await administrator.call(issueKey, {
    body: { name: "bridge", facilities: [id], subjects: ["bed"] },
  });
  const headers = { authorization: `Bearer ${key.secret}` };
  const call = { params: { id, type: "icu" as const }, body: { staffed: 12, occupied: 8 }, headers };
  await server.anybody.call(reportBeds, call);
  const { items } = await administrator.call(listKeys);
  expect(JSON.stringify(items)).not.toContain(key.secret);
  await administrator.call(revokeKey, { params: { id: key.id } });
  await expect(server.anybody.call(reportBeds, call)).rejects.toThrow("401");
});

test("a key reports only the kinds of figure that it is for", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const administrator = await server.person("administrator", id);
  const { secret } = await administrator.call(issueKey, {
    body: { name: "bank", facilities: [id], subjects: ["blood"] },
  });
  await expect(
    server.anybody.call(reportBeds, {
      params: { id, type: "icu" },
      body: { staffed: 12, occupied: 8 },
      headers: { authorization: `Bearer ${secret}` },
    }),
  ).rejects.toThrow("403");
});

test("a fault of ours is a 500 that tells nothing of the inside", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const machine = await server.machineOf(id);
  const { sql } = await import("kysely");
  await sql`drop table standing cascade`.execute(server.ctx.db);
  const answer = await server.app.fastify.inject({
    method: "PUT",
    url: `/api/v1/facilities/${id}/beds/icu`,
    headers: machine.headers,
    payload: { staffed: 1, occupied: 1 },
  });
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toMatch(/standing|select|\.ts|at /);
});

test("every answer has the headers that keep a browser safe", async () => {
  await using server = await testServer();
  const { headers } = await server.app.fastify.inject("/api/v1/facilities");
  expect(headers["content-security-policy"]).toContain("default-src 'self'");
  expect(headers["x-content-type-options"]).toBe("nosniff");
});

test("who asks again whether beds are as they were is told when their figure has aged", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility();
  const machine = await server.machineOf(id);
  await machine.call(reportBeds, { params: { id, type: "icu" }, body: { staffed: 12, occupied: 7 } });
  const ask = (etag?: string) =>
    server.app.fastify.inject({
      url: `/api/v1/facilities/${id}/beds/icu`,
      headers: etag === undefined ? {} : { "if-none-match": etag },
    });
  const etag = String((await ask()).headers.etag);
  expect((await ask(etag)).statusCode).toBe(304);
  server.clock.set(at("15:00"));
  const aged = await ask(etag);
  expect(aged.statusCode).toBe(200);
  expect(aged.json()).toMatchObject({ freshness: "stale" });
  server.clock.set(at("20:00"));
  expect((await ask(String(aged.headers.etag))).json()).toMatchObject({ freshness: "expired", value: null });
});

test("the OpenAPI document names every endpoint with its parameters and replies", async () => {
  await using server = await testServer();
  const document = (await server.app.fastify.inject("/api/v1/openapi.json")).json();
  expect(document.openapi).toBe("3.1.0");
  expect(
    document.paths["/api/v1/facilities/{id}/beds/{type}"].put.responses["200"].content["application/json"]
      .schema.properties.figure,
  ).toBeDefined();
  const named = (document.paths["/api/v1/facilities"].get.parameters as { name: string }[]).map(
    ({ name }) => name,
  );
  expect(named).toEqual(expect.arrayContaining(["near", "radius", "kind", "bed", "open", "limit", "cursor"]));
  const mounted = server.app.server.endpoints.map(
    ({ path }) => `/api/v1${path.replaceAll(/:(\w+)/g, "{$1}")}`,
  );
  const paths = Object.keys(document.paths);
  expect(paths).toEqual(expect.arrayContaining([...mounted, "/api/v1/live"]));
  const others = paths.filter((path) => !mounted.includes(path));
  expect(others.filter((path) => path.startsWith("/api/v1/")).sort()).toEqual([
    "/api/v1/exports/{kind}.csv",
    "/api/v1/facilities/{id}/history.csv",
    "/api/v1/facilities/{id}/hl7/messages",
    "/api/v1/feeds/{id}/data",
    "/api/v1/feeds/{id}/runs/{run}/refused",
    "/api/v1/live",
  ]);
  expect(new Set(others.map((path) => path.split("/")[1]))).toEqual(
    new Set(["api", "alerts.cap", "have", "hsds"]),
  );
});

test("near a place the nearest comes first, page by page, each once", async () => {
  await using server = await testServer();
  for (let place = 0; place < 12; place++)
    await server.aFacility({
      name: `Hospital ${place}`,
      position: { lat: 18.5 + ((place * 5) % 12) / 100, lon: 73.8 },
    });
  const seen: number[] = [];
  const ids = new Set<string>();
  for (let cursor: string | undefined; ;) {
    const page = await server.anybody.call(listFacilities, {
      query: { near: "18.5,73.8", limit: 5, ...(cursor ? { cursor } : {}) },
    });
    for (const { id, distance } of page.items) {
      ids.add(id);
      seen.push(distance ?? -1);
    }
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(ids.size).toBe(12);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen[1]).toBeGreaterThan(1100);
  expect(seen[1]).toBeLessThan(1125);
});

test("only places with a bed free are found for a bed, and stale ones stand lower", async () => {
  await using server = await testServer({ now: at("12:00") });
  const near = await server.aFacility({ name: "Near and stale", position: { lat: 18.5, lon: 73.8 } });
  const far = await server.aFacility({ name: "Further and live", position: { lat: 18.51, lon: 73.8 } });
  const full = await server.aFacility({ name: "Full", position: { lat: 18.5, lon: 73.8 } });
  const silent = await server.aFacility({
    name: "Silent",
    position: { lat: 18.5, lon: 73.8 },
    bedTypes: ["icu"],
  });
  const machine = await server.machineOf(near.id, far.id, full.id, silent.id);
  const report = (id: typeof near.id, occupied: number, observedAt: ReturnType<typeof at>) =>
    machine.call(reportBeds, { params: { id, type: "icu" }, body: { staffed: 10, occupied, observedAt } });
  await report(near.id, 5, at("09:00"));
  await report(far.id, 5, at("11:55"));
  await report(full.id, 10, at("11:55"));
  const found = await server.anybody.call(listFacilities, { query: { near: "18.5,73.8", bed: "icu" } });
  expect(found.items.map(({ name }) => name)).toEqual(["Further and live", "Near and stale"]);
  expect(found).toMatchObject({ filters: { bed: "icu" }, reporting: { reporting: 3, of: 4 } });
});

test("names are found in any language and without their accents", async () => {
  await using server = await testServer();
  await server.aFacility({ name: "Hôpital Princesse Grace", names: { hi: "राजकुमारी अस्पताल" } });
  await server.aFacility({ name: "Riverside" });
  for (const q of ["hopital", "PRINCESSE grace", "अस्पताल"]) {
    expect(
      (await server.anybody.call(listFacilities, { query: { q } })).items.map(({ name }) => name),
    ).toEqual(["Hôpital Princesse Grace"]);
  }
});

test("open now follows the city's clock", async () => {
  await using server = await testServer({ now: at("12:00") });
  await server.aFacility({ name: "Always", hours: { kind: "always" } });
  await server.aFacility({
    name: "Evenings",
    hours: {
      kind: "weekly",
      spans: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: "17:00", to: "21:00" })),
      exceptions: [],
    },
  });
  await server.aFacility({ name: "Not known" });
  const open = () =>
    server.anybody
      .call(listFacilities, { query: { open: "now" } })
      .then(({ items }) => items.map(({ name }) => name));
  // 12:00 in UTC is 17:30 in India.
  expect(await open()).toEqual(["Always", "Evenings"]);
  server.clock.set(at("16:00"));
  expect(await open()).toEqual(["Always"]);
});

test("an unknown facility is 404, also when the id cannot be one", async () => {
  await using server = await testServer();
  await expect(server.anybody.call(getFacility, { params: { id: "nowhere" } })).rejects.toThrow("404");
  expect((await server.app.fastify.inject("/api/v1/facilities/no%20where")).statusCode).toBe(404);
  expect((await server.app.fastify.inject("/api/v1/nonsense")).statusCode).toBe(404);
});

test("whether it lives, can serve, and how it does can be asked", async () => {
  await using server = await testServer();
  await server.aFacility();
  expect((await server.app.fastify.inject("/healthz")).json()).toEqual({ alive: true });
  expect((await server.app.fastify.inject("/readyz")).json()).toEqual({ ready: true, facilities: 1 });
  expect((await server.app.fastify.inject("/metrics")).body).toMatch(/ihims_facilities 1/);
});
