import { expect, test } from "vitest";
import { isSameCertificate, SenderCertificate } from "./certificates.ts";

const FINGERPRINT = "ab".repeat(32);
const shown = {
  fingerprint: FINGERPRINT.toUpperCase().replace(/(..)(?!$)/g, "$1:"),
  subject: "CN=his,O=Hope\\, Inc",
};

test.each([
  [FINGERPRINT, true],
  [shown.fingerprint, true],
  ["ac".repeat(32), false],
  ["CN=his,O=Hope\\, Inc", true],
  ["O=Hope\\, Inc, CN=his", true],
  ["CN=his", false],
  ["CN=HIS,O=Hope\\, Inc", false],
  ["CN=his,O=Hope\\, Inc,OU=x", false],
])("the certificate registered as %s is the one that is shown: %s", (registered, isSame) => {
  expect(SenderCertificate.safeParse(registered).success).toBe(true);
  expect(isSameCertificate(registered, shown)).toBe(isSame);
});

test("a subject that no trusted authority vouches for is nobody's, and neither is no certificate", () => {
  expect(isSameCertificate("CN=his", { fingerprint: FINGERPRINT, subject: null })).toBe(false);
  expect(isSameCertificate(FINGERPRINT, undefined)).toBe(false);
});

test("what is neither a fingerprint nor a subject is not taken as one", () => {
  for (const text of ["", "his", "ab:cd", "=x"])
    expect(SenderCertificate.safeParse(text).success).toBe(false);
});
