import { expect, test } from "vitest";
import { mapOf, tableHead, withField } from "./columns.ts";

test("a pasted table's columns are guessed, and what is chosen is said to the door", () => {
  const columns = tableHead("Item Name\tWare\tMRP\nAmovic\t5\t20");
  expect(columns.fields).toEqual(["name", undefined, "price"]);
  expect(mapOf(withField(columns, 1, "quantity"))).toBe("name=Item Name,quantity=Ware,price=MRP");
});

test("a thing stands in one column alone", () => {
  const columns = tableHead("qty,stock");
  expect(withField(columns, 1, "quantity").fields).toEqual([undefined, "quantity"]);
});

test("nothing pasted has no columns", () => {
  expect(tableHead("")).toEqual({ headings: [], fields: [] });
});
