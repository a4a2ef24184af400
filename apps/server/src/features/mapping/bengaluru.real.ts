import { resolve } from "node:path";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";
import { expect, test } from "vitest";
import { Mapping } from "@ihims/connectors/mapping/schema.ts";
import { instantOf } from "@ihims/core/time.ts";
import { mapSource, sourceOfFile } from "./mapping.ts";

const DATA = resolve(
  process.env["IHIMS_REAL_DATA"] ?? resolve(import.meta.dirname, "../../../../../../shared/data"),
);
const FILE = resolve(DATA, "beds/bengaluru_hourly_2020-07.csv.gz");
const TYPES = [
  ["general", "general"],
  ["HDU", "hdu"],
  ["ICU", "icu"],
  ["ICU Ventilator", "ventilator"],
] as const;

const MAPPING = Mapping.parse({
  language: 1,
  title: "Bengaluru's hospitals by the hour",
  format: { kind: "csv" },
  facility: { name: "hospital", position: { lat: "lat", lon: "lon" } },
  observedAt: { date: "time" },
  parts: [
    {
      observations: TYPES.map(([column, type]) => ({
        kind: "bed",
        type,
        staffed: `Total ${column}`,
        occupied: `Occupied ${column}`,
        needs: ["staffed", "occupied"],
      })),
    },
  ],
});

test("the city's hourly file becomes by a mapping alone what code makes of it, line by line", async () => {
  const expected: string[] = [];
  let impossible = 0;
  for await (const row of createReadStream(FILE)
    .pipe(createGunzip())
    .pipe(parse({ columns: true }))) {
    const fields = row as Record<string, string>; // csv-parse gives the header's names their texts.
    for (const [column, type] of TYPES) {
      const [staffed = "", occupied = ""] = [fields[`Total ${column}`], fields[`Occupied ${column}`]];
      if (staffed === "" || occupied === "") continue;
      const isCount = [staffed, occupied].every(
        (text) => Number.isInteger(Number(text)) && Number(text) >= 0,
      );
      const at = instantOf(Date.parse(`${(fields["time"] ?? "").replace(" ", "T")}:00+05:30`));
      if (isCount)
        expected.push([fields["hospital"], `bed:${type}`, Number(staffed), Number(occupied), at].join("|"));
      else impossible += 1;
    }
  }
  const found: string[] = [];
  const refused: string[] = [];
  const options = {
    fetchedAt: instantOf(Date.parse("2026-03-12T10:00:00Z")),
    timeZone: "Asia/Kolkata",
    countryCode: "IN",
  };
  for await (const line of mapSource(await sourceOfFile(FILE), MAPPING, options)) {
    if (line.kind === "refused") refused.push(`${line.place} ${line.field ?? ""} ${line.code}`);
    if (line.kind !== "observation" || line.facility.kind !== "named" || line.subject.kind !== "subject")
      continue;
    const { staffed = "", occupied = "" } = line.value as { staffed?: number; occupied?: number }; // The mapping makes beds only.
    found.push([line.facility.name, line.subject.subject, staffed, occupied, line.observedAt].join("|"));
  }
  expect(found.length).toBeGreaterThan(100_000);
  expect(found.toSorted()).toEqual(expected.map((text) => text.replace(/\s+/gu, " ")).toSorted());
  expect(refused).toHaveLength(impossible);
  for (const line of refused)
    expect(line).toMatch(/^lines? [\d-]+ (Total|Occupied) .* (not-whole|negative)$/u);
}, 600_000);
