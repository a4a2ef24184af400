import fc from "fast-check";
import { expect, test } from "vitest";
import { checkCharacterOf, readScan } from "./isbt128.ts";

const IN = "Asia/Kolkata";

/** What does a scan say? */
function check(scan: string, expected: string) {
  const read = readScan(scan, IN);
  const [, said] = Object.values(read);
  expect(`${read.kind} ${said}`).toBe(expected);
}

test("the check character of the published example", () => {
  expect(checkCharacterOf("G123498654321")).toBe("H");
});

test("a donation number as it is scanned, with flags that are its check, and typed as it is printed", () => {
  check("=G12349865432100", "donation G123498654321");
  check("=G12349865432177", "donation G123498654321");
  check("g1234 98 654321", "donation G123498654321");
  check("G1234 98 654321 H", "donation G123498654321");
});

test("a wrong check character is told, scanned or typed", () => {
  check("=G12349865432178", "unreadable check");
  check("G1234 98 654321 K", "unreadable check");
  check("G1234 98 654312 H", "unreadable check");
});

test("groups, products and days of expiry", () => {
  check("=%9500", "group O-");
  check("=%8400", "group AB+");
  check("=%D600", "unreadable group");
  check("=<E0382V00", "product E0382V00");
  check("=>026060", "expiry 2026-03-01T18:29:00.000Z");
  check("&>0260601200", "expiry 2026-03-01T06:30:00.000Z");
  check("&>0240602359", "expiry 2024-02-29T18:29:00.000Z");
  check("=>026366", "unreadable date");
  check("&>0260602400", "unreadable date");
});

test("what is none of these is told, whatever it is", () => {
  for (const scan of ["", "=", "=<", "890123456789", "O123498654321", "=>26", "'; drop table"])
    check(scan, "unreadable unknown");
});

const donations = fc
  .tuple(fc.constantFrom(..."ABCGWZ19"), fc.stringMatching(/^[A-Z0-9]{4}[0-9]{8}$/))
  .map((parts) => parts.join(""));

test("one wrong character, or two that changed places, never pass the check", () => {
  fc.assert(
    fc.property(donations, fc.nat(12), fc.constantFrom(..."0123456789"), (donation, at, digit) => {
      const printed = donation + checkCharacterOf(donation);
      expect(readScan(printed, IN)).toEqual({ kind: "donation", donation });
      const other = printed.slice(0, at) + digit + printed.slice(at + 1);
      if (other !== printed) expect(readScan(other, IN).kind).toBe("unreadable");
      const swapped =
        printed.slice(0, at) + printed.charAt(at + 1) + printed.charAt(at) + printed.slice(at + 2);
      if (swapped !== printed && at < 12) expect(readScan(swapped, IN).kind).toBe("unreadable");
    }),
  );
});

test("any text is read or told to be unreadable, and nothing is thrown", () => {
  fc.assert(fc.property(fc.string({ maxLength: 40 }), (text) => void readScan(text, IN)));
});
