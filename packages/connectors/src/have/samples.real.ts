import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { figuresToldBy } from "./facility.ts";
import { readHave } from "./read.ts";

const DATA = process.env["IHIMS_REAL_DATA"] ?? "../shared/data";

test("a public sample inside of an EDXL-DE envelope is read whole", () => {
  const read = readHave(readFileSync(`${DATA}/have/EDXL-HAVE1.xml`, "utf8"));
  if (!read.ok) throw new Error(read.problem);
  expect(read.version).toBe("1.0");
  const [first, second] = read.hospitals;
  if (!first?.ok || !second?.ok) throw new Error("a hospital was not read");
  expect([first.notes, second.notes]).toEqual([[], []]);
  expect(first.hospital.organization).toMatchObject({
    name: "Hospital 1",
    position: { lat: 45.256, lon: -71.92 },
  });
  expect(first.hospital.lastUpdateTime).toBe("2010-11-11T19:59:12.390Z");
  expect(figuresToldBy(first.hospital).figures[0]).toMatchObject({
    subject: "bed:burns",
    value: { staffed: 100, occupied: 0 },
  });
  expect(figuresToldBy(second.hospital).figures).toEqual([]);
});
