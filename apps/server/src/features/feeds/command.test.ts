import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { expect, test, vi } from "vitest";
import { getBeds } from "@ihims/core/observations/endpoints.ts";
import { testServer, type TestServer } from "../../testing/server.ts";
import { addFeedCommands } from "./command.ts";
import { ALLOW_LOOPBACK, CITY_MAPPING, startPeer } from "./testing/peer.ts";

/** `ihims feed ...` of an operator at the machine; what it printed. */
async function ihims(server: TestServer, ...args: string[]): Promise<string> {
  const program = new Command();
  addFeedCommands(program, (work) => work(server.ctx, server.app.feeds));
  const printed: string[] = [];
  const out = vi.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0);
  try {
    await program.parseAsync(["feed", ...args], { from: "user" });
  } finally {
    out.mockRestore();
  }
  return printed.join("");
}

test("an operator makes, tries, runs, stops and starts a feed, and says who is meant", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ihims-feed-command-"));
  try {
    await using server = await testServer({ feeds: ALLOW_LOOPBACK });
    await using peer = await startPeer("hospital,total,occupied,seen\nThe Old Mill,12,8,2026-03-01 17:00\n");
    const { id: facility } = await server.aFacility({ name: "Riverside Hospital" });
    const feed = {
      name: "City beds",
      facility: null,
      schedule: { cron: "*/5 * * * *" },
      usualIntervalS: 300,
    };
    const file = join(folder, "feed.json");
    const mapping = join(folder, "mapping.json");
    await writeFile(file, JSON.stringify({ ...feed, source: { kind: "http", url: peer.url } }));
    await writeFile(mapping, JSON.stringify(CITY_MAPPING));

    const id = (await ihims(server, "add", file, "--mapping", mapping)).split(" ")[0] ?? "";
    expect(await ihims(server, "list")).toContain(`${id}  http  on  City beds, never run`);
    expect(await ihims(server, "test", id)).toContain("1 records, 1 observations");
    expect(await ihims(server, "run", id)).toContain("1 read, 0 applied");
    const waiting = await ihims(server, "matches", id);
    expect(waiting).toContain("The Old Mill");
    const match = waiting.split(" ")[0] ?? "";
    expect(await ihims(server, "decide", id, match, facility)).toContain("1 figures recorded");
    const { value } = await server.anybody.call(getBeds, { params: { id: facility, type: "icu" } });
    expect(value).toMatchObject({ staffed: 12, occupied: 8 });

    expect(await ihims(server, "stop", id, "--reason", "moves house")).toContain("stopped (moves house)");
    await expect(ihims(server, "run", id)).rejects.toThrow("stopped");
    expect(await ihims(server, "start", id)).toContain("  on  ");
    expect(await ihims(server, "log", id)).toContain("1 read, 0 applied");
    expect(JSON.parse(await ihims(server, "show", id))).toMatchObject({
      name: "City beds",
      mapping: { title: CITY_MAPPING.title },
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a feed's file that is wrong names each place", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ihims-feed-command-"));
  try {
    await using server = await testServer();
    const file = join(folder, "feed.json");
    await writeFile(file, JSON.stringify({ name: "x", source: { kind: "carrier-pigeon" } }));
    await expect(ihims(server, "add", file)).rejects.toThrow(/source.*|usualIntervalS/);
    await expect(ihims(server, "add", join(folder, "none.json"))).rejects.toThrow("cannot be read");
  } finally {
    await rm(folder, { recursive: true });
  }
});
