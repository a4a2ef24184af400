import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { part, readMessage } from "@ihims/connectors/hl7v2/message.ts";
import type { Hl7SenderName } from "@ihims/core/census/endpoints.ts";
import type { Ward } from "@ihims/core/census/schema.ts";
import { expect, test } from "vitest";
import { z } from "zod";
import { at } from "../../testing/server.ts";
import { dump, rowsOf, summaryOf, testHospital, type TestHospital } from "./testing/hospital.ts";

const DATA = resolve(
  import.meta.dirname,
  "../../../../..",
  process.env["IHIMS_REAL_DATA"] ?? "../shared/data",
  "hl7v2",
);

function messagesOf(file: string): string[] {
  const lines = readFileSync(join(DATA, file), "utf8")
    .split("\n")
    .filter((line) => line !== "");
  return lines.map((line) => z.object({ message: z.string() }).parse(JSON.parse(line)).message);
}

/** The senders and wards that messages name, so that as little as possible is refused for want of either. */
function settingsFor(messages: readonly string[]): { senders: Hl7SenderName[]; wards: Ward[] } {
  const senders = new Map<string, Hl7SenderName>();
  const wards = new Map<string, Ward>();
  for (const text of messages) {
    const read = readMessage(text);
    if (!read.ok) continue;
    const { application, facilityCode } = read.header;
    if (facilityCode !== "") senders.set(`${application}|${facilityCode}`, { application, facilityCode });
    for (const pv1 of read.message.getAllSegments("PV1")) {
      for (const code of [part(pv1, 3), part(pv1, 6)]) {
        if (code !== "") wards.set(code, { code, bedType: "general", staffed: null });
      }
    }
  }
  return { senders: [...senders.values()], wards: [...wards.values()] };
}

/** Send each; how many were answered what. */
async function outcomesOf(
  hospital: TestHospital,
  messages: readonly string[],
): Promise<Record<string, number>> {
  const outcomes: Record<string, number> = {};
  for (const message of messages) {
    const [code = "", error = ""] = (await hospital.send(message.replaceAll("\n", "\r"))).split(" ");
    const type = /^MSH.[^\r]*?(?:\|[^|\r]*){4}\|([^|\r]*)/.exec(message)?.[1] ?? "";
    const outcome = [code, error].filter((one) => one !== "").join(" ");
    expect(["AA", "AE", "AR"], type).toContain(code);
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  return outcomes;
}

test("the data is there", () => expect(existsSync(DATA)).toBe(true));

test("each of the 63 real messages is answered AA, AE or AR, and none leaves a patient behind", async () => {
  const messages = messagesOf("adt.jsonl");
  expect(messages).toHaveLength(63);
  await using hospital = await testHospital(settingsFor(messages));
  hospital.server.clock.set(at("12:00"));
  expect(await outcomesOf(hospital, messages)).toMatchInlineSnapshot(`
    {
      "AA": 44,
      "AE": 4,
      "AE 102": 14,
      "AR 204": 1,
    }
  `);
  expect(await rowsOf(hospital.server, "hl7_visit", "ward, room, bed")).toHaveLength(4);
  const everything = await dump(hospital.server);
  const words = new Set(everything.split(/[^\p{L}\p{N}]+/u));
  for (const secret of secretsOf(messages)) expect(words, secret).not.toContain(secret);
});

test("the 30 odd messages are answered too, and change no visit, no figure and nothing in the ledger", async () => {
  const messages = messagesOf("odd.jsonl");
  expect(messages).toHaveLength(30);
  await using hospital = await testHospital(settingsFor([...messages, ...messagesOf("adt.jsonl")]));
  await hospital.declare("general", 20, 12);
  const state = async () => [
    await rowsOf(hospital.server, "hl7_visit"),
    await rowsOf(hospital.server, "standing"),
    await rowsOf(hospital.server, "observation"),
  ];
  const before = await state();
  expect(before[2]).toHaveLength(1);
  expect(await outcomesOf(hospital, messages)).toMatchInlineSnapshot(`
    {
      "AE": 5,
      "AR": 21,
      "AR 100": 2,
      "AR 103": 1,
      "AR 204": 1,
    }
  `);
  expect(await state()).toEqual(before);
});

test("the acknowledgement of a real message names what it answers", async () => {
  const [message = ""] = messagesOf("adt.jsonl");
  await using hospital = await testHospital(settingsFor([message]));
  const ack = await hospital.sendRaw(message);
  expect(summaryOf(ack)).toMatch(/^A[AER]/);
  expect(ack.split("\r")[1]).toMatch(/^MSA\|A[AER]\|[^|]+$/);
});

/** Family names, numbers of patients, accounts and visits, and doctors, long enough that they stand for nothing else, as words. */
function secretsOf(messages: readonly string[]): Set<string> {
  const secrets = new Set<string>();
  for (const text of messages) {
    const read = readMessage(text);
    if (!read.ok) continue;
    const pid = read.message.getSegment("PID");
    const pv1 = read.message.getSegment("PV1");
    for (const secret of [
      part(pid, 3),
      part(pid, 5),
      part(pid, 5, 2),
      part(pid, 18),
      part(pv1, 7, 2),
      part(pv1, 19),
    ]) {
      if (/^[\p{L}\p{N}]{5,}$/u.test(secret)) secrets.add(secret);
    }
  }
  expect(secrets.size).toBeGreaterThan(10);
  return secrets;
}
