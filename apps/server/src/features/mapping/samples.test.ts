import { readFile, readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { Mapping } from "@ihims/connectors/mapping/schema.ts";
import { instantOf } from "@ihims/core/time.ts";
import { sourceOfFile } from "./source.ts";
import { linesIn } from "./testing/lines.ts";

/**
 * Files in the style of what authorities publish, made up for this purpose, each with the mapping
 * that reads it (`.mapping.json`) and what is to become of every record (`.expected.txt`).
 */
const SAMPLES = resolve(import.meta.dirname, "../../../../../packages/connectors/src/mapping/samples");
const OPTIONS = {
  fetchedAt: instantOf(Date.parse("2026-03-12T10:00:00Z")),
  timeZone: "Asia/Kolkata",
  countryCode: "IN",
};

const files = await readdir(SAMPLES);
const names = files.flatMap((file) => /^(.*)\.mapping\.json$/u.exec(file)?.[1] ?? []);

test.for(names)("the sample %s becomes what its mapping says", async (name) => {
  const file = files.find(
    (one) => one.startsWith(`${name}.`) && !/\.(mapping\.json|expected\.txt)$/u.test(one),
  );
  const mapping = Mapping.parse(JSON.parse(await readFile(resolve(SAMPLES, `${name}.mapping.json`), "utf8")));
  const lines = await linesIn(await sourceOfFile(resolve(SAMPLES, file ?? "")), mapping, OPTIONS);
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(resolve(SAMPLES, `${name}.expected.txt`));
});
