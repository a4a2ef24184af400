import { expect, test } from "vitest";
import { instantOf } from "@ihims/core/time.ts";
import { base32, codeAt, stepOf } from "./totp.ts";

/** The secret of RFC 6238, appendix B; its codes have eight digits, ours are the last six of them. */
const SECRET = Buffer.from("12345678901234567890");

test("codes are those of RFC 6238", () => {
  const known: [number, string][] = [
    [59, "287082"],
    [1111111109, "081804"],
    [1111111111, "050471"],
    [1234567890, "005924"],
    [2000000000, "279037"],
    [20000000000, "353130"],
  ];
  for (const [second, code] of known) expect(codeAt(SECRET, Math.floor(second / 30))).toBe(code);
});

test("base 32 is that of RFC 4648", () => {
  expect(["", "f", "fo", "foo", "foob", "fooba", "foobar"].map((text) => base32(Buffer.from(text)))).toEqual([
    "",
    "MY",
    "MZXQ",
    "MZXW6",
    "MZXW6YQ",
    "MZXW6YTB",
    "MZXW6YTBOI",
  ]);
});

test("a code counts half a minute early or late, once", () => {
  const now = instantOf(1111111109 * 1000);
  const step = Math.floor(1111111109 / 30);
  for (const near of [step - 1, step, step + 1])
    expect(stepOf(SECRET, codeAt(SECRET, near), now, 0)).toBe(near);
  for (const far of [step - 2, step + 2]) expect(stepOf(SECRET, codeAt(SECRET, far), now, 0)).toBeUndefined();
  expect(stepOf(SECRET, codeAt(SECRET, step), now, step)).toBeUndefined();
  expect(stepOf(SECRET, "12345", now, 0)).toBeUndefined();
});
