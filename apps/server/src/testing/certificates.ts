import { generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A certificate and its key, as PEM. */
export interface TestCertificate {
  cert: string;
  key: string;
  subject: TestSubject;
  privateKey: KeyObject;
}

export interface TestSubject {
  commonName: string;
  organization?: string;
}

/** DER (X.690): tag, length, content. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const text = (tag: number, value: string) => der(tag, Buffer.from(value));
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const ECDSA_WITH_SHA256 = sequence(oid("2a8648ce3d040302"));
const COMMON_NAME = "550403";
const ORGANIZATION = "55040a";
const BASIC_CONSTRAINTS = "551d13";
const SUBJECT_ALTERNATIVE_NAME = "551d11";

function nameOf({ commonName, organization }: TestSubject): Buffer {
  const one = (kind: string, value: string) => der(0x31, sequence(oid(kind), text(0x0c, value)));
  return sequence(
    one(COMMON_NAME, commonName),
    ...(organization === undefined ? [] : [one(ORGANIZATION, organization)]),
  );
}

/** UTCTime of RFC 5280. */
function moment(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\D/g, "");
  return text(0x17, `${digits.slice(2, 14)}Z`);
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString("base64").replace(/.{64}/g, "$&\n").trimEnd();
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

/**
 * An X.509 certificate (RFC 5280) for `localhost`, which Node can read and cannot make.
 *
 * @param by who signs it; itself, as an authority, unless said
 * @param validMs for how long before and after now it is valid; already over when negative
 */
export function aCertificate(
  subject: TestSubject,
  by?: TestCertificate,
  validMs = 3_600_000,
): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const now = Date.now();
  const extension = (kind: string, value: Buffer) => sequence(oid(kind), der(0x04, value));
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    nameOf(by?.subject ?? subject),
    sequence(moment(now - Math.abs(validMs) * 2), moment(now + validMs)),
    nameOf(subject),
    publicKey.export({ type: "spki", format: "der" }),
    der(
      0xa3,
      sequence(
        extension(BASIC_CONSTRAINTS, by ? sequence() : sequence(der(0x01, Buffer.from([255])))),
        extension(SUBJECT_ALTERNATIVE_NAME, sequence(text(0x82, "localhost"))),
      ),
    ),
  );
  const signature = sign("sha256", toBeSigned, by?.privateKey ?? privateKey);
  const signed = der(0x03, Buffer.from([0]), signature);
  return {
    cert: pem("CERTIFICATE", sequence(toBeSigned, ECDSA_WITH_SHA256, signed)),
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    subject,
    privateKey,
  };
}

/** Files in a folder of their own. */
export async function certificateFiles(files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), "ihims-tls-"));
  const path = (name: string) => join(folder, name);
  const write = async (more: Record<string, string>) => {
    for (const [name, content] of Object.entries(more)) await writeFile(path(name), content);
  };
  await write(files);
  return { path, write, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
