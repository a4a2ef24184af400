import { expect, test } from "vitest";
import { takeScan, wholeBag, type Scanned } from "./scanned.ts";

const SCANS = ["=G12349865432177", "=%9500", "=<E0382V00", "&>0260602359"];

/** Which bag do these scans make? */
function bagOf(scans: readonly string[], known?: "plasma" | "packed-red-cells", first: Scanned = {}) {
  return scans.reduce<Scanned>((bag, scan) => {
    const step = takeScan(bag, scan, "Asia/Kolkata", () => known);
    if (step.kind === "unreadable") throw new Error(`unreadable: ${step.problem}`);
    return step.bag;
  }, first);
}

test("four scans in any order make a bag", () => {
  const bag = wholeBag(bagOf(SCANS, "packed-red-cells"));
  expect(bag).toEqual({
    donation: "G123498654321",
    group: "O-",
    product: "E0382V00",
    component: "packed-red-cells",
    expiresAt: "2026-03-01T18:29:00.000Z",
  });
  expect(wholeBag(bagOf(SCANS.toReversed(), "packed-red-cells"))).toEqual(bag);
});

test("a bag is not whole before its component is known; once chosen it stays for the next", () => {
  expect(wholeBag(bagOf(SCANS))).toBeUndefined();
  expect(wholeBag(bagOf(SCANS, undefined, { component: "plasma" }))?.component).toBe("plasma");
  const next = bagOf(["=W12341700001200"], undefined, bagOf(SCANS, "plasma"));
  expect(next).toEqual({ donation: "W123417000012", component: "plasma" });
});
