import type { Hl7Segment } from "@medplum/core";
import { EFFECT_BY_EVENT } from "@ihims/core/census/rules.ts";
import {
  LOCATION_MAX_CHARS,
  type AdtEvent,
  type BedStatus,
  type Location,
  type PatientClass,
  type VisitReport,
} from "@ihims/core/census/schema.ts";
import { part, readMessage, type Hl7Problem, type ReadMessage } from "./message.ts";
import { readHl7Time } from "./time.ts";

/** Longest visit number that is read; those of real systems have fewer than 30 characters. */
const VISIT_MAX_CHARS = 250;

/** Most visits that one message gives another number. */
const RENAMED_MAX = 20;

/** HL7 v2 table 0116. */
const STATUS_BY_CODE: ReadonlyMap<string, BedStatus> = new Map([
  ["U", "unoccupied"],
  ["O", "occupied"],
  ["H", "housekeeping"],
  ["K", "contaminated"],
  ["I", "isolated"],
  ["C", "closed"],
]);

/** HL7 v2 table 0004, and the v3 codes that some systems put in its place. What is not here is `unknown`. */
const CLASS_BY_CODE: ReadonlyMap<string, PatientClass> = new Map([
  ...["I", "B", "IMP", "ACUTE", "NONAC", "OBSENC", "SS"].map((code) => [code, "inpatient"] as const),
  ...["E", "EMER"].map((code) => [code, "emergency"] as const),
  ...["O", "R", "C", "AMB", "HH", "VR"].map((code) => [code, "ambulatory"] as const),
  ...["P", "PRENC"].map((code) => [code, "planned"] as const),
]);

export type AdtRead = { ok: true; event: AdtEvent } | ({ ok: false } & Hl7Problem);

/**
 * Read an ADT message (v2.8 chapter 3) as what it says of the census, and nothing else: no name, no
 * date of birth, no diagnosis. The visit's number is in it, to be hashed before it is kept.
 *
 * Never throws: a message that cannot be read comes back with the reason, so that the caller can
 * answer AE or AR and put it aside for a person to look at.
 *
 * @param text one message, without its frame
 * @param timeZone IANA name of the zone of moments that carry none
 */
export function readAdt(text: string, timeZone: string): AdtRead {
  const read = readMessage(text);
  return read.ok ? readAdtMessage(read, timeZone) : read;
}

/** The same, of a message whose envelope was read. */
export function readAdtMessage({ message, header }: ReadMessage, timeZone: string): AdtRead {
  if (header.type !== "ADT")
    return problem("AR", 200, `Only ADT messages are taken here, not ${quote(header.type)}`, "MSH-9");
  const evn = message.getSegment("EVN");
  const event = header.event || part(evn, 1);
  const effect = EFFECT_BY_EVENT.get(event);
  if (!effect) return problem("AR", 201, `The trigger event ${quote(event)} is not known here`, "MSH-9");
  if (header.controlId === "") return problem("AE", 101, "The message has no control id", "MSH-10");
  const recordedAt = readHl7Time(part(evn, 2), timeZone) ?? readHl7Time(part(message.header, 7), timeZone);
  if (!recordedAt)
    return problem("AE", 101, "Neither EVN-2 nor MSH-7 is a moment to the day or finer", "EVN-2");

  const groups = groupsOf(message.segments);
  const base = {
    event,
    effect,
    recordedAt,
    occurredAt: readHl7Time(part(evn, 6), timeZone) ?? recordedAt,
    renamed: groups.flatMap(renamedIn),
  };
  const isTooLong = base.renamed.some(({ from, to }) => Math.max(from.length, to.length) > VISIT_MAX_CHARS);
  if (isTooLong)
    return problem("AE", 102, `A visit number is longer than ${VISIT_MAX_CHARS} characters`, "MRG-5");
  if (base.renamed.length > RENAMED_MAX)
    return problem("AE", 102, `More than ${RENAMED_MAX} visits get another number`, "MRG");
  if (effect === "none") return { ok: true, event: { ...base, visits: [], statuses: [] } };
  if (effect === "bed-status") return readBedStatus(message.getSegment("NPU"), base);
  return readVisits(groups, base);
}

type Base = Omit<AdtEvent, "visits" | "statuses">;

function readBedStatus(npu: Hl7Segment | undefined, base: Base): AdtRead {
  const location = locationIn(npu, 1);
  if (location === "too-long") return tooLongAt("NPU-1");
  if (!location?.bed) return problem("AE", 101, "The message names no bed", "NPU-1");
  const status = STATUS_BY_CODE.get(part(npu, 2).toUpperCase());
  if (!status) return problem("AE", 103, `${quote(part(npu, 2))} is not a bed status of table 0116`, "NPU-2");
  return {
    ok: true,
    event: { ...base, visits: [], statuses: [{ place: { ...location, bed: location.bed }, status }] },
  };
}

function readVisits(groups: readonly Group[], base: Base): AdtRead {
  const withVisit = groups.filter(({ pv1 }) => pv1 !== undefined).slice(0, base.effect === "swap" ? 2 : 1);
  if (withVisit.length === 0) return problem("AE", 101, "The message has no PV1", "PV1");
  if (base.effect === "swap" && withVisit.length < 2)
    return problem("AE", 101, "A swap needs two patients with a PV1 each", "PV1");
  const visits: VisitReport[] = [];
  const statuses: AdtEvent["statuses"] = [];
  for (const { pid, pv1 } of withVisit) {
    const visit = visitName("VN", part(pv1, 19)) ?? visitName("AN", part(pid, 18));
    if (!visit)
      return problem("AE", 101, "The visit has no number: neither PV1-19 nor PID-18 is valued", "PV1-19");
    if (visit.length > VISIT_MAX_CHARS)
      return problem("AE", 102, `The visit's number is longer than ${VISIT_MAX_CHARS} characters`, "PV1-19");
    const location = locationIn(pv1, 3);
    const prior = locationIn(pv1, 6);
    if (location === "too-long") return tooLongAt("PV1-3");
    visits.push({
      visit,
      class: CLASS_BY_CODE.get(part(pv1, 2).toUpperCase()) ?? "unknown",
      location,
      // Systems write free text into the prior location; one that is no code is none.
      prior: prior === "too-long" ? null : prior,
    });
    const status = STATUS_BY_CODE.get(part(pv1, 40).toUpperCase());
    if (status && location?.bed) statuses.push({ place: { ...location, bed: location.bed }, status });
  }
  return { ok: true, event: { ...base, visits, statuses } };
}

/** The segments about one visit. */
interface Group {
  pid: Hl7Segment | undefined;
  mrg: Hl7Segment | undefined;
  pv1: Hl7Segment | undefined;
}

/** Swaps and merges carry several visits: each PID begins another, and so does each MRG after a PV1. */
function groupsOf(segments: readonly Hl7Segment[]): Group[] {
  const groups: Group[] = [];
  let group: Group = { pid: undefined, mrg: undefined, pv1: undefined };
  const begin = (pid: Hl7Segment | undefined) => {
    group = { pid, mrg: undefined, pv1: undefined };
    groups.push(group);
  };
  for (const segment of segments) {
    if (segment.name === "PID") begin(segment);
    else if (segment.name === "MRG") {
      if (group.mrg || group.pv1 || groups.length === 0) begin(group.pid);
      group.mrg = segment;
    } else if (segment.name === "PV1") {
      if (group.pv1 || groups.length === 0) begin(group.pid);
      group.pv1 = segment;
    }
  }
  return groups;
}

/** The visit and the account that go on under another number: MRG-5 to PV1-19, MRG-3 to PID-18. */
function renamedIn({ pid, mrg, pv1 }: Group): AdtEvent["renamed"] {
  const pairs = [
    { from: visitName("VN", part(mrg, 5)), to: visitName("VN", part(pv1, 19)) },
    { from: visitName("AN", part(mrg, 3)), to: visitName("AN", part(pid, 18)) },
  ];
  return pairs.flatMap(({ from, to }) => (from && to && from !== to ? [{ from, to }] : []));
}

/** A visit number and an account number can be the same text, and are not the same thing. */
function visitName(kind: "VN" | "AN", text: string): string | undefined {
  return text === "" ? undefined : `${kind}:${text}`;
}

function locationIn(segment: Hl7Segment | undefined, field: number): Location | null | "too-long" {
  const codes = [part(segment, field, 1), part(segment, field, 2), part(segment, field, 3)];
  if (codes.some((code) => code.length > LOCATION_MAX_CHARS)) return "too-long";
  const [ward = "", room = "", bed = ""] = codes;
  return ward === "" ? null : { ward, room: room || null, bed: bed || null };
}

function tooLongAt(at: string): { ok: false } & Hl7Problem {
  return problem("AE", 102, `A ward, room or bed is longer than ${LOCATION_MAX_CHARS} characters`, at);
}

function quote(text: string): string {
  return `"${text.slice(0, 40)}"`;
}

function problem(
  ack: "AE" | "AR",
  code: Hl7Problem["code"],
  words: string,
  at: string,
): { ok: false } & Hl7Problem {
  return { ok: false, ack, code, problem: words, at };
}
