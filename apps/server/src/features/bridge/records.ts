import { createHash } from "node:crypto";
import type { FacilityReference, MappedLine } from "@ihims/connectors/mapping/line.ts";
import type { Mapping } from "@ihims/connectors/mapping/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { canonical } from "@ihims/core/observations/rules.ts";
import type { Instant } from "@ihims/core/time.ts";
import { mapSource, type Source } from "../mapping/mapping.ts";
import type { Outgoing } from "./buffer.ts";
import type { BridgeConfig } from "./config.ts";

/** What a file or an answer comes to: what is to be sent, and what cannot be. */
export interface Records {
  outgoing: Outgoing[];
  rejected: (Outgoing & { reason: string })[];
}

/** Most observations of one file: more are no hospital's. */
export const OBSERVATIONS_MAX = 500_000;

type Setting = Pick<BridgeConfig, "facility" | "facilities" | "timeZone" | "countryCode">;

/**
 * Read a source by its mapping, or as NDJSON of observations when it has none.
 *
 * @param given with `repeats`, it says the same again each time, as the answer of a query does
 * @throws UnreadableSource when it is not what the mapping says
 */
export async function readRecords(
  given: { name: string; source: Source; mapping: Mapping | undefined; fetchedAt: Instant; repeats: boolean },
  setting: Setting,
): Promise<Records> {
  const records: Records = { outgoing: [], rejected: [] };
  if (!given.mapping) {
    for await (const line of linesOf(given.source)) {
      limit(records);
      records.outgoing.push({ kind: "observation", source: given.name, body: lineBody(line, setting) });
    }
    return records;
  }
  const options = {
    timeZone: setting.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    fetchedAt: given.fetchedAt,
    countryCode: setting.countryCode,
  };
  for await (const line of mapSource(given.source, given.mapping, options)) {
    limit(records);
    addLine(records, line, given, setting);
  }
  return records;
}

function limit({ outgoing }: Records): void {
  if (outgoing.length >= OBSERVATIONS_MAX)
    throw new Error(`more than ${OBSERVATIONS_MAX} observations at once`);
}

function addLine(
  records: Records,
  line: MappedLine,
  { name: source, repeats }: { name: string; repeats: boolean },
  setting: Setting,
): void {
  const reject = (reason: string) => {
    const body = "place" in line ? line.place : "";
    const path = repeats ? { path: `refused ${source} ${body}` } : {};
    records.rejected.push({ kind: "observation", source, body, reason, ...path });
  };
  if (line.kind === "refused") {
    reject([line.field, line.text && `"${line.text}"`, line.reason].filter(Boolean).join(" "));
    return;
  }
  if (line.kind !== "observation") return;
  const facility = facilityOf(line.facility, setting);
  if (facility === undefined) {
    reject(`no facility for ${nameOf(line.facility)}: name it under "facilities"`);
    return;
  }
  const subject =
    line.subject.kind === "subject"
      ? line.subject.subject
      : line.subject.medicine.id === null
        ? undefined
        : `medicine:${line.subject.medicine.id}`;
  if (subject === undefined) {
    reject(
      `the medicine "${(line.subject.kind === "medicine" && line.subject.medicine.name) || ""}" has no id of the catalogue`,
    );
    return;
  }
  const said = { facility, subject, value: line.value, observedAt: line.observedAt };
  // What says its own time is told once; what is only as fresh as the question is a confirmation each time.
  const isToldOnce = repeats && line.timeFrom === "source";
  const body = JSON.stringify({ ...said, sourceRef: line.sourceRef ?? referenceOf(said) });
  const path = isToldOnce ? { path: `${source} ${facility} ${subject}` } : {};
  records.outgoing.push({ kind: "observation", source, body, ...path });
}

/** The same report has the same name, however often it is sent. */
function referenceOf(said: object): string {
  return `bridge:${createHash("sha256").update(canonical(said)).digest("base64url")}`;
}

/** A line as the API takes it, with what it leaves out. One that is none is the server's to refuse. */
function lineBody(line: string, { facility }: Setting): string {
  try {
    const given: unknown = JSON.parse(line);
    if (typeof given !== "object" || given === null || Array.isArray(given)) return line;
    const said = { ...(facility && { facility }), ...given };
    return JSON.stringify({ sourceRef: referenceOf(said), ...said });
  } catch {
    return line;
  }
}

async function* linesOf(source: Source): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of source.open()) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/u);
    rest = lines.pop() ?? "";
    yield* lines.filter((line) => line.trim() !== "");
  }
  if (rest.trim() !== "") yield rest;
}

function facilityOf(reference: FacilityReference, { facility, facilities }: Setting): FacilityId | undefined {
  if (reference.kind === "own") return facility;
  if (reference.kind === "fixed") return reference.id;
  for (const known of [...reference.ids.map(({ value }) => value), reference.name]) {
    const id = known === null || !Object.hasOwn(facilities, known) ? undefined : facilities[known];
    if (id !== undefined) return id;
  }
  return undefined;
}

function nameOf(reference: FacilityReference): string {
  if (reference.kind !== "named") return 'a record that does not say (set "facility")';
  return JSON.stringify(reference.ids[0]?.value ?? reference.name ?? "");
}
