import { expect, test } from "vitest";
import { readCsvStream, type CsvRecord } from "./csv-stream.ts";

/** Read a text that comes in pieces of so many bytes. */
async function read(
  text: string | Buffer,
  pieceBytes = 7,
): Promise<{ headers: string[]; records: CsvRecord[] }> {
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
  const { headers, batches } = await readCsvStream(pieces());
  const records: CsvRecord[] = [];
  for await (const batch of batches) records.push(...batch);
  return { headers, records };
}

test("records keep their lines over blank lines, quoted line breaks and every kind of line end", async () => {
  const { headers, records } = await read('a;b\r\n1;2\r\n\r\n"x\ny";"a ""b"""\r\n3;4');
  expect(headers).toEqual(["a", "b"]);
  expect(records).toEqual([
    { line: 2, fields: ["1", "2"] },
    { line: 4, fields: ["x\ny", 'a "b"'] },
    { line: 6, fields: ["3", "4"] },
  ]);
});

test("a letter of several bytes may be cut between two pieces, and a byte order mark is no letter", async () => {
  const { headers, records } = await read("\uFEFFनाम,x\nऔषध,₹5\n", 2);
  expect(headers).toEqual(["नाम", "x"]);
  expect(records).toEqual([{ line: 2, fields: ["औषध", "₹5"] }]);
});

test("a quote that is never closed costs its own line alone", async () => {
  const rest = Array.from({ length: 40 }, (_, at) => `${at},y`).join("\n");
  const { records } = await read(`a,b\n"open,1\n${rest}\n`, 1000);
  expect(records[0]).toMatchObject({ line: 2, fault: expect.stringContaining("quote") });
  expect(records.filter(({ fault }) => fault === undefined)).toHaveLength(40);
});

test("many records come in batches, in order", async () => {
  const { records } = await read(`n\n${Array.from({ length: 2500 }, (_, at) => at).join("\n")}\n`, 4096);
  expect(records.map(({ fields }) => Number(fields[0]))).toEqual(Array.from({ length: 2500 }, (_, at) => at));
});

test("an empty file is refused, and so is a line without end", async () => {
  await expect(read("")).rejects.toThrow("empty");
  await expect(read("x".repeat(1_100_000), 1 << 16)).rejects.toThrow("too long");
});
