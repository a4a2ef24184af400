import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { expect, test, vi } from "vitest";
import { testServer, type TestServer } from "../../testing/server.ts";
import { addImportCommands } from "./command.ts";

/** Run `ihims import ...` on a file with this content, in place of FILE; what it printed on each stream. */
async function run(
  server: TestServer,
  args: string,
  content = "",
): Promise<{ out: string; err: string; failure: string | undefined }> {
  const folder = await mkdtemp(join(tmpdir(), "ihims-import-"));
  const file = join(folder, "list.csv");
  await writeFile(file, content);
  const out = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const err = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const program = new Command("ihims").exitOverride();
  addImportCommands(program, (work) => work(server.ctx));
  let failure: string | undefined;
  try {
    await program.parseAsync(["import", ...args.split(" ").map((word) => (word === "FILE" ? file : word))], {
      from: "user",
    });
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  const texts = [out, err].map((spy) => spy.mock.calls.map(([text]) => String(text)).join(""));
  out.mockRestore();
  err.mockRestore();
  await rm(folder, { recursive: true });
  return { out: texts[0] ?? "", err: texts[1] ?? "", failure };
}

const LIST = "name,lat,lon\nSai Hospital,18.5,73.8\nHill Clinic,18.51,73.81\nNowhere Hospital,,73.8\n";

test("a list is imported, each skipped row named on a line of its own, with a table by kind", async () => {
  await using server = await testServer();
  const { out, err, failure } = await run(server, "facilities FILE", LIST);
  expect(failure).toBeUndefined();
  expect(err).toBe(
    'Columns: name=name,lat=lat,lon=lon\nskipped: line 4 "Nowhere Hospital": lat is missing\n',
  );
  expect(out).toMatch(
    /^(clinic +1\nhospital +1|hospital +1\nclinic +1)\nlist\.csv: 2 created, 0 updated, 0 unchanged, 1 skipped, of 3 read\n$/,
  );
});

test("the report is one line of JSON where that is asked for", async () => {
  await using server = await testServer();
  const { out, err } = await run(server, "facilities FILE --json --dry-run", LIST);
  expect(JSON.parse(out)).toMatchObject({
    dryRun: true,
    read: 3,
    created: 2,
    skipped: [{ place: "line 4" }],
  });
  expect(err).toBe("");
});

test.for([
  [
    "facilities FILE",
    "name,lat,lon\nNowhere Hospital,,73.8\n",
    /^nothing of list\.csv could be taken in: lat is missing/,
  ],
  ["facilities FILE", "name,lat,lon\n", /^list\.csv has no healthcare facility in it/],
  ["facilities FILE", "", /^list\.csv cannot be read: it is empty/],
  ["facilities FILE --map nome=name", LIST, /"nome=name" is not field=column/],
  ["facilities FILE --kind bakery", LIST, /Kinds are hospital, clinic/],
  ["osm FILE", LIST, /is not an OpenStreetMap file/],
  ["osm /nowhere/city.osm", "", /there is no such file/],
  ["matches --same one", "", /"one" is not two ids as A=B/],
] as const)("%s of %j fails with one line", async ([args, content, problem]) => {
  await using server = await testServer();
  expect((await run(server, args, content)).failure).toMatch(problem);
});

test("a pair that looks alike is listed until somebody decides", async () => {
  await using server = await testServer();
  await run(
    server,
    "facilities FILE",
    "name,lat,lon,address\nManasa Hospital,18.5,73.8,Bagalur\nManasa Hospital,18.5,73.8,Vijayanagara\n",
  );
  const listed = (await run(server, "matches")).out;
  const [pair = ""] = listed.split(" ");
  expect(listed).toMatch(/^\w+=\w+ {2}names 100 % alike, 0 m apart\n$/);
  expect((await run(server, `matches --different ${pair}`)).out).toBe("Nothing to decide\n");
});
