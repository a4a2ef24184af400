import { resolve } from "node:path";
import { expect, test } from "vitest";
import { listMedicines } from "@ihims/core/medicines/endpoints.ts";
import { testServer } from "../../testing/server.ts";
import { importMedicines } from "./import.ts";

const DATA = resolve(
  process.env["IHIMS_REAL_DATA"] ?? resolve(import.meta.dirname, "../../../../../../shared/data"),
);
const FILE = resolve(DATA, "medicines/nlem_india_2011_by_level.csv");
const OPTIONS = { source: "nlem-2011", currency: "INR", isPublicPharmacy: false, dryRun: false };

test("the national list of essential medicines comes in, and what has slipped is named by its line", async () => {
  await using server = await testServer();
  const report = await importMedicines(server.ctx, FILE, OPTIONS);
  expect(report.read).toBe(890);
  expect(report.columns).toEqual({
    name: "medicine",
    form: "form_or_strength",
    strength: "strength_or_form",
  });
  const reasons = new Map(report.rejects.map(({ place, reason }) => [place, reason]));
  // Headings of the list that slid into the column of forms.
  expect(reasons.get("line 397")).toContain("Added medicines");
  expect(reasons.get("line 399")).toContain("Antioxytocics");
  // Two forms in one row: which strength is of which nobody can know.
  expect(reasons.get("line 373")).toContain("Tablets, Injection");
  // The second half of the file is the first once more.
  const twice = report.rejects.filter(({ reason }) => reason.includes("further up"));
  expect(twice.length).toBeGreaterThan(300);
  expect(report.created).toBeGreaterThan(450);
  const found = await server.anybody.call(listMedicines, { query: { q: "amoxycillin 500 capsule" } });
  expect(found.items[0]).toMatchObject({
    name: "Amoxicillin 500 mg Capsules",
    atc: "J01CA04",
    form: "capsule",
  });
  const again = await importMedicines(server.ctx, FILE, OPTIONS);
  expect(again).toMatchObject({ created: 0, updated: 0, unchanged: report.created });
});
