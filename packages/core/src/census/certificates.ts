import { z } from "zod";

/**
 * The client certificate by which a sender is known beside MSH-3 and MSH-4: its SHA-256 fingerprint
 * (64 hexadecimal digits, colons between them or not), or its whole subject, as `CN=his,O=GH01`. A
 * subject counts only when an authority that the installation trusts has signed the certificate.
 */
export const SenderCertificate = z
  .string()
  .trim()
  .max(500)
  .refine(
    (text) => isFingerprint(text) || /^[A-Za-z0-9.]+=/.test(text),
    "write the certificate's SHA-256 fingerprint, or its subject as CN=his,O=GH01",
  );

/** The certificate of an open connection that is valid now. */
export interface ShownCertificate {
  /** SHA-256, hexadecimal. */
  fingerprint: string;
  /** As `CN=his,O=GH01`; null unless a trusted authority vouches for it. */
  subject: string | null;
}

/** Whether a connection's certificate is the one that was registered. */
export function isSameCertificate(registered: string, shown: ShownCertificate | undefined): boolean {
  if (!shown) return false;
  if (isFingerprint(registered)) return digitsOf(registered) === digitsOf(shown.fingerprint);
  return shown.subject !== null && namesIn(registered) === namesIn(shown.subject);
}

function isFingerprint(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(digitsOf(text));
}

function digitsOf(fingerprint: string): string {
  return fingerprint.replaceAll(":", "").toLowerCase();
}

/** The names of a subject in one order: tools write them forwards and backwards. A comma within a name is `\,`. */
function namesIn(subject: string): string {
  const names = subject.split(/(?<!\\)[,\n]/).map((name) => name.trim());
  return JSON.stringify(names.filter((name) => name !== "").sort());
}
