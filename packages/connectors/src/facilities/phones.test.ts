import { expect, test } from "vitest";
import { readMobile } from "./phones.ts";

/** What is read from a number as somebody in India types it? */
function check(text: string, expected: string | undefined) {
  expect(readMobile(text, "IN")).toBe(expected);
}

test("ten digits are a mobile of the city's country", () => check("98220 12345", "+919822012345"));
test("with a zero before them as well", () => check("098220-12345", "+919822012345"));
test("Devanagari digits are digits", () => check("९८२२० १२३४५", "+919822012345"));
test("another country is said", () => check("+44 7400 123456", "+447400123456"));
test("a landline gets no message", () => check("020 2612 3456", undefined));
test("too few digits are none", () => check("98220", undefined));
test("an extension is none", () => check("98220 12345 ext 7", undefined));
test("words are none", () => check("call me", undefined));
