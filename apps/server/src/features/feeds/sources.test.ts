import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NewFeed, type FeedSource } from "@ihims/core/feeds/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { getBeds, reportBeds } from "@ihims/core/observations/endpoints.ts";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { createFeed, runFeed } from "./feeds.ts";
import { aFeed, ALLOW_LOOPBACK, OWN_MAPPING, startPeer } from "./testing/peer.ts";

async function feedOf(
  server: TestServer,
  source: FeedSource,
  facility: FacilityId | null,
  mapping: Record<string, unknown> = OWN_MAPPING,
) {
  const feed = await createFeed(server.ctx, NewFeed.parse(aFeed({ source, facility, mapping })));
  return () => runFeed(server.ctx, server.app.feeds, feed.id, { trigger: "by-hand" });
}

const icuOf = async (server: TestServer, id: FacilityId) =>
  (await server.anybody.call(getBeds, { params: { id, type: "icu" } })).value;

test("a watched folder's files are read once, the oldest first, and moved aside", async () => {
  const base = await mkdtemp(join(tmpdir(), "ihims-folder-"));
  try {
    const folder = join(base, "hospital");
    await mkdir(folder);
    await writeFile(join(base, "secret.csv"), "total,occupied\n99,99\n");
    await symlink(join(base, "secret.csv"), join(folder, "link.csv"));
    const put = async (name: string, text: string, minute: number) => {
      await writeFile(join(folder, name), text);
      await utimes(join(folder, name), minute * 60, minute * 60);
    };
    await put("b.csv", "total,occupied\n12,7\n", 1);
    await put("a.csv", "total,occupied\n12,9\n", 2);
    await put("c.csv", "<html>We are down</html>", 3);
    await put("d.csv.part", "total,occupied\n12,1\n", 4);
    await using server = await testServer({ feeds: { allow: [], folder: base } });
    const { id } = await server.aFacility();
    const run = await feedOf(server, { kind: "folder", folder: "hospital", pattern: "*.csv" }, id);

    expect(await run()).toMatchObject({ outcome: "poisoned" });
    expect(await icuOf(server, id)).toMatchObject({ staffed: 12, occupied: 9 });
    expect((await readdir(join(folder, "taken"))).sort()).toEqual(["a.csv", "b.csv"]);
    expect(await readdir(join(folder, "refused"))).toEqual(["c.csv"]);
    expect((await readdir(folder)).sort()).toEqual(["d.csv.part", "link.csv", "refused", "taken"]);
  } finally {
    await rm(base, { recursive: true });
  }
});

test("a folder outside of what the operator set aside is not read", async () => {
  const base = await mkdtemp(join(tmpdir(), "ihims-folder-"));
  try {
    await using server = await testServer({ feeds: { allow: [], folder: base } });
    const { id } = await server.aFacility();
    const run = await feedOf(server, { kind: "folder", folder: "..", pattern: "*" }, id);
    expect(await run()).toMatchObject({ outcome: "failed", error: expect.stringContaining("not below") });
  } finally {
    await rm(base, { recursive: true });
  }
});

/** A bed as a hospital's FHIR server tells of it. */
function bed(name: string, operationalStatus: string) {
  return {
    resource: {
      resourceType: "Location",
      id: name,
      meta: { lastUpdated: at("11:30") },
      status: "active",
      operationalStatus: { code: operationalStatus },
      physicalType: { coding: [{ code: "bd" }] },
      type: [{ coding: [{ code: "ICU" }] }],
      partOf: { reference: "Location/ward-3", display: "Ward 3" },
    },
  };
}

function answerJson(response: ServerResponse, body: object): void {
  response.setHeader("content-type", "application/fhir+json").end(JSON.stringify(body));
}

const BEDS_MAPPING = {
  language: 1,
  title: "Beds of a FHIR server",
  format: { kind: "ndjson" },
  observedAt: { date: "at" },
  parts: [
    {
      observations: [
        {
          kind: "bed",
          type: { field: "type", list: { ICU: "icu" } },
          staffed: "staffed",
          occupied: "occupied",
          blocked: "blocked",
        },
      ],
    },
  ],
};

test("a FHIR server's beds are counted over all its pages, by their status", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  await using peer = await startPeer((request, response) => {
    const isSecond = request.url?.includes("page=2") === true;
    answerJson(response, {
      resourceType: "Bundle",
      type: "searchset",
      entry: isSecond ? [bed("4", "K"), bed("5", "C")] : [bed("1", "O"), bed("2", "O"), bed("3", "U")],
      link: isSecond ? [] : [{ relation: "next", url: "/fhir?page=2" }],
    });
  });
  const { id } = await server.aFacility();
  const url = new URL("/fhir", peer.url).href;
  const source = { kind: "fhir", url, read: "beds", search: "", since: false, auth: "none" } as const;
  const run = await feedOf(server, source, id, BEDS_MAPPING);
  expect(await run()).toMatchObject({ outcome: "applied" });
  expect(await icuOf(server, id)).toMatchObject({ staffed: 4, occupied: 2, blocked: 1, free: 1 });
});

test("a FHIR server whose next page is elsewhere is not followed there", async () => {
  await using server = await testServer({ feeds: ALLOW_LOOPBACK });
  await using peer = await startPeer((_request, response) =>
    answerJson(response, {
      resourceType: "Bundle",
      entry: [bed("1", "O")],
      link: [{ relation: "next", url: "http://127.0.0.1:9/fhir" }],
    }),
  );
  const { id } = await server.aFacility();
  const source = {
    kind: "fhir",
    url: peer.url,
    read: "beds",
    search: "",
    since: false,
    auth: "none",
  } as const;
  const run = await feedOf(server, source, id, BEDS_MAPPING);
  expect(await run()).toMatchObject({ outcome: "failed", error: expect.stringContaining("another server") });
});

test("what one city publishes as SANER reports another reads by a mapping", async () => {
  await using theirs = await testServer();
  const there = await theirs.aFacility({ name: "Riverside Hospital" });
  const machine = await theirs.machineOf(there.id);
  await machine.call(reportBeds, {
    params: { id: there.id, type: "icu" },
    body: { staffed: 12, occupied: 7, blocked: 1 },
  });
  await using ours = await testServer({ feeds: ALLOW_LOOPBACK });
  const here = await ours.aFacility({ name: "Riverside Hospital" });
  const url = `${(await theirs.url()).replace("localhost", "127.0.0.1")}/fhir/R4`;
  const source = {
    kind: "fhir",
    url,
    read: "measure-reports",
    search: "",
    since: false,
    auth: "none",
  } as const;
  const run = await feedOf(ours, source, null, {
    language: 1,
    title: "Another city's beds",
    format: { kind: "ndjson" },
    facility: { name: "reporterName" },
    observedAt: { date: "at" },
    parts: [
      {
        observations: [
          {
            kind: "bed",
            type: { field: "type" },
            staffed: "staffed",
            occupied: "occupied",
            blocked: "blocked",
          },
        ],
      },
    ],
  });
  expect(await run()).toMatchObject({ outcome: "applied", error: null, reasons: [] });
  expect(await icuOf(ours, here.id)).toMatchObject({ staffed: 12, occupied: 7, blocked: 1 });
});
