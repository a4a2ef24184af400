import { findBlood } from "@ihims/core/blood/endpoints.ts";
import { expect, test } from "vitest";
import { at, testServer } from "../../testing/server.ts";
import { importBlood } from "./import.ts";

const LIST = `Blood bank;Blood group;Component;Units;Observed at
City Bank;B Positive;PRBC;4;
City Bank;O-;Platelets;2;2026-03-01T16:00:00+05:30
Twin Bank;O-;PRBC;2;
Nobody;O-;PRBC;2;
City Bank;Q;PRBC;2;
City Bank;A+;juice;2;
City Bank;A+;FFP;-3;
City Bank;AB+;FFP;3;yesterday
City Bank;AB-;FFP;3;2026-03-02T12:00:00Z
`;

test("a list of blood is taken in line by line; what cannot be read is named and put aside", async () => {
  await using server = await testServer({ now: at("12:00") });
  await server.aFacility({ name: "City Bank", kind: "blood-bank" });
  for (let n = 0; n < 2; n += 1) await server.aFacility({ name: "Twin Bank", kind: "blood-bank" });
  expect((await importBlood(server.ctx, LIST, { dryRun: true })).changed).toBe(0);
  const report = await importBlood(server.ctx, LIST, { dryRun: false });
  expect(report).toMatchObject({ read: 9, changed: 2 });
  expect(report.rejects.map(({ place, reason }) => `${place} ${reason.split(":")[0]}`)).toEqual([
    "line 4 facility",
    "line 5 facility",
    "line 6 group",
    "line 7 component",
    "line 8 units",
    "line 9 observedAt",
    "line 10 observedAt is ahead of our clock",
  ]);
  const { items } = await server.anybody.call(findBlood, { query: { group: "B+" } });
  expect(items.map(({ units, figure }) => [units, figure.source])).toEqual([[4, "file"]]);
  expect(await importBlood(server.ctx, LIST, { dryRun: false })).toMatchObject({ changed: 0 });
});

test("a file without a column that is needed is refused, and the column named", async () => {
  await using server = await testServer();
  await expect(importBlood(server.ctx, "bank,group\nA,O-\n", { dryRun: false })).rejects.toThrow(
    "no column component",
  );
  await expect(importBlood(server.ctx, "", { dryRun: false })).rejects.toThrow("empty");
});
