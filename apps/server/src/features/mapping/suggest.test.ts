import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { instantOf } from "@ihims/core/time.ts";
import { mapSource, sourceOfBytes, sourceOfFile, suggestFor } from "./mapping.ts";

const SAMPLES = resolve(import.meta.dirname, "../../../../../packages/connectors/src/mapping/samples");
const OPTIONS = {
  fetchedAt: instantOf(Date.parse("2026-03-12T10:00:00Z")),
  timeZone: "Asia/Kolkata",
  countryCode: "IN",
};

async function suggested(text: string) {
  const suggestion = await suggestFor(sourceOfBytes(new TextEncoder().encode(text), "sample"));
  return suggestion?.mapping;
}

test.for([
  [
    "keyed-by-name",
    {
      facility: { name: "$key" },
      parts: [
        { observations: [{ type: "general", staffed: "total" }] },
        { observations: [{ type: "icu" }] },
        { observations: [{ type: "ventilator" }] },
      ],
    },
  ],
  [
    "nested",
    {
      records: { path: "result" },
      facility: { name: "Name", locality: "District.Name" },
      observedAt: { style: "epoch-seconds" },
    },
  ],
  [
    "lists-side-by-side",
    {
      records: { columnar: true },
      facility: { name: "hospital_name" },
      observedAt: { style: "epoch-milliseconds" },
    },
  ],
  [
    "marathi",
    {
      facility: { name: "रुग्णालयाचे नाव" },
      parts: [{ observations: [{ type: "oxygen", vacant: "रिक्त ऑक्सिजन खाटा" }, { type: "ventilator" }] }],
    },
  ],
  [
    "two-row-header",
    {
      records: { header: { rows: 2 } },
      parts: [
        {
          observations: [
            { type: "general", staffed: "COVID Beds Allocated Gen" },
            { type: "hdu" },
            { type: "icu" },
          ],
        },
      ],
    },
  ],
  [
    "blood-wide",
    { facility: { name: "Blood Bank" }, observedAt: { date: "Date", time: "Time", style: "infer" } },
  ],
  [
    "blood-in-a-cell",
    {
      records: { path: "data" },
      parts: [{ observations: [{ each: { cell: { html: true } }, observations: [{ kind: "blood" }] }] }],
    },
  ],
  [
    "stock",
    {
      parts: [
        {
          gather: "sum",
          observations: [
            { kind: "medicine", name: "Product Name", quantity: "Avl Qty", price: "MRP", batch: "Batch No" },
          ],
        },
      ],
    },
  ],
  [
    "long-table",
    { parts: [{ fill: ["Spital", "Art"], gather: "layers", observations: [{ type: { field: "Art" } }] }] },
  ],
  [
    "attributes",
    {
      facility: { name: "$parent.Name" },
      parts: [{ observations: [{ type: { field: "@type" }, staffed: "@total", vacant: "@free" }] }],
    },
  ],
  ["weekly-averages", { absent: ["-999999"], facility: { ids: [{ value: "hospital_pk" }] } }],
] as const)("of the sample %s the essentials are understood", async ([name, expected]) => {
  const file = (await readdir(SAMPLES)).find(
    (one) => one.startsWith(`${name}.`) && !/\.(mapping\.json|expected\.txt)$/u.test(one),
  );
  const suggestion = await suggestFor(await sourceOfFile(resolve(SAMPLES, file ?? "")));
  expect(suggestion?.mapping).toMatchObject(expected);
  for (const { reason } of suggestion?.findings ?? []) expect(reason).not.toBe("");
});

test("sums tell which column is which", async () => {
  const rows = [
    [10, 6, 4],
    [20, 15, 5],
    [7, 7, 0],
  ].map((row) => `H${row[0]} Hospital,${row.join(",")}`);
  const mapping = await suggested(`Hospital Name,ICU beds,ICU occupied,ICU vacant\n${rows.join("\n")}\n`);
  expect(mapping?.parts[0]?.observations).toEqual([
    { kind: "bed", type: "icu", staffed: "ICU beds", occupied: "ICU occupied", vacant: "ICU vacant" },
  ]);
});

test('"available" that is never less than "occupied" is all beds, not the free ones', async () => {
  const rows = Array.from(
    { length: 8 },
    (_, at) => `Trust ${"ABCDEFGH"[at] ?? ""} Hospital,${100 + at},${90 + at}`,
  );
  const mapping = await suggested(`Hospital Name,G&A beds available,G&A beds occupied\n${rows.join("\n")}\n`);
  expect(mapping?.parts[0]?.observations).toEqual([
    { kind: "bed", type: "general", occupied: "G&A beds occupied", staffed: "G&A beds available" },
  ]);
});

test("what is not understood is named, and nothing is made of a file of other things", async () => {
  const suggestion = await suggestFor(
    sourceOfBytes(Buffer.from("Hospital Name,Total ICU,Zorb\nA Hospital,1,x\nB Hospital,2,y\n")),
  );
  expect(suggestion?.remarks).toEqual([{ field: "Zorb", reason: "names nothing that is known" }]);
  expect(await suggested("animal,legs\ncat,4\nbird,2\n")).toBeUndefined();
});

const TYPES = ["ICU", "HDU", "Oxygen beds", "General ward", "Ventilator", "NICU"];
const table = fc.record({
  types: fc.uniqueArray(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 4 }),
  layers: fc.constantFrom(["Total", "Occupied"], ["Total", "Vacant"], ["Total", "Occupied", "Available"]),
  hospitals: fc.uniqueArray(fc.stringMatching(/^[A-Z][a-z]{3,9} (Hospital|Clinic)$/u), {
    minLength: 2,
    maxLength: 9,
  }),
  seed: fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { minLength: 36, maxLength: 36 }),
  isNested: fc.boolean(),
});

test("a mapping that is suggested refuses nothing of its own sample, and takes every count", async () => {
  await fc.assert(
    fc.asyncProperty(table, async ({ types, layers, hospitals, seed, isNested }) => {
      const rows = hospitals.map((hospital, at) => {
        const cells = types.flatMap((type, kind) => {
          const [occupied, vacant] = seed[(at * 4 + kind) % seed.length] ?? [0, 0];
          const counts: Record<string, number> = {
            Total: occupied + vacant,
            Occupied: occupied,
            Vacant: vacant,
            Available: vacant,
          };
          return layers.map((layer) => [`${layer} ${type}`, counts[layer]] as const);
        });
        return {
          "Hospital Name": hospital,
          ...Object.fromEntries(cells),
          "Last Updated": `1${at}/03/2026 09:30`,
        };
      });
      const csv = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]
        .map((row) => row.join(","))
        .join("\n");
      const text = isNested ? JSON.stringify({ status: "ok", data: { hospitals: rows } }) : csv;
      const source = sourceOfBytes(new TextEncoder().encode(text), "sample");
      const suggestion = await suggestFor(source);
      if (!suggestion) throw new Error(`nothing was understood of ${text.slice(0, 300)}`);
      const counts = { observation: 0, facility: 0, refused: 0, skipped: 0 };
      for await (const line of mapSource(source, suggestion.mapping, OPTIONS)) counts[line.kind] += 1;
      expect(counts).toEqual({
        observation: types.length * hospitals.length,
        facility: hospitals.length,
        refused: 0,
        skipped: 0,
      });
    }),
    { numRuns: 40 },
  );
});
