import { gzipSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { SourceRecord } from "@ihims/connectors/mapping/record.ts";
import type { Format, Records } from "@ihims/connectors/mapping/schema.ts";
import { recordsOf } from "./mapping.ts";
import { sourceOfBytes, type Source } from "./source.ts";
import { readWorkbook } from "./xlsx.ts";
import { aWorkbook } from "./testing/workbook.ts";

async function read(
  content: string | Uint8Array,
  kind: Format["kind"],
  records: Records = {},
  format: Partial<Format> = {},
): Promise<SourceRecord[]> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const found: SourceRecord[] = [];
  for await (const record of recordsOf(sourceOfBytes(bytes, "file"), { kind, ...format })(records))
    found.push(record);
  return found;
}

async function fieldsOf(...args: Parameters<typeof read>): Promise<Record<string, unknown>[]> {
  return (await read(...args)).map(({ fields }) => fields);
}

test("a table's title, blank rows and repeated headers are no records, and its rows keep their lines", async () => {
  const records = await read(
    "Beds of the city\nas on 12 March\n\nHospital,ICU\nA,1\n\nHospital,ICU\nB,2\n",
    "csv",
    { header: { words: ["Hospital"] } },
  );
  expect(records.map(({ place, fields }) => [place, fields])).toEqual([
    ["line 5", { Hospital: "A", ICU: "1" }],
    ["line 8", { Hospital: "B", ICU: "2" }],
  ]);
  expect(records[0]?.page.above).toBe("Beds of the city\nas on 12 March");
});

test("a header over several rows is read from above to below, and equal names are told apart", async () => {
  const text = ";;Beds;;Updated\nNo;Hospital;ICU;ICU;\n1;A;2;3;now\n";
  expect(await fieldsOf(text, "csv", { header: { row: 1, rows: 2 } })).toEqual([
    { No: "1", Hospital: "A", "Beds ICU": "2", "Beds ICU (2)": "3", Updated: "now" },
  ]);
});

test("the separator is found though titles stand above the table", async () => {
  expect(await fieldsOf("Status, as of today\nA;B;C\n1;2;3\n4;5;6\n", "csv", { header: { row: 2 } })).toEqual(
    [
      { A: "1", B: "2", C: "3" },
      { A: "4", B: "5", C: "6" },
    ],
  );
});

test.for([
  ["utf-8 with a mark", Buffer.from("\uFEFFname,beds\nÉcole,1\n")],
  ["utf-16", Buffer.from("\uFEFFname,beds\nÉcole,1\n", "utf16le")],
  ["windows-1252", Buffer.from("name,beds\nÉcole,1\n", "latin1")],
  ["gzip", gzipSync("name,beds\nÉcole,1\n")],
] as const)("a file in %s is read", async ([, bytes]) => {
  expect(await fieldsOf(bytes, "csv")).toEqual([{ name: "École", beds: "1" }]);
});

test("what is no table of the kind that is meant is refused in words", async () => {
  await expect(read("<!doctype html><html>Service unavailable</html>", "csv")).rejects.toThrow(
    "it is a web page or XML, not CSV",
  );
  await expect(read("<html>Service unavailable</html>", "json")).rejects.toThrow(
    "it is a web page or XML, not JSON",
  );
  await expect(read("", "csv")).rejects.toThrow("it is empty");
  await expect(read('{"error": "no"}', "json", { path: "data.beds" })).rejects.toThrow(
    "there is nothing at data.beds",
  );
  await expect(read("<p>none</p>", "html")).rejects.toThrow("the page has no table");
  await expect(read("a,b\n1,2\n", "csv", { header: { words: ["Hospital"] } })).rejects.toThrow(
    "the table has no header with Hospital",
  );
  await expect(read("PK rubbish", "xlsx")).rejects.toThrow("the workbook cannot be read");
  await expect(read("a", "csv", {}, { encoding: "klingon" })).rejects.toThrow(
    'there is no encoding "klingon"',
  );
  await expect(read("<a><b>", "xml")).rejects.toThrow("it is not XML that can be read");
});

test("JSON is read behind guards, as a script, and with NaN", async () => {
  for (const text of ['[{"a":1}]', 'var x = [{"a":1}];', 'show([{"a":1}]);', ')]}\',\n[{"a":1}]'])
    expect(await fieldsOf(text, "json")).toEqual([{ a: 1 }]);
  expect(await fieldsOf('[{"a":NaN}]', "json")).toEqual([{ a: null }]);
});

test("what holds a record in a tree can be asked for", async () => {
  const [record] = await read('{"Pune":{"hospitals":[{"name":"A"}]}}', "json", { path: "*.hospitals" });
  expect(record).toMatchObject({ key: "0", place: "/Pune/hospitals/0", parent: { key: "Pune" } });
});

test("lists of lists are a table, with a header where it is said", async () => {
  expect(await fieldsOf('[["a","b"],[1,2]]', "json", { header: { row: 1 } })).toEqual([{ a: 1, b: 2 }]);
  expect(await fieldsOf('[["a","b"],[1,2]]', "json", { columns: ["x", "y"] })).toEqual([
    { x: "a", y: "b" },
    { x: 1, y: 2 },
  ]);
});

test("sheets are chosen by name or number, and dates are written as the clock shows them", async () => {
  const book = aWorkbook({
    Notes: [["see next"]],
    Beds: [
      ["Trust", { serial: 44316 }, null],
      ["", "open", "used"],
      ["RXK", 12, 7.5],
      ["as at", { serial: 44316.6042 }, null],
    ],
  });
  expect(await fieldsOf(book, "xlsx", { sheet: "beds", header: { row: 1, rows: 2 } })).toEqual([
    { Trust: "RXK", "2021-04-30 open": 12, "2021-04-30 used": 7.5 },
    { Trust: "as at", "2021-04-30 open": "2021-04-30T14:30:03", "2021-04-30 used": null },
  ]);
  expect((await read(book, "xlsx", { sheet: "*" })).map(({ page }) => page.sheet)).toEqual([
    "Beds",
    "Beds",
    "Beds",
  ]);
  await expect(read(book, "xlsx", { sheet: "Wards" })).rejects.toThrow(
    'there is no sheet "Wards": sheets are Notes, Beds',
  );
});

test("cells of a page that reach over others are read as people see them", async () => {
  const html = `<table><tr><th rowspan=2>Hospital</th><th colspan=2>ICU</th></tr><tr><th>all</th><th>free</th></tr>
    <tr><td rowspan=2><a href="/h/1">A</a></td><td>4</td><td>1</td></tr><tr><td>5</td><td>2</td></tr><tr><td colspan=3>Private</td></tr></table>`;
  expect(await fieldsOf(html, "html", { header: { row: 1, rows: 2 } })).toEqual([
    { Hospital: "A", "ICU all": "4", "ICU free": "1" },
    { Hospital: "A", "ICU all": "5", "ICU free": "2" },
    { Hospital: "Private", "ICU all": null, "ICU free": null },
  ]);
});

test("XML elements and attributes become fields, and those that hold them can be asked for", async () => {
  const xml = `<s at="now"><region name="N"><h id="1"><b t="icu">4</b><b t="hdu">2</b><n>A &amp; B</n></h></region></s>`;
  expect(await read(xml, "xml", { path: "s.region.h" })).toMatchObject([
    {
      fields: {
        "@id": "1",
        b: [
          { "@t": "icu", "#text": "4" },
          { "@t": "hdu", "#text": "2" },
        ],
        n: "A & B",
      },
      parent: { key: "region", fields: { "@name": "N" } },
      page: { root: { "@at": "now" } },
    },
  ]);
});

const cell = fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replace(/\s+/gu, " ").trim());
const table = fc
  .integer({ min: 2, max: 6 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
  )
  .map((rows) => rows.map((row, at) => [`r${at}`, ...row]));

function header(rows: string[][]): string[] {
  return (rows[0] ?? []).map((_, at) => `c${at}`);
}

test("any table's records survive being written as CSV, JSON, a workbook or a page, and read", async () => {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  await fc.assert(
    fc.asyncProperty(table, fc.constantFrom(",", ";", "\t"), async (rows, delimiter) => {
      const names = header(rows);
      const plain = (value: unknown) => (value === null ? "" : String(value).replace(/\s+/gu, " ").trim());
      const same = (found: Record<string, unknown>[]) =>
        expect(found.map((fields) => names.map((name) => plain(fields[name])))).toEqual(
          rows.map((row) => row.map(plain)),
        );
      const csv = [names, ...rows].map((row) => row.map(quote).join(delimiter)).join("\r\n");
      same(await fieldsOf(csv, "csv", {}, { delimiter }));
      same(
        await fieldsOf(
          JSON.stringify(rows.map((row) => Object.fromEntries(row.map((text, at) => [names[at], text])))),
          "json",
        ),
      );
      const html = `<table>${[names, ...rows].map((row) => `<tr>${row.map((text) => `<td>${escape(text)}</td>`).join("")}</tr>`).join("")}</table>`;
      // What neither a page nor a workbook can hold is not written into one.
      if (/\p{C}|\ufffd/u.test(rows.flat().join(""))) return;
      same(await fieldsOf(html, "html"));
      same(await fieldsOf(aWorkbook({ one: [names, ...rows] }), "xlsx"));
    }),
    { numRuns: 60 },
  );
});

test("a large file is gone through piece by piece, with its lines counted through", async () => {
  const LINES = 120_000;
  const source: Source = {
    name: "large.csv",
    open: async function* () {
      yield Buffer.from("hospital,note,beds\n");
      for (let at = 0; at < LINES; at += 1000)
        yield Buffer.from(
          Array.from(
            { length: 1000 },
            (_, more) => `H${at + more},"a ""quoted"", note",${(at + more) % 50}\n`,
          ).join(""),
        );
    },
  };
  let last: SourceRecord | undefined;
  for await (const record of recordsOf(source, { kind: "csv" })({})) last = record;
  expect(last).toMatchObject({
    number: LINES,
    place: `line ${LINES + 1}`,
    fields: { hospital: `H${LINES - 1}`, note: 'a "quoted", note' },
  });
});

test("a quote that is never closed loses its own line, in a file of many pieces too", async () => {
  const good = Array.from({ length: 80_000 }, (_, at) => `H${at},some words to fill,${at % 50}`);
  const lines = [
    "hospital,note,beds",
    ...good.slice(0, 50_000),
    'Broken,"never closed,1',
    ...good.slice(50_000),
  ];
  const records = await read(`${lines.join("\n")}\n`, "csv");
  expect(records.filter(({ fault }) => fault !== undefined).map(({ place }) => place)).toEqual([
    "line 50002",
  ]);
  expect(records).toHaveLength(80_001);
});

test("a million columns, a bomb in a workbook and one in XML are refused, not unpacked", async () => {
  await expect(read(`${"a,".repeat(1_000_000)}\n1\n`, "csv")).rejects.toThrow(
    "columns: at most 10000 are read",
  );
  const zeros = zipSync({ "xl/worksheets/sheet1.xml": new Uint8Array(3_000_000) });
  await expect(readWorkbook(zeros, 2_000_000)).rejects.toThrow("unpacked it is larger than 2 MB");
  const wide = `<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>`;
  await expect(read(zipSync({ "xl/worksheets/sheet1.xml": strToU8(wide) }), "xlsx")).rejects.toThrow(
    "a sheet reaches over more than 20 million cells",
  );
  const laughs = `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l><h>&b;</h></l>`;
  await expect(read(laughs, "xml")).rejects.toThrow("it is not XML that can be read");
  await expect(read("<a>".repeat(5000), "xml")).rejects.toThrow("nested more than 200 deep");
  const spans = `<table>${"<tr><td colspan=2000 rowspan=2000>x</td></tr>".repeat(1200)}</table>`;
  await expect(read(spans, "html")).rejects.toThrow("a table has more than 2000000 cells");
  expect(
    await fieldsOf(`${"<div>".repeat(20_000)}<table><tr><td>a</td></tr><tr><td>1</td></tr></table>`, "html"),
  ).toEqual([{ a: "1" }]);
});
