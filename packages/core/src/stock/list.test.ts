import { expect, test } from "vitest";
import { dayOfCell, guessColumns, lineOfCells, StockLine, valueOfLine, wordsOfLine } from "./list.ts";

/** A row under some headings: what is read of it, or the first thing that is wrong. */
function check(headings: string, cells: string, expected: unknown) {
  const read = StockLine.safeParse(lineOfCells(cells.split(";"), guessColumns(headings.split(";"))));
  expect(
    read.success ? read.data : `${read.error.issues[0]?.path.join(".")}: ${read.error.issues[0]?.message}`,
  ).toEqual(expected);
}

test("headings of pharmacies' programs are understood", () => {
  expect(
    guessColumns(["Item Code", "Item Name", "Batch No.", "Exp. Date", "Closing Stock", "M.R.P.", "HSN"]),
  ).toEqual(["code", "name", "lot", "expiresOn", "quantity", "price", undefined]);
});

test("a row is read with its numbers as people write them", () =>
  check("name;qty;mrp;exp;batch", "Amovic 625;1,250;₹ 201.50;03/27;B7", {
    name: "Amovic 625",
    quantity: 1250,
    price: 201.5,
    expiresOn: "2027-03-31",
    lot: "B7",
  }));
test("a quantity that is no number is named", () =>
  check("name;qty", "Amovic 625;some", "quantity: Invalid input: expected number, received string"));
test("a quantity below nothing is named", () =>
  check("name;qty", "Amovic 625;-3", "quantity: Too small: expected number to be >=0"));
test("a row that names no product is named", () =>
  check("name;qty", ";4", ": say which: medicine, code or name"));

test("days of expiry are read in each way in which packs have them", () => {
  for (const cell of ["2027-02-28", "28/02/2027", "28.2.27", "02/27", "2-2027", "Feb-27", "FEB 2027"])
    expect(dayOfCell(cell)).toBe("2027-02-28");
  expect(dayOfCell("soon")).toBe("soon");
});

test("a price in rupees is kept in paise, without a remainder of floating point", () => {
  expect(valueOfLine(StockLine.parse({ code: "1", quantity: 1, price: 4.35 })).priceMinor).toBe(435);
});

test("the same words name the same product, however they are spaced", () => {
  const a = StockLine.parse({ name: "Amovic  625 ", quantity: 1 });
  const b = StockLine.parse({ name: "AMOVIC 625", quantity: 2 });
  expect(wordsOfLine(a)).toBe(wordsOfLine(b));
});
