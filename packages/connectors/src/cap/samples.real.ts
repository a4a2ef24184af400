import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { validatorOf } from "../xml/testing/validate.ts";
import { readCap } from "./read.ts";
import { writeCap } from "./write.ts";

const DATA = process.env["IHIMS_REAL_DATA"] ?? "../shared/data";
const wrongIn = validatorOf(new URL("testing/cap-1.2.xsd", import.meta.url));

function sample(name: string) {
  const read = readCap(readFileSync(`${DATA}/cap/${name}.cap`, "utf8"));
  if (!read.ok || read.kind !== "alerts" || !read.alerts[0]) throw new Error("no alert");
  return read.alerts[0];
}

test.each(["australia", "canada", "earthquake", "no_optional_fields", "weather"])(
  "%s is read whole, and leaves as valid CAP 1.2 that says the same",
  (name) => {
    const read = sample(name);
    if (!read.ok) throw new Error(read.problem);
    const text = writeCap(read.alert);
    expect(wrongIn(text)).toBeUndefined();
    expect(readCap(text)).toMatchObject({ alerts: [{ ok: true, alert: read.alert }] });
  },
);

test("the invalid one is refused with the reason", () => {
  expect(sample("invalid")).toMatchObject({ ok: false, identifier: "12345", problem: "scope is missing" });
});

test("an update says what it replaces", () => {
  const read = sample("canada");
  expect(read.ok && read.alert.references.map(({ identifier }) => identifier)).toEqual([
    "2.49.0.1.124.a3f342a4.2012",
    "2.49.0.1.124.60f31a3a.2012",
  ]);
});
