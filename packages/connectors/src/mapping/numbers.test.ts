import fc from "fast-check";
import { expect, test } from "vitest";
import { isAbsentText, readNumber } from "./numbers.ts";

function check(raw: unknown, decimal: "." | "," = ".", units: string[] = []): string {
  const read = readNumber(raw, null, { decimal, units });
  if (read.kind === "value") return `${read.value.number}${read.value.isPercent ? " %" : ""}`;
  return read.kind === "absent" ? "absent" : `${read.fault.code}: ${read.fault.reason}`;
}

test.for([
  ["7,000", "7000"],
  ["1,23,456", "123456"],
  ["1,234,567", "1234567"],
  ["12 beds", "12"],
  ["12 Nos.", "12"],
  ["१२", "12"],
  ["१,२३,४५६", "123456"],
  ["௧௨", "12"],
  ["0*", "0"],
  ["*5", "5"],
  ["12†", "12"],
  ["87%", "87 %"],
  ["-3", "-3"],
  ["−3", "-3"],
  ["- 3", "-3"],
  ["12.5", "12.5"],
  ["1 234", "1234"],
  ["1'234", "1234"],
  ["007", "7"],
  [12, "12"],
  [12.5, "12.5"],
  [null, "absent"],
] as const)("%s is %s", ([raw, expected]) => expect(check(raw)).toBe(expected));

test.for([
  ["53 POSITIVE + 4 SUSPECTS", "several-numbers: holds 2 numbers (53, 4): a pattern can say which is meant"],
  ["4/10", "several-numbers: holds 2 numbers (4, 10): a pattern can say which is meant"],
  ["Full", "not-a-number: is no number"],
  ["nil", "not-a-number: is no number"],
  ["~40", "not-a-number: says more or less than a number, not the number"],
  ["40+", "not-a-number: says more or less than a number, not the number"],
  ["<5", "not-a-number: says more or less than a number, not the number"],
  ["12 strips", "not-a-number: is a number with other words, of which nothing is known"],
  ["1,2", 'not-a-number: is no number with "." as the decimal mark: does the file write ","?'],
  ["1,2345", 'not-a-number: is no number with "." as the decimal mark: does the file write ","?'],
  ["1e3", "several-numbers: holds 2 numbers (1, 3): a pattern can say which is meant"],
  ["9820098200123", "out-of-range: is too large to be a count"],
  [true, "not-a-number: is yes or no, not a number"],
  [[1], "not-a-number: is a list, not a number"],
] as const)("%s is refused", ([raw, expected]) => expect(check(raw)).toBe(expected));

test("a decimal comma is read where it is declared", () => {
  expect(check("1.234,5", ",")).toBe("1234.5");
  expect(check("12,5", ",")).toBe("12.5");
  expect(check("1,234.5", ",")).toMatch("not-a-number");
});

test("other words behind a number are read where they are declared", () => {
  expect(check("12 strips", ".", ["strips"])).toBe("12");
});

test.for(["", "-", "NA", "n/a", "  ", "--", "null"])("%j means that nothing is said", (text) =>
  expect(isAbsentText(text, [])).toBe(true),
);
test.for(["nil", "0", "none", "not available", "full"])("%j is not taken for nothing said", (text) =>
  expect(isAbsentText(text, [])).toBe(false),
);

const GROUPERS: ((n: number) => string)[] = [
  String,
  (n) => n.toLocaleString("en-US"),
  (n) => n.toLocaleString("en-IN"),
  (n) => `${n} beds`,
  (n) => `${n}*`,
  (n) => n.toLocaleString("mr-IN-u-nu-deva"),
  (n) => n.toLocaleString("en-US").replaceAll(",", " "),
];

test("every count survives being written in each way and read again", () => {
  fc.assert(
    fc.property(fc.nat(50_000_000), fc.constantFrom(...GROUPERS), (count, write) => {
      expect(check(write(count))).toBe(String(count));
    }),
  );
});

test("whatever stands in a number's place is read or refused, and never throws", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.anything()), (raw) => {
      expect(["value", "absent", "refused"]).toContain(
        readNumber(raw, null, { decimal: ".", units: [] }).kind,
      );
    }),
  );
});
