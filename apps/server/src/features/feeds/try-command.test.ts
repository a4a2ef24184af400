import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Mapping } from "@ihims/connectors/mapping/schema.ts";

const IHIMS = resolve(import.meta.dirname, "../../../bin/ihims.mjs");
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(resolve(tmpdir(), "ihims-try-"));
  await writeFile(
    resolve(folder, "beds.csv"),
    "Hospital Name,Total ICU,Vacant ICU\nA Hospital,10,4\nB Hospital,full,1\nTotal,10,5\n",
  );
  await writeFile(resolve(folder, "page.csv"), "<!doctype html><html>Error</html>");
  await writeFile(
    resolve(folder, "wrong.json"),
    '{"language": 1, "title": "x", "format": {"kind": "pdf"}, "parts": []}',
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ out: string; err: string; code: number }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [IHIMS, "feed", ...args], {
      cwd: folder,
    });
    return { out: stdout, err: stderr, code: 0 };
  } catch (error) {
    const {
      stdout = "",
      stderr = "",
      code = 1,
    } = error as { stdout?: string; stderr?: string; code?: number }; // execFile throws the result.
    return { out: stdout, err: stderr, code };
  }
}

test("a file without a mapping is tried with the one that it suggests", async () => {
  const { out, code } = await run("try", "beds.csv");
  expect(code).toBe(0);
  expect(out).toContain("1 observations, 2 facilities told of, 1 refused, 1 records left out");
  expect(out).toContain("line 2: A Hospital: bed:icu staffed 10, occupied 6");
  expect(out).toContain('1 x not-a-number, first line 3: Total ICU "full" is no number');
});

test("what is suggested can be saved and tried again, and reported as JSON", async () => {
  const { out } = await run("suggest", "beds.csv");
  expect(Mapping.safeParse(JSON.parse(out)).success).toBe(true);
  await writeFile(resolve(folder, "beds.mapping.json"), out);
  const again = await run("try", "beds.csv", "--mapping", "beds.mapping.json", "--json");
  expect(JSON.parse(again.out)).toMatchObject({ counts: { observation: 1, refused: 1, skipped: 1 } });
});

test("what cannot be tried is said in one line", async () => {
  expect(await run("try", "none.csv")).toMatchObject({
    code: 1,
    err: "ihims: none.csv: there is no such file\n",
  });
  expect((await run("try", "page.csv")).err).toBe(
    "ihims: page.csv: nothing in it was understood; docs/mapping.md shows how a mapping is written\n",
  );
  expect((await run("try", "beds.csv", "--mapping", "wrong.json")).err).toMatch(
    /^ihims: wrong\.json is no mapping: format\.kind: .*; parts: .*\n$/u,
  );
});
