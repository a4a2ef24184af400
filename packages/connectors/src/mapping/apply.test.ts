import fc from "fast-check";
import { expect, test } from "vitest";
import { instantOf } from "@ihims/core/time.ts";
import { applyMapping } from "./apply.ts";
import type { MappedLine, RefusedLine } from "./line.ts";
import type { SourceRecord } from "./record.ts";
import { Mapping, type MappingText } from "./schema.ts";

const OPTIONS = {
  fetchedAt: instantOf(Date.parse("2026-03-12T10:00:00Z")),
  timeZone: "Asia/Kolkata",
  countryCode: "IN",
};

function recordsOf(rows: readonly Record<string, unknown>[], isTable = true): SourceRecord[] {
  const columns = Object.keys(rows[0] ?? {});
  const page = { file: "beds.csv", sheet: null, above: "", ...(isTable && { columns }) };
  return rows.map((fields, at) => ({ number: at + 1, place: `line ${at + 2}`, fields, page }));
}

async function linesOf(
  part: MappingText["parts"][number],
  rows: readonly Record<string, unknown>[],
  more: Partial<MappingText> = {},
  isTable = true,
): Promise<MappedLine[]> {
  const mapping = Mapping.parse({
    language: 1,
    title: "test",
    format: { kind: "csv" },
    facility: { name: "h" },
    parts: [part],
    ...more,
  });
  const lines: MappedLine[] = [];
  for await (const line of applyMapping(mapping, () => recordsOf(rows, isTable), OPTIONS)) lines.push(line);
  return lines;
}

/** The values that come of a part, or the codes of refusals. */
async function check(
  part: MappingText["parts"][number],
  rows: readonly Record<string, unknown>[],
  more: Partial<MappingText> = {},
): Promise<unknown[]> {
  return (await linesOf(part, rows, more)).map((line) =>
    line.kind === "observation" ? line.value : line.kind === "refused" ? line.code : line.kind,
  );
}

const BEDS = {
  kind: "bed",
  type: "icu",
  staffed: "all",
  occupied: "used",
  vacant: "free",
  blocked: "shut",
} as const;

test.for([
  [
    { all: "10", used: "6", free: "4", shut: "" },
    { staffed: 10, occupied: 6 },
  ],
  [
    { all: "10", used: "", free: "4", shut: "" },
    { staffed: 10, occupied: 6 },
  ],
  [
    { all: "10", used: "", free: "4", shut: "1" },
    { staffed: 10, occupied: 5, blocked: 1 },
  ],
  [
    { all: "", used: "6", free: "4", shut: "1" },
    { staffed: 11, occupied: 6, blocked: 1 },
  ],
  [
    { all: "10", used: "12", free: "0", shut: "" },
    { staffed: 10, occupied: 12 },
  ],
  [{ all: "10", used: "", free: "11", shut: "" }, "does-not-add-up"],
  [{ all: "", used: "", free: "4", shut: "" }, "impossible"],
  [{ all: "", used: "", free: "", shut: "" }, "skipped"],
  [{ all: "10", used: "six", free: "", shut: "" }, "not-a-number"],
  [{ all: "99999", used: "1", free: "", shut: "" }, "out-of-range"],
] as const)("beds %j become %j", async ([row, expected]) => {
  expect(await check({ observations: [BEDS] }, [{ h: "A", ...row }])).toEqual([expected]);
});

test("parts that do not add up are taken with a question", async () => {
  const lines = await linesOf({ observations: [BEDS] }, [
    { h: "A", all: "10", used: "6", free: "5", shut: "" },
  ]);
  expect(lines).toMatchObject([
    { kind: "observation", questions: ["vacant is 5, but staffed 10 - occupied 6 is 4"] },
  ]);
});

test("free beds alone are counted as all there are only where the mapping says so", async () => {
  const lines = await linesOf(
    { observations: [{ kind: "bed", type: "icu", vacant: "free", vacantAlone: "count-as-staffed" }] },
    [{ h: "A", free: "3" }],
  );
  expect(lines).toMatchObject([
    { value: { staffed: 3, occupied: 0 }, questions: [expect.stringContaining("only the free beds")] },
  ]);
});

test("a column that is not there refuses, and names the columns that are", async () => {
  const lines = await linesOf({ observations: [{ kind: "bed", type: "icu", staffed: "ICU" }] }, [
    { h: "A", icus: "3" },
  ]);
  expect(lines).toMatchObject([
    { code: "no-such-field", field: "ICU", reason: "is no column of it: columns are h, icus" },
  ]);
});

test("a field that no record of a tree has is told once", async () => {
  const lines = await linesOf(
    { observations: [{ kind: "bed", type: "icu", staffed: "beds.icu" }] },
    [{ h: "A" }, { h: "B" }],
    {},
    false,
  );
  expect(lines.filter(({ kind }) => kind === "refused")).toMatchObject([
    { field: "beds.icu", place: "the whole file" },
  ]);
});

test("dates as columns and hospitals as columns become records", async () => {
  const lines = await linesOf(
    {
      each: [{ columns: "(?P<date>\\d+ \\w+ \\d+) (?P<field>all|used)" }],
      observations: [{ kind: "bed", type: "icu", staffed: "all", occupied: "used" }],
      observedAt: { date: "date" },
    },
    [{ h: "A", "1 Mar 2026 all": 5, "1 Mar 2026 used": 4, "2 Mar 2026 all": 5, "2 Mar 2026 used": 5 }],
  );
  expect(
    lines.map((line) => line.kind === "observation" && [line.observedAt.slice(0, 10), line.value]),
  ).toEqual([
    ["2026-02-28", { staffed: 5, occupied: 4 }],
    ["2026-03-01", { staffed: 5, occupied: 5 }],
  ]);
  const pivoted = await linesOf(
    {
      each: [{ columns: "(?P<hospital>.* Hospital)" }],
      facility: { name: "hospital" },
      gather: "layers",
      observations: [{ kind: "bed", type: "icu", layer: { name: { field: "what" }, value: "value" } }],
    },
    [
      { what: "Total", "A Hospital": 4, "B Hospital": 2 },
      { what: "Vacant", "A Hospital": 1, "B Hospital": 0 },
    ],
  );
  expect(pivoted).toMatchObject([
    { facility: { name: "A Hospital" }, value: { staffed: 4, occupied: 3 } },
    { facility: { name: "B Hospital" }, value: { staffed: 2, occupied: 2 } },
  ]);
});

test("headings, empty cells that mean as above, and an end are read as people read them", async () => {
  const lines = await linesOf(
    {
      headings: { where: [{ cell: "n", present: false }], field: "h", as: "zone" },
      fill: ["kind"],
      facility: { name: "h", locality: "zone" },
      observations: [{ kind: "bed", type: { field: "kind" }, staffed: "n" }],
    },
    [
      { h: "North", kind: "", n: "" },
      { h: "A", kind: "ICU", n: "1" },
      { h: "B", kind: "", n: "2" },
      { h: "Notes", kind: "", n: "9" },
    ],
    { records: { until: [{ cell: "h", is: ["notes"] }] } },
  );
  expect(lines).toMatchObject([
    { kind: "skipped" },
    { facility: { name: "A", locality: "North" }, subject: { subject: "bed:icu" } },
    { facility: { name: "B", locality: "North" }, subject: { subject: "bed:icu" }, value: { staffed: 2 } },
  ]);
});

test("the order of a date is inferred from the whole column, and refused when nothing tells it", async () => {
  const part = {
    observedAt: { date: "d", style: "infer" as const },
    observations: [{ kind: "bed" as const, type: "icu" as const, staffed: "n" }],
  };
  const days = async (dates: string[]) =>
    (
      await linesOf(
        part,
        dates.map((d) => ({ h: "A", d, n: 1 })),
      )
    ).map((line) =>
      line.kind === "observation"
        ? new Date(line.observedAt).toLocaleDateString("sv-SE", { timeZone: "Asia/Kolkata" })
        : line.kind === "refused" && line.code,
    );
  expect(await days(["05/04/2026", "13/04/2026"])).toEqual(["2026-04-05", "2026-04-13"]);
  expect(await days(["05/04/2026", "04/13/2026"])).toEqual(["2026-05-04", "2026-04-13"]);
  expect(await days(["05/04/2026", "06/04/2026"])).toEqual(["ambiguous-date", "ambiguous-date"]);
  expect(await days(["05/04/2026", "13/04/2026", "04/13/2026"])).toEqual([
    "ambiguous-date",
    "2026-04-13",
    "2026-04-13",
  ]);
});

test("factors, percentages and rounding are done where they are declared", async () => {
  const beds = (staffed: object) =>
    check({ observations: [{ kind: "bed", type: "icu", staffed: { field: "n", ...staffed } }] }, [
      { h: "A", n: "87%", whole: "60", m: "30", pack: "10" },
    ]);
  expect(await beds({ percentOf: "whole", round: "nearest" })).toEqual([{ staffed: 52 }]);
  expect(await beds({})).toEqual(["not-a-number"]);
  const packs = (quantity: object) =>
    check({ observations: [{ kind: "medicine", name: "h", quantity: { field: "m", ...quantity } }] }, [
      { h: "A", m: "35", pack: "10" },
    ]);
  expect(await packs({ divideBy: "pack", round: "down" })).toEqual([{ quantity: 3 }]);
  expect(await packs({ divideBy: "pack" })).toEqual(["not-whole"]);
  expect(await packs({ times: 2 })).toEqual([{ quantity: 70 }]);
});

test.for([
  ["a loop without end", "($f := function($n){ $f($n + 1) }; $f(0))"],
  ["a sequence without bounds", "[1..9999999].($ * 2)"],
  ["padding without bounds", "$pad('x', 900000000)"],
  ["text of programs", "$eval('1')"],
  ["nothing of the kind", "$nosuch(1)"],
])("an expression with %s refuses its record, in bounded time", async ([, expression = ""]) => {
  const began = performance.now();
  expect(
    await check({ observations: [{ kind: "bed", type: "icu", staffed: { expression } }] }, [{ h: "A" }]),
  ).toEqual(["expression"]);
  expect(performance.now() - began).toBeLessThan(20_000);
});

test("an expression sees no clock and no chance", async () => {
  const one = (expression: string) =>
    check({ observations: [{ kind: "medicine", name: "h", quantity: { expression } }] }, [{ h: "A" }]);
  expect(await one("$millis() % 1000000")).toEqual([{ quantity: Date.parse(OPTIONS.fetchedAt) % 1_000_000 }]);
  expect(await one("$random()")).toEqual(["expression"]);
});

test("a pattern that would hang others does not hang this reader", async () => {
  const text = `${"a".repeat(50_000)}!`;
  const began = performance.now();
  expect(
    await check(
      { observations: [{ kind: "bed", type: "icu", staffed: { field: "n", pattern: "^(a+)+$" } }] },
      [{ h: "A", n: text }],
    ),
  ).toEqual(["pattern"]);
  expect(
    await check(
      {
        observations: [{ kind: "bed", type: "icu", staffed: { expression: "$match(n, /^(a+)+$/) ? 1 : 2" } }],
      },
      [{ h: "A", n: `${"a".repeat(60)}!` }],
    ),
  ).toEqual([{ staffed: 2 }]);
  expect(performance.now() - began).toBeLessThan(20_000);
});

test("a pattern or an expression that is none is refused with the mapping, by its place", () => {
  const wrong = Mapping.safeParse({
    language: 1,
    title: "x",
    format: { kind: "csv" },
    parts: [{ observations: [{ kind: "bed", type: "icu", staffed: { field: "a", pattern: "(a" } }] }],
  });
  expect(wrong.error?.issues.map(({ path }) => path.slice(0, 3).join("."))).toEqual(["parts.0.observations"]);
  const none = {
    language: 1,
    title: "x",
    format: { kind: "csv" },
    parts: [{ where: [{ cell: "a", matches: "(?=x)" }] }],
  };
  expect(Mapping.safeParse(none).error?.issues[0]?.message).toMatch(/^is no pattern of RE2/u);
});

const value = fc.oneof(
  { weight: 3, arbitrary: fc.nat(60).map(String) },
  fc.string({ maxLength: 20 }),
  fc.constantFrom("", "NA", "12 beds", "1,2", "-5", "53 + 4", "87%", null),
  fc.double(),
  fc.anything({ maxDepth: 1 }),
);
const row = fc.record({
  h: fc.oneof(fc.constantFrom("A", "B", ""), value),
  d: fc.oneof(fc.constantFrom("2026-03-12", "05/04/2026", "soon"), value),
  all: value,
  used: value,
  free: value,
  shut: value,
});

test("whatever stands in its cells, a mapping never throws, and every refusal names its place, field and reason", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      fc.constantFrom(undefined, "layers" as const, "sum" as const),
      async (rows, isTable, gather) => {
        const part = {
          ...(gather && { gather }),
          observedAt: { date: "d", style: "infer" as const },
          observations: [BEDS, { kind: "service" as const, service: "oxygen", available: "free" }],
        };
        for (const line of await linesOf(part, rows, {}, isTable)) {
          if (line.kind !== "refused") continue;
          const { place, field, reason }: RefusedLine = line;
          expect([place, field, reason].every((text) => typeof text === "string" && text !== "")).toBe(true);
        }
      },
    ),
    { numRuns: 300 },
  );
});
