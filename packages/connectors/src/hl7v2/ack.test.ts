import { readFileSync } from "node:fs";
import { Instant } from "@ihims/core/time.ts";
import { expect, test } from "vitest";
import { buildAck } from "./ack.ts";
import { withoutPatient } from "./aside.ts";
import { escapeHl7, readMessage, unescapeHl7, type Hl7Problem } from "./message.ts";

const now = Instant.parse("2026-03-01T06:40:00Z");
const unmapped: Hl7Problem = { ack: "AE", code: 204, problem: "The ward G4|x is not mapped", at: "PV1-3" };

function sample(name: string): string {
  return readFileSync(new URL(`samples/${name}.hl7`, import.meta.url), "utf8")
    .trimEnd()
    .replaceAll("\n", "\r");
}

function ackOf(text: string, code: "AA" | "AE" | "AR", problem?: Hl7Problem): string[] {
  const read = readMessage(text);
  return buildAck(read.ok ? read : undefined, {
    code,
    now,
    controlId: "ACK1",
    ...(problem && { problem }),
  }).split("\r");
}

test("an acknowledgement goes back to the sender in the message's own version and character set", () => {
  expect(ackOf(sample("a01-admit"), "AA")).toEqual([
    "MSH|^~\\&|IHIMS|CITY|WARDSYS|RIVERSIDE^2.25.1001^ISO|20260301064000+0000||ACK^A01^ACK|ACK1|P|2.5.1||||||UNICODE UTF-8",
    "MSA|AA|RS000101",
    "",
  ]);
});
test("an error says where and what in ERR, with signs that are delimiters escaped", () => {
  expect(ackOf(sample("a01-admit"), "AE", unmapped).slice(1)).toEqual([
    "MSA|AE|RS000101",
    "ERR||PV1^1^3|204^Unknown key identifier^HL70357|E||||The ward G4\\F\\x is not mapped",
    "",
  ]);
});
test("before v2.5 the words stand in MSA-3 and ERR is one field", () => {
  expect(ackOf(sample("a02-transfer-v23"), "AE", unmapped)).toEqual([
    "MSH|^~\\&|IHIMS|CITY|WARDSYS|RIVERSIDE|20260301064000+0000||ACK^A02|ACK1|P|2.3",
    "MSA|AE|RS000102|The ward G4\\F\\x is not mapped",
    "ERR|PV1^1^3^204&Unknown key identifier",
    "",
  ]);
});
test("an acknowledgement has the delimiters of the message", () => {
  expect(ackOf(sample("a04-register-odd-delimiters"), "AA").slice(0, 2)).toEqual([
    "MSH#:*!$#IHIMS#CITY#ED SYS#RIVERSIDE#20260301064000+0000##ACK:A04:ACK#ACK1#P#2.7",
    "MSA#AA#RS000104",
  ]);
});
test("what could not be read is answered all the same", () => {
  const notHl7: Hl7Problem = { ack: "AR", code: 100, problem: "It does not begin with MSH", at: null };
  expect(ackOf("nonsense", "AR", notHl7)).toEqual([
    "MSH|^~\\&|||||20260301064000+0000||ACK|ACK1|P|2.5.1",
    "MSA|AR|",
    "ERR|||100^Segment sequence error^HL70357|E||||It does not begin with MSH",
    "",
  ]);
});
test("an escaped text is read back as it was", () => {
  const read = readMessage(sample("a01-admit"));
  if (!read.ok) throw new Error("the sample is not read");
  const text = "a|b^c~d\\e&f";
  expect(unescapeHl7(escapeHl7(text, read.message.context), read.message.context)).toBe(text);
  expect(unescapeHl7("half\\Fopen", read.message.context)).toBe("half\\Fopen");
});

test("what is kept of a message says where and when, and not who", () => {
  expect(withoutPatient(sample("a01-admit"))?.split("\r")).toEqual([
    "MSH|^~\\&|WARDSYS|RIVERSIDE^2.25.1001^ISO|IHIMS|CITY|20260301120500+0530||ADT^A01^ADT_A01|RS000101|P|2.5.1||||||UNICODE UTF-8",
    "EVN|A01|20260301120455+0530||||20260301115900+0530",
    "PV1|1|I|G4^412^B^RIVERSIDE^^^MAIN^4|||||||MED||||||||||||||||||||||||||||||O||||20260301115900+0530",
  ]);
});
test("nothing is kept of what cannot be told apart", () =>
  expect(withoutPatient("Testperson Meera, born 1961")).toBeNull());
