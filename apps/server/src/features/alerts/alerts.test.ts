import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { readCap } from "@ihims/connectors/cap/read.ts";
import { writeCap } from "@ihims/connectors/cap/write.ts";
import { validatorOf } from "@ihims/connectors/xml/testing/validate.ts";
import { getAlert, issueAlert, listAlerts } from "@ihims/core/alerts/endpoints.ts";
import { AlertMessage } from "@ihims/core/alerts/schema.ts";
import { at, testServer, type Caller, type TestServer } from "../../testing/server.ts";
import { createPerson } from "../people/people.ts";
import { receiveCap, type ReceivedCap } from "./alerts.ts";
import { takeInAlerts } from "./intake.ts";

const wrongIn = validatorOf(
  new URL("../../../../../packages/connectors/src/cap/testing/cap-1.2.xsd", import.meta.url),
);

type Body = z.input<typeof issueAlert.body>;
type Info = Extract<Body, { msgType: "Alert" }>["infos"][number];

const HERE = { lat: 18.52, lon: 73.85 };

function anInfo(given: Partial<Info> = {}): Info {
  return {
    language: "en-IN",
    categories: ["Health"],
    event: "Dengue",
    urgency: "Expected",
    severity: "Moderate",
    certainty: "Likely",
    expires: at("18:00"),
    headline: "Dengue is rising in Kothrud",
    description: "Empty what holds water.",
    areas: [{ areaDesc: "Kothrud", circles: [{ centre: HERE, radiusKm: 3 }] }],
    ...given,
  };
}

async function officer(server: TestServer): Promise<Caller> {
  const account = { email: "officer@example.org", password: "correct horse" };
  await createPerson(server.ctx, { ...account, name: "Officer", cityRoles: ["health-officer"] });
  const response = await server.app.fastify.inject({
    method: "POST",
    url: "/api/v1/session",
    payload: account,
  });
  const cookie = response.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
  return server.as({ cookie, origin: "http://localhost:80" });
}

async function headlines(server: TestServer, query: object = {}): Promise<string[]> {
  const { items } = await server.anybody.call(listAlerts, { query });
  return items.map(({ headline }) => headline);
}

function aMessage(given: Partial<z.input<typeof AlertMessage>> = {}): string {
  return writeCap(
    AlertMessage.parse({
      identifier: "flood-1",
      sender: "met@state.example",
      sent: at("11:00"),
      status: "Actual",
      msgType: "Alert",
      scope: "Public",
      infos: [{ ...anInfo({ event: "Flood", headline: "The river rises" }), language: "en" }],
      ...given,
    }),
  );
}

function outcomes(received: ReceivedCap) {
  return received.kind === "alerts" ? received.alerts.map(({ outcome, reason }) => reason ?? outcome) : [];
}

describe("the city's own warnings", () => {
  test("are issued by a health officer, read in the reader's language, and end", async () => {
    await using server = await testServer();
    const health = await officer(server);
    const infos = [anInfo(), anInfo({ language: "mr", headline: "कोथरूडमध्ये डेंग्यू वाढत आहे" })];
    const alert = await health.call(issueAlert, { body: { msgType: "Alert", infos } });
    expect(alert).toMatchObject({ state: "active", origin: null, signature: "none", sent: at("12:00") });
    expect(await headlines(server)).toEqual(["Dengue is rising in Kothrud"]);
    expect(await headlines(server, { lang: "mr" })).toEqual(["कोथरूडमध्ये डेंग्यू वाढत आहे"]);
    server.clock.set(at("18:00"));
    expect(await headlines(server)).toEqual([]);
    expect((await server.anybody.call(getAlert, { params: { id: alert.id } })).state).toBe("expired");
  });

  test("are nobody else's to issue", async () => {
    await using server = await testServer();
    const { id } = await server.aFacility({});
    const body: Body = { msgType: "Alert", infos: [anInfo()] };
    await expect(server.anybody.call(issueAlert, { body })).rejects.toThrow("401");
    const administrator = await server.person("administrator", id);
    await expect(administrator.call(issueAlert, { body })).rejects.toThrow("403 not-allowed");
    const machine = await server.machineOf(id);
    await expect(machine.call(issueAlert, { body })).rejects.toThrow("403 not-allowed");
  });

  test("need an end in the future, a place and closed polygons", async () => {
    await using server = await testServer();
    const health = await officer(server);
    const refused = (info: Info) =>
      expect(health.call(issueAlert, { body: { msgType: "Alert", infos: [info] } })).rejects;
    await refused(anInfo({ expires: at("11:59") })).toThrow(
      "400 bad-input: The warning has ended before it begins",
    );
    await refused(anInfo({ areas: [] })).toThrow("400 bad-input");
    const open = [HERE, { lat: 18.6, lon: 73.8 }, { lat: 18.6, lon: 73.9 }, { lat: 18.5, lon: 73.9 }];
    await refused(anInfo({ areas: [{ areaDesc: "x", polygons: [open] }] })).toThrow(
      "a polygon ends where it begins",
    );
  });

  test("are replaced and cancelled, and the old ones lead to the new", async () => {
    await using server = await testServer();
    const health = await officer(server);
    const first = await health.call(issueAlert, { body: { msgType: "Alert", infos: [anInfo()] } });
    server.clock.set(at("12:10"));
    const second = await health.call(issueAlert, {
      body: { msgType: "Update", replaces: first.id, infos: [anInfo({ headline: "Dengue in two wards" })] },
    });
    expect(await headlines(server)).toEqual(["Dengue in two wards"]);
    expect(await server.anybody.call(getAlert, { params: { id: first.id } })).toMatchObject({
      state: "replaced",
      replacedBy: second.id,
    });
    await expect(
      health.call(issueAlert, { body: { msgType: "Cancel", replaces: first.id, note: "over" } }),
    ).rejects.toThrow("409 conflict: It is replaced already");
    server.clock.set(at("12:20"));
    await health.call(issueAlert, { body: { msgType: "Cancel", replaces: second.id, note: "It is over" } });
    expect(await headlines(server)).toEqual([]);
    await server.restart();
    expect(await headlines(server)).toEqual([]);
    expect((await server.anybody.call(getAlert, { params: { id: first.id } })).state).toBe("cancelled");
  });

  test("of an exercise are never among the real ones", async () => {
    await using server = await testServer();
    const health = await officer(server);
    await health.call(issueAlert, { body: { msgType: "Alert", status: "Exercise", infos: [anInfo()] } });
    expect(await headlines(server)).toEqual([]);
    expect(await headlines(server, { status: "Exercise" })).toHaveLength(1);
    const index = await server.app.fastify.inject("/alerts.cap");
    expect(index.body).not.toContain("Dengue");
    const apart = await server.app.fastify.inject("/alerts.cap?status=Exercise");
    expect(apart.body).toContain("Dengue is rising in Kothrud (Exercise: not real)");
  });

  test("are told to open pages as they are committed", async () => {
    await using server = await testServer();
    const health = await officer(server);
    const url = await server.url();
    const controller = new AbortController();
    const response = await fetch(`${url}/api/v1/live?topic=alerts`, { signal: controller.signal });
    const { id } = await health.call(issueAlert, { body: { msgType: "Alert", infos: [anInfo()] } });
    let text = "";
    const decoder = new TextDecoder();
    for await (const piece of response.body ?? []) {
      text += decoder.decode(piece, { stream: true });
      if (text.includes('"kind":"alert"')) break;
    }
    controller.abort();
    expect(text).toContain(`data: {"kind":"alert","alert":"${id}"}`);
  });
});

describe("which warnings somebody reads", () => {
  test("those near, those without a shape, the severest first", async () => {
    await using server = await testServer();
    const health = await officer(server);
    const issued = (headline: string, severity: Info["severity"], area: Info["areas"][number]) =>
      health.call(issueAlert, {
        body: { msgType: "Alert", infos: [anInfo({ headline, severity, areas: [area] })] },
      });
    await issued("far", "Extreme", {
      areaDesc: "x",
      circles: [{ centre: { lat: 19.5, lon: 73.85 }, radiusKm: 5 }],
    });
    await issued("here", "Minor", { areaDesc: "x", circles: [{ centre: HERE, radiusKm: 1 }] });
    await issued("close", "Severe", {
      areaDesc: "x",
      circles: [{ centre: { lat: 18.59, lon: 73.85 }, radiusKm: 1 }],
    });
    await issued("everywhere", "Moderate", { areaDesc: "The whole city" });
    expect(await headlines(server)).toEqual(["far", "close", "everywhere", "here"]);
    expect(await headlines(server, { near: "18.52,73.85" })).toEqual(["close", "everywhere", "here"]);
    expect(await headlines(server, { near: "18.52,73.85", radius: 0 })).toEqual(["everywhere", "here"]);
    const first = await server.anybody.call(listAlerts, { query: { limit: 3 } });
    expect(first.items).toHaveLength(3);
    expect(await headlines(server, { limit: 3, cursor: first.nextCursor ?? "" })).toEqual(["here"]);
    await expect(server.anybody.call(listAlerts, { query: { radius: 5 } })).rejects.toThrow("400 bad-input");
  });
});

describe("CAP", () => {
  test("out is an Atom index that leads to valid messages", async () => {
    await using server = await testServer();
    const health = await officer(server);
    const { id } = await health.call(issueAlert, { body: { msgType: "Alert", infos: [anInfo()] } });
    const index = await server.app.fastify.inject({ url: "/alerts.cap", headers: { host: "city.example" } });
    expect(index.headers["content-type"]).toBe("application/atom+xml; charset=utf-8");
    expect(readCap(index.body)).toEqual({
      ok: true,
      kind: "index",
      links: [`http://city.example/alerts.cap/${id}`],
    });
    const message = await server.app.fastify.inject(`/alerts.cap/${id}`);
    expect(message.headers["content-type"]).toBe("application/cap+xml; charset=utf-8");
    expect(wrongIn(message.body)).toBeUndefined();
    expect((await server.app.fastify.inject("/alerts.cap/none")).statusCode).toBe(404);
  });

  test("in is taken message by message, in any order, once", async () => {
    await using server = await testServer();
    const cancel = aMessage({
      identifier: "flood-2",
      sent: at("11:30"),
      msgType: "Cancel",
      references: [{ sender: "met@state.example", identifier: "flood-1", sent: at("11:00") }],
      infos: [],
    });
    const take = (text: string) => receiveCap(server.ctx, text, "state feed");
    expect(outcomes(await take(aMessage({ identifier: "other" })))).toEqual(["accepted"]);
    expect(outcomes(await take(cancel))).toEqual(["accepted"]);
    expect(outcomes(await take(aMessage()))).toEqual(["accepted"]);
    expect(outcomes(await take(aMessage()))).toEqual(["unchanged"]);
    expect(outcomes(await take(aMessage({ note: "another" })))[0]).toMatch(
      /sent before with another content/u,
    );
    expect(outcomes(await take(aMessage({ identifier: "r", scope: "Restricted" })))[0]).toMatch(
      /not for the public/u,
    );
    const { items } = await server.anybody.call(listAlerts, {});
    expect(items).toHaveLength(1);
    const record = await server.anybody.call(getAlert, { params: { id: items[0]?.id ?? "" } });
    expect(record).toMatchObject({ identifier: "other", origin: "state feed" });
    const health = await officer(server);
    await expect(
      health.call(issueAlert, { body: { msgType: "Cancel", replaces: record.id, note: "x" } }),
    ).rejects.toThrow("409 conflict: It is another authority's");
  });
});

describe("an authority's CAP", () => {
  test("in over HTTP is a health officer's", async () => {
    await using server = await testServer();
    const health = await officer(server);
    const post = (headers: Record<string, string>, body: string) =>
      server.app.fastify.inject({
        method: "POST",
        url: "/alerts.cap",
        headers: { "content-type": "application/cap+xml", ...headers },
        body,
      });
    expect((await post({}, aMessage())).statusCode).toBe(401);
    const { headers } = await server.machineOf((await server.aFacility({})).id);
    expect((await post(headers, aMessage())).statusCode).toBe(403);
    expect((await post(health.headers, aMessage())).json()).toMatchObject({
      alerts: [{ outcome: "accepted" }],
    });
    expect((await post(health.headers, "<a>")).statusCode).toBe(400);
  });

  test("a feed is followed to its messages, and what cannot be read keeps nothing else out", async () => {
    await using server = await testServer();
    const pages: Record<string, string> = {
      "/index": `<feed xmlns="http://www.w3.org/2005/Atom">${["/1", "/gone", "/broken", "http://elsewhere.example/1", "/1"].map((href) => `<entry><link href="${href}"/></entry>`).join("")}</feed>`,
      "/1": aMessage(),
      "/broken": aMessage().replace("<scope>Public</scope>", ""),
    };
    const authority = createServer((request, response) => {
      const page = pages[request.url ?? ""];
      response.writeHead(page === undefined ? 404 : 200).end(page);
    });
    await new Promise<void>((resolve) => authority.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = authority.address() as AddressInfo; // It listens on a port.
      const fetchText = async (url: URL) => {
        const response = await fetch(url);
        if (!response.ok) throw new Error(`answered ${response.status}`);
        return response.text();
      };
      const intake = await takeInAlerts(server.ctx, new URL(`http://127.0.0.1:${port}/index`), fetchText);
      expect(intake.alerts.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
        "accepted",
        "scope is missing",
      ]);
      expect(intake.failed.map(({ reason }) => reason)).toEqual([
        "answered 404",
        "it is at elsewhere.example, which was not allowed",
      ]);
    } finally {
      authority.closeAllConnections();
      authority.close();
    }
  });
});
